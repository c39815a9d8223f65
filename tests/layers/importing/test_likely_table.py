"""Of a file with several tables, the one that is meant."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from layers.importing.meaning.likely_table import likely_table
from layers.importing.source.model import SourceTable

OUTLINE = ("区划代码", "名称", "县区代码", "类型", "人口")


def table(
    name: str, rows: int | None, columns: tuple[str, ...] = OUTLINE, geometry: str | None = "Polygon"
) -> SourceTable:
    return SourceTable(name, rows, columns, geometry, None, {})


def file(*tables: SourceTable) -> Any:
    return SimpleNamespace(path=Path("行政区划.zip"), tables=tables, encoding="UTF-8")


AREAS = file(table("乡镇街道界", 40), table("县区界", 6), table("图例", 900, ("说明",), None))


@pytest.mark.parametrize(("layer", "expected"), [("counties", "县区界"), ("townships", "乡镇街道界")])
def test_the_table_of_a_named_layer_is_not_merely_the_longest(layer: str, expected: str) -> None:
    assert likely_table(AREAS, layer, {}) == expected


def test_the_longest_table_is_meant_if_no_layer_is_named_or_none_fits() -> None:
    assert likely_table(AREAS, None, {}) == "图例"
    assert likely_table(AREAS, "network_lines", {}) == "图例"
    assert likely_table(file(table("一", 3), table("二", None)), None, {}) == "二"


def test_a_file_without_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="without tables"):
        likely_table(file(), "counties", {})
