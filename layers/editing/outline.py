"""Whether what was edited lies in the district at all."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from layers.editing.changes import Changes
from layers.editing.ground import Ground
from layers.editing.problems import Problem

_AREAS = frozenset({"counties", "townships"})


def outside(ground: Ground, changes: Changes) -> Iterator[Problem]:
    """Yield a warning for every changed point or line that touches no county; without counties nothing is outside."""
    tree = ground.outlines
    if tree is None:
        return
    for key, change in changes.records.items():
        after = change.after
        if key[0] in _AREAS or after is None or after.geometry is None:
            continue
        if change.before is not None and change.before.geometry == after.geometry:
            continue
        if not len(tree.query(after.geometry, predicate="intersects")):
            x, y = shapely.get_coordinates(after.geometry)[0]
            yield Problem("outside", *key, "geometry", "warning", place=(float(x), float(y)), names=(after.name,))
