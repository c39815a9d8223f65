"""What the rules say about an event, as typed rows."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from priority.levels.evaluation import Outcome
from priority.plans.conditions import Value


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClauseOutcome(_Row):
    """One clause: its wording, its outcome, the figures seen and those still missing."""

    clause: str
    level: str
    outcome: Outcome
    text: str
    observed: dict[str, Value]
    missing: tuple[str, ...]


class Ruling(_Row):
    """An interpretation that mattered here, with its reason; `level` where it recommends one itself."""

    key: str
    clause: str
    text: str
    reason: str
    level: str | None


class Shortfall(_Row):
    """How far a figure is from what a clause asks for."""

    figure: str
    observed: float
    needed: float


class Nearest(_Row):
    """The clause that is nearest to being met, when none is."""

    clause: str
    level: str
    text: str
    shortfalls: tuple[Shortfall, ...]


class ReportRules(_Row):
    """Time limits for reports where the plan gives limits rather than an interval."""

    clause: str
    text: str
    first_written_minutes: int | None
    answer_minutes: int | None
    final_written: bool


class LevelFigure(_Row):
    """A figure as used: reported by people where they gave it, otherwise computed, otherwise unknown."""

    key: str
    title: str
    kind: str
    value: Value | None
    source: Literal["reported", "computed", "unknown"]
    computed: float | None
    reported: Value | None


class LevelResult(_Row):
    """The recommended response level; the person whom the plan names decides.

    `level` is None where no clause is met. `could_rise_to` is the highest level that the unknown figures in
    `could_rise_by` could still cause, None if they cannot raise it. `grade` is None while it is still open.
    """

    plan: str
    level: str | None
    grade: str | None
    grade_name: str | None
    why: str
    decided_by: tuple[str, ...]
    procedure: str | None
    report_every_minutes: int | None
    reports: ReportRules | None
    clauses: tuple[ClauseOutcome, ...]
    could_rise_to: str | None
    could_rise_by: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    nearest: Nearest | None
    figures: tuple[LevelFigure, ...]
