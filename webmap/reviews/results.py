"""What a review says, as typed rows. The JSON document and its schema are made from these.

Times are ISO 8601 text with the offset they were entered with; None stands for unknown, not there, or not yet. A duty
that the log does not show is not recorded (未见记录), which is not the same as not done.
"""

from __future__ import annotations

from typing import Literal

from priority.plans import Language
from priority.results import Assumption, PlanIdentity
from priority.rows import Row

ReportKind = Literal["first_spoken", "first_written", "follow_up", "answer", "final"]
#: `no_deadline`: sent, and the plan names no minutes; `unknown`: it names some, from a moment that no log holds.
ReportState = Literal["in_time", "late", "missing", "waiting", "no_deadline", "unknown"]
MeasureState = Literal["done", "open", "ended_undone"]
DelayKey = Literal[
    "fact_to_report",
    "report_to_sent",
    "fact_to_recommendation",
    "fact_to_level",
    "recommendation_to_level",
    "level_to_warning",
    "fact_to_warning",
    "level_to_end",
    "last_restored_to_end",
]
ReserveOutcome = Literal[
    "failed_as_forecast",
    "failed_earlier",
    "failed_later",
    "saved",
    "not_forecast",
    "lasted_as_forecast",
    "still_on_reserve",
]


class ReportRow(Row):
    """A report that was due, or sent without being due. `rule` says in words what the plan asks, under `clause`.

    `due_at` None: the plan names no minutes. `late_minutes` is None unless it was sent late. A row stands for `count`
    reports: many missing ones in a row are told by the first of them, the last was due at `due_until` (else None).
    """

    kind: ReportKind
    title: str
    due_at: str | None
    sent_at: str | None
    entry: int | None
    late_minutes: float | None
    state: ReportState
    state_title: str
    to: str | None
    clause: str
    rule: str
    count: int = 1
    due_until: str | None = None


class NextReport(Row):
    """The report that is to be sent next, for a timer. `due_at` None: no minutes; `at_once`: as soon as it can be.

    `overdue_minutes` is 0 before the deadline, and counts from the first of those missed since the last report.
    `interval_minutes` is the span at whose end it is due, None where the plan names none.
    """

    kind: ReportKind
    title: str
    due_at: str | None
    at_once: bool
    overdue_minutes: float
    clause: str
    rule: str
    interval_minutes: float | None = None


class MeasureRow(Row):
    """A measure of a level's checklist, due from the level's start; `level` None: recorded without being on it.

    `hours` counts from `due_from`, below 0 where it was done before. `by` is the unit that did it, as recorded.
    """

    clause: str | None
    text: str
    unit: str | None
    group: str | None
    level: str | None
    due_from: str | None
    done_at: str | None
    hours: float | None
    entry: int | None
    state: MeasureState
    state_title: str
    by: str | None


class DelayRow(Row):
    """How long it took from one thing to another; `minutes` below 0 where the second came first."""

    key: DelayKey
    title: str
    from_at: str | None
    to_at: str | None
    minutes: float | None
    from_entry: int | None
    to_entry: int | None


class LevelRow(Row):
    """A level that was started or changed to, or the end (`level` None). `differs` from what was recommended."""

    level: str | None
    at: str
    office: str
    author: str
    recommended: str | None
    differs: bool
    reason: str | None
    entry: int


class HandoverRow(Row):
    """The command with a headquarters above: from when to when (None: still), by which entries, and why."""

    to: str
    at: str
    office: str
    author: str
    reason: str
    entry: int
    back_at: str | None
    back_entry: int | None


class ReserveRow(Row):
    """What was foreseen of a place when it first lived on a reserve, and what happened to it.

    `forecast_at` is the first moment at which what was written by then showed it on a reserve, None if it never did
    while it lasted. `forecast_fails_at` None with a forecast: the reserve was to last. `error_minutes` is below 0
    where it failed earlier than foreseen.
    """

    facility: str
    name: str
    tier: int | None
    commodity: str | None
    on_reserve_from: str
    forecast_at: str | None
    forecast_fails_at: str | None
    failed_at: str | None
    back_at: str | None
    error_minutes: float | None
    outcome: ReserveOutcome
    outcome_title: str
    saved_by: str | None
    saved_by_entry: int | None


class RankedRow(Row):
    """A place of the ranking; `returned` is its place in the order of coming back (1 the first), None if it did not."""

    rank: int
    id: str
    name: str
    tier: int | None
    back_at: str | None
    returned: int | None


class RankingReview(Row):
    """The ranking at a moment against the order in which places came back.

    `agreement` is Kendall's tau-b over the `pairs` places that have both, None for fewer than two or all ties.
    """

    at: str | None
    order: tuple[RankedRow, ...]
    agreement: float | None
    pairs: int
    sentence: str


class WarningRow(Row):
    """A warning that was issued. `replaced_by` is the entry that updated it; `expires_at` as issued."""

    level: str
    title: str
    issued_at: str
    lifted_at: str | None
    expires_at: str | None
    replaced_by: int | None
    entry: int
    scope: str


class CorrectionRow(Row):
    """An entry that changed what had been said; `said_after` and `happened_at_after` None: it was withdrawn.

    `happened_at` is when what was said until then had happened, `happened_at_after` when it happened as it counts
    since; `written_at` is when the correction was written. `reason` is None where the reader may not know of the place
    that it is about.
    """

    number: int
    corrects: int
    happened_at: str
    happened_at_after: str | None
    written_at: str
    said_before: str
    said_after: str | None
    reason: str | None


class CourseRow(Row):
    """A line of the timeline: what counts now, in the order of happening."""

    at: str
    entry: int
    group: str
    said: str


class Review(Row):
    """A response against its plan at a moment: see `docs/review.md`."""

    plan: PlanIdentity
    language: Language
    at: str
    drill: bool
    ended: bool
    began_at: str | None
    highest_level: str | None
    reports: tuple[ReportRow, ...]
    next_report: NextReport | None
    measures: tuple[MeasureRow, ...]
    measures_done: int
    measures_due: int
    delays: tuple[DelayRow, ...]
    levels: tuple[LevelRow, ...]
    handovers: tuple[HandoverRow, ...]
    reserves: tuple[ReserveRow, ...]
    ranking: RankingReview
    warnings: tuple[WarningRow, ...]
    corrections: tuple[CorrectionRow, ...]
    late_entries: int
    course: tuple[CourseRow, ...]
    sentence: str
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
