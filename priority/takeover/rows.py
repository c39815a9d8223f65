"""Parts of a takeover as rows, with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from priority.picture import Picture
from priority.system import SupplySystem
from priority.takeover.results import Capacity, Named, TakeoverPart, TakeoverTownship
from priority.wording import Phrases


@dataclass(frozen=True)
class Way:
    """How a part could be joined to a supplier; `headroom_kw` is None where no capacity on the way is known."""

    tie: Named | None = None
    supplier: Named | None = None
    headroom_kw: float | None = None
    estimated: bool = False
    limiting_line: Named | None = None
    others: tuple[Named, ...] = ()


_NO_WAY = Way()


def element(system: SupplySystem, node: int) -> Named:
    """Return a node by id and name."""
    return Named(id=str(system.arrays.node_ids[node]), name=str(system.element_names[node]))


def line_named(system: SupplySystem, line: int) -> Named:
    """Return a line by id and name."""
    name = system.element_names[system.arrays.node_ids.size + line]
    return Named(id=str(system.arrays.line_ids[line]), name=str(name))


def part_row(
    picture: Picture,
    order: int,
    nodes: NDArray[np.intp],
    way: Way | None = None,
) -> TakeoverPart:
    """Return the row of a part; `nodes` are its numbers. Without a way nobody can take it over."""
    loads, way = picture.system.loads, way or _NO_WAY
    demand_kw = float(loads.demand[nodes].sum())
    capacity = _capacity(way, demand_kw)
    share = None if way.headroom_kw is None else _share(way.headroom_kw, demand_kw)
    customers = round(float(loads.customers[nodes].sum()))
    consumers = nodes[(loads.customers[nodes] > 0) | loads.customers_unknown[nodes] | (loads.demand[nodes] > 0)]
    return TakeoverPart(
        order=order,
        capacity=capacity,
        tie=way.tie,
        supplier=way.supplier,
        customers=customers,
        customers_unknown=int(loads.customers_unknown[nodes].sum()),
        population=round(float(loads.population[nodes].sum())),
        vulnerable_people=round(float(loads.vulnerable_people[nodes].sum())),
        demand_kw=round(demand_kw, 1),
        demand_unknown=int(loads.demand_unknown[nodes].sum()),
        headroom_kw=None if way.headroom_kw is None else round(way.headroom_kw, 1),
        share=share,
        estimated=way.estimated,
        limiting_line=way.limiting_line,
        others=way.others,
        townships=_townships(picture, nodes),
        facilities=_facilities(picture, nodes),
        consumers=tuple(str(identifier) for identifier in picture.system.arrays.node_ids[consumers]),
        text=_text(picture.phrases, capacity, way, customers, demand_kw),
    )


def _capacity(way: Way, demand_kw: float) -> Capacity:
    if way.tie is None:
        return "no_way"
    if way.headroom_kw is None:
        return "unknown"
    return "enough" if demand_kw <= way.headroom_kw else "short"


def _share(headroom_kw: float, demand_kw: float) -> float:
    return 1.0 if demand_kw <= 0 else round(min(max(headroom_kw / demand_kw, 0.0), 1.0), 4)


def _townships(picture: Picture, nodes: NDArray[np.intp]) -> tuple[TakeoverTownship, ...]:
    loads, townships = picture.system.loads, picture.system.townships
    rows = []
    for number in np.unique(loads.township[nodes]).tolist():
        here = nodes[loads.township[nodes] == number]
        inside = number < townships.outside
        rows.append(
            TakeoverTownship(
                code=townships.codes[number] if inside else None,
                name=townships.names[number] if inside else picture.phrases.write("name.outside"),
                customers=round(float(loads.customers[here].sum())),
                population=round(float(loads.population[here].sum())),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.customers, row.code or "~")))


def _facilities(picture: Picture, nodes: NDArray[np.intp]) -> tuple[Named, ...]:
    """Return the places of the plan's list that draw heat there, as far as the viewer may know of them, by tier."""
    here, facilities = set(nodes.tolist()), picture.system.facilities
    found = {need.facility for need in facilities.needs if here.intersection(need.nodes)}
    listed = []
    for number in found:
        entry = picture.plan.priority_of(facilities.categories[number])
        if entry is not None and picture.may_know(number):
            listed.append((entry.tier, facilities.ids[number], facilities.names[number]))
    return tuple(Named(id=identifier, name=name) for _, identifier, name in sorted(listed))


def _text(phrases: Phrases, capacity: Capacity, way: Way, customers: int, demand_kw: float) -> str:
    spare_kw = max(way.headroom_kw or 0.0, 0.0)
    said = phrases.write(
        f"takeover.part.{capacity}",
        customers=phrases.number(customers),
        tie=_name(way.tie),
        supplier=_name(way.supplier),
        line=_name(way.limiting_line),
        demand=f"{demand_kw:,.0f}",
        spare=f"{spare_kw:,.0f}",
        short=f"{max(demand_kw - spare_kw, 0.0):,.0f}",
    )
    return said + (phrases.write("takeover.part.estimated") if way.estimated else "")


def _name(named: Named | None) -> str:
    return "" if named is None else named.name


def sentence(phrases: Phrases, parts: Sequence[TakeoverPart]) -> str:
    """Return the answer in one line."""
    if not parts:
        return phrases.write("takeover.sentence.nobody")
    total = sum(part.customers for part in parts)
    told = [phrases.write("takeover.sentence.all", customers=phrases.number(total))]
    for capacity in ("enough", "short", "unknown", "no_way"):
        of_kind = [part for part in parts if part.capacity == capacity]
        if of_kind:
            customers = phrases.number(sum(part.customers for part in of_kind))
            names = {part.supplier.name for part in of_kind if part.supplier is not None}
            suppliers = phrases.join(sorted(names))
            told.append(phrases.write(f"takeover.sentence.{capacity}", customers=customers, suppliers=suppliers))
    return phrases.write("takeover.sentence.separator").join(told) + phrases.write("takeover.sentence.end")
