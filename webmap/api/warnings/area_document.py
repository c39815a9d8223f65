"""An area as a document: ground, what is sent, who is inside, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.warnings import SendingShape, WarningArea
from priority.warnings.exposure import Inside
from priority.warnings.plane import area_m2
from priority.wording import Phrases
from webmap.api.warnings.area_notes import Noted, notes
from webmap.warnings.areas import area_of, multipolygon, part_title
from webmap.warnings.content import AreaSpec
from webmap.warnings.ground import Ground, failing
from webmap.warnings.state import Version

#: So many of the affected places outside are named; the note counts all.
_MOST_OUTSIDE = 200


def area_document(
    spec: AreaSpec, area: WarningArea, ground: Ground, phrases: Phrases, *, restricted: bool
) -> dict[str, Any]:
    """Return an area that was resolved, with what it leaves out of the present picture.

    `restricted` says whether the viewer may know of restricted places that are affected and outside; all else is told
    without them.
    """
    inside, sending = ground.exposure.inside(area.shape), ground.sending(area)
    return {
        "parts": [
            {"title": part_title(part, ground, phrases), "kind": part.kind, "operation": part.operation}
            for part in spec.parts
        ],
        **shape_document(area, sending, inside),
        **_beside(spec, area, ground, inside, sending, phrases, restricted=restricted),
        "already_warned": [],
    }


def beside_document(version: Version, ground: Ground, phrases: Phrases, *, restricted: bool) -> dict[str, Any]:
    """Return what a stored version leaves out of the present picture, and what is to be noted about it."""
    area = area_of(version.resolved.shape, version.resolved.excluded)
    inside = Inside.model_validate(version.resolved.inside)
    sending = ground.sending(area)
    return _beside(version.content.area, area, ground, inside, sending, phrases, restricted=restricted)


def _beside(
    spec: AreaSpec,
    area: WarningArea,
    ground: Ground,
    inside: Inside,
    sending: SendingShape,
    phrases: Phrases,
    *,
    restricted: bool,
) -> dict[str, Any]:
    outside = list(_outside(area, ground, restricted=restricted))
    noted = Noted(spec, area, ground, inside, sending, outside)
    return {"outside": outside[:_MOST_OUTSIDE], "notes": list(notes(noted, phrases))}


def shape_document(area: WarningArea, sending: SendingShape, inside: Inside) -> dict[str, Any]:
    """Return what an area is by itself: ground, townships, what is sent, who is inside."""
    return {
        "shape": multipolygon(area.shape),
        "excluded": multipolygon(area.excluded),
        "empty": area.is_empty,
        "area_km2": round(area_m2(area.shape) / 1e6, 3),
        "townships": [{"code": row.code, "name": row.name, "share": row.share} for row in inside.townships],
        "sending": {
            "polygons": multipolygon(shapely.MultiPolygon(list(sending.pieces))),
            "count": len(sending.pieces),
            "points": sending.points,
            "tolerance_m": sending.tolerance_m,
            "added_km2": round(sending.added_m2 / 1e6, 3),
            "added_share": round(sending.added_share, 4),
        },
        "inside": inside_document(inside),
    }


def inside_document(inside: Inside) -> dict[str, Any]:
    """Return who and what is inside."""
    document: dict[str, Any] = inside.model_dump(mode="json", exclude={"touched"})
    return {**document, "schools": inside.schools, "hospitals": inside.hospitals}


def _outside(area: WarningArea, ground: Ground, *, restricted: bool) -> Iterator[dict[str, Any]]:
    """Yield affected places of the plan's county that the area leaves out, those that have failed first."""
    picture = ground.picture
    if picture is None:
        return
    for number in _left_out(area, ground, picture, failing(picture), restricted=restricted):
        begins_s = int(picture.cascade.facility_spells.begins_s[number])
        yield {
            "id": ground.system.facilities.ids[number],
            "name": ground.system.facilities.names[number],
            "state": picture.state(int(number)),
            "fails_at": picture.iso(begins_s),
            "restricted": bool(ground.system.facilities.restricted[number]),
        }


def _left_out(
    area: WarningArea, ground: Ground, picture: Picture, affected: BoolArray, *, restricted: bool
) -> NDArray[np.intp]:
    system = ground.system
    own = system.townships.in_county(ground.plan.county_code)[system.facilities.township]
    told = affected & own if restricted else affected & own & ~system.facilities.restricted
    numbers = np.flatnonzero(told)
    left = numbers[~area.contains(system.facility_points[numbers])]
    return left[np.argsort(picture.cascade.facility_spells.begins_s[left], kind="stable")]
