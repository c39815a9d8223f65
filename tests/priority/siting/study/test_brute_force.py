"""Studies by matrix beside trying everything: the whole way from the document in to the document out."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.siting.problem import Model, Question
from priority.siting.study.results import SitingPlan
from priority.system import SupplySystem
from tests.priority.siting.brute import Case, best
from tests.priority.siting.study.villages import Villages, at, plan_for, study_document

EXISTING = ("e0", "e1")
_DISTANCES = st.one_of(st.none(), st.integers(0, 20).map(float))


@functools.cache
def district() -> SupplySystem:
    """Two existing sites and nothing else: demand and candidates are entered, distances are a matrix."""
    return Villages().site("e0", 1, status="existing").site("e1", 2, status="existing").system()


@st.composite
def studies(draw: st.DrawFn) -> tuple[dict[str, Any], Case, Question]:
    """A study document, and the same problem as a case for brute force."""
    n, m = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    stays = draw(st.booleans())
    weights = draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    tiers = draw(st.lists(st.integers(1, 2), min_size=n, max_size=n))
    costs = draw(st.lists(st.integers(0, 5), min_size=m, max_size=m))
    site_ids = [*(EXISTING if stays else ()), *(f"c{number}" for number in range(m))]
    table = draw(st.lists(st.lists(_DISTANCES, min_size=len(site_ids), max_size=len(site_ids)), min_size=n, max_size=n))
    model: Model = draw(st.sampled_from(["lscp", "mclp", "pmedian", "pcenter"]))
    budget = draw(st.one_of(st.none(), st.integers(0, 8)))
    sites = draw(st.integers(0, 3))
    standard = draw(st.integers(0, 20))
    points = [
        {"id": f"d{row}", "name": f"d{row}", "point": at(row), "weight": weights[row], "tier": tiers[row]}
        for row in range(n)
    ]
    entered = [{"id": f"c{column}", "name": "c", "point": at(9), "cost": costs[column]} for column in range(m)]
    document = study_document(
        model,
        sites=sites,
        standard=standard,
        question={"budget": budget},
        demand={"of": "points", "points": points, "where": "district"},
        candidates={"layer": True, "points": entered},
        existing=stays,
        distance={
            "by": "matrix",
            "matrix": {"demand_ids": [p["id"] for p in points], "site_ids": site_ids, "value": table},
        },
    )
    return document, _case(table, weights, tiers, costs, 2 * stays), Question(model, sites, budget, standard)


def _case(table: Any, weights: list[int], tiers: list[int], costs: list[int], existing: int) -> Case:
    finite = [[math.inf if value is None else value for value in row] for row in table]
    m = existing + len(costs)
    return Case(
        finite,
        [float(weight) for weight in weights],
        tiers,
        [number < existing for number in range(m)],
        [0.0] * existing + [float(cost) for cost in costs],
        [math.inf] * m,
    )


def _reached(case: Case) -> Case:
    """Without the demands that no site can reach: these are set aside in models of distance."""
    kept = [row for row, distances in enumerate(case.table) if any(map(math.isfinite, distances))]
    return Case(
        [case.table[row] for row in kept],
        [case.weight[row] for row in kept],
        [case.tier[row] for row in kept],
        case.stays,
        case.cost,
        case.capacity,
    )


@settings(max_examples=75)
@given(studies())
def test_no_choice_is_better_than_the_documents(drawn: tuple[dict[str, Any], Case, Question]) -> None:
    document, case, question = drawn
    if not document["demand"]["points"]:
        document["demand"]["of"] = "people"  # nobody: there are no consumers
    found = plan_for(district(), document)
    wanted = best(_reached(case) if question.model in ("pmedian", "pcenter") else case, question)
    if wanted is None:
        assert found.status == "infeasible"
        assert found.sites == () and found.objective is None
        assert found.uncovered
        return
    assert found.status == "optimal"
    figures = [abs(figure) for figure in wanted]
    expected = max(figures, default=0.0) if question.model == "pcenter" else sum(figures)
    assert found.objective == pytest.approx(expected, abs=1e-6)
    _agrees_with_itself(found, document, question)


def _agrees_with_itself(found: SitingPlan, document: dict[str, Any], question: Question) -> None:
    """Figures of the document, computed anew from the sites that it names."""
    matrix = document["distance"]["matrix"]
    opened = {site.id for site in found.sites}
    new = [site for site in found.sites if site.new]
    if question.model != "lscp":
        assert question.sites is None or len(new) <= question.sites
        assert question.budget is None or sum(site.cost or 0 for site in new) <= question.budget
    columns = [number for number, name in enumerate(matrix["site_ids"]) if name in opened]
    near = np.array(
        [[math.inf if row[column] is None else row[column] for column in columns] for row in matrix["value"]]
    ).reshape(len(matrix["value"]), len(columns))
    nearest = near.min(axis=1, initial=math.inf)
    weight = np.array([point["weight"] for point in document["demand"]["points"]], dtype=float)
    covered = nearest <= (question.radius or 0)
    assert found.demand.covered_weight == pytest.approx(weight[covered].sum())
    assert found.demand.covered_count == covered.sum()
    assert {row.id for row in found.uncovered} == {f"d{row}" for row in np.flatnonzero(~covered)}
    for row in found.uncovered:
        far = nearest[int(row.id[1:])]
        assert row.nearest == (far if math.isfinite(far) else None)
        assert row.reason == ("beyond" if math.isfinite(far) else "unreachable")
    assert sum(row.covered_weight for row in found.tiers) == pytest.approx(weight[covered].sum())
    assert found.demand.unreachable_count == int(np.isinf(nearest).sum())
    for site in found.sites:
        left = np.delete(
            near, [at for at, column in enumerate(columns) if matrix["site_ids"][column] == site.id], axis=1
        )
        kept = weight[left.min(axis=1, initial=math.inf) <= (question.radius or 0)].sum()
        if weight.sum():
            assert site.without_it.covered_share == pytest.approx(kept / weight.sum(), abs=1e-5)
