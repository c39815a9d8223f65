"""Cells as offices write them: read for certain, or told; never an exception, never hours."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.catalog import CATALOG
from layers.importing.codes.table import BY_NAME
from layers.importing.meaning.headers import read_header
from layers.importing.meaning.numbers import chinese_number, read_quantity
from layers.importing.meaning.texts import read_ordinates, read_shapes
from layers.importing.meaning.values import Reading, read_column
from layers.importing.meaning.words import choice_of, choices_within

FIELDS = [(key, field.name) for key, layer in CATALOG.items() for field in layer.fields]
_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=20),
    st.sampled_from(
        ["1,200", "DN300", "10kV", "是", "常开", "无", "３００", "20-30", "#REF!", "1.4E+17", "三百", "变电站"]
    ),
)


def column(layer: str, name: str, cells: list[Any], **said: Any) -> Any:
    return read_column(pd.Series(cells, dtype=object), Reading(layer, CATALOG[layer].field(name), **said))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FIELDS), st.lists(CELLS, max_size=12))
def test_every_cell_is_read_in_the_type_of_its_field_or_told(field: tuple[str, str], cells: list[Any]) -> None:
    item = CATALOG[field[0]].field(field[1])
    read = column(*field, cells)
    assert len(read.values) == len(cells)
    kinds = {"text": str, "integer": int, "number": float, "boolean": bool}
    assert all(value is None or type(value) is kinds[item.kind] for value in read.values)
    if item.values:
        assert set(read.values) <= {None, *(choice.key for choice in item.values)}
    for code, places in read.faults.items():
        is_error = BY_NAME[code].severity == "error"
        assert all((read.values[place] is None) == is_error for place in places)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(-(10**9), 10**9), st.integers(0, 3), st.booleans(), st.sampled_from(["", " ", "kW", " 千瓦", "（kW）"])
)
def test_an_amount_is_the_same_however_it_is_written(number: int, decimals: int, full: bool, unit: str) -> None:
    value = number / 10**decimals
    text = f"{value:,.{decimals}f}"
    quantity = read_quantity((text.translate(_FULL_WIDTH) if full else text) + unit, ("kW",))
    assert quantity.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百二十", 320),
        ("十五", 15),
        ("一千零一", 1001),
        ("一万二千", 12000),
        ("二〇二三", 2023),
        ("零", 0),
        ("一百万", 1_000_000),
        ("三百二", None),
        ("一万二", None),
        ("一二百", None),
        ("百", None),
        ("三十多", None),
        ("", None),
    ],
)
def test_chinese_numerals_are_read_where_they_say_one_thing(text: str, value: float | None) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("layer", "field", "cells", "values"),
    [
        (
            "network_lines",
            "voltage_kv",
            ["10kV", "AC10kV", "交流 35 千伏", "380V", "220", "0.4kv"],
            [10, 10, 35, 0.38, 220, 0.4],
        ),
        ("network_nodes", "demand_kw", ["1.5MW", "2兆瓦", "300", "0.1万千瓦", "5kVA"], [1500, 2000, 300, 1000, None]),
        ("network_nodes", "demand_m3_per_h", ["2400m³/d", "10 m3/h", "2.4万立方米/日"], [100, 10, 1000]),
        ("townships", "population", ["1.2万人", "3万", "4,500人", 12.0, "12.5"], [12000, 30000, 4500, 12, None]),
        ("sites", "cost", ["120万元", "3,000元", "1亿元"], [1_200_000, 3000, 100_000_000]),
        (
            "facilities",
            "restricted",
            ["是", "否", "√", "涉密", "公开", "无", "不详", 1, 0.0],
            [1, 0, 1, 1, 0, 0, None, 1, 0],
        ),
        (
            "facilities",
            "category",
            ["医院", "急救中心、中心医院", "SCHOOL", "未知", "夜市"],
            ["hospital", "hospital", "school", None, None],
        ),
        ("facilities", "name", [" 一\n中 ", "N/A", 12.0, "——"], ["一 中", None, "12", None]),
        ("contacts", "phone", [13800000000.0, "０３５６-2020202", "无"], ["13800000000", "0356-2020202", None]),
    ],
)
def test_cells_of_offices(layer: str, field: str, cells: list[Any], values: list[Any]) -> None:
    read = column(layer, field, cells).values.tolist()
    expected = [pytest.approx(value) if isinstance(value, float) else value for value in values]
    assert read == expected


def test_every_title_and_key_of_a_closed_field_means_itself() -> None:
    for key, layer in CATALOG.items():
        for item in layer.fields:
            for choice in item.values:
                assert choice_of(key, item, choice.key) == choice.key
                assert choice_of(key, item, choice.title.zh) in {choice.key, None}
    kind = CATALOG["network_nodes"].field("kind")
    assert choices_within("network_nodes", kind, "换热站阀门") == {"valve"}
    assert choices_within("network_nodes", kind, "东山") == frozenset()


@pytest.mark.parametrize(
    ("name", "keys", "unit"),
    [
        ("负荷(kW)", ("负荷",), "kw"),
        ("设计热负荷（兆瓦）", ("设计热负荷",), "兆瓦"),
        ("坐标/经度", ("坐标经度", "经度"), None),
        ("供热户数/户", ("供热户数户", "供热户数", "户"), "户"),
        ("长度_m", ("长度m", "长度"), "m"),
        ("from_node", ("fromnode",), None),
        ("demand_m3_per_h", ("demandm3perh",), None),
        ("＊单位 名称", ("单位名称",), None),
    ],
)
def test_headers_are_taken_apart(name: str, keys: tuple[str, ...], unit: str | None) -> None:
    header = read_header(name)
    assert (header.keys, header.unit) == (keys, unit)


def test_long_texts_cost_no_time() -> None:
    hostile = ["1" * 100_000 + "a", "1,000" * 20_000, " " * 100_000 + "1", "1" + " " * 100_000 + "x", "百" * 100_000]
    start = time.perf_counter()
    assert column("network_lines", "diameter_mm", hostile).values.tolist() == [None, None, 1.0, None, None]
    read_ordinates(pd.Series(hostile, dtype=object))
    read_shapes(pd.Series([*hostile, "1,1;" * 20_000], dtype=object), "LineString")
    for text in hostile:
        read_header(text)
    assert time.perf_counter() - start < 5


def test_collections_without_end_are_no_place() -> None:
    deep = "GEOMETRYCOLLECTION(" * 50_000 + "POINT(1 1)" + ")" * 50_000
    shapes, unread = read_shapes(pd.Series([deep, "GEOMETRYCOLLECTION(POINT(1 1))"], dtype=object), "Point")
    assert [shape is None for shape in shapes] == [True, False]
    assert unread.tolist() == [True, False]


def test_a_long_column_is_read_once_for_each_distinct_value() -> None:
    cells = np.tile(np.array(["DN100", "DN200", None, "x"], dtype=object), 50_000)
    read = read_column(
        pd.Series(cells, dtype=object), Reading("network_lines", CATALOG["network_lines"].field("diameter_mm"))
    )
    assert read.values[:4].tolist() == [100.0, 200.0, None, None]
    assert len(read.faults["wrong_type"]) == 50_000
