"""What is to be noted about an area: where it reaches that it should not, and whom it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.warnings import SendingShape, WarningArea
from priority.warnings.exposure import Inside
from priority.warnings.reach import nodes_reached
from priority.wording import Phrases
from webmap.warnings.areas import MOST_POLYGONS
from webmap.warnings.content import AreaSpec, OutagePart, StripPart
from webmap.warnings.ground import Ground

_NAMED = 6


@dataclass(frozen=True, eq=False)
class Noted:
    """An area with what was found out about it. `outside` are the affected places that it leaves out."""

    spec: AreaSpec
    area: WarningArea
    ground: Ground
    inside: Inside
    sending: SendingShape
    outside: Sequence[dict[str, Any]]

    @property
    def codes(self) -> set[str]:
        """The codes of the townships that the warning names."""
        return {row.code for row in self.inside.townships}


def notes(noted: Noted, phrases: Phrases) -> Iterator[str]:
    """Yield what is to be noted, most telling first."""
    ground, write, county = noted.ground, phrases.write, noted.ground.plan.county_name.in_language(phrases.language)
    if noted.area.is_empty:
        follows = ground.picture is not None and any(isinstance(part, OutagePart) for part in noted.spec.parts)
        yield write("warning_area.note_no_outage", county=county) if follows else write("warning_area.note_empty")
    if len(noted.sending.pieces) > MOST_POLYGONS:
        yield write("warning_area.note_intricate", count=len(noted.sending.pieces), most=MOST_POLYGONS)
    if ground.picture is None:
        yield write("warning_area.note_not_assessed", reason=write("warning_area.data_changed"))
    else:
        yield from _beyond(noted, ground.picture, phrases, county)
    yield from _left_out(noted, phrases)
    yield from _over_the_border(noted, phrases, county)
    if noted.inside.touched:
        names = [row.name for row in noted.inside.touched]
        yield write("warning_area.note_touched", names=_joined(names, phrases))


def _beyond(noted: Noted, picture: Picture, phrases: Phrases, county: str) -> Iterator[str]:
    """Say where the outage reaches that the area does not: other counties, and townships of the plan's own."""
    townships = picture.system.townships
    reached = nodes_reached(picture, until_horizon=True) & noted.ground.warned_of
    hit = picture.system.loads.tally(reached).hit(list(range(len(NETWORK_KEYS))))[:-1]
    own = townships.county_codes == noted.ground.plan.county_code
    abroad = [townships.names[number] for number in np.flatnonzero(hit & ~own)]
    if abroad:
        yield phrases.write("warning_area.note_elsewhere", names=_joined(abroad, phrases), county=county)
    missed = [townships.names[n] for n in np.flatnonzero(hit & own) if townships.codes[n] not in noted.codes]
    if missed and not noted.area.is_empty:
        yield phrases.write("warning_area.note_townships_outside", names=_joined(missed, phrases))


def _left_out(noted: Noted, phrases: Phrases) -> Iterator[str]:
    if noted.outside and not noted.area.is_empty:
        yield phrases.write("warning_area.note_facilities_outside", count=len(noted.outside))
        hidden = sum(item["restricted"] for item in noted.outside)
        if hidden:
            yield phrases.write("warning_area.note_restricted_outside", count=hidden)


def _over_the_border(noted: Noted, phrases: Phrases, county: str) -> Iterator[str]:
    """Say which townships of other counties the area takes in, and which a strip would have taken in."""
    plan, townships = noted.ground.plan, noted.ground.system.townships
    foreign = [row.name for row in noted.inside.townships if row.code[:6] != plan.county_code]
    if foreign:
        yield phrases.write("warning_area.note_other_county", names=_joined(foreign, phrases), county=county)
    reached: set[int] = set()
    for part in noted.spec.parts:
        place = noted.ground.place_of(part.element) if isinstance(part, StripPart) else None
        if isinstance(part, StripPart) and part.operation == "plus" and place is not None:
            strip = WarningArea.along_line(place[0], part.distance_m).shape
            reached.update(townships.tree.query(strip, predicate="intersects").tolist())
    names = [
        townships.names[number]
        for number in sorted(reached)
        if townships.county_codes[number] != plan.county_code and townships.codes[number] not in noted.codes
    ]
    if names:
        yield phrases.write("warning_area.note_strip_ends", names=_joined(names, phrases), county=county)


def _joined(names: Sequence[str], phrases: Phrases) -> str:
    shown = phrases.join(list(names[:_NAMED]))
    more = len(names) > _NAMED
    return phrases.write(f"warning_area.townships{'_more' if more else ''}", names=shown, count=len(names))
