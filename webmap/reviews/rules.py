"""What a plan asks of reports, in a sentence: made from its data, with its own word for haste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from priority.plans import Plan
from priority.wording import Phrases
from webmap.reviews.results import ReportKind
from webmap.reviews.spans import level_name

#: How the plans say "at once"; the first of them that a plan's text has is quoted.
_HASTE = ("第一时间", "立即", "及时")


def minutes_between(begin: datetime, end: datetime) -> float:
    """Return the minutes from one moment to another, to a tenth."""
    return round((end - begin).total_seconds() / 60, 1)


@dataclass(frozen=True)
class Rules:
    """Writes the rules of a plan."""

    plan: Plan
    phrases: Phrases

    def title(self, kind: ReportKind) -> str:
        """Return what a report is called."""
        return self.phrases.write(f"log.{kind}")

    def first(self, level: str | None) -> str:
        """The first report: at once, without minutes; by the interval at the latest where a level with one runs."""
        word = next((word for word in _HASTE if word in self.plan.reports.text), None)
        key = "review.rule.first" if word is None else "review.rule.first_at_once"
        said = self.phrases.write(key, word=word)
        if self._interval_minutes(level) is None:
            return said
        return self.phrases.write("review.rule.both", first=said, second=self.interval(level))

    def written(self) -> str:
        """The written report after one by telephone."""
        return self.phrases.write("review.rule.written", minutes=self.plan.reports.first_written_minutes)

    def further(self) -> str:
        """A first report beside the one that counts."""
        return self.phrases.write("review.rule.further")

    def interval(self, level: str | None, *, kept: bool = False) -> str:
        """The follow-ups of a level; one without an interval has none. `kept`: one that was due before the change."""
        minutes = self._interval_minutes(level)
        if level is None or minutes is None:
            return self.no_interval(level)
        name, every = level_name(self.phrases, level), self.phrases.duration(minutes * 60)
        said = self.phrases.write("review.rule.interval", level=name, every=every)
        return self.phrases.write("review.rule.kept", rule=said) if kept else said

    def no_interval(self, level: str | None) -> str:
        """Follow-ups for which the plan names no interval."""
        if level is not None:
            return self.phrases.write("review.rule.no_interval", level=level_name(self.phrases, level))
        some = any(item.report_every_minutes is not None for item in self.plan.levels)
        return self.phrases.write("review.rule.no_level" if some else "review.rule.no_interval_at_all")

    def answer(self) -> str:
        """An answer to a query."""
        minutes = self.plan.reports.answer_minutes
        key = "review.rule.answer_free" if minutes is None else "review.rule.answer"
        return self.phrases.write(key, minutes=minutes)

    def final(self) -> str:
        """The final report."""
        return self.phrases.write("review.rule.final" if self.plan.reports.final_written else "review.rule.final_free")

    def _interval_minutes(self, level: str | None) -> int | None:
        return next((item.report_every_minutes for item in self.plan.levels if item.level == level), None)
