"""What all products say alike: marks of drafts, drills and made-up data, times, parts of the content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from priority.plans.base import Language
from priority.wording import Phrases
from webmap.warnings.bulletin import Bulletin

#: All products speak of Beijing time, whatever offset a moment is written with.
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Marks:
    """The marks that a product must carry, "" where it need not: not issued yet, exercise, made-up data."""

    draft: str
    drill: str
    synthetic: str

    @classmethod
    def of(cls, bulletin: Bulletin, language: Language) -> Marks:
        """Return the marks of a bulletin."""
        write = Phrases(language).write
        return cls(
            draft=write("product.mark_draft") if bulletin.identifier is None else "",
            drill=write("product.mark_drill") if bulletin.drill is not None else "",
            synthetic=write("product.mark_synthetic") if bulletin.synthetic else "",
        )

    @property
    def shown(self) -> tuple[str, ...]:
        """Those that are to be shown, the gravest first."""
        return tuple(mark for mark in (self.drill, self.draft, self.synthetic) if mark)


def said(bulletin: Bulletin, part: str, language: Language) -> str:
    """Return a part of the content in one line; in Chinese where nobody wrote it in that language, "" if at all."""
    text = bulletin.part(part, language) or bulletin.part(part, "zh")
    return " ".join(text.split())


def reason_of(bulletin: Bulletin, language: Language) -> str:
    """Return why a warning was lifted, in Chinese where nobody said it in that language; "" if nobody did."""
    reasons = bulletin.reason or {}
    return " ".join((reasons.get(language) or reasons.get("zh") or "").split())


def place_of(bulletin: Bulletin, language: Language) -> str:
    """Return where the warning is for: the text, else the townships, else the county."""
    names = [name[language] for _, name in bulletin.townships]
    county = bulletin.plan.county_name.in_language(language)
    return said(bulletin, "place", language) or Phrases(language).join(names) or county


def short_place_of(bulletin: Bulletin, language: Language) -> str:
    """Return where the warning is for with two townships named and all counted, where that is shorter."""
    names = [name[language] for _, name in bulletin.townships]
    phrases, place = Phrases(language), place_of(bulletin, language)
    few = phrases.write("product.few_townships", first=phrases.join(names[:2]), count=len(names))
    return few if len(names) > 2 and len(few) < len(place) else place


def title_of(bulletin: Bulletin, language: Language) -> str:
    """Return level and, where it is written, what the warning is about: 一般预警（电力中断）."""
    level, category = " ".join(bulletin.level_in(language).split()), said(bulletin, "category", language)
    return Phrases(language).write("product.sms_about", level=level, category=category) if category else level


def issuer_of(bulletin: Bulletin, language: Language) -> str:
    """Return who issues it: the text, else whom the plan names for the level."""
    levels = {item.key: item for item in bulletin.plan.warnings.levels}
    return said(bulletin, "issuer", language) or levels[bulletin.level].issued_by


def instructions_of(bulletin: Bulletin, language: Language) -> tuple[str, ...]:
    """Return what people should do, and what to beware of, as far as it is written, the most useful first.

    Measures that are the plan's own words for its units stand last: people at home need the advice.
    """
    measures, advice = (said(bulletin, part, language) for part in ("measures", "advice"))
    ordered = (advice, measures) if measures_for_units(bulletin, language) else (measures, advice)
    return tuple(sentence(text, language) for text in ordered if text)


def measures_for_units(bulletin: Bulletin, language: Language) -> bool:
    """Whether the measures are the plan's own words for its units, which tell people at home little."""
    levels = {item.key: item for item in bulletin.plan.warnings.levels}
    return said(bulletin, "measures", language) == " ".join((levels[bulletin.level].action or "").split())


def sentence(text: str, language: Language) -> str:
    """Return a text that ends as a sentence does."""
    return text if not text or text[-1] in "。！？.!?" else text + ("。" if language == "zh" else ".")


def local(moment: datetime) -> datetime:
    """Return the moment in Beijing time."""
    return moment.astimezone(BEIJING)


def moment_text(moment: datetime, language: Language) -> str:
    """Write a moment with its year, in Beijing time: 2026年1月12日 08:30."""
    there = local(moment)
    if language == "zh":
        return f"{there.year}年{there.month}月{there.day}日 {there:%H:%M}"
    return f"{there.day} {_MONTHS[there.month - 1]} {there.year} {there:%H:%M}"


def date_text(moment: datetime, language: Language) -> str:
    """Write a day as official papers do: 2026年1月12日."""
    return moment_text(moment, language).rsplit(" ", 1)[0]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
