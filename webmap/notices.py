"""Licence notices of what others wrote and the page's bundles carry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Texts for packages that name a licence and carry no copy of it; `{holder}` stands for the author.
_LICENCE_TEXTS = Path(__file__).resolve().parent / "licences"
_NOTICE_FILE = re.compile(r"(licen[cs]e|copying|copyright|notice)", re.IGNORECASE)
_HEAD = """\
第三方软件声明 THIRD-PARTY NOTICES

本产品的页面脚本与样式含有下列软件包的内容，各按其许可证分发。
The page's script and style sheet carry parts of the packages below, each under its own licence.
"""
_INNER_HEAD = """\
以下软件包由上列软件包使用，其发布的文件可能含有它们的内容。
The packages below are used by those above, whose published files may carry parts of them.
"""
_RULE = "=" * 80


class MissingLicence(Exception):
    """A package in the bundle has no licence text that could be passed on; the text names it."""


@dataclass(frozen=True, order=True)
class Package:
    """An npm package as installed in a folder."""

    name: str
    version: str
    licence: str
    folder: Path

    @classmethod
    def installed(cls, folder: Path) -> Package:
        """Read a package from its folder."""
        document = _description(folder)
        return cls(document["name"], document["version"], str(document.get("license") or ""), folder)

    def licence_text(self) -> str:
        """Return the notices that the package carries, or the text of its licence; raises `MissingLicence`."""
        carried = sorted(path for path in self.folder.iterdir() if path.is_file() and _NOTICE_FILE.match(path.name))
        if carried:
            return "\n\n".join(path.read_text(encoding="utf-8").strip() for path in carried)
        known = _LICENCE_TEXTS / f"{self.licence}.txt"
        if not known.is_file():
            raise MissingLicence(f"{self.name} {self.version}: {self.licence or '?'}")
        return known.read_text(encoding="utf-8").replace("{holder}", self._author()).strip()

    def uses(self) -> Iterator[Package]:
        """Yield the packages it needs at run time, as Node would find them; types leave nothing in a bundle."""
        for name in _description(self.folder).get("dependencies", {}):
            if not name.startswith("@types/") and (folder := _found_from(self.folder, name)):
                yield Package.installed(folder)

    def _author(self) -> str:
        author = _description(self.folder).get("author") or f"the authors of {self.name}"
        return str(author["name"]) if isinstance(author, dict) else str(author)


def notices_text(bundled_files: Iterable[Path]) -> str:
    """Return the notices of all npm packages of which a file is bundled, and of what those are made from.

    Many packages publish files that other packages are folded into, so what they use is named too.
    Raises `MissingLicence`.
    """
    direct = {Package.installed(folder) for path in bundled_files if (folder := package_folder(path))}
    inner = _closure(direct) - direct
    sections = [_HEAD, *map(_section, sorted(direct))]
    if inner:
        sections += [_RULE, _INNER_HEAD, *map(_section, sorted(inner))]
    return "\n".join(sections)


def package_folder(path: Path) -> Path | None:
    """Return the folder of the npm package that a file belongs to, or None for a file of our own."""
    parts = path.parts
    if "node_modules" not in parts:
        return None
    start = len(parts) - parts[::-1].index("node_modules")
    return Path(*parts[: start + (2 if parts[start].startswith("@") else 1)])


def _closure(packages: Iterable[Package]) -> set[Package]:
    found: set[Package] = set()
    waiting = list(packages)
    while waiting:
        package = waiting.pop()
        if package not in found:
            found.add(package)
            waiting += package.uses()
    return found


def _section(package: Package) -> str:
    return f"{_RULE}\n{package.name} {package.version} ({package.licence})\n{_RULE}\n\n{package.licence_text()}\n"


def _found_from(folder: Path, name: str) -> Path | None:
    places = (parent / "node_modules" / name for parent in (folder, *folder.parents))
    return next((place for place in places if (place / "package.json").is_file()), None)


def _description(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    return document
