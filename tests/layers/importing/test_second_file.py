"""Files that come one after another: what a second one brings is joined to what is loaded; the first may come again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from layers.catalog import CATALOG
from layers.errors import StaleVersion
from layers.history import Author, Written
from layers.importing.commit import commit
from layers.importing.meaning.reading import read_plan
from layers.importing.prepare import STAGE, prepare
from layers.importing.report import Report
from layers.importing.source.model import Limits
from layers.importing.stage import Stage
from layers.records import empty_frame
from layers.store import Store, open_store
from tests.databases import empty_tables
from tests.layers.topology.drawings import Place, frame_of_lines, frame_of_nodes, metres

BY = Written(Author(None, "test"), "import")
FIXED = {"network": "heat", "provenance": "surveyed", "source": "热力公司", "in_service": True}
NOTHING = {key: empty_frame(key) for key in CATALOG}
MAIN: dict[str, list[Place]] = {"M": [(0, 0), (60, 0), (100, 0)]}
TAP: dict[str, list[Place]] = {"T": [(40, 30), (40, 0.3)]}


class Office:
    """A database and a folder; files are drawn in metres, checked and written one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store = open_store(empty_tables(folder / "webmap.sqlite"))
        self.version = ""

    def checked(self, layer: str, file: gpd.GeoDataFrame, tolerance_m: float | None = 0.5, **said: Any) -> Report:
        path = self.folder / "file.geojson"
        # As exact as it is: GDAL would round to seven digits.
        path.write_text(file.to_json(), encoding="utf-8")
        names = [name for name in file.columns if name != "geometry"]
        kind = {} if "kind" in file else {"kind": "trunk" if layer == "network_lines" else "valve"}
        more = {"normally_open": False, "name": "阀"} if layer == "network_nodes" else {}
        document = {
            "layer": layer,
            "table": "file",
            "mapping": {name: name for name in names},
            "constants": {name: value for name, value in {**FIXED, **kind, **more}.items() if name not in names},
            "datum": "EPSG:4490",
            "mode": "merge",
            "topology": tolerance_m and {"tolerance_m": tolerance_m, "make_nodes": True},
            "id_from": "column",
            **said,
        }
        self.version = self.store.data_version()
        current = {**NOTHING, **{key: self.store.read(key) for key in ("network_nodes", "network_lines")}}
        return prepare(path, read_plan(document), current, self.folder, Limits())

    def write(self) -> None:
        with Stage(self.folder / STAGE) as stage:
            commit(stage, self.store, BY, self.version)

    def takes(self, layer: str, file: gpd.GeoDataFrame, tolerance_m: float | None = 0.5, **said: Any) -> Report:
        report = self.checked(layer, file, tolerance_m, **said)
        assert not report.held["blocked"], report.held["issues"]
        self.write()
        return report

    def lines(self) -> dict[str, tuple[str, str, list[Place]]]:
        frame = self.store.read("network_lines")
        rows = zip(frame["id"], frame["from_node"], frame["to_node"], frame.geometry, strict=True)
        return {name: (start, end, metres(shape)) for name, start, end, shape in rows}

    def content(self) -> tuple[Any, ...]:
        frames = (self.store.read(key) for key in ("network_nodes", "network_lines"))
        return tuple(tuple(map(tuple, pd.DataFrame(frame).astype(str).to_numpy())) for frame in frames)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.store.engine.dispose()


def told(report: Report) -> dict[str, int]:
    return {issue.code: issue.count for issue in report.issues()}


def whats(report: Report, layer: str = "network_lines") -> dict[str, int]:
    return {what: number for what, number in report.held["layers"].get(layer, {}).items() if number}


