"""An incident document with only what the data hold: places that are in them no longer cannot be assessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webmap.api.log.places import Places
from webmap.api.log.redaction import open_document

_TOWNSHIPS = "area_townships"


def held_document(document: Mapping[str, Any], places: Places) -> tuple[dict[str, Any], int]:
    """Return an incident document without what the data do not hold, and how many places were left out."""
    held, lost = open_document(document, lambda name: not places.knows_of(name))
    codes = held.pop(_TOWNSHIPS, ())
    known = [code for code in codes if places.knows("township", code)]
    return ({**held, _TOWNSHIPS: known} if known else held), lost + len(codes) - len(known)
