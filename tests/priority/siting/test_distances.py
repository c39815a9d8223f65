"""Where distances come from: matrices in text, roads with closed ones out, straight lines that say so."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from layers.csv_text import parse_rows
from priority.roads.network import RoadNetwork
from priority.siting.distances import Distances
from priority.siting.matrix import InvalidMatrix, parse_matrix
from priority.siting.travel import road_minutes, straight_metres

TEXT = "需求点,甲站,乙站\n北街,1200.5,\n南街, 0 ,3e3\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_matrix_is_read_as_excel_writes_it(encoding: str, newline: str) -> None:
    matrix = parse_matrix(parse_rows(Path("m.csv"), TEXT.replace("\n", newline).encode(encoding)))
    assert matrix.demand_ids == ("北街", "南街")
    assert matrix.site_ids == ("甲站", "乙站")
    np.testing.assert_array_equal(matrix.value, [[1200.5, np.nan], [0, 3000]])
    np.testing.assert_array_equal(matrix.part(("南街",), ("乙站", "甲站")), [[3000, 0]])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "空"),
        ("d,a,b\n1,2,x\n", "第 2 行 '1'、第 3 列 'b' 的值 'x'"),
        ("d,a,b\n1,2,3\n2,-4,5\n", "第 3 行 '2'、第 2 列 'a' 的值 '-4'"),
        ("d,a\n1,inf\n", "'inf'"),
        ("d,a\n1,nan\n", "'nan'"),
        ("d,a,b\n1,2\n", "第 2 行 '1' 有 2 格，应为 3 格"),
        ("d,a,a\n1,2,3\n", "第 3 列的候选点编号 'a'"),
        ("d,a\n1,2\n1,3\n", "第 3 行的需求点编号 '1'"),
        ("d,a,\n1,2,3\n", "第 3 列没有候选点编号"),
    ],
)
def test_a_wrong_cell_is_named(text: str, said: str) -> None:
    with pytest.raises(InvalidMatrix, match=r"matrix|row|candidate|demand") as raised:
        parse_matrix(parse_rows(Path("m.csv"), text.encode()))
    assert said in str(raised.value)
    assert raised.value.remedy


def test_ids_that_a_matrix_lacks_are_named() -> None:
    matrix = parse_matrix([["d", "a"], ["1", "2"]])
    with pytest.raises(InvalidMatrix, match="'2'"):
        matrix.part(("1", "2"), ("a",))
    with pytest.raises(InvalidMatrix, match="'b'"):
        matrix.part(("1",), ("b",))


def test_pairs_that_are_absent_are_unreachable() -> None:
    distances = Distances.from_dense(np.array([[1.0, np.nan, 3.0], [np.inf, np.nan, np.nan]]))
    pair, far = distances.nearest(np.array([False, True, True]))
    assert (pair.tolist(), far.tolist()) == ([1, -1], [3.0, np.inf])
    assert distances.by_site[0].tolist() == [0, 1, 1, 2]


def roads() -> pd.DataFrame:
    """Two ways from west to east: a short one in the south, a long one over the north."""
    south = shapely.LineString([(112.80, 35.50), (112.82, 35.50)])
    north = shapely.LineString([(112.80, 35.50), (112.81, 35.53), (112.82, 35.50)])
    rows = {"id": ["south", "north"], "speed_kph": [60.0, 60.0], "closed": [False, False], "geometry": [south, north]}
    return pd.DataFrame(rows)


WEST, EAST = np.array([[112.80, 35.50]]), np.array([[112.82, 35.50], [112.80, 35.50]])


def test_a_closed_road_makes_the_way_longer_or_takes_it_away() -> None:
    network = RoadNetwork.build(roads())
    open_ways = road_minutes(network, WEST, EAST)
    assert (open_ways.unit, open_ways.straight) == ("min", False)
    # 1.81 km at 60 km/h; the second site is where the demand is.
    assert open_ways.value == pytest.approx([1.82, 0], abs=0.02)
    around = road_minutes(network, WEST, EAST, frozenset({"south"}))
    assert around.value[0] > 3 * open_ways.value[0]
    cut = road_minutes(network, WEST, EAST, frozenset({"south", "north"}))
    assert (cut.site.tolist(), cut.value.tolist()) == ([1], [0])
    assert road_minutes(network, WEST, EAST, most=1.0).site.tolist() == [1]


def test_minutes_without_any_road_say_that_they_are_straight() -> None:
    found = road_minutes(RoadNetwork.build(None), WEST, EAST)
    assert (found.straight, found.unit) == (True, "min")


def test_straight_metres_say_so_and_leave_out_what_is_too_far() -> None:
    rng = np.random.default_rng(0)
    demands, sites = (rng.random((50, 2)) * 0.2 + (112.7, 35.4) for _ in range(2))
    every = straight_metres(demands, sites)
    assert (every.straight, every.unit, len(every.value)) == (True, "m", 2500)
    near = straight_metres(demands, sites, 5000.0)
    kept = every.value <= 5000
    np.testing.assert_array_equal(near.value, every.value[kept])
    np.testing.assert_array_equal(near.site, every.site[kept])
    one_degree_m = straight_metres(np.array([[113.0, 35.0]]), np.array([[113.0, 36.0]])).value[0]
    assert one_degree_m == pytest.approx(110_952, rel=1e-4)