def test_a_tap_of_a_second_file_cuts_a_main_that_is_loaded(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    report = office.checked("network_lines", frame_of_lines(TAP))
    assert whats(report) == {"added": 2, "changed": 1}, "the tap, the first part of the main under its id, the second"
    assert report.held["changes"] == {"joined": 1, "node_made": 2, "split": 1}
    codes = told(report)
    assert codes["loaded_lines_split"] == 1
    assert "near_miss" not in codes
    issue = next(issue for issue in report.issues() if issue.code == "loaded_lines_split")
    assert issue.ids == ("M",)
    assert len(issue.places) == 1
    assert set(office.lines()) == {"M"}, "a check writes nothing"

    office.write()
    lines = office.lines()
    assert set(lines) == {"M", "M~2", "T"}
    joint = lines["T"][1]
    assert lines["M"][1] == lines["M~2"][0] == joint
    assert np.allclose(lines["M"][2], [(0, 0), (40, 0)], atol=0.002)
    assert np.allclose(lines["M~2"][2], [(40, 0), (60, 0), (100, 0)], atol=0.002)
    assert lines["M~2"][1] == "J-M-2"


def test_either_file_again_changes_nothing(office: Office) -> None:
    first, second, third = frame_of_lines(MAIN), frame_of_lines(TAP), frame_of_lines({"U": [(20, -9), (20, -0.2)]})
    for file in (first, second, third):
        office.takes("network_lines", file)
    before = office.content()
    assert Counter(name.partition("~")[0] for name in office.lines()) == {"M": 3, "T": 1, "U": 1}
    for file in (second, first, third, first):
        report = office.takes("network_lines", file)
        assert whats(report).keys() == {"same"}
        assert whats(report, "network_nodes").keys() <= {"same"}
        assert office.content() == before
    report = office.checked("network_lines", first)
    assert told(report)["cuts_kept"] == 1
    assert report.held["changes"] == {}


def test_one_file_that_was_cut_within_and_by_another_comes_again(office: Office) -> None:
    first = frame_of_lines({**MAIN, **TAP})
    office.takes("network_lines", first)
    assert set(office.lines()) == {"M~1", "M~2", "T"}
    office.takes("network_lines", frame_of_lines({"U": [(20, -9), (20, 0)]}))
    before = office.content()
    assert len(before[1]) == 5
    assert whats(office.takes("network_lines", first)) == {"same": 4}
    assert office.content() == before


def test_parts_take_the_attributes_that_the_file_has_now(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN, diameter_mm=300))
    office.takes("network_lines", frame_of_lines(TAP))
    report = office.takes("network_lines", frame_of_lines(MAIN, diameter_mm=400))
    assert whats(report) == {"changed": 2}
    frame = office.store.read("network_lines").set_index("id")
    assert (frame.loc["M", "diameter_mm"], frame.loc["M~2", "diameter_mm"]) == (400, 400)


