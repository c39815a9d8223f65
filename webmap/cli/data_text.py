"""Versions of the data for reading in a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from layers.catalog import CATALOG
from layers.history import Counts, DataVersion
from layers.past import LayerDifference
from layers.schema import Title
from webmap.api.log.view_document import CHINA
from webmap.cli.layout import bracketed, columns, padded
from webmap.exports.tables import in_language
from webmap.languages import Language

_KINDS: Mapping[str, Title] = {
    "sample": Title("示例", "sample"),
    "import": Title("导入", "import"),
    "edit": Title("编辑", "edit"),
    "undo": Title("恢复", "undo"),
    "sites": Title("选址", "sites"),
    "load": Title("装入", "load"),
}
_UNKNOWN = Title("不详", "unknown")
_NOT_KEPT = Title("内容未保留，不能恢复", "not kept, cannot be brought back")
_SAME = Title("没有差别", "no difference")
_COUNTS = (("added", Title("增", "added")), ("changed", Title("改", "changed")), ("removed", Title("删", "removed")))
#: So many ids of each kind are shown.
_SHOWN = 10


def version_line(version: DataVersion, language: Language) -> str:
    """Return a version in one line: its name, when, what kind, who, how much, the note."""
    told = [
        padded(version.version, 18),
        padded(_written(version, language), 16),
        padded(_kind(version, language), 6),
        version.author_name or in_language(_UNKNOWN, language),
        _changes(version, language),
        version.note,
        "" if version.kept else in_language(_NOT_KEPT, language),
    ]
    return "  ".join(filter(None, told))


def version_text(version: DataVersion, language: Language) -> str:
    """Return everything that is known of a version."""
    lines = [version_line(version, language)]
    rows = [[_title(key, language), _counts(one, language)] for key, one in (version.changes or {}).items()]
    lines += [f"  {row}" for row in columns(rows)] if rows else []
    return "\n".join([*lines, *(f"  {name}: {value}" for name, value in version.detail.items())])


def comparison_text(one: str, other: str, layers: Mapping[str, LayerDifference], language: Language) -> str:
    """Return what is different in `other`, layer by layer, with the first ids."""
    lines = [f"{one} → {other}"]
    for key, difference in layers.items():
        lines.append(f"{_title(key, language)}  {_counts(difference.counts, language)}")
        for name, title in _COUNTS:
            ids: tuple[str, ...] = getattr(difference, name)
            if ids:
                more = "…" if getattr(difference.counts, name) > min(len(ids), _SHOWN) else ""
                lines.append(f"  {in_language(title, language)}  {' '.join(ids[:_SHOWN])}{more}")
    return "\n".join([*lines, *([] if layers else [in_language(_SAME, language)])])


def _title(key: str, language: Language) -> str:
    """Return the name of a layer; its key where the catalogue does not have it any more."""
    return in_language(CATALOG[key].title, language) if key in CATALOG else key


def _written(version: DataVersion, language: Language) -> str:
    if version.written_at is None:
        return in_language(_UNKNOWN, language)
    return f"{datetime.fromisoformat(version.written_at).astimezone(CHINA):%Y-%m-%d %H:%M}"


def _kind(version: DataVersion, language: Language) -> str:
    return in_language(_KINDS.get(version.kind or "", _UNKNOWN), language)


def _changes(version: DataVersion, language: Language) -> str:
    if version.changes is None:
        return ""
    told = (bracketed(_title(key, language), _counts(one, language), language) for key, one in version.changes.items())
    return ("、" if language == "zh" else ", ").join(told)


def _counts(counts: Counts, language: Language) -> str:
    told = ((title, getattr(counts, name)) for name, title in _COUNTS)
    return (" " if language == "zh" else ", ").join(f"{in_language(title, language)} {n:,}" for title, n in told if n)
