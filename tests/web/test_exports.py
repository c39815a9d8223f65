"""Files to take away, read back as a spreadsheet and a GIS program would."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import unquote

import geopandas as gpd
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.network import FORMULA_NAME, switched_off
from webmap.exports.csv_file import csv_file, defused


def export(client: FlaskClient, query: str) -> TestResponse:
    answer = client.post(f"/api/exports/assessments?{query}", json=switched_off())
    assert answer.status_code == 200
    return answer


def rows(answer: TestResponse) -> list[dict[str, str]]:
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def file_name(answer: TestResponse) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])


def test_the_ranking_as_csv(client: FlaskClient) -> None:
    answer = export(client, "format=csv&table=ranking")
    assert file_name(answer) == "示例数据-优先保障次序-城区-20260112-0800.csv"
    table = rows(answer)
    assert [(row["次序"], row["编号"]) for row in table] == [("1", "f-hospital"), ("2", "f-plant"), ("3", "f-school")]
    assert {row["数据性质"] for row in table} == {"示例数据"}
    assert table[0]["状态"] == "靠备用维持"
    assert table[0]["失去供应时间"] == "2026-01-12 12:00"
    assert table[0]["依据条款"] == "4.2.1(6)"
    assert {row["数据版本"] for row in table} == {client.get("/api/catalog").get_json()["data_version"]}


def test_the_table_tells_when_a_place_comes_back(client: FlaskClient) -> None:
    repair = {"element": "e-bus", "at": "2026-01-12T13:00:00+08:00"}
    incident = {**switched_off(), "repairs": [repair]}
    table = rows(client.post("/api/exports/assessments?format=csv&table=facilities", json=incident))
    hospital = next(row for row in table if row["编号"] == "f-hospital")
    assert (hospital["失去供应时间"], hospital["恢复供应时间"]) == ("2026-01-12 12:00", "2026-01-12 13:00")


def test_a_name_that_looks_like_a_formula_stays_text(client: FlaskClient) -> None:
    for table in ("ranking", "facilities"):
        content = export(client, f"format=csv&table={table}").get_data(as_text=True)
        cells = [cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line]
        assert f"'{FORMULA_NAME}" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠x"])
def test_every_start_of_a_formula_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "医院", "4.2.1(6)", "2026-01-12", 0, -1.5, None])
def test_other_cells_are_left_alone(cell: Any) -> None:
    assert defused(cell) == cell


def test_the_townships_add_up_to_the_outage(client: FlaskClient) -> None:
    table = rows(export(client, "format=csv&table=townships"))
    assert sum(int(row["电力停供户数"]) for row in table) == 110
    assert {row["乡镇（街道）"]: row["电力停供占比（%）"] for row in table} == {"东镇": "100.0", "西镇": ""}


def test_headings_and_values_follow_the_language(client: FlaskClient) -> None:
    answer = export(client, "format=csv&table=facilities&lang=en")
    assert file_name(answer) == "SAMPLE DATA-Priority facilities-Chengqu-20260112-0800.csv"
    plant = next(row for row in rows(answer) if row["Identifier"] == "f-plant")
    assert plant["State"] == "On reserve"
    assert plant["Supplies lost"] == "Electricity"
    assert plant["Hours left"] == "2.0"


def test_real_data_is_not_called_a_sample(client: FlaskClient) -> None:
    assessment = client.post("/api/assessments", json=switched_off()).get_json()
    content = csv_file({**assessment, "synthetic": False}, "ranking", "zh").decode("utf-8-sig")
    assert content.startswith("次序,")
    assert "示例" not in content


def test_the_map_as_geojson_opens_in_a_gis(client: FlaskClient) -> None:
    answer = export(client, "format=geojson")
    assert file_name(answer) == "示例数据-态势图-城区-20260112-0800.geojson"
    frame = gpd.read_file(io.BytesIO(answer.get_data()))
    found = {role: sorted(group["id"]) for role, group in frame.groupby("role")}
    assert found["affected_township"] == ["140502001", "140502002"]
    assert found["isolating_device"] == ["e-sw1", "e-sw2"]
    assert found["unsupplied_node"] == ["e-barracks", "e-bus", "e-home", "e-hospital"]
    assert "l-e-bus-e-sw2" in found["dead_line"]
    assert found["facility"] == ["f-hospital", "f-plant", "f-school"]


def test_the_map_tells_its_origin(client: FlaskClient) -> None:
    collection = json.loads(export(client, "format=geojson").get_data())
    assert collection["plan"]["key"] == "energy-chengqu"
    assert collection["at"] == switched_off()["at"]
    assert collection["data_version"] == client.get("/api/catalog").get_json()["data_version"]
    assert collection["synthetic"] is True
    for feature in collection["features"]:
        assert feature["properties"]["synthetic"] is True
        assert feature["properties"]["provenance"] == "synthetic"
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])
    devices = {
        f["properties"]["id"]: f["properties"]["isolates"]
        for f in collection["features"]
        if "isolates" in f["properties"]
    }
    assert devices["e-sw1"] == [{"fault": "e-bus", "order": 1}]


def test_the_normal_state_exports_too(client: FlaskClient) -> None:
    calm = {**switched_off(), "faults": []}
    answer = client.post("/api/exports/assessments?format=geojson", json=calm)
    roles = {feature["properties"]["role"] for feature in json.loads(answer.get_data())["features"]}
    assert roles == {"facility"}
    assert rows(client.post("/api/exports/assessments", json=calm)) == []