def test_lines_with_their_nodes_stay_cut_too_when_nothing_is_to_be_joined(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    named = frame_of_lines(MAIN, from_node="J-M-1", to_node="J-M-2")
    office.takes("network_lines", frame_of_lines(TAP))
    before = office.content()
    report = office.takes("network_lines", named, None)
    assert told(report)["cuts_kept"] == 1
    assert whats(report) == {"same": 2}
    assert office.content() == before


def test_what_was_exported_comes_back_with_or_without_topology(office: Office) -> None:
    for file in (frame_of_lines(MAIN), frame_of_lines(TAP)):
        office.takes("network_lines", file)
    before = office.content()
    out = office.store.read("network_lines").dropna(axis=1, how="all")
    for tolerance_m, part in ((0.5, out), (0.5, out.iloc[:1]), (None, out), (None, out.iloc[1:2])):
        report = office.takes("network_lines", part, tolerance_m)
        assert whats(report) == {"same": len(part)}
    assert office.content() == before


def test_a_cut_line_drawn_otherwise_is_set_aside_where_it_would_lie_over_its_parts(office: Office) -> None:
    for file in (frame_of_lines(MAIN), frame_of_lines(TAP)):
        office.takes("network_lines", file)
    longer = frame_of_lines({"M": [(0, 0), (60, 0), (100, 0), (160, 5)], "V": [(0, 0), (0, 9)]})
    before = office.lines()
    for tolerance_m in (0.5, None):
        file = longer if tolerance_m else longer.assign(from_node="J-M-1", to_node="J-M-2")
        report = office.checked("network_lines", file, tolerance_m)
        assert (report.held["accepted"], report.held["rejected"]) == (1, 1)
        issue = next(issue for issue in report.issues() if issue.code == "cut_line_redrawn")
        assert (issue.severity, issue.rows, issue.ids) == ("error", (1,), ("M",))
        assert whats(report) == {"added": 1}
    office.takes("network_lines", longer)
    assert {name: office.lines()[name] for name in before} == before
    elsewhere = office.checked("network_lines", frame_of_lines({"M": [(0, 0), (0, 80)]}))
    assert told(elsewhere)["pieces_stay"] == 1


def test_lines_that_are_replaced_do_not_stand(office: Office) -> None:
    for file in (frame_of_lines(MAIN), frame_of_lines(TAP)):
        office.takes("network_lines", file)
    other = frame_of_lines({**MAIN, "W": [(70, 20), (70, 0.1)]})
    report = office.takes("network_lines", other, mode="replace")
    assert "loaded_lines_split" not in told(report)
    assert "cuts_kept" not in told(report)
    lines = office.lines()
    assert {name.partition("~")[0] for name in lines} == {"M", "W"}
    assert report.held["removed"] == 3 - report.held["changed"] - report.held["same"]
    again = office.takes("network_lines", other, mode="replace")
    assert whats(again).keys() == {"same"}
    assert office.lines() == lines


def test_a_valve_that_comes_later_cuts_the_main_it_lies_on(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    valves = frame_of_nodes({"v1": ((30, 0.2), "valve"), "v2": ((30, 7), "valve")})
    report = office.takes("network_nodes", valves)
    assert told(report)["loaded_lines_split"] == 1
    assert whats(report) == {"added": 1, "changed": 1}
    assert report.held["changes"] == {"split": 1}
    lines = office.lines()
    assert (lines["M"][1], lines["M~2"][0]) == ("v1", "v1")
    before = office.content()
    assert whats(office.takes("network_nodes", valves)) == {}
    assert whats(office.takes("network_lines", frame_of_lines(MAIN))) == {"same": 2}
    assert office.content() == before


def test_a_valve_that_lay_loose_cuts_the_main_when_a_tap_comes_to_it(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    office.takes("network_nodes", frame_of_nodes({"v": ((40, 0.2), "valve")}), None)
    assert set(office.lines()) == {"M"}, "nobody asked for lines to be joined"
    office.takes("network_lines", frame_of_lines(TAP))
    lines = office.lines()
    assert lines["T"][1] == lines["M"][1] == lines["M~2"][0] == "v"


def test_a_tap_beyond_the_tolerance_or_of_another_network_cuts_nothing(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    report = office.takes(
        "network_lines",
        frame_of_lines({"T": [(40, 30), (40, 0.7)], "G": [(20, 9), (20, 0)]}).assign(network=["heat", "gas"]),
    )
    assert "loaded_lines_split" not in told(report)
    assert set(office.lines()) == {"M", "T", "G"}


def test_new_parts_never_take_the_id_of_a_line_far_away(office: Office) -> None:
    """The second half of the main is out of reach of the second tap, and so is a line called as a part would be."""
    far: dict[str, list[Place]] = {"M~3": [(900, 900), (950, 900)]}
    for file in (frame_of_lines({**MAIN, **far}), frame_of_lines({"T": [(90, 30), (90, 0)]})):
        office.takes("network_lines", file)
    kept = {name: office.lines()[name] for name in ("M~2", "M~3")}
    office.takes("network_lines", frame_of_lines({"U": [(5, 30), (5, 0)]}))
    lines = office.lines()
    assert {name: lines[name] for name in kept} == kept
    assert len(lines) == 6
    assert lines["U"][1] == lines["M"][1]


def test_a_line_without_nodes_cuts_nothing_as_it_is_set_aside(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    office.takes("network_nodes", frame_of_nodes({"v": ((40, 0.2), "valve")}), None)
    only = {"tolerance_m": 0.5, "make_nodes": False}
    report = office.checked("network_lines", frame_of_lines(TAP), topology=only)
    assert (report.held["rejected"], whats(report), report.held["changes"]) == (1, {}, {})


def test_what_changed_since_the_check_is_not_written_over(office: Office) -> None:
    office.takes("network_lines", frame_of_lines(MAIN))
    office.checked("network_lines", frame_of_lines(TAP))
    office.store.replace({"network_lines": office.store.read("network_lines").assign(name="改")}, "edited")
    with pytest.raises(StaleVersion):
        office.write()
    assert set(office.lines()) == {"M"}
    office.checked("network_lines", frame_of_lines({"T": [(40, 30), (40, 20)]}))
    nodes = office.store.read("network_nodes")
    office.store.replace({"network_nodes": nodes.assign(name="改")}, "edited")
    with pytest.raises(StaleVersion):
        office.write()


def test_a_tolerance_that_joins_everything_writes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.topology.ends.MOST_PAIRS", 10)
    crowd = {f"c{number}": [(number * 0.1, 0.0), (number * 0.1, 60.0)] for number in range(30)}
    report = office.checked("network_lines", frame_of_lines(crowd), 5.0)
    issue = next(issue for issue in report.issues() if issue.code == "tolerance_too_large")
    assert (issue.severity, report.held["blocked"], report.held["layers"]["network_lines"]["added"]) == (
        "error",
        True,
        0,
    )
    assert "5" in issue.message.zh
    assert issue.remedy.zh
