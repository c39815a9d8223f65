"""`make run`: from a bare checkout to a running server, doing only what is not done yet."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tools import debian
from tools.environment import Environment
from tools.ports import owner_of
from tools.progress import Steps, ToolError, fingerprint, is_current, write_stamp

HOST = "127.0.0.1"
_STEPS = 6


def home_of(root: Path, environ: Mapping[str, str]) -> Path:
    """Return the folder of the running product's state: WEBMAP_HOME, or `instance` in the checkout."""
    return Path(environ.get("WEBMAP_HOME") or root / "instance").expanduser().absolute()


def trial_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a trial on this computer: the picture is open unless the environment says otherwise."""
    return {**environ, "WEBMAP_PUBLIC_PICTURE": environ.get("WEBMAP_PUBLIC_PICTURE") or "on"}


def database_name(environ: Mapping[str, str]) -> str:
    """Return the database in words for the terminal, never with its password."""
    url = environ.get("DATABASE_URL") or ""
    if not url or url.startswith("sqlite"):
        return "SQLite"
    parts = urlsplit(url)
    return f"PostGIS {parts.hostname or ''}{parts.path}"


def require_free_port(port: int) -> None:
    """Raise ToolError, naming who listens, when nothing more can listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            problem, other = f"没有权限使用端口 {port} (no permission for this port)", 8765
        except OSError:
            holder = owner_of(port)
            problem = f"端口 {port} 已被占用 (port taken)" + (f"：{holder}" if holder else "")
            other = port + 1 if port < 65535 else 8765
        else:
            return
    raise ToolError(problem, f"换一个端口：make run PORT={other}，或先停止占用它的程序")


def build_bundle(root: Path, python: Environment, steps: Steps, environ: Mapping[str, str]) -> None:
    """Build the page's scripts and styles unless their sources are as they were."""
    title = "页面脚本与样式 (front-end bundle)"
    stamp = root / "build" / "stamps" / "bundle"
    product = root / "webmap"
    builders = [product / "assets.py", product / "notices.py", product / "licences"]
    sources = [product / "static" / "src", *builders, root / "package-lock.json"]
    wanted = fingerprint([path for path in sources if path.exists()])
    built = product / "static" / "gen"
    if is_current(stamp, wanted) and built.is_dir() and any(built.iterdir()):
        return steps.skip(title)
    steps.begin(title)
    steps.command(
        [str(python.scripts / "webmap"), "assets", "build"],
        log=python.logs / "bundle.log",
        remedy="请看日志；删除 node_modules 与 webmap/static/gen 后重新运行",
        environ=python.variables(environ),
    )
    write_stamp(stamp, wanted)
    return steps.done()


def fill_database(root: Path, python: Environment, steps: Steps, environ: Mapping[str, str]) -> None:
    """Make the tables and load the sample when the database is empty."""
    title = f"数据库与示例数据 (database and sample, {database_name(environ)})"
    home = home_of(root, environ)
    url = environ.get("DATABASE_URL") or ""
    stamp = home / ".initialised"
    product = root / "webmap"
    made_by = [*(root / "layers").glob("*.py"), *(product / "storage").rglob("*.py")]
    made_by += [product / "accounts" / "demonstration.py", product / "sample_note.py"]
    wanted = fingerprint(sorted(made_by) + sorted((root / "data" / "geo").glob("*.*")), url)
    # Only the default file is ours to know about: a server's database can be emptied behind our back.
    if not url and is_current(stamp, wanted) and (home / "webmap.sqlite").exists():
        return steps.skip(title)
    steps.begin(title)
    steps.command(
        [str(python.scripts / "webmap"), "init"],
        log=python.logs / "init.log",
        remedy="请检查 DATABASE_URL（数据库是否在运行、能否登录、是否装有 PostGIS）；SQLite 请检查磁盘空间与写权限",
        environ=python.variables(environ),
        describe=str.strip,
    )
    home.mkdir(parents=True, exist_ok=True)
    write_stamp(stamp, wanted)
    return steps.done()


def run(root: Path, port: int, environ: Mapping[str, str]) -> int:
    """Prepare what is missing and become the server; returns only when that fails."""
    require_free_port(port)
    steps = Steps(_STEPS)
    python = Environment(root)
    python.create(steps, prepare=lambda: debian.provide_venv_module(steps, python.logs))
    python.install(steps, "requirements.txt", "Python 软件包 (Python packages)")
    python.install_product(steps)
    python.install_front_end(steps)
    build_bundle(root, python, steps, environ)
    fill_database(root, python, steps, environ)
    print(f"准备用时 {steps.elapsed_seconds:.1f} 秒，正在启动 (starting) http://{HOST}:{port}/ …", flush=True)
    server = [str(python.scripts / "webmap"), "serve", "--host", HOST, "--port", str(port)]
    sys.stdout.flush()
    os.execve(server[0], server, python.variables(trial_settings(environ)))  # noqa: S606 - the server takes this process's place
    return 1
