"""What a warning says, as it is drafted: level, area, times, wording, channels; checked when it is read.

The area is kept as the parts that it was put together from, so that it can be changed part by part; the ground that
they made is kept beside it (`Resolved`), because the incident and the data go on.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from priority.fields import Time, none_twice
from priority.plans.conditions import Value
from priority.warnings.area import MAX_BUFFER_M
from webmap.incidents.entry_fields import Area, Id, Name, Network, Text

#: What a version may carry: enough for every township of a county, and nobody reads more.
_MOST_PARTS = 200
_MOST_ITEMS = 20

Operation = Literal["plus", "minus"]
#: Texts by the plan's name of the item (预警级别, 预警区域或场所, ...).
Texts = Annotated[dict[Name, Text], Field(max_length=_MOST_ITEMS)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Part(_Closed):
    operation: Operation = "plus"


class TownshipsPart(_Part):
    """Whole townships, by nine-digit code."""

    kind: Literal["townships"] = "townships"
    codes: Annotated[tuple[Id, ...], Field(min_length=1, max_length=1_000), AfterValidator(none_twice)]


class DrawnPart(_Part):
    """A drawing (GeoJSON Polygon or MultiPolygon, EPSG:4490)."""

    kind: Literal["drawn"] = "drawn"
    geometry: Area


class StripPart(_Part):
    """Everything within a distance of a line, node or facility."""

    kind: Literal["strip"] = "strip"
    element: Id
    distance_m: Annotated[float, Field(gt=0, le=MAX_BUFFER_M, allow_inf_nan=False)]


class OutagePart(_Part):
    """The ground that the incident's outage reaches: now, or at any time until the horizon."""

    kind: Literal["outage"] = "outage"
    until_horizon: bool = True


class ElementPart(_Part):
    """The ground that would lose supply until the horizon if this one element failed now."""

    kind: Literal["element"] = "element"
    element: Id


AreaPart = Annotated[
    TownshipsPart | DrawnPart | StripPart | OutagePart | ElementPart,
    Field(discriminator="kind"),
]


class AreaSpec(_Closed):
    """Parts in the order in which they are added and taken away. Without any the area is nowhere."""

    parts: Annotated[tuple[AreaPart, ...], Field(max_length=_MOST_PARTS)] = ()


class Wording(_Closed):
    """The texts in both languages; the English ones may be missing."""

    zh: Texts = Field(default_factory=dict)
    en: Texts = Field(default_factory=dict)


class Content(_Closed):
    """What a person decides of a warning. `told` are figures of the warning rules that a person gave.

    `reason` says why the level differs from the suggested one. `channels` are keys of `webmap.warnings.channels`.
    `targeted` asks for a notice of their own to schools and to homes with people who need help, which a level whose
    plan asks for one (heating 3.3(3)) has anyway.
    """

    level: Name
    networks: Annotated[tuple[Network, ...], AfterValidator(none_twice)] = ()
    starts_at: Time
    expires_at: Time
    area: AreaSpec = Field(default_factory=AreaSpec)
    texts: Wording = Field(default_factory=Wording)
    channels: Annotated[tuple[Name, ...], Field(max_length=30), AfterValidator(none_twice)] = ()
    contact: Name | None = None
    targeted: Annotated[bool, Field(strict=True)] = False
    told: Annotated[dict[Id, Value | None], Field(max_length=50)] = Field(default_factory=dict)
    reason: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Content:
        if self.expires_at <= self.starts_at:
            raise PydanticCustomError("expires_before_start", "ends before it starts")
        return self


class Resolved(_Closed):
    """What the server made of a version's content, kept with it.

    `shape` and `excluded` are GeoJSON MultiPolygons (EPSG:4490, nine decimals), `inside` the statistics as
    `priority.warnings.exposure.Inside` writes them, without restricted places. `known` is the number of the log's last
    entry and `data_version` the data that the parts were resolved with. `suggested` is the level that the rules
    suggested then, None for none. `polygons` is how many polygons are sent for it and `horizon_hours` how far the
    incident looked ahead; None where that was not kept.
    """

    shape: dict[str, Any]
    excluded: dict[str, Any]
    inside: dict[str, Any]
    townships: tuple[str, ...]
    known: int
    data_version: str
    suggested: str | None
    synthetic: bool
    polygons: int | None = None
    horizon_hours: float | None = None

    @cached_property
    def ground_key(self) -> str:
        """The same for the same ground with the same inside, whenever it is read."""
        content = json.dumps([self.shape, self.excluded, self.inside], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()
