"""Ledgers as offices keep them: a row of sums, identifiers and states under names of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from layers.catalog import CATALOG
from layers.importing.assumed import flags_assumed
from layers.importing.meaning.convert import convert
from layers.importing.meaning.guess import Guess, guess
from layers.importing.meaning.plan import ImportPlan
from layers.importing.meaning.sum_rows import sum_rows
from layers.importing.prepare import prepare
from layers.importing.source import Limits
from layers.importing.source.model import Batch, Source, SourceTable
from layers.records import empty_frame

STATES = ["运行", "停用", "运行", "备用", "运行", "运行"]
LEDGER: dict[str, list[Any]] = {
    "序号": [*map(str, range(1, 7)), "合计"],
    "站名": [f"换热站{number}号" for number in range(6)] + [None],
    "站编号": [f"RZ{number:03d}" for number in range(6)] + [None],
    "东经": [f"112.8{number}" for number in range(6)] + [None],
    "北纬": ["35.46"] * 6 + [None],
    "供热面积(万㎡)": ["3.5"] * 6 + ["21"],
    "投运情况": [*STATES, None],
}


def batch_of(columns: dict[str, list[Any]]) -> Batch:
    table = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()}, dtype=object)
    return Batch(np.arange(4, 4 + len(table), dtype=np.int64), table, None)


def guessed(columns: dict[str, list[Any]], layer: str = "network_nodes") -> tuple[Guess, Batch]:
    batch = batch_of(columns)
    table = SourceTable("台账", len(batch.rows), tuple(columns), None, None, {})
    source = Source(Path("换热站台账.xlsx"), "xlsx", None, (), (table,), "", 0, (), None)  # type: ignore[arg-type]
    return guess(source, "台账", layer, {}, batch), batch


def test_a_row_of_sums_hides_neither_identifiers_nor_states() -> None:
    made, batch = guessed(LEDGER)
    assert (made.plan.mapping["id"], made.plan.id_from) == ("站编号", "column")
    assert made.plan.mapping["in_service"] == "投运情况"
    frame = convert(batch, made.plan).frame.head(6)
    assert frame["in_service"].tolist() == [True, False, True, False, True, True]
    assert "备用" in made.because["choices.in_service"].zh


def test_one_forgotten_identifier_does_not_decide() -> None:
    columns = {name: cells[:6] for name, cells in LEDGER.items()}
    made, _ = guessed({**columns, "站编号": [*columns["站编号"][:5], None]})
    assert made.plan.mapping["id"] == "站编号"


@pytest.mark.parametrize("name", ["设备状况", "备注一"])
def test_states_tell_their_column_by_what_they_say(name: str) -> None:
    columns = {key: cells[:6] for key, cells in LEDGER.items() if key != "投运情况"}
    assert guessed({**columns, name: STATES})[0].plan.mapping["in_service"] == name
    assert "in_service" not in guessed({**columns, name: ["正常", "规划"] * 3})[0].plan.mapping


@pytest.mark.parametrize("name", ["TYQK", "YXZT", "是否投运", "运行情况", "设备状态"])
def test_names_of_the_state(name: str) -> None:
    columns = {key: cells[:6] for key, cells in LEDGER.items() if key != "投运情况"}
    words = ["是", "否"] * 3 if name == "是否投运" else ["在运", "退役"] * 3
    made, batch = guessed({**columns, name: words})
    assert convert(batch, made.plan).frame["in_service"].tolist() == [True, False] * 3


def test_people_and_households_by_their_initials() -> None:
    columns: dict[str, list[Any]] = {
        "XZDM": ["140502001", "140502002"],
        "XZQMC": ["东街街道", "西街街道"],
        "CZRK": [50210, 43120],
        "CZHS": [18000, 15500],
    }
    plan = guessed(columns, "townships")[0].plan
    assert (plan.mapping["population"], plan.mapping["households"]) == ("CZRK", "CZHS")


def test_units_are_written_as_people_write_them() -> None:
    columns = {name: cells[:6] for name, cells in LEDGER.items()}
    made, _ = guessed({**columns, "负荷(kW)": [800] * 6})
    assert made.plan.units["demand_kw"] == "kW"


def test_rows_of_sums_are_told_from_records() -> None:
    columns: dict[str, list[Any]] = {
        "名称": ["甲", "合 计", "总计：", "合计", "小计"],
        "x": ["112.8", None, None, "112.9", None],
        "数": [1, "1,200", 3, 4, "东站"],
    }
    assert sum_rows(batch_of(columns), ("x",)).tolist() == [False, True, True, False, False]
    assert sum_rows(batch_of({name: [] for name in columns})).tolist() == []


def read(columns: dict[str, list[Any]], folder: Path, **said: Any) -> tuple[Any, dict[str, Any]]:
    path = folder / "台账.csv"
    pd.DataFrame(columns).to_csv(path, index=False)
    mapping = {name: column for name, column in {"name": "站名"}.items() if column in columns}
    constants = {"network": "heat", "kind": "heat_exchange", "provenance": "surveyed", "source": "s"}
    constants |= {"in_service": True, "normally_open": False, **said.pop("constants", {})}
    mapping |= said.pop("mapping", {})
    constants = {name: value for name, value in constants.items() if name not in mapping}
    plan = ImportPlan("network_nodes", "台账", mapping, constants, x="东经", y="北纬", datum="EPSG:4490", **said)
    current = {key: empty_frame(key) for key in CATALOG}
    report = prepare(path, plan, current, folder / "work", Limits())
    return report, {issue.code: issue for issue in report.issues()}


def test_the_check_leaves_sums_out_and_tells_of_what_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    report, found = read(LEDGER, tmp_path)
    assert (report.held["accepted"], report.held["rejected"]) == (6, 0)
    assert (found["sum_row"].rows, found["sum_row"].severity) == ((8,), "note")
    assert "站编号" in found["id_column_unused"].message.zh
    assert "id=站编号" in found["id_column_unused"].remedy.zh
    assert found["value_assumed"].column in {"in_service", "normally_open"}


def test_repeated_identifiers_are_offered_with_the_reason() -> None:
    columns = {name: cells[:6] for name, cells in LEDGER.items()}
    made, _ = guessed({**columns, "站编号": ["RZ1", "RZ1", "RZ2", "RZ3", "RZ4", "RZ5"]})
    assert made.plan.id_from == "made"
    assert [item.value for item in made.alternatives["mapping.id"]] == ["站编号"]
    assert "有重复" in made.because["id_from"].zh


def test_flags_without_a_column_are_told_and_others_are_not() -> None:
    plan = ImportPlan("network_nodes", "t", {}, {"in_service": True, "normally_open": False, "kind": "valve"})
    assert {(issue.column, issue.severity) for issue in flags_assumed(plan)} == {
        ("in_service", "warning"),
        ("normally_open", "warning"),
    }
    assert "全部按“是”" in flags_assumed(plan)[0].message.zh
    said = plan.with_changes(constants={"in_service": False, "normally_open": False, "kind": "junction"})
    assert [(issue.column, issue.severity) for issue in flags_assumed(said)] == [("normally_open", "note")]
    told = ImportPlan("network_lines", "t", {"in_service": "z"}, {}, choices={"in_service": {"备用": "false"}})
    assert [issue.code for issue in flags_assumed(told)] == ["standby_out"]


def test_degrees_that_nothing_can_be_compared_with_are_told(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    _, found = read({name: cells[:6] for name, cells in LEDGER.items()}, tmp_path)
    assert found["datum_unchecked"].severity == "warning"
    assert "GCJ-02" in found["datum_unchecked"].remedy.zh
