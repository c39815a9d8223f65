"""Small districts with something to bring. Distances are straight lines unless roads are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from priority.dispatch.input import Supply
from priority.dispatch.plan import dispatch
from priority.dispatch.results import DispatchPlan, FacilityRow
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem
from tests.pictures import STRIP, WEST, District
from tests.priority.small import incident_document

#: Where the facilities of the first strip lie: a vehicle there has nothing to drive.
HERE = [WEST + 0.05, 35.5]


def strip(number: int) -> list[float]:
    """Where the facilities of a strip lie, nine kilometres from those of the next: half an hour's drive."""
    return [WEST + (number + 0.5) * STRIP, 35.5]


def stock(commodity: str, amount: float | None = 1_000.0, **fields: Any) -> dict[str, Any]:
    place = {} if "site" in fields or "depot" in fields else {"depot": HERE}
    return {
        "id": f"s-{commodity}",
        "name": f"{commodity}库",
        "commodity": commodity,
        "amount": amount,
        **place,
        **fields,
    }


def vehicle(commodity: str, load: float = 10.0, name: str = "v", **fields: Any) -> dict[str, Any]:
    place = {} if "site" in fields or "depot" in fields else {"depot": HERE}
    return {"id": f"{name}-{commodity}", "name": f"{name}车", "commodity": commodity, "load": load, **place, **fields}


def both(commodity: str, amount: float | None = 1_000.0, load: float = 10.0, **fields: Any) -> dict[str, Any]:
    """One stock and one vehicle, both among the facilities of the first strip."""
    return {"stocks": [stock(commodity, amount)], "vehicles": [vehicle(commodity, load)], **fields}


def planned(
    district: District,
    faults: Mapping[str, float],
    supply: dict[str, Any],
    *,
    language: Any = "zh",
    restricted: bool = True,
    **fields: Any,
) -> DispatchPlan:
    """Plan for faults (element -> hour after eight o'clock); fields as of `incident_document`."""
    document = {"horizon_hours": 24, **incident_document(faults, **fields)}
    incident = Incident.parse(document, language)
    return dispatch(
        SupplySystem.build(district.frames(), "1-test"),
        incident,
        Supply.parse({"seconds": 5, **supply}, language),
        load_plan(incident.plan),
        language=language,
        restricted=restricted,
    )


def row_of(plan: DispatchPlan, facility: str, commodity: str | None = None) -> FacilityRow:
    (row,) = [row for row in plan.facilities if row.facility == facility and commodity in (None, row.commodity)]
    return row
