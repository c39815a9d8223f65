"""What the data suggest to dispatch with: stocks at existing sites, and vehicles that are assumed and say so."""

from __future__ import annotations

import math

from priority.dispatch.input import Commodity, StockInput, Supply, VehicleInput
from priority.plans import Language
from priority.system import SupplySystem
from priority.wording import Phrases

#: Kind of site -> what it stocks.
_STOCKED: dict[str, Commodity] = {"coal_depot": "coal", "water_point": "water", "mobile_generator": "diesel"}
#: A water point gives so many cubic metres an hour: that of a day counts as its stock. Assumed.
_DAY_HOURS = 24
#: Diesel that lies with mobile generators, litres. Assumed: the data do not tell.
_DIESEL_LITRES = 5_000.0
#: Load, vehicles at each site, minutes to load and to unload. Assumed.
_FLEET: dict[str, tuple[float, int, float, float]] = {
    "coal": (30.0, 2, 20.0, 20.0),
    "water": (10.0, 3, 20.0, 20.0),
    "diesel": (2_000.0, 1, 15.0, 15.0),
}
#: Enough for a day is brought, unless people ask for more.
_KEEP_HOURS = 24.0


def suggest_supply(system: SupplySystem, language: Language = "zh") -> Supply:
    """Return stocks at the existing sites of the layer, with vehicles at each; empty where there are no such sites.

    Coal depots hold what their capacity says. Everything that the data do not tell is marked `assumed`.
    """
    phrases = Phrases(language)
    stocks: list[StockInput] = []
    vehicles: list[VehicleInput] = []
    frame = system.places["sites"]
    rows = [] if "kind" not in frame else frame[["id", "name", "kind", "status", "capacity"]].to_dict("records")
    for row in rows:
        commodity = _STOCKED.get(str(row["kind"]))
        if commodity is None or row["status"] != "existing":
            continue
        site, name = str(row["id"]), str(row["name"])
        amount, assumed = _amount(commodity, float(row["capacity"]))
        what = phrases.write(f"dispatch.commodity.{commodity}")
        told = phrases.write("dispatch.suggested.stock", site=name, what=what)
        stocks.append(
            StockInput(id=f"stock-{site}", name=told, commodity=commodity, amount=amount, site=site, assumed=assumed)
        )
        before = sum(vehicle.commodity == commodity for vehicle in vehicles)
        vehicles += _fleet(phrases, commodity, site, before)
    return Supply(stocks=tuple(stocks), vehicles=tuple(vehicles), keep_hours=_KEEP_HOURS)


def _amount(commodity: Commodity, capacity: float) -> tuple[float | None, bool]:
    """Return what lies at a site of this capacity and whether that is assumed; None where nobody knows."""
    if commodity == "diesel":
        return _DIESEL_LITRES, True
    if math.isnan(capacity):
        return None, True
    return (capacity, False) if commodity == "coal" else (capacity * _DAY_HOURS, True)


def _fleet(phrases: Phrases, commodity: Commodity, site: str, before: int) -> list[VehicleInput]:
    load, count, load_minutes, unload_minutes = _FLEET[commodity]
    kind = phrases.write(f"dispatch.vehicle.{commodity}")
    return [
        VehicleInput(
            id=f"vehicle-{site}-{number + 1}",
            name=phrases.write("dispatch.suggested.vehicle", kind=kind, number=before + number + 1),
            commodity=commodity,
            load=load,
            site=site,
            load_minutes=load_minutes,
            unload_minutes=unload_minutes,
            assumed=True,
        )
        for number in range(count)
    ]
