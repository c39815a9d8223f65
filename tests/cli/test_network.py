"""`webmap network` as a user in a terminal meets it: files in, JSON out, no database."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from shapely import LineString, Point

from tests.cli.test_cli import webmap
from tests.priority.network.slow import SlowNetwork, random_network
from webmap.cli import main

FORMATS = ("geojson", "gpkg", "parquet")


class Files:
    """Two files of a network, in one of the formats; a GeoPackage holds both as layers."""

    def __init__(self, folder: Path, form: str, nodes: pd.DataFrame, lines: pd.DataFrame) -> None:
        points = [Point(112.8 + 0.001 * number, 35.5) for number in range(len(nodes))]
        place = dict(zip(nodes["id"], points, strict=True))
        origin = Point(112.8, 35.5)
        shapes = [LineString([place.get(name, origin), origin]) for name in lines["from_node"]]
        self.nodes = folder / ("网络.gpkg" if form == "gpkg" else f"节点.{form}")
        self.lines = folder / ("网络.gpkg" if form == "gpkg" else f"管线.{form}")
        layers = (
            ("network_nodes", self.nodes, nodes, points),
            ("network_lines", self.lines, lines, shapes),
        )
        for layer, path, frame, geometry in layers:
            table = gpd.GeoDataFrame(frame.reset_index(drop=True), geometry=geometry, crs=4490)
            if form == "parquet":
                table.to_parquet(path)
            elif form == "gpkg":
                table.to_file(path, layer=layer)
            else:
                table.to_file(path)

    def command(self, question: str, *options: str) -> list[str]:
        return ["network", question, "--nodes", str(self.nodes), "--lines", str(self.lines), *options]

    def run(self, question: str, *options: str) -> Result:
        """Run in this process, which is quick; one test runs the program itself."""
        return CliRunner().invoke(main, self.command(question, *options))

    def ask(self, question: str, *options: str) -> Any:
        done = self.run(question, *options, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


def refused(done: Result) -> str:
    """Return the message of a command that refused its input, and nothing but the message."""
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stdout == ""
    return done.stderr


def small() -> tuple[pd.DataFrame, pd.DataFrame]:
    """电源 — 甲 — 开关1 — 乙 — 联络(open) — 丙 — 电源2, in which only ids and kinds are always known."""
    ids = ["电源", "甲", "开关1", "乙", "联络", "丙", "电源2"]
    nodes = pd.DataFrame(
        {
            "id": ids,
            "kind": ["source", "junction", "switch", "consumer", "switch", "consumer", "source"],
            "normally_open": [name == "联络" for name in ids],
            "户数": [0, 3, 0, 5.5, 9, np.nan, 0],
        }
    )
    names = [f"{left}—{right}" for left, right in itertools.pairwise(ids)]
    return nodes, pd.DataFrame({"id": names, "from_node": ids[:-1], "to_node": ids[1:]})


@pytest.fixture(params=FORMATS)
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return Files(tmp_path, request.param, *small())


@pytest.fixture
def geojson(tmp_path: Path) -> Files:
    return Files(tmp_path, "geojson", *small())


def test_the_program_needs_no_database(files: Files, tmp_path: Path) -> None:
    done = webmap(*files.command("trace", "--fault", "乙", "--json"), home=tmp_path, DATABASE_URL="nonsense")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert json.loads(done.stdout)["unsupplied_nodes"] == ["乙"]


def test_segments(files: Files) -> None:
    found = files.ask("segments")["segments"]
    assert [(part["nodes"], part["lines"]) for part in found] == [
        (["丙", "电源2"], ["丙—电源2", "联络—丙"]),
        (["乙"], ["乙—联络", "开关1—乙"]),
        (["甲", "电源"], ["甲—开关1", "电源—甲"]),
    ]
    assert len({part["id"] for part in found}) == 3


def test_a_trace_with_its_backfeed(files: Files) -> None:
    assert files.ask("trace", "--fault", "电源—甲") == {
        "isolating_devices": ["开关1"],
        "lost_nodes": ["甲", "电源"],
        "lost_lines": ["甲—开关1", "电源—甲"],
        "unsupplied_nodes": ["乙", "甲", "电源"],
        "newly_unsupplied_nodes": ["乙", "甲", "电源"],
        "backfeed_devices": ["联络"],
    }


def test_criticality_with_weights(files: Files) -> None:
    rows = files.ask("criticality", "--weight", "户数")
    found = [(row["element"], row["kind"], row["unsupplied_nodes"], row["unsupplied_weight"]) for row in rows]
    assert found == [
        ("开关1", "device", 3, 8.5),
        ("甲", "node", 3, 8.5),
        ("甲—开关1", "line", 3, 8.5),
        ("电源", "node", 3, 8.5),
        ("电源—甲", "line", 3, 8.5),
        ("联络", "device", 3, 5.5),
        ("乙", "node", 1, 5.5),
        ("乙—联络", "line", 1, 5.5),
        ("开关1—乙", "line", 1, 5.5),
        ("丙", "node", 2, 0),
        ("丙—电源2", "line", 2, 0),
        ("电源2", "node", 2, 0),
        ("联络—丙", "line", 2, 0),
    ]


def test_unknown_weights_count_as_nothing_and_are_told(geojson: Files) -> None:
    done = geojson.run("criticality", "--weight", "户数", "--json")
    assert "户数" in done.stderr
    assert "1 个未知值" in done.stderr


def test_open_devices_come_before_the_fault(geojson: Files) -> None:
    traced = geojson.ask("trace", "--open", "开关1", "--fault", "丙")
    assert traced["unsupplied_nodes"] == ["丙", "乙", "电源2"]
    assert traced["newly_unsupplied_nodes"] == ["丙", "电源2"]
    assert traced["isolating_devices"] == []
    rows = {row["element"]: row for row in geojson.ask("criticality", "--open", "开关1")}
    assert rows["乙"]["unsupplied_nodes"] == 0
    assert rows["甲"]["unsupplied_nodes"] == rows["甲"]["unsupplied_weight"] == 2


@pytest.mark.parametrize("options", [("--fault", "乙", "--fault", "丙"), ("--fault", "乙", "丙")])
def test_faults_in_one_list_fail_together(geojson: Files, options: tuple[str, ...]) -> None:
    traced = geojson.ask("trace", *options)
    assert traced["isolating_devices"] == ["开关1"]
    assert traced["unsupplied_nodes"] == ["丙", "乙", "电源2"]
    assert traced["backfeed_devices"] == []


def test_a_fault_on_a_device_takes_out_all_its_sides(geojson: Files) -> None:
    traced = geojson.ask("trace", "--fault", "开关1")
    assert traced["lost_nodes"] == ["乙", "甲", "电源"]
    assert traced["isolating_devices"] == traced["backfeed_devices"] == []


def test_what_is_out_of_service_is_neither_in_a_segment_nor_rated(tmp_path: Path) -> None:
    nodes, lines = small()
    nodes["in_service"] = nodes["id"] != "丙"
    lines["in_service"] = lines["id"] != "电源—甲"
    files = Files(tmp_path, "gpkg", nodes, lines)
    members = [name for part in files.ask("segments")["segments"] for name in part["nodes"] + part["lines"]]
    assert "丙" not in members
    assert "电源—甲" not in members
    rows = files.ask("criticality")
    assert {"丙", "电源—甲"} & {row["element"] for row in rows} == set()
    assert files.ask("trace")["newly_unsupplied_nodes"] == []
    assert {"甲", "乙"} <= set(files.ask("trace")["unsupplied_nodes"])


@pytest.mark.parametrize("form", FORMATS)
def test_a_random_network_is_answered_as_the_rules_say(tmp_path: Path, form: str) -> None:
    rng = np.random.default_rng(FORMATS.index(form))
    nodes, lines = max((random_network(rng) for _ in range(20)), key=lambda frames: len(frames[0]))
    slow = SlowNetwork(nodes, lines)
    files = Files(tmp_path, form, nodes, lines)
    segments = {frozenset(part["nodes"] + part["lines"]) for part in files.ask("segments")["segments"]}
    assert segments == slow.segments()
    rows = files.ask("criticality")
    assert {row["element"] for row in rows} == {*slow.kind, *slow.ends}
    for row in rows:
        assert row["unsupplied_nodes"] == len(slow.trace([row["element"]]).newly)
    assert rows == sorted(rows, key=lambda row: (-row["unsupplied_weight"], -row["unsupplied_nodes"], row["element"]))
    worst = rows[0]["element"]
    traced, expected = files.ask("trace", "--fault", worst), slow.trace([worst])
    assert traced["isolating_devices"] == sorted(expected.isolating)
    assert traced["newly_unsupplied_nodes"] == sorted(expected.newly)
    assert traced["backfeed_devices"] == sorted(expected.backfeed)
    shuffled = Files(tmp_path, form, *(frame.sample(frac=1, random_state=3) for frame in (nodes, lines)))
    assert shuffled.ask("criticality") == rows


def test_ids_stay_the_text_they_are(tmp_path: Path) -> None:
    ids = {
        "电源": "2024-01-01",
        "甲": "007",
        "开关1": "1e3",
        "乙": "NA",
        "联络": 'a"\\b',
        "丙": "🏥 丙",
        "电源2": "null",
    }
    nodes, lines = small()
    renamed = [nodes.replace({"id": ids}), lines.replace({"from_node": ids, "to_node": ids})]
    for form in FORMATS:
        traced = Files(tmp_path, form, *renamed).ask("trace", "--fault", "2024-01-01")
        assert traced["unsupplied_nodes"] == sorted(["2024-01-01", "007", "NA"])
        assert traced["isolating_devices"] == ["1e3"]
        assert traced["backfeed_devices"] == ['a"\\b']


@pytest.mark.parametrize("form", FORMATS)
def test_whole_numbers_are_ids_too(tmp_path: Path, form: str) -> None:
    nodes, lines = small()
    number = {name: 100 + position for position, name in enumerate(nodes["id"])}
    nodes["id"] = nodes["id"].map(number)
    lines["from_node"], lines["to_node"] = lines["from_node"].map(number), lines["to_node"].map(number).astype(float)
    traced = Files(tmp_path, form, nodes, lines).ask("trace", "--fault", "101")
    assert traced["lost_nodes"] == ["100", "101"]


def test_tables_for_people(geojson: Files) -> None:
    for question, expected in (
        (("segments",), "3 段"),
        (("trace", "--fault", "甲"), "可合上转供 (close to feed back): 1\n    联络"),
        (("criticality",), "开关1"),
    ):
        done = geojson.run(*question)
        assert done.exit_code == 0, done.stderr
        assert expected in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("trace", "--fault", "没有"), ("--fault 没有", "id")),
        (("trace", "--open", "没有"), ("--open 没有", "id")),
        (("trace", "--open", "甲"), ("--open 甲", "switch")),
        (("criticality", "--weight", "人口"), ("节点.geojson", "人口", "户数")),
        (("criticality", "--weight", "kind"), ("节点.geojson", "kind", "source")),
    ],
)
def test_wrong_options_are_named_with_a_remedy(geojson: Files, options: tuple[str, ...], said: tuple[str, ...]) -> None:
    message = refused(geojson.run(*options))
    assert "→" in message
    assert all(part in message for part in said), message


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda nodes, lines: (nodes.drop(columns="kind"), lines), ("kind",)),
        (lambda nodes, lines: (nodes, lines.drop(columns="to_node")), ("to_node", "from_node")),
        (lambda nodes, lines: (pd.concat([nodes, nodes[:1]]), lines), ("id", "电源")),
        (lambda nodes, lines: (nodes, pd.concat([lines, lines[:1]])), ("id", "电源—甲")),
        (lambda nodes, lines: (nodes, lines.replace({"id": {"电源—甲": "甲"}})), ("id", "甲")),
        (lambda nodes, lines: (nodes, lines.replace({"to_node": {"丙": "丁"}})), ("to_node", "丁", "联络—丙")),
        (lambda nodes, lines: (nodes.replace({"id": {"乙": None}}), lines), ("id", "row 4")),
        (lambda nodes, lines: (nodes.assign(in_service="也许"), lines), ("in_service", "也许")),
    ],
)
def test_unusable_files_are_named_with_column_and_remedy(
    tmp_path: Path, form: str, change: Any, said: tuple[str, ...]
) -> None:
    message = refused(Files(tmp_path, form, *change(*small())).run("trace", "--json"))
    assert f".{form}" in message
    assert "→" in message
    assert all(part in message for part in said), message


def test_a_missing_file_and_one_that_holds_no_geodata(geojson: Files, tmp_path: Path) -> None:
    geojson.lines = tmp_path / "没有.geojson"
    assert "没有.geojson" in refused(geojson.run("segments"))
    for name, content in (("坏.geojson", b"{"), ("坏.parquet", b"PAR1 and no more"), ("空.gpkg", b"")):
        geojson.lines = tmp_path / name
        geojson.lines.write_bytes(content)
        message = refused(geojson.run("segments"))
        assert name in message
        assert "GeoPackage" in message


def test_odd_but_usable_files_are_told(tmp_path: Path) -> None:
    nodes, lines = small()
    nodes["kind"] = nodes["kind"].replace({"source": "Quelle"})
    done = Files(tmp_path, "parquet", nodes, lines).run("trace", "--json")
    assert done.exit_code == 0
    assert "Quelle" in done.stderr
    assert "no source" in done.stderr
    assert json.loads(done.stdout)["unsupplied_nodes"] == ["丙", "乙", "甲", "电源", "电源2"]
