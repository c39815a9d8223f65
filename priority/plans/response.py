"""Response levels, event grades, measures and reports, as the plan words them beside the numbers we read in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from priority.plans.base import Clause, Language, NetworkKey, PlanPart, Quotation, Wording
from priority.plans.conditions import AnyOf, Expression

Key = Annotated[str, Field(min_length=1, max_length=20)]


class Condition(PlanPart):
    """One condition of a level: the clause, its wording, and the wording read as a test over figures."""

    clause: Clause
    text: Quotation
    test: Expression


class Measure(PlanPart):
    """One item of a checklist. `unit` is a member unit or `group` a working group where the plan names one.

    `suits` is the working group whose duty covers it: our reading, for a checklist by groups, and never shown as the
    plan's word.
    """

    clause: Clause
    text: Quotation
    unit: str | None = None
    group: str | None = None
    suits: str | None = None


class Level(PlanPart):
    """A response level. Any one condition is enough. `decided_by` are the offices that may start it."""

    level: Key
    clause: Clause
    conditions: tuple[Condition, ...] = Field(min_length=1)
    decided_by: tuple[Quotation, ...] = Field(min_length=1)
    procedure: Quotation
    report_every_minutes: Annotated[int, Field(gt=0)] | None = None
    measures: tuple[Measure, ...] = Field(min_length=1)


class Grade(PlanPart):
    """An event grade (heating plan 1.5): any scale is enough, the highest grade counts."""

    key: Key
    name: Wording
    clause: Clause
    text: Quotation
    test: AnyOf


class Fits(PlanPart):
    """What tells that a cause is at work, our reading of its name; any one is enough.

    An element of the networks `damaged` is broken, a place of the classes `stopped` is itself out of order, a place of
    the classes `of` has lost one of the commodities `lost`, or an entry of the log holds one of the `words`.
    """

    damaged: tuple[NetworkKey, ...] = ()
    stopped: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    lost: tuple[Literal["electricity", "gas", "heat", "water", "coal"], ...] = ()
    words: tuple[str, ...] = ()


class CauseMeasures(PlanPart):
    """On-site measures for one cause (heating plan 4.5). Without `fits` they are offered with all others."""

    key: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    clause: Clause
    cause: Quotation
    fits: Fits | None = None
    steps: tuple[Measure, ...] = Field(min_length=1)


class Reports(PlanPart):
    """Reporting rules beside the levels' intervals: time limits in minutes and what a report must say.

    `receivers` are those to whom the office reports, in the words of `text`; None where the plan does not name them.
    """

    clause: Clause
    text: Quotation
    receivers: Quotation | None = None
    first_written_minutes: Annotated[int, Field(gt=0)] | None = None
    answer_minutes: Annotated[int, Field(gt=0)] | None = None
    content: tuple[Quotation, ...] = Field(min_length=1)
    final_written: bool = False


class Ending(PlanPart):
    """When and by whom a response is ended."""

    clause: Clause
    text: Quotation
    rule: Quotation


class Handover(PlanPart):
    """When the command goes to a headquarters above (指挥处置权移交), and to whom, in the plan's words.

    `level_clause` and `level_text` say the same among the measures of a level. `decided_by` are the offices that may
    hand over and take back; which they are is an interpretation where the plan names the headquarters alone.
    """

    clause: Clause
    text: Quotation
    level_clause: Clause | None = None
    level_text: Quotation | None = None
    to: Quotation
    decided_by: tuple[Quotation, ...] = Field(min_length=1)


class SupplierTakeover(PlanPart):
    """Who names the supplier that takes over the homes of one that stops (应急接管), in the plan's words.

    `decided_by` are the offices that may name it; which they are is an interpretation where the plan names the
    headquarters alone.
    """

    clause: Clause
    text: Quotation
    decided_by: tuple[Quotation, ...] = Field(min_length=1)


class Evaluation(PlanPart):
    """What is written down after the end (总结评估): `title` is what the plan calls it."""

    clause: Clause
    title: Quotation
    text: Quotation


class WarningLevel(PlanPart):
    """A warning level (预警): criteria, approval and issue, channels, scope, procedure (发布程序), action (行动).

    `test` is how we read the criteria, over the plan's figures and those of `warning_figures`, and `reading` says so in
    words; without a test the level is never suggested. `title` is what we call it in English; `zh` repeats `name`.
    """

    key: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    name: Quotation
    title: Wording | None = None
    clause: Clause
    criteria: Quotation
    test: Expression | None = None
    reading: Wording | None = None
    approved_by: tuple[Quotation, ...]
    issued_by: Quotation
    scope: Quotation | None = None
    channels: tuple[Quotation, ...] = ()
    targeted_notice: Quotation | None = None
    procedure: Quotation | None = None
    action: Quotation | None = None

    def in_language(self, language: Language) -> str:
        """Return the level's name: the plan's own words, in English our title where there is one."""
        return self.name if language == "zh" or self.title is None else self.title.en


Audience = Literal[
    "headquarters", "township_offices", "member_units", "neighbours", "facilities", "schools", "vulnerable"
]


class Told(PlanPart):
    """Whom the plan wants told of a warning, in its words; with `levels` (keys) at those levels alone."""

    audience: Audience
    clause: Clause
    text: Quotation
    levels: tuple[str, ...] = ()


class Warnings(PlanPart):
    """Warning rules: levels from lowest to highest, required content, action that goes with every level, lifting.

    `recipients` are those whom the plan names; that it names nobody of an audience does not keep them from being told.
    `networks` are those whose loss the warnings are about.
    """

    clause: Clause
    networks: tuple[NetworkKey, ...] = ("electricity", "gas", "heat", "water")
    levels: tuple[WarningLevel, ...] = Field(min_length=1)
    required_content: tuple[Quotation, ...] = Field(min_length=1)
    actions: tuple[Measure, ...] = ()
    recipients: tuple[Told, ...] = ()
    lifting_clause: Clause
    lifting: Quotation


class Interval(PlanPart):
    """A duty that recurs every so many years (revision, drills)."""

    clause: Clause
    every_years: Annotated[int, Field(gt=0)]
    text: Quotation
