"""What a restoration plan says, as typed rows. Times are ISO 8601 text with the incident's offset."""

from __future__ import annotations

from typing import Literal

from priority.results import Assumption, PlanIdentity, SwitchingStep
from priority.rows import Row

Status = Literal["optimal", "bounded", "nothing_to_repair", "nobody_to_repair"]


class LossLevel(Row):
    """One level of the goal, the first counts before all others; `unit` is "facility_hours" or "people_hours".

    `value` is this plan's loss until the horizon, `without_repairs` that of doing nothing. `bound`: no schedule that is
    at least as good on all earlier levels can lose less than this. `gap` = (value - bound) / value, 0 where value is 0.
    """

    key: str
    title: str
    clause: str | None
    unit: Literal["facility_hours", "people_hours"]
    value: float
    bound: float
    gap: float
    without_repairs: float


class BroughtBack(Row):
    """What comes back when a step is done, beyond what was there just before."""

    customers: dict[str, int]
    population: int
    facilities: tuple[str, ...]


class RepairStep(Row):
    """One repair by one crew. `rank` counts from 1 in the order in which steps are done; `position` in the crew's list.

    `hours_assumed` tells that nobody gave the repair's hours; `reason` says in one sentence why it stands here.
    """

    rank: int
    fault: str
    name: str
    kind: str
    network: str | None
    crew: str
    position: int
    fixed: bool
    depart_at: str
    arrive_at: str
    start_at: str
    done_at: str
    travel_hours: float
    work_hours: float
    hours_assumed: bool
    brings_back: BroughtBack
    reason: str


class CrewRow(Row):
    """A crew and the faults on its list, in order; `free_at` is when the last is done."""

    id: str
    name: str
    skills: tuple[str, ...]
    longitude: float
    latitude: float
    faults: tuple[str, ...]
    free_at: str | None


class OpenFault(Row):
    """A fault that nobody can repair, and why."""

    fault: str
    name: str
    reason: str


class UnitStep(Row):
    """Where a mobile unit goes. Without it, its commodity's loss would stop the place from `fails_at` to `back_at`.

    `saves_hours` is all the time for which the place would have failed without the unit, others as planned.

    `capacity` tells whether the unit can carry the place: "unknown" where either figure is missing.
    """

    rank: int
    unit: str
    unit_name: str
    kind: str
    facility: str
    facility_name: str
    tier: int | None
    commodity: str
    depart_at: str
    arrive_at: str
    ready_at: str
    travel_hours: float
    fails_at: str
    back_at: str | None
    saves_hours: float
    in_time: bool
    capacity: Literal["enough", "unknown"]
    reason: str


class Uncovered(Row):
    """A place of the list that fails from `fails_at` to `back_at` in spite of repairs and units.

    `hours` is the part of that spell between `at` and the horizon. A place that fails more than once has several rows.
    """

    facility: str
    facility_name: str
    tier: int | None
    commodity: str
    fails_at: str
    back_at: str | None
    hours: float
    reason: str


class ExtraCrew(Row):
    """What one more crew would gain: `gain` has one figure for each level; negative is never shown."""

    skill: str
    site: str | None
    site_name: str
    gain: tuple[float, ...]
    text: str


class RuleRow(Row):
    """What a simple rule would lose on each level, beside the plan."""

    rule: Literal["nearest", "largest", "first_reported"]
    title: str
    values: tuple[float, ...]


class RestorationPlan(Row):
    """The answer of `webmap restore`. `incident` is the incident with everything in this plan entered.

    `horizon_hours` is what was planned over: the incident's, but at least three days and until all that can be repaired
    is repaired (720 hours at most). `incident` keeps the horizon that was entered.

    `gap` is that of the first level that is not proven to be the least: the levels before it are.

    Posting `incident` as an assessment shows the picture at any moment while the plan is carried out.
    """

    plan: PlanIdentity
    at: str
    horizon_hours: float
    data_version: str
    synthetic: bool
    language: Literal["zh", "en"]
    status: Status
    summary: str
    levels: tuple[LossLevel, ...]
    gap: float
    switching: tuple[SwitchingStep, ...]
    steps: tuple[RepairStep, ...]
    crews: tuple[CrewRow, ...]
    open_faults: tuple[OpenFault, ...]
    units: tuple[UnitStep, ...]
    uncovered: tuple[Uncovered, ...]
    extra_crews: tuple[ExtraCrew, ...]
    rules: tuple[RuleRow, ...]
    incident: dict[str, object]
    method: str
    seconds: float
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
