"""A file under the wrong layer: it is told which one it looks like, and nobody is doubted who is right."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from layers.importing.meaning.likelier_layer import likelier_layer
from layers.importing.source.model import SourceTable

COUNTIES = SourceTable("区界", 1, ("XZQDM", "XZQMC"), "Polygon", None, {"XZQDM": ("140502",), "XZQMC": ("城区",)})
POINTS = SourceTable("a", 9, ("编号", "名称"), "Point", None, {"编号": ("A1",), "名称": ("甲",)})


def looks_like(table: SourceTable, layer: str | None) -> str | None:
    source: Any = SimpleNamespace(
        path=Path(f"{table.name}.geojson"), encoding="UTF-8", table=lambda name: {table.name: table}[name]
    )
    found = likelier_layer(source, table.name, layer, {})
    return None if found is None else found.layer


@pytest.mark.parametrize("chosen", ["townships", "network_lines", "facilities"])
def test_another_layer_that_fits_clearly_better_is_named(chosen: str) -> None:
    assert looks_like(COUNTIES, chosen) == "counties"


@pytest.mark.parametrize(
    ("table", "chosen"), [(COUNTIES, "counties"), (COUNTIES, None), (POINTS, "facilities"), (POINTS, "sites")]
)
def test_who_chose_what_fits_or_what_may_be_is_not_doubted(table: SourceTable, chosen: str | None) -> None:
    assert looks_like(table, chosen) is None
