"""How a script names a place without knowing the district: by what it is and by how it stands among its like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from webmap.incidents.entry_fields import Network

LayerKey = Literal["network_nodes", "network_lines", "facilities", "townships", "sites", "roads", "coal_routes"]
Measure = Literal[
    "customers", "county_customers", "population", "facilities", "demand", "people", "reserve_hours", "capacity"
]
Commodity = Literal["electricity", "gas", "heat", "water", "coal"]
#: A name by which facts and other places speak of a place, and steps of a step.
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Text = Annotated[str, Field(min_length=1, max_length=200)]

_ELEMENTS: frozenset[str] = frozenset({"network_nodes", "network_lines"})
#: Layer -> what its places can be ordered by.
MEASURES: Mapping[str, frozenset[str]] = {
    "network_nodes": frozenset({"customers", "county_customers", "population", "facilities", "demand"}),
    "network_lines": frozenset({"customers", "county_customers", "population", "facilities", "demand"}),
    "facilities": frozenset({"people", "reserve_hours"}),
    "townships": frozenset({"population"}),
    "sites": frozenset({"capacity"}),
    "roads": frozenset(),
    "coal_routes": frozenset(),
}


class Selector(BaseModel):
    """Picks one record of a layer: of those that fit everything said, the one at place `rank` in an order.

    `kind` and `category` are the layer's own; `voltage_kv` is a line's, or the highest of the lines at a node.
    `county` is `plan` for the county of the script's plan, or a code of six digits. `hit_by` are places whose faults
    take supply away: of facilities and townships those that they hit. `isolates` are the devices to be opened round a
    fault, `restores` those whose closing brings supply back, both in the order of operation. `by` orders by what a
    failure takes away (customers, those of the county alone, population, listed facilities, demand), by a facility's
    people or reserve of `commodity`, by a township's population, by a site's capacity; `near` by the distance to a
    place. A place that was chosen before is not chosen again. Where the data hold no such place, an `optional` one is
    left out with the steps that speak of it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    layer: LayerKey
    network: Network | None = None
    kind: _Text | None = None
    category: _Text | None = None
    status: _Text | None = None
    voltage_kv: float | None = None
    name_has: _Text | None = None
    county: Annotated[str, Field(pattern=r"^(plan|\d{6})$")] | None = None
    needs: Commodity | None = None
    hit_by: tuple[Key, ...] = ()
    isolates: Key | None = None
    restores: Key | None = None
    by: Measure | None = None
    commodity: Commodity | None = None
    near: Key | None = None
    order: Literal["most", "least"] | None = None
    rank: Annotated[int, Field(ge=1, le=1000)] = 1
    optional: bool = False

    @property
    def others(self) -> tuple[str, ...]:
        """The places that this one is found by."""
        return (*self.hit_by, *filter(None, (self.isolates, self.restores, self.near)))

    @model_validator(mode="after")
    def _agrees(self) -> Selector:
        wrong = {
            "network": self.network is not None and self.layer not in _ELEMENTS | {"townships"},
            "kind": self.kind is not None and self.layer not in _ELEMENTS | {"townships", "sites"},
            "category": self.category is not None and self.layer != "facilities",
            "status": self.status is not None and self.layer != "sites",
            "voltage_kv": self.voltage_kv is not None and self.layer not in _ELEMENTS,
            "needs": self.needs is not None and self.layer != "facilities",
            "hit_by": bool(self.hit_by) and self.layer not in {"facilities", "townships"},
            "isolates": self.isolates is not None and self.layer != "network_nodes",
            "restores": self.restores is not None and self.layer != "network_nodes",
            "by": self.by is not None and self.by not in MEASURES[self.layer],
        }
        for field, is_wrong in wrong.items():
            if is_wrong:
                raise PydanticCustomError("selector", f"{field}: not for the layer {self.layer}")
        if (self.by == "reserve_hours") != (self.commodity is not None):
            raise PydanticCustomError("selector", "commodity: stands with by: reserve_hours, and with nothing else")
        orders = [name for name in ("by", "near", "isolates", "restores") if getattr(self, name) is not None]
        if len(orders) > 1:
            raise PydanticCustomError("selector", f"{' and '.join(orders)}: one order alone")
        return self
