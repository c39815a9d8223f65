"""Stocks, vehicles and what is known better of places' needs, as people enter them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from priority.errors import InvalidSupply, Problem
from priority.fields import Identifier, Time
from priority.plans.models import Language
from priority.restoration.input import Position
from priority.validation import first_problems, named_once, placed_once, problem, problems_of
from priority.wording import Phrases

Commodity = Literal["coal", "water", "diesel"]
COMMODITIES: tuple[Commodity, ...] = ("coal", "water", "diesel")
#: Coal in tonnes, water in cubic metres, diesel in litres.
UNIT: dict[str, str] = {"coal": "t", "water": "m³", "diesel": "L"}
#: Nobody stocks or carries more; a slip of the keyboard shows.
_MOST = 10_000_000
_MAX_HOURS = 720

_Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
_Amount = Annotated[float, Field(ge=0, le=_MOST, strict=True, allow_inf_nan=False)]
_Some = Annotated[float, Field(ge=0.001, le=_MOST, strict=True, allow_inf_nan=False)]
_Minutes = Annotated[float, Field(ge=0, le=1440, strict=True, allow_inf_nan=False)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StockInput(_Input):
    """What can be fetched at one place: at `site` (id of a record of the layer `sites`) or `depot` (lon, lat).

    `amount` in tonnes of coal, cubic metres of water, litres of diesel; without it nobody knows, and it is taken to be
    enough. `assumed`: a suggestion that nobody has confirmed.
    """

    id: Identifier
    name: _Name
    commodity: Commodity
    amount: _Amount | None = None
    site: Identifier | None = None
    depot: Position | None = None
    assumed: Annotated[bool, Field(strict=True)] = False


class VehicleInput(_Input):
    """A truck or tanker, empty at `site` or `depot` from `available_at` on (the incident's `at` without it).

    `load` in the unit of its commodity. `speed_factor` 0.5: it takes twice as long as the roads' speeds say.
    """

    id: Identifier
    name: _Name
    commodity: Commodity
    load: _Some
    site: Identifier | None = None
    depot: Position | None = None
    available_at: Time | None = None
    speed_factor: Annotated[float, Field(ge=0.1, le=3, strict=True, allow_inf_nan=False)] = 1.0
    load_minutes: _Minutes = 20.0
    unload_minutes: _Minutes = 20.0
    assumed: Annotated[bool, Field(strict=True)] = False


class NeedInput(_Input):
    """Where somebody knows better than the data what a place uses an hour, or how much is to be brought in all.

    Named so, a place's own generator is taken to be there although the data tell of none.
    """

    facility: Identifier
    commodity: Commodity
    per_hour: _Some | None = None
    amount: _Some | None = None


class Supply(_Input):
    """What there is to bring, and with what. An empty document is allowed: the plan then says what would be needed.

    Each place gets enough for `keep_hours` beyond the end of its reserve, without it until the horizon or its supply's
    return. `seconds` is the longest search.
    """

    stocks: Annotated[tuple[StockInput, ...], Field(max_length=60)] = ()
    vehicles: Annotated[tuple[VehicleInput, ...], Field(max_length=100)] = ()
    needs: Annotated[tuple[NeedInput, ...], Field(max_length=10_000)] = ()
    keep_hours: Annotated[float, Field(gt=0, le=_MAX_HOURS, strict=True, allow_inf_nan=False)] | None = None
    seconds: Annotated[float, Field(gt=0, le=120, strict=True, allow_inf_nan=False)] = 10.0

    @classmethod
    def parse(cls, document: object, language: Language = "zh") -> Supply:
        """Check a JSON document and return the supply; `InvalidSupply` names every wrong field and its remedy.

        What only the district can tell (sites, facilities, roads) is checked when a plan is made.
        """
        phrases = Phrases(language)
        if not isinstance(document, dict):
            raise InvalidSupply([problem(phrases, "", "not_object", {})])
        try:
            supply = cls.model_validate(document)
        except ValidationError as error:
            raise InvalidSupply(problems_of(error, phrases)) from error
        wrong = [*placed_once(supply.placed(), phrases), *_of_names(supply, phrases)]
        if wrong:
            raise InvalidSupply(first_problems(wrong, phrases))
        return supply

    def placed(self) -> Iterator[tuple[str, StockInput | VehicleInput]]:
        """Yield all stocks and vehicles with their places in the document: `stocks[0]`, `vehicles[2]`."""
        for number, stock in enumerate(self.stocks):
            yield f"stocks[{number}]", stock
        for number, vehicle in enumerate(self.vehicles):
            yield f"vehicles[{number}]", vehicle


def _of_names(supply: Supply, phrases: Phrases) -> list[Problem]:
    """No id of a stock or vehicle, and no need of a place, stands twice."""
    lists = {
        "stocks[{}].id": [item.id for item in supply.stocks],
        "vehicles[{}].id": [item.id for item in supply.vehicles],
        "needs[{}].facility": [f"{item.facility} {item.commodity}" for item in supply.needs],
    }
    return named_once(lists, phrases)
