"""An area as a document: ground, what is sent, who is inside, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from priority.network.arrays import NETWORK_KEYS
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.warnings import SendingShape, WarningArea, sending_shape
from priority.warnings.exposure import Inside
from priority.warnings.plane import area_m2
from priority.warnings.reach import nodes_reached
from priority.wording import Phrases
from webmap.warnings.areas import multipolygon, part_title
from webmap.warnings.content import AreaSpec, OutagePart
from webmap.warnings.ground import Ground, failing

#: So many of the affected places outside are named; the note counts all.
_MOST_OUTSIDE = 200
_NAMED = 6


def area_document(
    spec: AreaSpec, area: WarningArea, ground: Ground, phrases: Phrases, *, restricted: bool
) -> dict[str, Any]:
    """Return an area that was resolved, with what it leaves out of the present picture.

    `restricted` says whether the viewer may know of restricted places that are affected and outside; all else is told
    without them.
    """
    inside, sending = ground.exposure.inside(area.shape), sending_shape(area)
    return {
        "parts": [
            {"title": part_title(part, ground, phrases), "kind": part.kind, "operation": part.operation}
            for part in spec.parts
        ],
        **shape_document(area, sending, inside),
        **beside_document(spec, area, ground, phrases, restricted=restricted),
    }


def beside_document(
    spec: AreaSpec, area: WarningArea, ground: Ground, phrases: Phrases, *, restricted: bool
) -> dict[str, Any]:
    """Return what an area leaves out of the present picture, and what is to be noted about it."""
    outside = list(_outside(area, ground, restricted=restricted))
    return {
        "outside": outside[:_MOST_OUTSIDE],
        "notes": list(_notes(spec, area, ground, phrases, outside)),
    }


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
    document: dict[str, Any] = inside.model_dump(mode="json")
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


def _notes(
    spec: AreaSpec,
    area: WarningArea,
    ground: Ground,
    phrases: Phrases,
    outside: list[dict[str, Any]],
) -> Iterator[str]:
    write, county = phrases.write, ground.plan.county_name.in_language(phrases.language)
    if area.is_empty:
        follows = ground.picture is not None and any(isinstance(part, OutagePart) for part in spec.parts)
        yield write("warning_area.note_no_outage", county=county) if follows else write("warning_area.note_empty")
    if ground.picture is None:
        yield write("warning_area.note_not_assessed", reason=write("warning_area.data_changed"))
    else:
        yield from _beyond(area, ground, ground.picture, phrases, county)
    if outside and not area.is_empty:
        yield write("warning_area.note_facilities_outside", count=len(outside))
        hidden = sum(item["restricted"] for item in outside)
        if hidden:
            yield write("warning_area.note_restricted_outside", count=hidden)
    foreign = _names_of(
        [code for code in area.townships(ground.system.townships) if code[:6] != ground.plan.county_code], ground
    )
    if foreign:
        yield write("warning_area.note_other_county", names=_joined(foreign, phrases), county=county)


def _beyond(area: WarningArea, ground: Ground, picture: Picture, phrases: Phrases, county: str) -> Iterator[str]:
    """Say where the outage reaches that the area does not: other counties, and townships of the plan's own."""
    reached = nodes_reached(picture, until_horizon=True) & ground.warned_of
    hit = picture.system.loads.tally(reached).hit(list(range(len(NETWORK_KEYS))))[:-1]
    townships = ground.system.townships
    own = townships.county_codes == ground.plan.county_code
    abroad = [townships.names[number] for number in np.flatnonzero(hit & ~own)]
    if abroad:
        yield phrases.write("warning_area.note_elsewhere", names=_joined(abroad, phrases), county=county)
    covered = set(area.townships(townships))
    missed = [townships.codes[number] for number in np.flatnonzero(hit & own) if townships.codes[number] not in covered]
    if missed and not area.is_empty:
        names = _joined(_names_of(missed, ground), phrases)
        yield phrases.write("warning_area.note_townships_outside", names=names)


def _names_of(codes: list[str], ground: Ground) -> list[str]:
    names = ground.township_names
    return [names[code] for code in codes]


def _joined(names: list[str], phrases: Phrases) -> str:
    shown = phrases.join(names[:_NAMED])
    more = len(names) > _NAMED
    return phrases.write(f"warning_area.townships{'_more' if more else ''}", names=shown, count=len(names))
