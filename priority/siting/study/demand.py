"""The demand of a study: people, facilities in the order of the plan's list, entered points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from layers.vocabulary import FACILITY_CATEGORIES
from priority.errors import Problem
from priority.network.kernels import BoolArray
from priority.siting.distances import Floats, Ints
from priority.siting.study.cases import PEOPLE_ORDER, Case
from priority.siting.study.people import people_of
from priority.validation import problem

PEOPLE, FACILITY, POINT = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Demand:
    """`n` demands: `points` (n, 2), `weight`, `order` (smaller comes first), `township` and `kind` (n each).

    `people_unknown` consumers are left out because nobody knows their people; `weight_unknown` facilities count as 1
    for the same reason. `in_people` tells that weights are people. `grouped`: see `People`.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    points: Floats
    weight: Floats
    order: Ints
    township: Ints
    kind: Ints
    people_unknown: int
    weight_unknown: int
    grouped: int
    networks: tuple[int, ...]
    in_people: bool

    def __len__(self) -> int:
        """Return the number of demands."""
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class _Part:
    """Demands of one kind."""

    kind: int
    ids: Sequence[str]
    names: Sequence[str]
    points: Floats
    weight: Floats
    order: Ints
    township: Ints


def demand_of(case: Case) -> Demand:
    """Return the demand of a case; townships and points of the study are checked before (`demand_problems`)."""
    setting, asked = case.setting, case.setting.study.demand
    townships = chosen_townships(case)
    parts, people_unknown, weight_unknown, grouped, known = list[_Part](), 0, 0, 0, False
    networks: tuple[int, ...] = ()
    if asked.of in ("facilities", "facilities_then_people"):
        part, weight_unknown = _facilities(case, townships)
        parts.append(part)
        known = weight_unknown < len(part.ids)
    if asked.of in ("people", "vulnerable_people", "facilities_then_people"):
        people = people_of(case, townships, alone=setting.study.distance.by == "matrix")
        people_unknown, grouped, networks, known = people.unknown, people.grouped, people.networks, True
        parts.append(_people(case, people.nodes, people.weight))
    parts.append(_points(case))
    return Demand(
        ids=tuple(identifier for part in parts for identifier in part.ids),
        names=tuple(name for part in parts for name in part.names),
        points=np.concatenate([part.points for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
        order=np.concatenate([part.order for part in parts]),
        township=np.concatenate([part.township for part in parts]),
        kind=np.concatenate([np.full(len(part.ids), part.kind, np.int64) for part in parts]),
        people_unknown=people_unknown,
        weight_unknown=weight_unknown,
        grouped=grouped,
        networks=networks,
        in_people=known,
    )


def demand_problems(case: Case) -> list[Problem]:
    """Return the townships that the district does not have, and entered points with the id of something else."""
    setting, asked = case.setting, case.setting.study.demand
    known, taken = set(setting.system.townships.codes), setting.system
    found = [
        problem(setting.phrases, f"demand.townships[{number}]", "township_unknown", {"element": code})
        for number, code in enumerate(asked.townships)
        if code not in known
    ]
    return found + [
        problem(setting.phrases, f"demand.points[{number}].id", "named_twice", {"name": item.id})
        for number, item in enumerate(asked.points)
        if item.id in taken.node_number or item.id in taken.facility_number
    ]


def chosen_townships(case: Case) -> BoolArray:
    """Return which townships (k + 1, the last stands for outside) the study asks about; all if it names none."""
    townships, asked = case.setting.system.townships, case.setting.study.demand.townships
    if not asked:
        return np.ones(townships.outside + 1, np.bool_)
    return np.array([code in asked for code in townships.codes] + [False], dtype=np.bool_)


def _people(case: Case, nodes: Ints, weight: Floats) -> _Part:
    system = case.setting.system
    ids = [str(system.arrays.node_ids[node]) for node in nodes]
    names = [str(system.element_names[node]) for node in nodes]
    order = np.full(nodes.size, PEOPLE_ORDER, np.int64)
    township = system.loads.township[nodes].astype(np.int64)
    return _Part(PEOPLE, ids, names, system.element_points[nodes].reshape(-1, 2), weight, order, township)


def _facilities(case: Case, townships: BoolArray) -> tuple[_Part, int]:
    """Return the facilities, and of how many nobody knows the people; a place of the list counts as 1 at the least."""
    setting, facilities = case.setting, case.setting.system.facilities
    wanted = set(setting.study.demand.categories) or {item.category for item in setting.plan.priority_list}
    mask = np.array([category in wanted for category in facilities.categories], dtype=np.bool_)
    mask &= townships[facilities.township]
    if not setting.restricted:
        mask &= ~facilities.restricted
    if setting.study.demand.where == "incident":
        mask &= case.facilities_failing
        if setting.study.kind != "crew" or setting.study.demand.networks is not None:
            mask &= case.facilities_lacking(setting.commodities)
    rows = np.flatnonzero(mask)
    people = facilities.people[rows]
    part = _Part(
        FACILITY,
        [facilities.ids[row] for row in rows],
        [facilities.names[row] for row in rows],
        setting.system.facility_points[rows].reshape(-1, 2),
        np.maximum(1.0, np.nan_to_num(people, nan=1.0)),
        np.array([case.order_of(facilities.categories[row]) for row in rows], dtype=np.int64),
        facilities.township[rows].astype(np.int64),
    )
    return part, int(np.isnan(people).sum())


def _points(case: Case) -> _Part:
    entered, townships = case.setting.study.demand.points, case.setting.system.townships
    points = np.array([item.point for item in entered], dtype=np.float64).reshape(-1, 2)
    return _Part(
        POINT,
        [item.id for item in entered],
        [item.name for item in entered],
        points,
        np.array([item.weight for item in entered], dtype=np.float64),
        np.array([PEOPLE_ORDER if item.tier is None else item.tier for item in entered], dtype=np.int64),
        townships.locate(np.asarray(shapely.points(points), dtype=object)).astype(np.int64),
    )


def order_titles(case: Case, demand: Demand) -> dict[int, tuple[int | None, str]]:
    """Return for each order that occurs its number in the plan's list (None outside it) and its title."""
    setting = case.setting
    classes: dict[int, list[str]] = {}
    plan_tier: dict[int, int | None] = {}
    language = setting.phrases.language
    for choice in FACILITY_CATEGORIES:
        order, entry = case.order_of(choice.key), setting.plan.priority_of(choice.key)
        title = setting.phrases.title(choice.title) if entry is None else entry.name.in_language(language)
        classes.setdefault(order, []).append(title)
        plan_tier.setdefault(order, None if entry is None else entry.tier)
    found: dict[int, tuple[int | None, str]] = {}
    for order in np.unique(demand.order).tolist():
        if order == PEOPLE_ORDER:
            people = (demand.kind == PEOPLE).any()
            vulnerable = setting.study.demand.of == "vulnerable_people"
            who = ("vulnerable_people" if vulnerable else "people") if people else "points"
            found[order] = (None, setting.phrases.write(f"siting.tier.{who}"))
        elif order == PEOPLE_ORDER - 1:
            found[order] = (None, setting.phrases.write("siting.tier.outside"))
        elif order in classes:
            found[order] = (plan_tier[order], setting.phrases.join(classes[order]))
        else:
            found[order] = (order, setting.phrases.write("siting.tier.entered", tier=order))
    return found
