"""An incident with its switching done, and what becomes of it with any repairs and units: pictures and losses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from priority.assessment import take_picture
from priority.cascade import PlacedUnit
from priority.incident import Incident
from priority.interventions import Operation, Placement
from priority.interventions import Repair as EnteredRepair
from priority.picture import Picture
from priority.restoration.forces import Forces
from priority.restoration.levels import Levels
from priority.restoration.losses import IncidentLosses
from priority.restoration.mobile import Sent
from priority.restoration.problem import Problem
from priority.restoration.tasks import Repair
from priority.results import SwitchingStep
from priority.times import NEVER, Seconds


@dataclass(frozen=True, eq=False)
class Scenario:
    """`picture` is the incident with its switching, without repairs and units; `repairs` (t) are those to plan."""

    picture: Picture
    repairs: tuple[Repair, ...]
    forces: Forces
    levels: Levels

    def incident(self, done_s: Seconds, sent: Sequence[Sent]) -> Incident:
        """Return the incident with repairs done at `done_s` (t, `NEVER` for those not done) and these units entered."""
        entered = self.picture.incident
        repairs = [
            EnteredRepair(element=item.task.fault, at=self._moment(int(time_s)))
            for item, time_s in zip(self.repairs, done_s, strict=True)
            if time_s != NEVER
        ]
        facilities = self.picture.system.facilities
        placements = [
            Placement(
                facility=facilities.ids[item.facility],
                commodity=item.commodity,
                at=self._moment(item.ready_s),
                unit=self.forces.units[item.unit].id,
            )
            for item in sent
        ]
        return entered.model_copy(
            update={
                "repairs": (*entered.repairs, *sorted(repairs, key=lambda item: (item.at, item.element))),
                "placements": (*entered.placements, *sorted(placements, key=lambda item: (item.at, item.facility))),
            }
        )

    def _moment(self, time_s: int) -> object:
        return self.picture.incident.at + timedelta(seconds=time_s)

    def after(self, done_s: Seconds, sent: Sequence[Sent], *, horizon_s: int = 0) -> Picture:
        """Return the picture with these repairs and units; with `horizon_s` it looks at least so far."""
        incident = self.incident(done_s, sent)
        hours = max(incident.horizon_hours, horizon_s / 3600)
        return retake(self.picture, incident.model_copy(update={"horizon_hours": hours}))

    @cached_property
    def _with_others(self) -> IncidentLosses:
        return IncidentLosses.of(self.picture, self.repairs, self.levels.with_others())

    @cached_property
    def _without_units(self) -> IncidentLosses:
        return IncidentLosses.of(self.picture, self.repairs, self.levels)

    def losses(self, sent: Sequence[Sent]) -> IncidentLosses:
        """Return what waiting for the repairs costs while these units are placed."""
        return self._without_units.with_units(_placed(sent))

    def problem(self, sent: Sequence[Sent]) -> Problem:
        """Return what is to be optimised while these units are placed."""
        return self.forces.problem(self.repairs, self.losses(sent))

    def loss(self, done_s: Seconds, sent: Sequence[Sent]) -> tuple[int, ...]:
        """Return the loss of each level."""
        return tuple(self.losses(sent).evaluate(done_s).tolist())

    def full_loss(self, done_s: Seconds, sent: Sequence[Sent]) -> tuple[int, ...]:
        """Return the loss of each level and, last, that of the places outside both lists."""
        *levels, others, people = self._with_others.with_units(_placed(sent)).evaluate(done_s).tolist()
        return (*levels, people, others)


def _placed(sent: Sequence[Sent]) -> list[PlacedUnit]:
    return [PlacedUnit(item.ready_s, item.need) for item in sent]


def retake(picture: Picture, incident: Incident) -> Picture:
    """Return the picture of another incident for the same viewer."""
    return take_picture(
        picture.system, incident, picture.plan, language=picture.phrases.language, restricted=picture.restricted
    )


def with_switching(incident: Incident, steps: Sequence[SwitchingStep]) -> Incident:
    """Return the incident with the advised closings entered at its time; they stand before every repair.

    A device that the incident operates itself is left to whoever entered that.
    """
    operated = {item.device for item in incident.operations}
    closings = [
        Operation(device=step.id, action="close", at=incident.at)
        for step in steps
        if step.action == "close" and step.advised and step.id not in operated
    ]
    return incident.model_copy(update={"operations": (*incident.operations, *closings)})
