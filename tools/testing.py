"""`make test`: everything there is to check, on a real PostGIS and in a real browser."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools import debian, launch
from tools.checks import CHECK_STEPS, PREPARE_STEPS, prepare_product, prepare_tools, run_checks
from tools.compiling import collecting_beside, compiling_beside
from tools.environment import Environment
from tools.oracles import oracles_beside
from tools.postgis import throw_away_server
from tools.progress import Steps, ToolError

_ORACLE_STEPS = 1
#: Each worker starts a server and a browser of its own: more would ask for memory, not save time. A worker often waits
#: for its browser, so there is one more than there are processors.
_MAX_WORKERS = 4


@contextmanager
def test_database(steps: Steps, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the address of the server the tests use: TEST_DATABASE_URL's, else a throw-away one."""
    title = "测试用 PostGIS (PostGIS for the tests)"
    if given := environ.get("TEST_DATABASE_URL"):
        steps.skip(title, "TEST_DATABASE_URL")
        yield given
        return
    steps.begin(title)
    with throw_away_server() as url:
        steps.done("临时服务器，测试后删除 (deleted afterwards)")
        yield url


def _pytest(root: Path, variables: dict[str, str], extra: list[str]) -> int:
    python = variables["VIRTUAL_ENV"] + "/bin/python"
    # The tests of one file stay together and in order: they share databases.
    side_by_side = ["-n", str(min((os.cpu_count() or 1) + 1, _MAX_WORKERS)), "--dist", "loadfile"]
    # In the order of folders: browser tests, few in a file and long, come early. By the number of tests they would come
    # last, and one worker would end long after the other.
    side_by_side.append("--no-loadscope-reorder")
    # The rules of imports were among the checks.
    command = [python, "-m", "pytest", "--ignore=tests/architecture", *side_by_side, *extra]
    return subprocess.run(command, check=False, cwd=root, env=variables).returncode


def _bundle_failure(root: Path, python: Environment, steps: Steps, environ: Mapping[str, str]) -> list[str]:
    # A page that cannot be built is a failure like others: the rest is still checked and tested.
    try:
        launch.build_bundle(root, python, steps, environ)
    except ToolError as error:
        print(f"✗ {error}", flush=True)
        return ["bundle"]
    return []


def test(root: Path, environ: Mapping[str, str], extra: list[str]) -> int:
    """Run `make test` in the checkout; returns non-zero when a check or a test failed."""
    steps = Steps(1 + PREPARE_STEPS + _ORACLE_STEPS + 1 + CHECK_STEPS + 2)
    debian.provide(steps, root / "build" / "log", environ)
    with ExitStack() as beside:
        beside.enter_context(oracles_beside(root, steps))
        python = prepare_product(root, steps)
        beside.enter_context(compiling_beside(root, python.python, python.variables(os.environ)))
        prepare_tools(python, steps)
        with collecting_beside(root, python.python, python.variables(os.environ)):
            failed = _bundle_failure(root, python, steps, environ) + run_checks(python, steps)
    with test_database(steps, environ) as url:
        steps.begin("pytest")
        variables = python.variables(os.environ)
        variables["TEST_DATABASE_URL"] = url
        variables["CHROMIUM"] = debian.find_browser(environ) or ""
        variables["SOFFICE"] = debian.find_office(environ) or ""
        variables["VALIDATE_GPKG"] = debian.find_geopackage_check(environ) or ""
        # Tests state their own settings; the ones of a running product must not reach them.
        for name in ("DATABASE_URL", "WEBMAP_HOME", "PORT"):
            variables.pop(name, None)
        status = _pytest(root, variables, extra)
    if failed:
        print(f"✗ 检查未通过 (checks failed): {', '.join(failed)}")
    minutes, seconds = divmod(round(steps.elapsed_seconds), 60)
    print(f"用时 {minutes} 分 {seconds} 秒 (elapsed)")
    return status or (1 if failed else 0)
