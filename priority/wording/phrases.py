"""The phrase book: sentences by key, and the habits of writing numbers, hours and times in each language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from layers.schema import Title
from priority.plans.base import Language
from priority.plans.conditions import Value
from priority.plans.models import Figure
from priority.wording.en import SENTENCES as ENGLISH
from priority.wording.zh import SENTENCES as CHINESE

_BOOKS: dict[str, dict[str, str]] = {"zh": CHINESE, "en": ENGLISH}


class Phrases:
    """Writes sentences in one language. A key that no book has raises `KeyError`: it is a slip in the code."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._book = _BOOKS[language]

    def write(self, key: str, **values: object) -> str:
        """Return the sentence of that key with its places filled."""
        return self._book[key].format(**values)

    def title(self, title: Title) -> str:
        """Return a catalogue title in this language."""
        return title.zh if self.language == "zh" else title.en

    def number(self, value: float) -> str:
        """Write a count, ready for its unit: 2.3 万 from ten thousand on in Chinese, grouped digits in English."""
        whole = round(value)
        if self.language == "zh" and whole >= 10_000:
            return f"{whole / 10_000:.1f}".removesuffix(".0") + " 万"
        return f"{whole:,} " if self.language == "zh" else f"{whole:,}"

    def duration(self, seconds: int) -> str:
        """Write a time span to the minute, as 3 小时 40 分; above three days in days and hours."""
        if 0 < seconds < 60:
            return self.write("unit.under_a_minute")
        minutes = max(0, seconds) // 60
        hours, minutes = divmod(minutes, 60)
        if hours >= 72:
            days, hours = divmod(hours, 24)
            return self._join(("days", days), ("hours", hours))
        return self._join(("hours", hours), ("minutes", minutes))

    def _join(self, *parts: tuple[str, int]) -> str:
        shown = [(unit, count) for unit, count in parts if count] or [parts[-1]]
        return " ".join(self.write(f"unit.{unit}", count=count) for unit, count in shown)

    def polygon_fault(self, explanation: str) -> str:
        """Translate what GEOS says of a polygon, "Self-intersection[112.85 35.55]"."""
        kind, _, place = explanation.partition("[")
        key = f"polygon.{kind}"
        return self.write(key if key in self._book else "polygon.other", place=place.rstrip("]"))

    def clock(self, moment: datetime) -> str:
        """Write a moment as 1月12日 08:00."""
        if self.language == "zh":
            return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
        return f"{moment.day} {moment:%b %H:%M}"

    def figure(self, figure: Figure, value: Value) -> str:
        """Write a figure's value with its unit: 36.2 %, 1.5 天, 1200 万元, 是, or the choice's title."""
        if isinstance(value, bool):
            return self.write("figure.yes" if value else "figure.no")
        if isinstance(value, str):
            titles = dict(zip(figure.choices, figure.choice_titles, strict=False))
            return titles[value].in_language(self.language) if value in titles else value
        if figure.kind == "share":
            return f"{value * 100:.2f}".rstrip("0").rstrip(".") + " %"
        if figure.kind == "yuan":
            return self.write("figure.yuan", amount=self.number(value))
        if figure.kind == "days":
            return self.write("unit.days", count=f"{value:.2f}".rstrip("0").rstrip("."))
        return self.number(value).strip()

    def join(self, parts: Sequence[str]) -> str:
        """Join names or clauses as a list."""
        return ("、" if self.language == "zh" else ", ").join(parts)
