"""How the steps of a draft are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.catalog import CATALOG
from layers.schema import Title
from webmap.languages import Language

STATE_TITLES: Mapping[str, Title] = {
    "open": Title("草稿", "draft"),
    "committed": Title("已入库", "in the data"),
    "discarded": Title("已放弃", "discarded"),
}

_STEPS: Mapping[str, Title] = {
    "add": Title("新增{layer}：{name}", "Added to {layer}: {name}"),
    "move": Title("移动：{name}", "Moved: {name}"),
    "reshape": Title("改形状：{name}", "Reshaped: {name}"),
    "split": Title("拆分：{name}", "Split: {name}"),
    "attributes": Title("改属性：{name}（{fields}）", "Attributes of {name}: {fields}"),
    "remove": Title("删除：{name}", "Removed: {name}"),
    "join": Title("接到站点：{name}", "Joined to a node: {name}"),
}


def step_title(operation: Mapping[str, Any], name: str, language: Language) -> str:
    """Say what a step does to the record of that name."""
    layer = CATALOG[str(operation.get("layer", "network_lines"))]
    known = {field.name: field.title for field in layer.fields}
    values = operation.get("values", {}) if operation["op"] == "attributes" else {}
    titles = (_in(title, language) for key, title in known.items() if key in values)
    joined = ("、" if language == "zh" else ", ").join(titles)
    return _in(_STEPS[operation["op"]], language).format(layer=_in(layer.title, language), name=name, fields=joined)


def title_in(title: Title, language: Language) -> str:
    """Return a title in a language."""
    return _in(title, language)


def _in(title: Title, language: Language) -> str:
    return title.zh if language == "zh" else title.en
