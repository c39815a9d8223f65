"""`webmap sites` as a planner meets it: files in, sites out, no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from click.testing import CliRunner, Result
from shapely import LineString, Point

from webmap.cli import main

DEMANDS = [("北街", 112.80, 35.50, 10.0, 1), ("南街", 112.82, 35.50, 30.0, 2), ("开发区", 112.90, 35.50, 5.0, 2)]
CANDIDATES = [("甲站", 112.80, 35.50, 4.0, 12.0), ("乙站", 112.82, 35.50, 9.0, 100.0)]
MATRIX = "需求点,甲站,乙站\n北街,100,2000\n南街,2000,300\n开发区,,\n"


class Files:
    """Demands and candidates in one of the formats, and a matrix."""

    def __init__(self, folder: Path, form: str, encoding: str = "utf-8") -> None:
        self.folder, self.form, self.encoding = folder, form, encoding
        self.demand = self.write("需求", DEMANDS, ["id", "lon", "lat", "people", "tier"])
        self.candidates = self.write("候选", CANDIDATES, ["id", "lon", "lat", "cost", "capacity"])
        self.matrix = folder / "距离.csv"
        self.matrix.write_text(MATRIX, encoding=encoding)

    def write(self, name: str, rows: list[Any], columns: list[str]) -> Path:
        path = self.folder / f"{name}.{self.form}"
        if self.form == "csv":
            text = "\n".join(",".join(map(str, row)) for row in [columns, *rows])
            path.write_text(text, encoding=self.encoding)
            return path
        facts = {column: [row[at] for row in rows] for at, column in enumerate(columns) if column not in ("lon", "lat")}
        frame = gpd.GeoDataFrame(facts, geometry=[Point(row[1], row[2]) for row in rows], crs=4490)
        if self.form == "parquet":
            frame.to_parquet(path)
        elif self.form == "shp":
            frame.to_crs(4547).to_file(path, encoding="utf-8")
        else:
            frame.to_file(path)
        return path

    def run(self, *options: str) -> Result:
        files = ["--demand", str(self.demand), "--candidates", str(self.candidates)]
        return CliRunner().invoke(main, ["sites", *files, *options])

    def ask(self, *options: str) -> Any:
        done = self.run(*options, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path, "geojson")


@pytest.mark.parametrize("form", ["geojson", "gpkg", "shp", "parquet", "csv"])
def test_every_format_gives_the_same_answer(tmp_path: Path, form: str) -> None:
    found = Files(tmp_path, form).ask("--model", "mclp", "--sites", "1", "--radius", "1000", "--weight", "people")
    assert found["selected"] == ["乙站"]
    assert found["assignment"] == {"南街": "乙站"}
    assert found["objective"] == 30
    assert found["covered_share"] == pytest.approx(30 / 45)
    assert found["uncovered"] == ["北街", "开发区"]
    assert (found["status"], found["gap"], found["unit"], found["straight"]) == ("optimal", 0, "m", True)
    assert "直线" in found["notes"][0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_files_from_excel_are_read(tmp_path: Path, encoding: str) -> None:
    files = Files(tmp_path, "csv", encoding)
    found = files.ask("--model", "mclp", "--sites", "1", "--radius", "100", "--distances", str(files.matrix))
    assert found["assignment"] == {"北街": "甲站"}
    assert found["notes"] == []


def test_the_four_models_with_a_matrix(files: Files) -> None:
    given = ("--distances", str(files.matrix))
    lscp = files.ask("--model", "lscp", "--radius", "2000", *given)
    assert (lscp["status"], lscp["objective"], lscp["uncovered"]) == ("infeasible", None, ["开发区"])
    assert lscp["blocked"] == [{"demand": "开发区", "obstacle": "unreachable"}]
    mclp = files.ask("--model", "mclp", "--radius", "2000", "--sites", "1", "--weight", "people", *given)
    assert mclp["objective"] == 40
    assert [point["sites"] for point in mclp["curve"]] == [0, 1, 2]
    files.demand = files.write("近", DEMANDS[:2], ["id", "lon", "lat", "people", "tier"])
    assert files.ask("--model", "lscp", "--radius", "2000", *given)["objective"] == 1
    pmedian = files.ask("--model", "pmedian", "--sites", "1", "--weight", "people", *given)
    assert (pmedian["objective"], pmedian["selected"]) == (10 * 2000 + 30 * 300, ["乙站"])
    pcenter = files.ask("--model", "pcenter", "--sites", "2", *given)
    assert (pcenter["objective"], pcenter["worst"]) == (300, 300)


def test_existing_sites_stay_and_new_ones_are_counted(files: Files) -> None:
    existing = files.write("现有", [CANDIDATES[1]], ["id", "lon", "lat", "cost", "capacity"])
    found = files.ask("--model", "mclp", "--sites", "0", "--radius", "1000", "--existing", str(existing))
    assert (found["selected"], found["existing"], found["objective"]) == ([], ["乙站"], 1)
    assert any("1 个候选点已是现有供应点" in note for note in found["notes"])


def test_tiers_capacities_and_costs_are_columns(files: Files) -> None:
    given = ("--distances", str(files.matrix), "--model", "mclp", "--sites", "1", "--radius", "1500")
    tiers = files.ask(*given, "--weight", "people", "--tier", "tier")
    assert tiers["selected"] == ["甲站"]
    both = ("--distances", str(files.matrix), "--model", "mclp", "--radius", "2000", "--weight", "people")
    full = files.ask(*both, "--sites", "2", "--capacity", "capacity")
    assert full["assignment"] == {"北街": "甲站", "南街": "乙站"} or full["assignment"] == {
        "北街": "乙站",
        "南街": "乙站",
    }
    cheap = files.ask(*both, "--budget", "5", "--cost", "cost")
    assert cheap["selected"] == ["甲站"]


def test_minutes_by_road_with_a_closed_one(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "道路.geojson"
    line = LineString([(112.80, 35.50), (112.82, 35.50), (112.90, 35.50)])
    gpd.GeoDataFrame({"id": ["r1"], "speed_kph": [60.0]}, geometry=[line], crs=4490).to_file(path)
    given = ("--model", "lscp", "--radius", "8", "--roads", str(path))
    found = files.ask(*given)
    assert (found["unit"], found["straight"], found["selected"]) == ("min", False, ["乙站"])
    closed = files.ask(*given, "--closed", "r1")
    assert closed["blocked"] == [{"demand": "开发区", "obstacle": "unreachable"}]


def test_the_text_says_what_was_found(files: Files) -> None:
    done = files.run("--model", "mclp", "--sites", "1", "--radius", "1000", "--weight", "people")
    assert done.exit_code == 0
    for words in ("最大覆盖", "已证明最优", "乙站（1 处）", "66.7%", "未覆盖 2 处", "站点多一个、少一个", "直线距离"):
        assert words in done.stdout
    done = files.run("--model", "lscp", "--radius", "2000", "--distances", str(files.matrix))
    assert "无解" in done.stdout
    assert "开发区：标准以内没有站点" in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--model", "mclp", "--radius", "5"), "sites"),
        (("--model", "lscp"), "radius"),
        (("--model", "lscp", "--radius", "5", "--weight", "nobody"), "nobody"),
        (("--model", "lscp", "--radius", "5", "--existing", "没有.geojson"), "没有.geojson"),
        (("--model", "lscp", "--radius", "5", "--distances", "没有.csv"), "没有.csv"),
    ],
)
def test_what_is_missing_is_named(files: Files, options: tuple[str, ...], said: str) -> None:
    done = files.run(*options)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_a_wrong_row_is_named(tmp_path: Path) -> None:
    files = Files(tmp_path, "csv")
    files.demand.write_text("id,lon,lat,people\na,112.8,35.5,3\nb,112.8,35.5,-4\n")
    done = files.run("--model", "lscp", "--radius", "5", "--weight", "people")
    assert (done.exit_code, "列 people 第 2 行的值 -4" in done.stderr) == (2, True)
    files.demand.write_text("id,lon,lat\na,640000,3930000\n")
    assert "第 1 行的位置不是经纬度" in files.run("--model", "lscp", "--radius", "5").stderr
    files.demand.write_text("id,lon,lat\na,112.8,35.5\na,112.8,35.5\n")
    assert "列 id 第 2 行的值 'a' 重复" in files.run("--model", "lscp", "--radius", "5").stderr
    files.demand.write_text("id,lon\na,112.8\n")
    assert "没有位置" in files.run("--model", "lscp", "--radius", "5").stderr
    files.matrix.write_text("d,甲站,乙站\na,1,oops\n")
    done = files.run("--model", "lscp", "--radius", "5", "--distances", str(files.matrix))
    assert "第 2 行 'a'、第 3 列 '乙站'" in done.stderr


def test_unknown_weights_are_told(tmp_path: Path) -> None:
    files = Files(tmp_path, "csv")
    files.demand.write_text("id,lon,lat,people\na,112.8,35.5,3\nb,112.8,35.5,\n")
    found = files.ask("--model", "mclp", "--radius", "5", "--sites", "1", "--weight", "people")
    assert any("1 个未知值" in note for note in found["notes"])
    assert found["objective"] == 3
