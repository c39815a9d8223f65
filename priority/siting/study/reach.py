"""How far it is from demand to places: by road, straight, or as a matrix says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from priority.errors import Problem
from priority.siting.distances import Distances, Floats
from priority.siting.problem import InvalidSiting
from priority.siting.study.cases import Case
from priority.siting.study.demand import Demand
from priority.siting.study.input import MatrixInput
from priority.siting.study.places import Place
from priority.siting.study.setting import Setting
from priority.siting.travel import road_minutes, straight_metres
from priority.validation import problem

#: Above so many pairs, only those within the standard are kept; then distances beyond it are not known.
MOST_PAIRS = 8_000_000
#: More than so many pairs are refused: they would take gigabytes, and longer than anybody waits.
_TOO_MANY = 20_000_000


def distances_of(case: Case, demand: Demand, places: Sequence[Place]) -> tuple[Distances, bool]:
    """Return the distances (n, m), and whether all are there rather than those within the standard alone.

    Raises `InvalidSiting` for a matrix without some of the ids, and for more pairs than fit into memory.
    """
    study = case.setting.study
    if study.distance.matrix is not None:
        return _from_matrix(case.setting, study.distance.matrix, demand, places), True
    pairs = len(demand) * len(places)
    whole = pairs <= MOST_PAIRS or study.question.model not in ("lscp", "mclp")
    if pairs > _TOO_MANY:
        told = {"demands": len(demand), "places": len(places)}
        raise InvalidSiting([problem(case.setting.phrases, "candidates", "siting_too_large", told)])
    most = np.inf if whole or study.question.standard is None else study.question.standard
    points = np.array([place.point for place in places], dtype=np.float64).reshape(-1, 2)
    if study.distance.by == "straight":
        return straight_metres(demand.points, points, most), whole
    return road_minutes(case.setting.system.roads, demand.points, points, case.closed_roads, most), whole


def road_problems(setting: Setting) -> list[Problem]:
    """Return the closed roads of the study that the district does not have."""
    known = set(setting.system.places["roads"]["id"]) if setting.study.distance.closed_roads else set()
    return [
        problem(setting.phrases, f"distance.closed_roads[{number}]", "road_unknown", {"element": road})
        for number, road in enumerate(setting.study.distance.closed_roads)
        if road not in known
    ]


def _from_matrix(setting: Setting, matrix: MatrixInput, demand: Demand, places: Sequence[Place]) -> Distances:
    table: Floats = np.array(matrix.value, dtype=np.float64).reshape(len(matrix.demand_ids), len(matrix.site_ids))
    rows, wrong = _numbers(setting, matrix.demand_ids, demand.ids, "distance.matrix.demand_ids")
    columns, more = _numbers(setting, matrix.site_ids, [place.id for place in places], "distance.matrix.site_ids")
    if wrong or more:
        raise InvalidSiting([*wrong, *more])
    return Distances.from_dense(table[np.ix_(rows, columns)])


def _numbers(
    setting: Setting, known: Sequence[str], asked: Sequence[str], field: str
) -> tuple[list[int], list[Problem]]:
    number = {identifier: at for at, identifier in enumerate(known)}
    missing = [identifier for identifier in asked if identifier not in number]
    if not missing:
        return [number[identifier] for identifier in asked], []
    told = {"count": len(missing), "names": setting.phrases.join(missing[:5])}
    return [], [problem(setting.phrases, field, "siting_matrix_lacks", told)]
