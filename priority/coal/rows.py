"""The table of coal: which plant runs short when, and why, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from priority.coal.supply import CoalSupply, RouteState, lasts_s
from priority.facilities import UNKNOWN_RESERVE, Need
from priority.protection.results import CoalRouteRow, CoalRow
from priority.results import Assumption
from priority.wording import Phrases

_DAY_S = 86_400
#: A stock that lasts longer than this is enough: nobody plans a year ahead with today's deliveries.
_YEAR_S = 366 * _DAY_S
#: The clause that speaks of coal running short, for plants that heat and for others.
_HEAT_CLAUSE = "4.5.5"
_ENERGY_CLAUSE = "4.2.1(2)"
_ORDER = ("short_within_horizon", "running_short", "unknown", "enough")

State = Literal["enough", "running_short", "short_within_horizon", "unknown"]


@dataclass(frozen=True)
class _Writer:
    supply: CoalSupply
    at: datetime
    horizon_s: int
    states: tuple[RouteState, ...]
    phrases: Phrases
    restricted: bool


def coal_rows(
    supply: CoalSupply,
    phrases: Phrases,
    *,
    at: datetime,
    horizon_hours: float,
    closed: frozenset[str] = frozenset(),
    restricted: bool = False,
) -> tuple[CoalRow, ...]:
    """Return a row for each plant that burns coal from a stock, those that run short first in the order of time.

    After them come plants of which something is unknown, then those that have enough; equals by id. `closed` are ids of
    roads and coal routes. Without `restricted`, restricted plants are left out, and routes from restricted mines are
    counted but not listed. No such plants: no rows.
    """
    writer = _Writer(supply, at, round(horizon_hours * 3600), supply.states(closed), phrases, restricted)
    hidden = supply.facilities.restricted
    rows = [_row(writer, need) for need in supply.needs if restricted or not hidden[need.facility]]
    rows.sort(key=lambda row: (_ORDER.index(row.state), row.days_left or 0.0, row.facility))
    return tuple(rows)


def coal_assumptions(supply: CoalSupply, phrases: Phrases, *, restricted: bool = False) -> tuple[Assumption, ...]:
    """Return what the table of coal rests on and does not know; nothing if no plant burns coal.

    Without `restricted`, restricted plants are not counted.
    """
    hidden = supply.facilities.restricted
    if not any(restricted or not hidden[need.facility] for need in supply.needs):
        return ()
    codes = ["coal_detour", *(["coal_roads"] if supply.roads.assumed else [])]
    notes = [Assumption(code=code, text=phrases.write(f"coal.assumption.{code}")) for code in codes]
    unknown = sum(restricted or not bool(hidden[plant]) for plant in supply.unknown_plants)
    if unknown:
        text = phrases.write("coal.assumption.coal_unknown", count=unknown)
        notes.append(Assumption(code="coal_unknown", text=text))
    return tuple(notes)


def _row(writer: _Writer, need: Need) -> CoalRow:
    supply, use = writer.supply, need.demand
    known = supply.is_known(need)
    brought = supply.thousandths(need, writer.states) if known else []
    tonnes = sum(supply.routes[number].tonnes_per_day * writer.states[number].share for number, _ in brought)
    reserve_s = None if need.reserve_s == UNKNOWN_RESERVE else need.reserve_s
    state: State = "unknown"
    left_s = None
    if known and reserve_s is not None:
        ends_s = lasts_s(reserve_s, sum(thousandths for _, thousandths in brought))
        left_s = None if ends_s > _YEAR_S else ends_s
        state = "enough" if left_s is None else "running_short"
        state = "short_within_horizon" if left_s is not None and left_s <= writer.horizon_s else state
    return CoalRow(
        facility=supply.facilities.ids[need.facility],
        facility_name=supply.facilities.names[need.facility],
        stock_tonnes=None if reserve_s is None or math.isnan(use) else round(reserve_s * use / _DAY_S, 1),
        daily_use_tonnes=None if math.isnan(use) else use,
        deliveries_tonnes_per_day=round(tonnes, 1) if known else None,
        days_without_deliveries=None if reserve_s is None else round(reserve_s / _DAY_S, 2),
        short_at=None if left_s is None else (writer.at + timedelta(seconds=left_s)).isoformat(),
        days_left=None if left_s is None else round(left_s / _DAY_S, 2),
        state=state,
        routes=tuple(_route_row(writer, number) for number in _listed(writer, need)),
        reason=_reason(writer, need, state, left_s, tonnes),
    )


def _listed(writer: _Writer, need: Need) -> list[int]:
    """The routes to a plant that the reader may see."""
    supply = writer.supply
    hidden = supply.facilities.restricted
    return [
        number
        for number in supply.routes_to(need.facility)
        if writer.restricted or supply.routes[number].mine < 0 or not hidden[supply.routes[number].mine]
    ]


def _route_row(writer: _Writer, number: int) -> CoalRouteRow:
    route, state = writer.supply.routes[number], writer.states[number]
    facilities = writer.supply.facilities
    known = route.mine >= 0
    return CoalRouteRow(
        id=route.id,
        name=route.name,
        mine=facilities.ids[route.mine] if known else None,
        mine_name=facilities.names[route.mine] if known else writer.phrases.write("coal.mine_unknown"),
        closed=state.closed or state.cut,
        tonnes_per_day=None if math.isnan(route.tonnes_per_day) else round(route.tonnes_per_day * state.share, 1),
        hours=round(route.hours, 2),
        detour_hours=None if state.detour_hours is None else round(state.detour_hours, 2),
    )


def _reason(writer: _Writer, need: Need, state: State, left_s: int | None, tonnes: float) -> str:
    phrases = writer.phrases
    separator = phrases.write("coal.separator")
    parts = [_stock_words(writer, need, state, left_s, tonnes)]
    parts += [_route_words(writer, number) for number in _listed(writer, need) if writer.states[number].share < 1]
    if state != "enough":
        heats = writer.supply.facilities.categories[need.facility] == "heat_supply"
        key, clause = ("coal.clause_heat", _HEAT_CLAUSE) if heats else ("coal.clause_energy", _ENERGY_CLAUSE)
        parts.append(phrases.write(key, clause=clause))
    return separator.join(parts) + phrases.write("coal.end")


def _stock_words(writer: _Writer, need: Need, state: State, left_s: int | None, tonnes: float) -> str:
    phrases = writer.phrases
    if state == "unknown":
        missing = [
            *(["stock"] if need.reserve_s == UNKNOWN_RESERVE else []),
            *(["use"] if math.isnan(need.demand) else []),
            *(["deliveries"] if not _told(writer.supply, need) else []),
        ]
        words = phrases.join([phrases.write(f"coal.unknown_{item}") for item in missing])
        alone = (
            ""
            if need.reserve_s == UNKNOWN_RESERVE
            else phrases.write("coal.alone", left=phrases.duration(need.reserve_s))
        )
        return phrases.write("coal.unknown", what=words) + alone
    amounts = {
        "use": phrases.number(need.demand),
        "deliveries": phrases.number(tonnes),
        "stock": phrases.number(need.counted_reserve_s * need.demand / _DAY_S),
    }
    if left_s is None:
        return phrases.write("coal.enough", **amounts)
    if left_s == 0:
        return phrases.write("coal.no_stock", **amounts)
    clock = phrases.clock(writer.at + timedelta(seconds=left_s))
    return phrases.write("coal.short", left=phrases.duration(left_s), clock=clock, **amounts)


def _told(supply: CoalSupply, need: Need) -> bool:
    routes = supply.routes_to(need.facility)
    return bool(routes) and all(not math.isnan(supply.routes[number].tonnes_per_day) for number in routes)


def _route_words(writer: _Writer, number: int) -> str:
    route, state, phrases = writer.supply.routes[number], writer.states[number], writer.phrases
    if state.closed:
        return phrases.write("coal.route_closed", name=route.name)
    if state.detour_hours is None:
        return phrases.write("coal.route_cut", name=route.name)
    usual = phrases.duration(round(route.hours * 3600))
    detour = phrases.duration(round(state.detour_hours * 3600))
    key = "coal.route_detour_slight" if usual == detour else "coal.route_detour"
    percent = math.floor(100 * state.share)
    return phrases.write(key, name=route.name, percent=percent, usual=usual, detour=detour)
