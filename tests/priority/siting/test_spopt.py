"""Our optima beside spopt's, on the San Francisco data that its wheel brings along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from priority.siting.distances import Distances
from priority.siting.problem import Question, SitingProblem
from priority.siting.solve import solve_siting
from tests.oracles.programs import run_oracle


@pytest.fixture(scope="module")
def theirs(oracles_python: Path) -> Any:
    return run_oracle(oracles_python, "siting_optima.py")


@pytest.mark.parametrize("model", ["lscp", "mclp", "pmedian", "pcenter"])
def test_the_same_optima_as_spopt_finds(theirs: Any, model: str) -> None:
    distances = Distances.from_dense(np.array(theirs["distance"]), "m")
    assert (len(distances), distances.sites) == (205, 16)
    rows = [row for row in theirs["optima"] if row["model"] == model]
    assert len(rows) >= 5
    for row in rows:
        kept = theirs["kept"] if row.get("kept") else []
        stays = np.isin(np.arange(distances.sites), kept)
        problem = SitingProblem.of(distances, np.array(theirs["weight"]), stays=stays)
        # spopt counts the sites that it keeps, we count new ones alone.
        sites = None if model == "lscp" else row["sites"] - len(kept)
        answer = solve_siting(problem, Question(model, sites, radius=row.get("radius")))  # type: ignore[arg-type]
        assert answer.status == "optimal"
        assert answer.objective is not None
        counted = answer.objective + (len(kept) if model == "lscp" else 0)
        assert counted == pytest.approx(row["value"], rel=1e-6), row
