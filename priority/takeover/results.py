"""What the analysis of a takeover says, row by row. Demand and capacity are in kW."""

from __future__ import annotations

from typing import Literal

from priority.results import Assumption
from priority.rows import Row

#: `enough`: the lines on the way can carry it; `short`: in part alone; `unknown`: no capacity on the way is known;
#: `no_way`: no device whose closing would join the part to another supplier.
Capacity = Literal["enough", "short", "unknown", "no_way"]


class Named(Row):
    """An element by id and name."""

    id: str
    name: str


class TakeoverTownship(Row):
    """What a part holds in a township; `code` is None outside of all."""

    code: str | None
    name: str
    customers: int
    population: int


class TakeoverPart(Row):
    """Homes that hang together without the supplier that stops: they can change to another one together.

    `tie` is the device to close and `supplier` the source that feeds its other side; both None where there is no way.
    `headroom_kw` is what the way can carry more (None: unknown), bounded by `limiting_line`, whose capacity may be
    `estimated` from its diameter; `share` is how much of the demand that covers, at most 1.
    `others` are further devices that could join the part to a supplier. `consumers` are the ids of the points that
    change.
    """

    order: int
    capacity: Capacity
    tie: Named | None
    supplier: Named | None
    customers: int
    customers_unknown: int
    population: int
    vulnerable_people: int
    demand_kw: float
    demand_unknown: int
    headroom_kw: float | None
    share: float | None
    estimated: bool
    limiting_line: Named | None
    others: tuple[Named, ...]
    townships: tuple[TakeoverTownship, ...]
    facilities: tuple[Named, ...]
    consumers: tuple[str, ...]
    text: str


class AdoptingSupplier(Row):
    """A source that would take homes over: its load before and after, against what its own lines can carry.

    `capacity_kw` adds up the lines at the source; None where one of them is unknown.
    """

    id: str
    name: str
    load_kw: float
    taken_kw: float
    capacity_kw: float | None
    capacity_estimated: bool
    share_after: float | None


class Takeover(Row):
    """The answer for suppliers that stop at a moment: all homes without them, part by part.

    `customers` is the sum of those covered (`enough`), short, unknown and without a way. No home without supply gives
    no part, and zeros.
    """

    plan: str
    language: str
    data_version: str
    at: str
    clause: str | None
    quotation: str | None
    stopped: tuple[Named, ...]
    customers: int
    population: int
    demand_kw: float
    covered_customers: int
    short_customers: int
    unknown_customers: int
    no_way_customers: int
    sentence: str
    parts: tuple[TakeoverPart, ...]
    suppliers: tuple[AdoptingSupplier, ...]
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the answer as JSON types."""
        return self.model_dump(mode="json")
