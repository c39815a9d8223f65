"""The stage gives back what was put in, and a comparison says what a write would do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import Point

from layers.importing.comparing import Comparer, conform_in_order
from layers.importing.meaning.plan import ImportPlan
from layers.importing.network_stage import check_staged_network
from layers.importing.rejected import safe_cell, write_rejected
from layers.importing.stage import Rejected, Stage
from layers.records import conform, empty_frame
from layers.schema import Title

_NODE = st.fixed_dictionaries(
    {
        "id": st.text("ab甲~1", min_size=1, max_size=3),
        "name": st.text("站=甲 a", min_size=1, max_size=4).filter(str.strip),
        "demand_kw": st.none() | st.floats(0, 1e6),
        "customers": st.none() | st.integers(0, 10**6),
        "normally_open": st.booleans(),
        "lon": st.floats(112, 113),
        "lat": st.floats(35, 36),
    }
)


def nodes(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    fixed = {"provenance": "surveyed", "source": "s", "network": "heat", "kind": "junction", "in_service": True}
    table = [{**fixed, **{key: row[key] for key in row if key not in {"lon", "lat"}}} for row in rows]
    return gpd.GeoDataFrame(table, geometry=[Point(row["lon"], row["lat"]) for row in rows], crs=4490)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_NODE, min_size=1, max_size=8, unique_by=lambda row: row["id"]))
def test_records_come_back_as_they_were_staged(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    frame = conform_in_order("network_nodes", nodes(rows))
    assert list(frame["id"]) == [row["id"] for row in rows], "in the order of the file"
    with Stage.made(tmp_path / "s.sqlite") as stage:
        stage.add("network_nodes", frame, np.arange(len(frame)), ["added"] * len(frame))
    with Stage(tmp_path / "s.sqlite") as stage:
        (back,) = stage.batches("network_nodes")
        assert list(stage.batches("network_nodes", news_alone=True))
        assert stage.bounds("network_nodes") == pytest.approx(tuple(frame.total_bounds))
    assert_frame_equal(conform("network_nodes", back), conform("network_nodes", frame))
    standing = conform("network_nodes", frame)
    assert set(Comparer("network_nodes", standing).whats(frame)) == {"same"}
    other = frame.assign(name=frame["name"] + "改")
    assert set(Comparer("network_nodes", standing).whats(other)) == {"changed"}
    assert set(Comparer("network_nodes", empty_frame("network_nodes")).whats(frame)) == {"added"}


@given(st.text(max_size=8))
def test_no_cell_of_a_file_of_rejected_rows_is_a_formula(text: str) -> None:
    cell = safe_cell(text)
    if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        float(cell)
    assert cell.removeprefix("'") == text or cell == text


def test_a_row_with_two_reasons_stands_in_the_file_once(tmp_path: Path) -> None:
    with Stage.made(tmp_path / "s.sqlite") as stage:
        stage.reject(Rejected(7, Title(zh, en), {"名称": "甲"}) for zh, en in (("一", "one"), ("二", "two")))
        assert stage.rejected_count() == 1
        (row,) = stage.rejected()
        assert (row.row, row.reason) == (7, Title("一；二", "one; two"))
        lines = write_rejected(stage, tmp_path, "csv").read_text("utf-8-sig").splitlines()
    assert lines == ["行号 row,原因,reason,名称", "7,一；二,one; two,甲"]


def test_a_network_too_large_to_look_at_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.importing.network_stage.MOST_LOOKED_AT", 0)
    row = {"id": "n", "name": "站", "normally_open": False, "lon": 112.8, "lat": 35.5}
    current = {key: empty_frame(key) for key in ("network_nodes", "network_lines")}
    with Stage.made(tmp_path / "s.sqlite") as stage:
        stage.add("network_nodes", conform("network_nodes", nodes([row])), np.array([1]), ["added"])
        issues = check_staged_network(stage, ImportPlan("network_nodes", "t"), current)
    assert [issue.code for issue in issues] == ["network_not_looked_at"]
