"""Entries that reports are made of and that tell of them: what was given for them, the weather, what was sent."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from priority.fields import Time
from webmap.incidents.details import PERSON_ITEMS, Item
from webmap.incidents.entry_fields import Name, Number, Text
from webmap.incidents.fact import Fact

Celsius = Annotated[float, Field(strict=True, ge=-60, le=60, allow_inf_nan=False)]
_TELEPHONE = re.compile(r"[0-9+*#()（） ,、;；/转分机extEXT.-]{3,40}")


def _telephone(text: str) -> str:
    if not _TELEPHONE.fullmatch(text):
        raise PydanticCustomError("telephone", "no telephone number")
    return text


Telephone = Annotated[str, StringConstraints(strict=True, strip_whitespace=True), AfterValidator(_telephone)]


class ReportSent(Fact):
    """A report went up (4.1 in both plans).

    `speaks_of` is the moment that it tells of and `known` the number of the last entry that it rests on: with them the
    document can be made again as it was sent.
    """

    kind: Literal["report_sent"] = "report_sent"
    to: Name
    report: Literal["first_spoken", "first_written", "follow_up", "answer", "final"]
    text: Text | None = None
    speaks_of: Time | None = None
    known: Number | None = None


class DetailGiven(Fact):
    """What somebody gave for a report in words (`item` of `DETAIL_ITEMS`); the last one of an item counts.

    A person is given by `name`, with the unit and the telephone as far as they are known; everything else by `text`.
    """

    kind: Literal["detail_given"] = "detail_given"
    item: Item
    text: Text | None = None
    name: Name | None = None
    unit: Name | None = None
    telephone: Telephone | None = None

    @model_validator(mode="after")
    def _says_something(self) -> DetailGiven:
        if (self.name if self.item in PERSON_ITEMS else self.text) is None:
            code = "detail_name_missing" if self.item in PERSON_ITEMS else "detail_text_missing"
            raise PydanticCustomError(code, "nothing said")
        return self


class TemperatureReported(Fact):
    """The outdoor air temperature from `happened_at` on, until the next report."""

    kind: Literal["temperature_reported"] = "temperature_reported"
    celsius: Celsius
    station: Name | None = None
