"""Which warnings in force hold already where another is drafted, as sentences: it is seen before another goes out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from shapely.geometry import shape

from webmap.api.warnings.documents import Telling, head_document
from webmap.incidents.offices import office_name
from webmap.warnings.overlap import Overlap, overlaps
from webmap.warnings.products.saying import moment_text
from webmap.warnings.state import WarningState


def already_warned(
    area: Mapping[str, Any], standing: Iterable[WarningState], telling_of: Callable[[WarningState], Telling]
) -> list[dict[str, Any]]:
    """Return the warnings in force (`standing`) that share ground or townships with an area document, most first."""
    standing = tuple(standing)
    if not standing or area["empty"]:
        return []
    codes = [row["code"] for row in area["townships"]]
    return [_document(item, telling_of(item.state)) for item in overlaps(shape(area["shape"]), codes, standing)]


def beside(
    found: Sequence[WarningState], plan: str, incident: str, *, drill: bool, own: str | None
) -> list[WarningState]:
    """Return which warnings in force a new one of an incident could double: of the same plan, or of the same drill."""
    return [
        item
        for item in found
        if item.id != own and item.drill == drill and (item.incident_id == incident if drill else item.plan == plan)
    ]


def _document(overlap: Overlap, telling: Telling) -> dict[str, Any]:
    state, version, phrases = overlap.state, overlap.version, telling.phrases
    issue = state.issues[-1]
    title = head_document(state, version, telling)["title"]
    names = telling.names(overlap.codes)
    told = {
        "title": title,
        "office": office_name(issue.office, phrases),
        "issued": moment_text(issue.issued_at, phrases.language),
        "until": moment_text(issue.expires_at, phrases.language),
        # A little is not told as nothing, nor nearly all as all.
        "share": min(99, max(1, round(overlap.share * 100))) if overlap.share < 1 else 100,
        "names": phrases.join(names),
    }
    return {
        "warning": state.id,
        "title": title,
        "incident": state.incident_name,
        "office": issue.office,
        "issued_at": telling.moment(issue.issued_at),
        "expires_at": telling.moment(issue.expires_at),
        "share": math.floor(overlap.share * 1e4) / 1e4,
        "townships": names,
        "said": phrases.write("warning_area.already_ground" if overlap.share else "warning_area.already_town", **told),
    }
