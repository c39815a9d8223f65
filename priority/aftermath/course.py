"""The whole course of an incident: the runs of its stages read one after the other, moment by moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from priority.aftermath.spans import Span, Stages, spans_of
from priority.aftermath.stocks import StockStep, stock_steps
from priority.assessment import take_picture
from priority.cascade import Cascade
from priority.cascade.wiring import FACILITY, FULL_RATE, NEED, VERTEX
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.plans import Language, Plan
from priority.system import SupplySystem
from priority.times import Seconds

#: Called with how many stages are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Instant:
    """What holds from `time_s` (seconds after the first stage) on.

    `down` (v), `failed` (f), `unmet` (q) as in the cascade, `cause` (f) the need that ended a facility, -1 its own
    damage. `rate` (q) is how fast an unmet need uses its reserve (thousandths of full use), `counts` (q) whether a
    place is said to live on it then. `reports` are reserves newly told at this moment (need -> seconds left).
    """

    time_s: int
    down: BoolArray
    failed: BoolArray
    unmet: BoolArray
    cause: NDArray[np.int64]
    rate: Seconds
    counts: BoolArray
    reports: dict[int, int]


def follow(
    system: SupplySystem,
    stages: Stages,
    plan: Plan,
    until: datetime,
    *,
    language: Language,
    restricted: bool,
    progress: Progress | None,
) -> Iterator[Instant]:
    """Yield the moments from the first stage to `until`, both included, at which anything may change; arrays are new.

    Nothing is yielded where no stage begins by `until`. Raises `InvalidIncident`.
    """
    told: set[tuple[int, int, int]] = set()
    done = 0
    for span in spans_of(system, stages, until, restricted=restricted):
        picture = take_picture(system, span.incident, plan, language=language, restricted=restricted)
        reports = _new_reports(picture, span, told)
        for instant in _instants(picture, span):
            yield replace(instant, reports=reports)
            reports = {}
        done += span.stages
        if progress is not None:
            progress(done, len(stages))


def _new_reports(picture: Picture, span: Span, told: set[tuple[int, int, int]]) -> dict[int, int]:
    found = {}
    for item in picture.cascade.actions.reported:
        key = (item.need, item.time_s + span.at_s, item.left_s)
        if key not in told:
            told.add(key)
            found[item.need] = item.left_s
    return found


def _instants(picture: Picture, span: Span) -> Iterator[Instant]:
    """Read a run from its span's begin to the end; at the end itself the next run counts, if there is one."""
    cascade = picture.cascade
    first, end = span.begin_s - span.at_s, span.end_s - span.at_s
    steps = stock_steps(cascade, span.told_s)
    now = _state_at(picture, first, steps)
    yield now.instant(span.begin_s)
    records = cascade.ended.records
    records = records[(records[:, 0] > first) & (records[:, 0] < end + span.last)]
    steps = [step for step in steps if first < step.time_s < end + span.last]
    moments = {*records[:, 0].tolist(), *(step.time_s for step in steps)} | ({end} if span.last else set())
    for time_s in sorted(moments - {first}):
        begin, after = np.searchsorted(records[:, 0], [time_s, time_s + 1])
        now.take(records[begin:after])
        now.take_steps([step for step in steps if step.time_s == time_s])
        yield now.instant(time_s + span.at_s)


@dataclass(eq=False)
class _State:
    down: BoolArray
    failed: BoolArray
    unmet: BoolArray
    cause: NDArray[np.int64]
    rate: Seconds
    counts: BoolArray

    def take(self, records: NDArray[np.int64]) -> None:
        for kind, array in ((VERTEX, self.down), (NEED, self.unmet), (FACILITY, self.failed)):
            mine = records[records[:, 1] == kind]
            array[mine[:, 2]] = mine[:, 3] == 0
        mine = records[records[:, 1] == FACILITY]
        self.cause[mine[:, 2]] = mine[:, 4]

    def take_steps(self, steps: list[StockStep]) -> None:
        for step in steps:
            self.rate[step.need], self.counts[step.need] = step.rate, step.counts

    def instant(self, time_s: int) -> Instant:
        return Instant(
            time_s=time_s,
            down=self.down.copy(),
            failed=self.failed.copy(),
            unmet=self.unmet.copy(),
            cause=self.cause.copy(),
            rate=self.rate.copy(),
            counts=self.counts.copy(),
            reports={},
        )


def _state_at(picture: Picture, time_s: int, steps: list[StockStep]) -> _State:
    cascade: Cascade = picture.cascade
    state = _State(
        down=cascade.vertex_track.down(time_s),
        failed=cascade.failed(time_s),
        unmet=cascade.need_track.down(time_s),
        cause=cascade.facility_track.spells(time_s).cause,
        rate=np.where(cascade.wiring.is_stock, 0, FULL_RATE).astype(np.int64),
        counts=cascade.wiring.required & ~cascade.wiring.is_stock,
    )
    state.take_steps([step for step in steps if step.time_s <= time_s])
    return state
