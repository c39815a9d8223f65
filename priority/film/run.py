"""Stages that share one run of the cascade, and the pictures of any moments of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from priority.aftermath.spans import Stage, adds_only, running_to
from priority.assessment import take_picture
from priority.cascade import Cascade
from priority.cascade.script import Actions, Outline
from priority.cascade.wiring import Ended
from priority.damage import Damage, seconds_after
from priority.film.forks import Forked, forked
from priority.incident import Incident
from priority.picture import Picture
from priority.plans import Language, Plan
from priority.system import SupplySystem
from priority.times import NEVER


@dataclass(frozen=True)
class Viewing:
    """What every picture of a film has in common."""

    system: SupplySystem
    plan: Plan
    language: Language
    restricted: bool

    def picture(self, incident: Incident) -> Picture:
        """Return the picture of an incident; raises `InvalidIncident`."""
        return take_picture(self.system, incident, self.plan, language=self.language, restricted=self.restricted)


@dataclass(frozen=True)
class Shown:
    """A stage that holds from `begin_s` to `end_s` (seconds after `origin`; the last one's end belongs to it)."""

    begin_s: int
    end_s: int
    incident: Incident


def runs_of(viewing: Viewing, stages: Sequence[Stage], until: datetime) -> Iterator[Run]:
    """Yield the runs that the stages up to a moment need, one after the other; none where no stage begins by then."""
    kept = [stage for stage in stages if stage[0] <= until]
    if not kept:
        return
    origin = kept[0][0]
    ends = [begin for begin, _ in kept[1:]] + [until + timedelta(seconds=1)]
    shown: list[Shown] = []
    for (begin, incident), end in zip(kept, ends, strict=True):
        one = Shown(seconds_after(begin, origin), seconds_after(end, origin), incident)
        if shown and not adds_only(viewing.system, shown[-1].incident, incident, restricted=viewing.restricted):
            yield Run(viewing, origin, tuple(shown))
            shown = []
        shown.append(one)
    yield Run(viewing, origin, tuple(shown))


@dataclass(frozen=True)
class Run:
    """Stages whose last one's run is that of each of them until the next one begins."""

    viewing: Viewing
    origin: datetime
    stages: tuple[Shown, ...]

    @cached_property
    def whole(self) -> Picture:
        """The picture of the last stage, in whose run all damages of the others are."""
        last = self.stages[-1]
        return self.viewing.picture(running_to(last.incident, last.incident.at))

    @property
    def _at_s(self) -> int:
        return seconds_after(self.stages[-1].incident.at, self.origin)

    def pictures(self) -> Iterator[tuple[int, Picture]]:
        """Yield (seconds after the origin, the picture then) for each moment at which anything may change."""
        moments = [
            (stage, time_s) for stage, times in zip(self.stages, self._moments(), strict=True) for time_s in times
        ]
        if not self.whole.damages and self.stages[-1].incident.started_at is None:
            # Without a damage stocks shrink from the moment that is looked at on: each is a run of its own.
            for stage, time_s in moments:
                yield time_s, self.viewing.picture(self._incident_at(stage, time_s))
            return
        times_s = [time_s for _, time_s in moments]
        found = self._forked(times_s, [time_s + _told_s(stage) for stage, time_s in moments])
        for number, (stage, time_s) in enumerate(moments):
            yield time_s, self._picture(stage, time_s, found, number)

    def _moments(self) -> Iterator[list[int]]:
        """Yield for each stage the moments at which what holds changes, or what is foreseen."""
        begins = [stage.begin_s for stage in self.stages]
        ends = [stage.end_s + _told_s(stage) for stage in self.stages]
        found = self._forked(begins, ends)
        for number, stage in enumerate(self.stages):
            times = np.unique(found.own[found.own_start[number] : found.own_start[number + 1], 0]) + self._at_s
            # What is foreseen changes as it comes to lie within the horizon.
            moments = {*times.tolist(), *(times - _told_s(stage)).tolist()}
            yield sorted({stage.begin_s} | {time_s for time_s in moments if stage.begin_s < time_s < stage.end_s})

    def _incident_at(self, stage: Shown, time_s: int) -> Incident:
        return stage.incident.model_copy(update={"at": self.origin + timedelta(seconds=time_s)})

    def _forked(self, times_s: Sequence[int], ends_s: Sequence[int]) -> Forked:
        cascade, system = self.whole.cascade, self.viewing.system
        facilities = len(system.facilities.ids)
        outline = Outline.of(system.condensed, facilities, cascade.damages, cascade.isolations, cascade.actions)
        script = outline.script([damage.ends_s for damage in cascade.damages], cascade.stocks_from_s)
        forks = np.array(times_s, dtype=np.int64) - self._at_s
        ends = np.array(ends_s, dtype=np.int64) - self._at_s
        return forked(cascade.wiring, script, forks, ends)

    def _picture(self, stage: Shown, time_s: int, found: Forked, number: int) -> Picture:
        """Return the picture of a moment as an assessment of it would take it; what came later is taken away."""
        whole, past_s = self.whole.cascade, time_s - self._at_s
        own = found.own[found.own_start[number] : found.own_start[number + 1]]
        records = np.concatenate([found.way[: found.way_count[number]], own])
        records[:, 0] -= past_s
        nothing = np.empty(0, np.int64)
        damages = tuple(_seen_at(damage, past_s) for damage in whole.damages)
        stocks_from_s = None if whole.stocks_from_s is None else whole.stocks_from_s - past_s
        cascade = Cascade(
            arrays=whole.arrays,
            condensed=whole.condensed,
            facilities=whole.facilities,
            wiring=whole.wiring,
            damages=damages,
            isolations=whole.isolations,
            actions=_done_by(whole.actions, past_s),
            ended=Ended(nothing, nothing, nothing, found.left[number], found.rate[number], records),
            stocks_from_s=stocks_from_s,
            horizon_s=_told_s(stage),
        )
        return replace(self.whole, incident=self._incident_at(stage, time_s), damages=damages, cascade=cascade)


def _told_s(stage: Shown) -> int:
    return round(stage.incident.horizon_hours * 3600)


def _seen_at(damage: Damage, past_s: int) -> Damage:
    """Return a damage counted from a moment. A later one, and a later repair, nobody knows of yet."""
    begin_s, end_s = damage.time_s - past_s, damage.ends_s - past_s
    if begin_s > 0:
        return replace(damage, time_s=NEVER, ends_s=NEVER)
    return replace(damage, time_s=begin_s, ends_s=end_s if end_s <= 0 else NEVER)


def _done_by(actions: Actions, past_s: int) -> Actions:
    """Return the actions counted from a moment. Later ones keep their number, by which causes name them."""
    operated = [replace(item, time_s=item.time_s - past_s) for item in actions.operated]
    return Actions(
        operated=tuple(item if item.time_s <= 0 else replace(item, time_s=NEVER) for item in operated),
        placed=tuple(replace(item, time_s=item.time_s - past_s) for item in actions.placed if item.time_s <= past_s),
        reported=tuple(replace(item, time_s=item.time_s - past_s) for item in actions.reported),
    )
