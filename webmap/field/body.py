"""What people send from the place, checked field by field."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from layers.schema import Title
from priority.fields import Time
from priority.restoration.input import Position
from webmap.incidents.entry_fields import Id, Name, Text

What = Literal["outage", "gas_leak", "burst", "no_heat", "road", "other"]
WHATS: tuple[What, ...] = get_args(What)
WHAT_TITLES: Mapping[What, Title] = {
    "outage": Title("断电", "power out"),
    "gas_leak": Title("漏气", "gas leak"),
    "burst": Title("爆管", "pipe burst"),
    "no_heat": Title("停暖", "no heating"),
    "road": Title("道路不通", "road blocked"),
    "other": Title("其他", "other"),
}
MOST_PHOTOS = 3
#: What a phone measures is never better told than by a metre, and beyond this it says nothing.
_WORST_ACCURACY_M = 100_000


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "not a text")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise PydanticCustomError("photo_text", "no base64") from None


class Told(BaseModel):
    """What somebody saw: what it is, where, since when. At least one of place, element, township and words is told.

    `element` is the id of what was found broken, `position` longitude and latitude (EPSG:4490) with the accuracy that
    the phone named (`accuracy_m`; none where it was pointed at on a map), `plan` the plan for which it is reported, and
    `incident` the one that it belongs to, as far as the person knows one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    plan: Id
    incident: Id | None = None
    what: What
    happened_at: Time
    text: Text | None = None
    element: Id | None = None
    position: Position | None = None
    accuracy_m: Annotated[float, Field(strict=True, ge=0, le=_WORST_ACCURACY_M, allow_inf_nan=False)] | None = None
    township: Id | None = None

    @model_validator(mode="after")
    def _something(self) -> Told:
        if not (self.element or self.position or self.township or self.text):
            raise PydanticCustomError("field_place_missing", "nothing is told")
        return self


class FieldBody(Told):
    """A report as it is sent. `photos` are files as base64; `client_key` makes a repeat find the first."""

    photos: Annotated[tuple[Annotated[bytes, BeforeValidator(_bytes)], ...], Field(max_length=MOST_PHOTOS)] = ()
    client_key: Name | None = None

    def told(self) -> Told:
        """Return what it says without what belongs to the sending."""
        return Told.model_construct(**{name: getattr(self, name) for name in Told.model_fields})
