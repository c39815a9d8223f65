"""Measures in the plan's own words: a script names the clause, and which of its measures where it holds several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from priority.plans import Plan

_CLAUSE = re.compile(r"^§(\S+)(?: (\d+))?$")


def with_measure(document: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Return a fact's document with the measure that `§4.2.1(2)` or `§4.3.3(3) 2` means, its clause and its unit.

    Raises `KeyError` with the clause where the plan has no such measure. Other documents are returned as they are.
    """
    found = _CLAUSE.match(str(document.get("measure", "")))
    if document.get("kind") != "measure_done" or found is None:
        return dict(document)
    clause, number = found.group(1), int(found.group(2) or 1)
    measures = [measure for level in plan.levels for measure in level.measures if measure.clause == clause]
    if not 1 <= number <= len(measures):
        raise KeyError(clause)
    measure = measures[number - 1]
    unit = {} if measure.unit is None else {"unit": measure.unit}
    return {"clause": clause, **unit, **document, "measure": measure.text}
