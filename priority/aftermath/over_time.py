"""The impact of an incident over time: a pure function of the supply system, the incident's stages and the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from priority.aftermath.account import account_of
from priority.aftermath.course import Progress, follow
from priority.aftermath.facilities import class_rows, facility_rows, reserve_course, units_placed
from priority.aftermath.heating import heating
from priority.aftermath.networks import network_rows
from priority.aftermath.notes import assumptions, definitions
from priority.aftermath.results import Impact
from priority.aftermath.series import by_hour, changes, series
from priority.aftermath.spans import Stage, Stages
from priority.aftermath.temperatures import Temperatures
from priority.aftermath.townships import township_rows
from priority.aftermath.view import View, hours_of
from priority.incident import Incident
from priority.interventions import Placement
from priority.plans import Language, Plan
from priority.results import PlanIdentity
from priority.system import SupplySystem
from priority.wording import Phrases

#: The horizon of an incident for which nobody asked for another, in seconds.
_USUAL_S = round(Incident.model_fields["horizon_hours"].default * 3600)


def impact_over_time(
    system: SupplySystem,
    stages: Stages,
    plan: Plan,
    until: datetime,
    *,
    language: Language = "zh",
    restricted: bool = False,
    temperatures: Sequence[tuple[datetime, float]] = (),
    progress: Progress | None = None,
) -> Impact:
    """Add up what an incident cost until a moment.

    What is out at a moment is what the picture of the last stage (`begins_at`, incident) by then says; between two
    stages the cascade runs on from the first one's facts. Stages come in the order of time; those that begin after
    `until` do not count; without any all figures are zero or unknown. `restricted` says whether the viewer may see
    restricted facilities; without that right they appear nowhere. `temperatures` are outdoor, in °C. `progress` hears
    how many stages are done, and of how many; what it raises ends the work. Raises `InvalidIncident`, and `ValueError`
    for stages in another order.
    """
    hidden = system.facilities.restricted
    shown = np.ones_like(hidden) if restricted else ~hidden
    passing = _Passing(stages, until)
    course = follow(system, passing, plan, until, language=language, restricted=restricted, progress=progress)
    account = account_of(system, course, shown)
    origin = passing.first or until.replace(microsecond=0)
    view = View(
        system=system,
        plan=plan,
        phrases=Phrases(language),
        origin=origin,
        until=until,
        account=account,
        temperatures=Temperatures.of(temperatures, origin),
        restricted=restricted,
    )
    return _impact(view, passing)


@dataclass
class _Passing:
    """Stages, and what is told of them while they are gone through: no two need to be held at once."""

    stages: Stages
    until: datetime
    first: datetime | None = None
    placements: set[Placement] = field(default_factory=set)
    told_s: int = 0

    def __len__(self) -> int:
        return len(self.stages)

    def __iter__(self) -> Iterator[Stage]:
        for begin, incident in self.stages:
            if begin <= self.until:
                self.first = self.first or begin.replace(microsecond=0)
                self.placements.update(item for item in incident.placements if item.at <= self.until)
                self.told_s = max(self.told_s, round(incident.horizon_hours * 3600))
            yield begin, incident


def _impact(view: View, passing: _Passing) -> Impact:
    networks, warmth = network_rows(view), heating(view)
    running = _running(view)
    return Impact(
        plan=PlanIdentity.of(view.plan, view.phrases.language),
        language=view.phrases.language,
        data_version=view.system.data_version,
        synthetic=view.system.synthetic,
        begins_at=None if passing.first is None else view.iso(0),
        until=view.iso(view.end_s),
        hours=hours_of(view.end_s),
        running=running,
        series=series(view),
        changes=changes(view),
        networks=networks,
        people_hours_hit=round(float(view.account.integral(view.people_hit).sum()), 6),
        townships=township_rows(view),
        facilities=facility_rows(view, units_placed(passing.placements)),
        classes=class_rows(view),
        by_hour=by_hour(view),
        heating=warmth,
        reserve_course=reserve_course(view),
        definitions=definitions(view, passing.told_s or _USUAL_S),
        assumptions=assumptions(view, networks, warmth, running=running),
    )


def _running(view: View) -> bool:
    """Whether anybody is out or a facility has failed at the last moment."""
    account = view.account
    return bool(account.time_s.size) and bool(view.anybody[-1].any() or account.failed[-1])
