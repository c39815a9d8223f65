"""A warning of a plan as a CAP message.

No standard says how the levels of these plans become urgency, severity and certainty: `MEANING` is our mapping, by the
level's place from the highest down, and is to be shown as ours. No message claims a colour: no plan names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from priority.plans import Plan
from priority.warnings.content import CONTENT_PARTS
from priority.warnings.sending import SendingShape
from priority.warnings.suggestion import level_of
from priority.wording import Phrases
from webmap.languages import Language
from webmap.warnings.cap.message import Alert, AlertArea, Info, Reference
from webmap.warnings.cap.places import TOWNSHIP_CODES

_SYNTHETIC_NOTE = "示例数据 SAMPLE DATA: made from invented facilities and people"
LANGUAGE_TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en-US"}


@dataclass(frozen=True)
class Meaning:
    """What a level says in CAP's terms."""

    urgency: str
    severity: str
    certainty: str


#: From the highest level of a plan downwards; lower ones are like the last.
MEANING = (
    Meaning("Immediate", "Extreme", "Likely"),
    Meaning("Expected", "Severe", "Likely"),
    Meaning("Expected", "Moderate", "Possible"),
    Meaning("Future", "Minor", "Possible"),
)


@dataclass(frozen=True)
class Outgoing:
    """A warning to be sent. `texts` are the required content by language and by the plan's name of the item.

    `townships` are codes and names by language, `whole` the codes of those that are warned whole.
    `expires` is when it ends unless it is updated. With `drill` it is an exercise of that name.
    """

    plan: Plan
    level: str
    identifier: str
    sender: str
    sent: datetime
    starts_at: datetime
    expires: datetime
    shape: SendingShape
    townships: tuple[tuple[str, Mapping[Language, str]], ...]
    texts: Mapping[Language, Mapping[str, str]]
    drill: str | None = None
    contact: str | None = None
    whole: tuple[str, ...] = ()
    synthetic: bool = False


def meaning_of(plan: Plan, level: str) -> Meaning:
    """Return what a level (its key) says in CAP's terms, by our mapping."""
    from_above = [item.key for item in reversed(plan.warnings.levels)].index(level_of(plan, level).key)
    return MEANING[min(from_above, len(MEANING) - 1)]


def alert_of(outgoing: Outgoing, message_type: str = "Alert", references: tuple[Reference, ...] = ()) -> Alert:
    """Return the message of a warning; for an Update with the messages that it replaces."""
    return Alert(
        identifier=outgoing.identifier,
        sender=outgoing.sender,
        sent=outgoing.sent,
        status="Exercise" if outgoing.drill else "Actual",
        message_type=message_type,
        source=outgoing.plan.office.zh,
        note=_notes(outgoing),
        references=references,
        infos=tuple(_info(outgoing, language) for language in LANGUAGE_TAGS),
    )


def cancel_of(outgoing: Outgoing, references: tuple[Reference, ...], reason: Mapping[Language, str]) -> Alert:
    """Return the message that lifts a warning; it repeats area and level and says why in both languages."""
    infos = []
    for language in LANGUAGE_TAGS:
        base = _info(outgoing, language)
        write = Phrases(language).write
        headline = write("warning.cap_lifted", headline=base.headline)
        infos.append(
            Info(
                language=base.language,
                categories=base.categories,
                event=base.event,
                responses=("AllClear",),
                urgency="Past",
                severity=base.severity,
                certainty="Observed",
                expires=base.expires,
                sender_name=base.sender_name,
                headline=headline,
                description=reason[language],
                contact=base.contact,
                areas=base.areas,
            )
        )
    return Alert(
        identifier=outgoing.identifier,
        sender=outgoing.sender,
        sent=outgoing.sent,
        status="Exercise" if outgoing.drill else "Actual",
        message_type="Cancel",
        source=outgoing.plan.office.zh,
        note=" ".join(filter(None, (_notes(outgoing), reason["zh"]))),
        references=references,
        infos=tuple(infos),
    )


def _notes(outgoing: Outgoing) -> str | None:
    """Mark drills and made-up data where machines look."""
    drill = None if outgoing.drill is None else f"演练 EXERCISE: {outgoing.drill}"
    return " ".join(filter(None, (drill, _SYNTHETIC_NOTE if outgoing.synthetic else None))) or None


def _info(outgoing: Outgoing, language: Language) -> Info:
    plan, phrases, texts = outgoing.plan, Phrases(language), outgoing.texts[language]
    level, meaning = level_of(plan, outgoing.level), meaning_of(plan, outgoing.level)
    parts = {part: texts[name] for name, part in CONTENT_PARTS.items() if texts.get(name)}
    event = parts.get("category") or plan.title.in_language(language)
    county, name = plan.county_name.in_language(language), level.in_language(language)
    headline = phrases.write("warning.cap_headline", county=county, level=name, event=event)
    return Info(
        language=LANGUAGE_TAGS[language],
        categories=("Infra",),
        event=event,
        responses=("Prepare",),
        urgency=meaning.urgency,
        severity=meaning.severity,
        certainty=meaning.certainty,
        effective=outgoing.sent,
        onset=outgoing.starts_at.astimezone(outgoing.sent.tzinfo),
        expires=outgoing.expires.astimezone(outgoing.sent.tzinfo),
        sender_name=parts.get("issuer") or level.issued_by,
        headline=_marked(headline, outgoing, phrases),
        description=_sentences(parts, ("place", "time", "extent"), language),
        instruction=_sentences(parts, ("advice", "measures"), language),
        contact=outgoing.contact,
        parameters=_parameters(outgoing, language),
        areas=(_area(outgoing, language),),
    )


def _marked(headline: str, outgoing: Outgoing, phrases: Phrases) -> str:
    """Mark drills and made-up data where people look."""
    if outgoing.synthetic:
        headline = phrases.write("warning.cap_synthetic", headline=headline)
    return phrases.write("warning.cap_drill", headline=headline) if outgoing.drill else headline


def _sentences(parts: Mapping[str, str], keys: tuple[str, ...], language: Language) -> str | None:
    """Join parts as sentences; None where there are none."""
    mark, gap = ("。", "") if language == "zh" else (".", " ")
    return (
        gap.join(text if text[-1] in "。.！!" else text + mark for key in keys if (text := parts.get(key, "").strip()))
        or None
    )


def _parameters(outgoing: Outgoing, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the plan's content item by item under the plan's own names, with plan and clause."""
    plan, texts = outgoing.plan, outgoing.texts[language]
    origin = f"{plan.title.in_language(language)} {plan.document_number} {level_of(plan, outgoing.level).clause}"
    content = tuple((name, texts[name]) for name in plan.warnings.required_content if texts.get(name))
    return (*content, ("plan", origin))


def _area(outgoing: Outgoing, language: Language) -> AlertArea:
    names = [name[language] for _, name in outgoing.townships]
    return AlertArea(
        description=Phrases(language).join(names) or outgoing.plan.county_name.in_language(language),
        polygons=outgoing.shape.pieces,
        # An area is the union of what describes it: the code of a township that is warned in part would add the rest.
        geocodes=tuple((TOWNSHIP_CODES, code) for code, _ in outgoing.townships if code in outgoing.whole),
    )
