"""Which follow-up report was due when: the interval of the running level (energy plan 4.1), told by the plan's data.

A response's first report is due one interval after it was started, and each report sent begins a new interval. A change
of level never puts off what is due: a report that was due earlier stays due then, whether the level was raised or
lowered; otherwise one interval of the new level after the change. Where none is sent, one is due every interval; a late
one stands for the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from priority.plans import Plan
from webmap.reviews.sent import Sent
from webmap.reviews.spans import Span

#: Reports that begin a new interval.
RESETTING = frozenset({"first_spoken", "first_written", "follow_up"})


@dataclass(frozen=True)
class Due:
    """A report that is due at a moment because of a level's interval; `kept`: it was before the level changed."""

    at: datetime
    level: str
    interval: timedelta
    kept: bool = False


@dataclass(frozen=True)
class Missed:
    """Reports that were due one interval after another and were not sent: the first of them, and how many."""

    first: Due
    count: int

    @property
    def last(self) -> Due:
        """The last of them."""
        return self.first if self.count == 1 else replace(self.first, at=self.first.at + self._after_first())

    def _after_first(self) -> timedelta:
        return (self.count - 1) * self.first.interval


@dataclass(frozen=True)
class FollowUp:
    """A follow-up that was due or sent. Without `due` no interval ran, without `sent` none is recorded.

    Of those not recorded `count` were due one interval after another from `due` on.
    """

    due: Due | None
    sent: Sent | None
    count: int = 1


@dataclass
class Grid:
    """The course of what is due. `missed` are those since the last report, `next` is the one that waits."""

    rows: list[FollowUp] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    next: Due | None = None

    def pass_until(self, moment: datetime) -> None:
        """Let time pass: what was due before a moment and was not sent is missed."""
        while self.next is not None and self.next.at < moment:
            # Counted, not walked: who forgot to end a response missed thousands.
            count = 1 if self.next.kept else -((self.next.at - moment) // self.next.interval)
            missed = Missed(self.next, count)
            self.missed.append(missed)
            self._await(missed.last.at, self.next.level, self.next.interval)

    def set_level(self, span: Span, interval: timedelta | None) -> None:
        """A level begins to run."""
        self.pass_until(span.begins)
        before = self.next
        if span.starts:
            self.give_up()
        if interval is None:
            self.next = None
            return
        self._await(span.begins, span.level, interval)
        assert self.next is not None  # noqa: S101  just set
        if before is not None and not span.starts and before.at < self.next.at:
            self.next = Due(before.at, span.level, interval, kept=True)

    def end_level(self, moment: datetime) -> None:
        """The response ends: nothing more is due, but what was missed may still be sent."""
        self.pass_until(moment)
        self.next = None

    def send(self, report: Sent) -> None:
        """A report goes up."""
        self.pass_until(report.at)
        if self.missed:
            run = self.missed.pop()
            if run.count > 1:
                self.missed.append(Missed(run.first, run.count - 1))
            self.give_up()
            self.rows.append(FollowUp(run.last, report))
        elif report.kind == "follow_up":
            self.rows.append(FollowUp(self.next, report))
        if self.next is not None:
            self._await(report.at, self.next.level, self.next.interval)

    @property
    def not_sent(self) -> list[FollowUp]:
        """What was missed since the last report."""
        return [FollowUp(run.first, None, run.count) for run in self.missed]

    def give_up(self) -> None:
        """What was missed stays so."""
        self.rows += self.not_sent
        self.missed.clear()

    def _await(self, since: datetime, level: str, interval: timedelta) -> None:
        self.next = Due(since + interval, level, interval)


def grid_of(plan: Plan, spans: Sequence[Span], reports: Sequence[Sent], at: datetime) -> Grid:
    """Return what was due of the levels and reports up to a moment. At one second a level comes before a report."""
    intervals = _intervals(plan)
    grid = Grid()
    steps: list[tuple[datetime, int, Span | Sent | None]] = []
    for place, span in enumerate(spans):
        steps.append((span.begins, 1, span))
        followed = place + 1 < len(spans) and not spans[place + 1].starts
        if span.ends is not None and not followed:
            steps.append((span.ends, 0, None))
    steps += [(report.at, 2, report) for report in reports if report.kind in RESETTING]
    for moment, _, step in sorted(steps, key=lambda item: item[:2]):
        if step is None:
            grid.end_level(moment)
        elif isinstance(step, Span):
            grid.set_level(step, intervals.get(step.level))
        else:
            grid.send(step)
    grid.pass_until(at)
    return grid


def _intervals(plan: Plan) -> Mapping[str, timedelta]:
    return {
        level.level: timedelta(minutes=level.report_every_minutes)
        for level in plan.levels
        if level.report_every_minutes is not None
    }
