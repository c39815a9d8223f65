"""What must hold between the fields of a study, as far as the document alone can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from priority.errors import Problem
from priority.validation import problem
from priority.wording import Phrases

if TYPE_CHECKING:
    from priority.siting.study.input import MatrixInput, QuestionInput, SitingStudy

_COVERING = ("lscp", "mclp")
#: Whose weight is people, the unit of a shelter's capacity.
_PEOPLE = ("people", "vulnerable_people")


def disagreements(study: SitingStudy, phrases: Phrases) -> list[Problem]:
    """Return every field that does not go with another one."""
    return [
        *_of_question(study.question, phrases),
        *_of_demand(study, phrases),
        *_of_incident(study, phrases),
        *_of_scenarios(study, phrases),
        *_of_candidates(study, phrases),
        *_of_capacities(study, phrases),
        *_of_matrix(study, phrases),
    ]


def _of_question(question: QuestionInput, phrases: Phrases) -> Iterator[Problem]:
    if question.model in _COVERING and question.standard is None:
        yield problem(phrases, "question.standard", "siting_standard_missing", {})
    if question.model != "lscp" and question.sites is None and question.budget is None:
        yield problem(phrases, "question.sites", "siting_sites_missing", {})
    if question.backup and question.model not in _COVERING:
        yield problem(phrases, "question.backup", "siting_backup_model", {})


def _of_demand(study: SitingStudy, phrases: Phrases) -> Iterator[Problem]:
    demand = study.demand
    yield from _twice("demand.points[{}].id", (item.id for item in demand.points), phrases)
    if demand.of == "points" and not demand.points:
        yield problem(phrases, "demand.points", "siting_points_missing", {})


def _of_incident(study: SitingStudy, phrases: Phrases) -> Iterator[Problem]:
    """An incident is there where something asks for it; with scenarios each brings its own."""
    asks = study.excluded.affected or study.excluded.failed_network
    if study.scenarios:
        if study.demand.where == "incident":
            for number, item in enumerate(study.scenarios):
                if item.incident is None:
                    told = {"name": item.name}
                    yield problem(phrases, f"scenarios[{number}].incident", "siting_scenario_incident", told)
        return
    if study.incident is None and (asks or study.demand.where == "incident"):
        yield problem(phrases, "incident", "siting_incident_missing", {})


def _of_scenarios(study: SitingStudy, phrases: Phrases) -> Iterator[Problem]:
    if not study.scenarios:
        return
    if len(study.scenarios) == 1:
        yield problem(phrases, "scenarios", "siting_one_scenario", {})
    yield from _twice("scenarios[{}].name", (item.name for item in study.scenarios), phrases)
    if study.question.model not in ("mclp", "pmedian"):
        yield problem(phrases, "question.model", "siting_scenario_model", {})
    if study.question.backup:
        yield problem(phrases, "question.backup", "siting_scenario_backup", {})


def _of_candidates(study: SitingStudy, phrases: Phrases) -> Iterator[Problem]:
    yield from _twice("candidates.points[{}].id", (item.id for item in study.candidates.points), phrases)
    chosen = study.candidates
    if not (chosen.layer or chosen.categories or chosen.points):
        yield problem(phrases, "candidates", "siting_candidates_missing", {})


def _of_capacities(study: SitingStudy, phrases: Phrases) -> Iterator[Problem]:
    """Capacities count only where they and the weights are in the same unit."""
    if not study.capacities:
        return
    if study.kind != "warm_shelter" or study.demand.of not in _PEOPLE:
        yield problem(phrases, "capacities", "siting_capacity_unit", {})
    if study.question.backup:
        yield problem(phrases, "question.backup", "siting_backup_capacity", {})


def _of_matrix(study: SitingStudy, phrases: Phrases) -> Iterator[Problem]:
    matrix = study.distance.matrix
    if study.distance.by != "matrix":
        if matrix is not None:
            yield problem(phrases, "distance.matrix", "siting_matrix_unused", {})
        return
    if matrix is None:
        yield problem(phrases, "distance.matrix", "siting_matrix_missing", {})
        return
    yield from _of_shape(matrix, phrases)


def _of_shape(matrix: MatrixInput, phrases: Phrases) -> Iterator[Problem]:
    if len(matrix.value) != len(matrix.demand_ids):
        told = {"count": len(matrix.value), "wanted": len(matrix.demand_ids)}
        yield problem(phrases, "distance.matrix.value", "siting_matrix_rows", told)
    for number, row in enumerate(matrix.value):
        if len(row) != len(matrix.site_ids):
            told = {"count": len(row), "wanted": len(matrix.site_ids)}
            yield problem(phrases, f"distance.matrix.value[{number}]", "siting_matrix_cells", told)


def _twice(field: str, values: Iterable[str], phrases: Phrases) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value in seen:
            yield problem(phrases, field.format(number), "named_twice", {"name": value})
        seen.add(value)
