"""Reserves that somebody reported during an incident: "the generator has oil for two more hours"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from priority.fields import Identifier, Time

#: A year: nobody stocks more, and a slip of the keyboard shows.
MAX_RESERVE_HOURS = 8_760


def _parse_hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("not_number", "no number")
    if not 0 <= value <= MAX_RESERVE_HOURS:  # false for NaN too
        raise PydanticCustomError("hours_range", "out of range", {"maximum": MAX_RESERVE_HOURS})
    return float(value)


_HOURS_SCHEMA = {"type": "number", "minimum": 0, "maximum": MAX_RESERVE_HOURS}


class ReserveReport(BaseModel):
    """From `at` on the facility's own reserve of `commodity` lasts `hours` more hours without supply; 0: none is left.

    It counts in place of what the data say, whatever was used before `at`. A place that is reported to have hours left
    had not used that reserve up before, whatever the data say; of a place that has none left, the data tell when it
    ended. Further hours count while the supply is gone, as those of any reserve; those of coal without deliveries.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    facility: Identifier
    commodity: Literal["electricity", "gas", "heat", "water", "coal"]
    hours: Annotated[float, BeforeValidator(_parse_hours), WithJsonSchema(_HOURS_SCHEMA)]
    at: Time

    @property
    def left_s(self) -> int:
        """The hours in whole seconds."""
        return round(self.hours * 3600)


def latest_alone(reports: tuple[ReserveReport, ...]) -> tuple[ReserveReport, ...]:
    """Let reports pass if there is one at most for each facility and commodity: the latest is what counts."""
    told: set[tuple[str, str]] = set()
    for number, report in enumerate(reports):
        key = (report.facility, report.commodity)
        if key in told:
            context = {"place": f"[{number}].facility", "element": report.facility, "commodity": report.commodity}
            raise PydanticCustomError("reserve_twice", "reported twice", context)
        told.add(key)
    return reports
