"""Compile the loops of the analysis once, into numba's cache on disk, by asking what the tests ask most often.

In a fresh checkout every test process would compile them for itself, all at the same time.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def compiling_beside(root: Path, python: Path, variables: Mapping[str, str]) -> Iterator[None]:
    """Compile in the background while the block runs, and wait at its end. What fails here, the tests will tell."""
    command = [str(python), "-m", "tools.compiling"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=root, env=dict(variables), stdin=quiet, stdout=quiet, stderr=quiet) as process:
        try:
            yield
        except BaseException:
            process.terminate()
            raise


def _compile() -> int:
    from layers.sample import read_sample  # noqa: PLC0415  only the environment of the product has these
    from priority.plans import plan_book  # noqa: PLC0415
    from webmap.api.warming import assess_something, rate_everything  # noqa: PLC0415
    from webmap.runtime import Snapshot  # noqa: PLC0415

    snapshot, plans = Snapshot("sample", read_sample()), plan_book(None)
    assess_something(snapshot, plans)
    rate_everything(snapshot, plans)
    _place_something()
    return 0


def _place_something() -> None:
    """Ask every siting model of a few places, with and without capacities, and with demands shared."""
    import numpy as np  # noqa: PLC0415

    from priority.siting.distances import Distances  # noqa: PLC0415
    from priority.siting.effort import Effort  # noqa: PLC0415
    from priority.siting.problem import MODELS, Question, SitingProblem  # noqa: PLC0415
    from priority.siting.solve import solve_siting  # noqa: PLC0415

    random = np.random.default_rng(1)
    places = random.random((120, 2))
    distances = Distances.from_dense(np.hypot(*np.moveaxis(places[:, None] - places, 2, 0)))
    weight = random.integers(1, 8, len(places)).astype(float)
    for capacity in (np.inf, 90.0):
        problem = SitingProblem.of(distances, weight, capacity=np.full(len(places), capacity))
        for model in MODELS:
            for shared in (False, True):
                question = Question(model, None if model == "lscp" else 6, radius=0.15, shared=shared)
                # With capacities a proof may take its time; compiling counts as well.
                solve_siting(problem, question, Effort(1.0 if problem.limited else 20.0))


if __name__ == "__main__":
    sys.exit(_compile())
