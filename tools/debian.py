"""What the tests need from the operating system, and apt to get it on a Debian machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.environment import can_make_environments
from tools.postgis import find_installation
from tools.progress import Steps, ToolError

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: Writer alone and without windows: what turns a Word file into pages.
_OFFICE = "libreoffice-writer-nogui"
_OFFICES = ("soffice", "libreoffice")
_CHINESE_FONT = "fonts-wqy-microhei"
#: GDAL's own check of GeoPackages: a script that needs nothing but Python, and the package that brings it.
_GEOPACKAGE_CHECK = Path("/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py")
_GEOPACKAGE_PACKAGE = "python3-gdal"


def find_browser(environ: Mapping[str, str]) -> str | None:
    """Return the path of a Chromium: the one CHROMIUM names, else one on PATH; None without."""
    if named := environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def find_office(environ: Mapping[str, str]) -> str | None:
    """Return the path of a LibreOffice with Writer: the one SOFFICE names, else one on PATH; None without."""
    if named := environ.get("SOFFICE"):
        return shutil.which(named)
    return next((found for name in _OFFICES if (found := shutil.which(name))), None)


def find_geopackage_check(environ: Mapping[str, str]) -> str | None:
    """Return the path of GDAL's validate_gpkg.py: the one VALIDATE_GPKG names, else Debian's; None without."""
    path = Path(environ["VALIDATE_GPKG"]) if environ.get("VALIDATE_GPKG") else _GEOPACKAGE_CHECK
    return str(path) if path.is_file() else None


def has_chinese_font() -> bool:
    """Tell whether Chinese text can be drawn; True where there is no way to ask."""
    lister = shutil.which("fc-list")
    if lister is None:
        return sys.platform != "linux"
    return bool(subprocess.run([lister, ":lang=zh"], check=False, capture_output=True, text=True).stdout.strip())


def can_install() -> bool:
    """Tell whether missing things can be installed here: Debian's apt, as root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def postgis_package(available: str, installed_majors: set[int]) -> str | None:
    """Choose from `apt-cache search` lines the PostGIS package: of an installed server, else of the newest version.

    Only the PostGIS package is ever named: naming the server's would upgrade one that is running.
    """
    majors = {int(found) for found in re.findall(r"(?m)^postgresql-(\d+)-postgis-3\b", available)}
    fitting = majors & installed_majors or majors
    return f"postgresql-{max(fitting)}-postgis-3" if fitting else None


def _choose_postgis_package() -> str:
    searched = subprocess.run(
        ["apt-cache", "search", "--names-only", "^postgresql-[0-9]+-postgis-3$"],
        check=False,
        capture_output=True,
        text=True,
    )
    installed = {
        int(path.parent.name) for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()
    }
    package = postgis_package(searched.stdout, installed)
    if package is None:
        raise ToolError("apt 里没有 PostGIS 软件包 (apt offers no PostGIS)", "设置 TEST_DATABASE_URL 指向一个 PostGIS")
    return package


def missing_things(environ: Mapping[str, str]) -> list[str]:
    """Return what is missing: any of `postgis`, `chromium`, `office`, `geopackage`, `font`, `venv`."""
    missing = []
    if not environ.get("TEST_DATABASE_URL") and find_installation() is None:
        missing.append("postgis")
    if find_browser(environ) is None:
        missing.append("chromium")
    if find_office(environ) is None:
        missing.append("office")
    if find_geopackage_check(environ) is None:
        missing.append("geopackage")
    if not has_chinese_font():
        missing.append("font")
    if not can_make_environments():
        missing.append("venv")
    return missing


_REMEDIES = {
    "postgis": "PostGIS：安装 PostgreSQL 与 PostGIS，或设置 TEST_DATABASE_URL=postgresql+psycopg://…",
    "chromium": "Chromium：安装 chromium，或设置 CHROMIUM=/path/to/chromium",
    "office": f"LibreOffice Writer：安装 {_OFFICE}，或设置 SOFFICE=/path/to/soffice",
    "geopackage": f"GeoPackage 检查脚本：安装 {_GEOPACKAGE_PACKAGE}，或设置 VALIDATE_GPKG=/path/to/validate_gpkg.py",
    "font": f"中文字体：安装 {_CHINESE_FONT} 或 Noto Sans CJK",
    "venv": "Python 的 venv 模块：安装 python3-venv",
}


def _apt(steps: Steps, log: Path, *arguments: str) -> None:
    steps.command(
        ["apt-get", "-y", "-o", "Dpkg::Use-Pty=0", *arguments],
        log=log,
        remedy=(
            "请看日志；或自行安装后用 TEST_DATABASE_URL、CHROMIUM、SOFFICE、VALIDATE_GPKG 指明 "
            "(install by hand and name them)"
        ),
        environ={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        describe=lambda line: line.strip() if line.startswith(("Get:", "Unpacking", "Setting up")) else None,
        watch_network=True,
    )


def _venv_package() -> str:
    return f"python{sys.version_info.major}.{sys.version_info.minor}-venv"


def provide_venv_module(steps: Steps, logs: Path) -> None:
    """Install Debian's separate venv package where this Python lacks the module and we may; else do nothing."""
    if can_make_environments() or not can_install():
        return
    steps.say(f"apt-get install {_venv_package()}")
    _apt(steps, logs / "apt-update.log", "update")
    _apt(steps, logs / "apt-install.log", "install", "--no-install-recommends", _venv_package())


def provide(steps: Steps, logs: Path, environ: Mapping[str, str]) -> None:
    """Install what the tests need and this machine lacks; raises ToolError where that cannot be done."""
    title = "系统软件：PostGIS、Chromium、LibreOffice、GDAL、中文字体 (system packages)"
    missing = missing_things(environ)
    if not missing:
        return steps.skip(title, "已具备 present")
    steps.begin(title)
    if not can_install():
        raise ToolError(
            f"缺少测试所需的软件 (missing): {', '.join(missing)}；不是 Debian 的 root，无法自动安装",
            "\n  → ".join(_REMEDIES[one] for one in missing),
        )
    _apt(steps, logs / "apt-update.log", "update")
    packages = {
        "chromium": "chromium",
        "office": _OFFICE,
        "geopackage": _GEOPACKAGE_PACKAGE,
        "font": f"{_CHINESE_FONT} fontconfig",
        "venv": _venv_package(),
    }
    names = [name for one in missing if one in packages for name in packages[one].split()]
    if "postgis" in missing:
        names.append(_choose_postgis_package())
    steps.say("apt-get install " + " ".join(names))
    _apt(steps, logs / "apt-install.log", "install", "--no-install-recommends", *names)
    if still := missing_things(environ):
        raise ToolError(f"安装后仍缺少 (still missing): {', '.join(still)}", _REMEDIES[still[0]])
    return steps.done(", ".join(names))
