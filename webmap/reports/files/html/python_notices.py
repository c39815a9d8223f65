"""Licence notices of the Python packages whose templates the page is written with."""

from __future__ import annotations

from functools import cache
from importlib.metadata import distribution

#: Their templates leave parts of themselves in the page.
_PACKAGES = ("folium", "branca")
_RULE = "=" * 80


@cache
def python_notices() -> str:
    """Return the packages' names, versions and licence texts, in the form of the notices of the page's script."""
    return "\n".join(map(_section, _PACKAGES))


def _section(name: str) -> str:
    package = distribution(name)
    paths = [path for path in package.files or () if "licenses/" in str(path)]
    texts = [path.read_text(encoding="utf-8").strip() for path in paths]
    return f"{_RULE}\n{name} {package.version} (MIT)\n{_RULE}\n\n" + "\n\n".join(texts) + "\n"
