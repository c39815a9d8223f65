"""The API as a client sees it, on both databases."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.catalog import CATALOG
from layers.store import open_store
from tests.web.conftest import settings_for
from tests.web.network import HIDDEN_ID, HOME, small_district, switched_off
from webmap.app import create_app
from webmap.storage.upgrade import upgrade


@pytest.fixture(scope="module", params=["sqlite", "postgis"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    url = request.getfixturevalue("district_url" if request.param == "sqlite" else "district_postgis_url")
    app = create_app(settings_for(url, tmp_path_factory.mktemp("home")))
    yield app
    app.extensions["webmap"].runtime.store.engine.dispose()


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    return served.test_client()


def test_the_catalogue_tells_what_the_page_needs(client: FlaskClient) -> None:
    catalog = client.get("/api/catalog").get_json()
    assert [layer["key"] for layer in catalog["layers"]] == list(CATALOG)
    assert catalog["synthetic"] is True
    assert catalog["bounds"] == [112.7, 35.4, 112.9, 35.6]
    assert catalog["basemap"] is None
    assert {"行政区划", "电力", "重点保障单位"} <= set(catalog["groups"])
    plan = catalog["plans"][0]
    assert (plan["key"], plan["document_number"]) == ("energy-chengqu", "城政办发〔2025〕15号")
    lines = next(layer for layer in catalog["layers"] if layer["key"] == "network_lines")
    counts = {entry["key"]: entry["count"] for entry in lines["legend"]}
    assert counts == {"lines_electricity": 8, "lines_gas": 0, "lines_heat": 2, "lines_water": 0}


@pytest.mark.parametrize("key", list(CATALOG))
def test_a_layer_is_geojson_with_all_columns(client: FlaskClient, key: str) -> None:
    answer = client.get(f"/api/layers/{key}")
    assert answer.mimetype == "application/geo+json"
    collection = json.loads(answer.get_data())
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature["id"] == feature["properties"]["id"]
        assert tuple(feature["properties"]) == CATALOG[key].columns
        assert (feature["geometry"] is None) == (CATALOG[key].geometry is None)


def test_the_vulnerability_map_tells_the_heaviest_first(client: FlaskClient) -> None:
    document = client.get("/api/vulnerability/electricity").get_json()
    assert (document["network"], document["synthetic"], document["demand_unit"]) == ("electricity", True, "kW")
    customers = [row["customers"] for row in document["elements"]]
    assert customers == sorted(customers, reverse=True)
    home = next(row for row in document["elements"] if row["id"] == HOME)
    alone = client.post("/api/assessments", json={**switched_off(), "faults": [{"element": HOME}]}).get_json()
    assert home["customers"] == alone["outages"]["electricity"]["customers"] == 100
    assert client.get("/api/vulnerability/oil").status_code == 404
    assert client.get("/api/vulnerability/gas?plan=nowhere").status_code == 404


def test_values_keep_their_kind(client: FlaskClient) -> None:
    features = client.get("/api/layers/network_nodes").get_json(force=True)["features"]
    home = next(feature for feature in features if feature["id"] == HOME)
    assert home["geometry"] == {"type": "Point", "coordinates": [112.83, 35.5]}
    properties = home["properties"]
    assert (properties["customers"], properties["demand_kw"]) == (100, 400)
    assert properties["normally_open"] is False
    assert properties["demand_m3_per_h"] is None


def test_a_layer_comes_compressed_and_is_not_sent_twice(client: FlaskClient) -> None:
    plain = client.get("/api/layers/network_lines")
    packed = client.get("/api/layers/network_lines", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    tag = packed.headers["ETag"]
    assert client.get("/api/catalog").get_json()["data_version"] in tag
    again = client.get("/api/layers/network_lines", headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get("/api/layers/network_lines", headers={"If-None-Match": 'W/"0-old-public"'}).status_code == 200


def test_an_unknown_layer_is_404_even_with_the_current_tag(client: FlaskClient) -> None:
    tag = client.get("/api/layers/sites").headers["ETag"]
    answer = client.get("/api/layers/dragons", headers={"If-None-Match": tag})
    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == "unknown_layer"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_assessment_keeps_to_its_schema(client: FlaskClient, language: str) -> None:
    schemas = {
        name: client.get(f"/api/schemas/{name}.json").get_json(force=True) for name in ("incident", "assessment")
    }
    jsonschema.validate(switched_off(), schemas["incident"], jsonschema.Draft202012Validator)
    answer = client.post(f"/api/assessments?lang={language}", json=switched_off())
    assert answer.status_code == 200
    jsonschema.validate(answer.get_json(), schemas["assessment"], jsonschema.Draft202012Validator)
    assert answer.get_json()["language"] == language


def test_an_assessment_tells_the_outage_and_its_consequences(client: FlaskClient) -> None:
    assessment = client.post("/api/assessments", json=switched_off()).get_json()
    power = assessment["outages"]["electricity"]
    assert (power["customers"], power["customers_total"], power["customers_share"]) == (110, 110, 1.0)
    assert HOME in power["unsupplied_nodes"]
    states = {row["id"]: (row["state"], row["hours_left"]) for row in assessment["facilities"]}
    # The plant lives on for its 2 hours, and the school loses heat when the plant stops.
    assert states == {"f-hospital": ("on_reserve", 4.0), "f-plant": ("on_reserve", 2.0), "f-school": ("supplied", 2.0)}
    assert assessment["outages"]["heat"]["customers"] == 0
    assert assessment["outages"]["heat"]["at_horizon"]["customers"] == 50
    assert HIDDEN_ID not in json.dumps(assessment)


def test_an_assessment_follows_what_is_being_done(client: FlaskClient) -> None:
    done = {
        "repairs": [{"element": "e-bus", "at": "2026-01-12T13:00:00+08:00"}],
        "placements": [{"facility": "f-plant", "commodity": "electricity", "at": "2026-01-12T09:00:00+08:00"}],
        "operations": [{"device": "e-tie", "action": "close", "at": "2026-01-12T08:30:00+08:00"}],
    }
    assessment = client.post("/api/assessments", json={**switched_off(), **done}).get_json()
    moments = {moment["at"][11:16]: moment for moment in assessment["timeline"]}
    # Home is fed through the tie; the hospital's 4 hours end before the repair; the plant's generator is in time.
    assert moments["08:30"]["customers_out"]["electricity"] == 10
    assert moments["09:00"]["placed"] == ["f-plant"]
    assert moments["12:00"]["new_failures"] == ["f-hospital"]
    assert (moments["13:00"]["repaired"], moments["13:00"]["returned"]) == (["e-bus"], ["f-hospital"])
    assert moments["13:00"]["customers_out"] == {"electricity": 0, "gas": 0, "heat": 0, "water": 0}
    rows = {row["id"]: (row["fails_at"], row["back_at"]) for row in assessment["facilities"]}
    assert rows["f-hospital"] == ("2026-01-12T12:00:00+08:00", "2026-01-12T13:00:00+08:00")
    assert rows["f-plant"] == rows["f-school"] == (None, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"repairs": [{"element": "e-home", "at": "2026-01-12T13:00:00+08:00"}]}, "repairs[0].element"),
        ({"repairs": [{"element": "e-bus", "at": "13:00"}]}, "repairs[0].at"),
        (
            {"placements": [{"facility": "f-0", "commodity": "heat", "at": "2026-01-12T09:00:00+08:00"}]},
            "placements[0].facility",
        ),
        (
            {"operations": [{"device": "e-bus", "action": "close", "at": "2026-01-12T09:00:00+08:00"}]},
            "operations[0].device",
        ),
        (
            {"operations": [{"device": "e-tie", "action": "bend", "at": "2026-01-12T09:00:00+08:00"}]},
            "operations[0].action",
        ),
        ({"closed_roads": ["road-0"]}, "closed_roads[0]"),
    ],
)
def test_what_is_being_done_names_what_there_is(client: FlaskClient, change: dict[str, object], field: str) -> None:
    answer = client.post("/api/assessments", json={**switched_off(), **change})
    assert answer.status_code == 422
    (problem,) = answer.get_json()["error"]["problems"]
    assert problem["field"] == field
    assert problem["message"]
    assert problem["remedy"]


def test_the_language_follows_query_cookie_and_header(client: FlaskClient) -> None:
    def language(path: str = "/api/assessments", **headers: str) -> str:
        found: str = client.post(path, json=switched_off(), headers=headers).get_json()["language"]
        return found

    assert language() == "zh"
    assert language(**{"Accept-Language": "fr, en;q=0.8, zh;q=0.5"}) == "en"
    assert language(**{"Accept-Language": "fr"}) == "zh"
    client.set_cookie("lang", "zh")
    assert language(**{"Accept-Language": "en"}) == "zh"
    assert language("/api/assessments?lang=en") == "en"


def test_a_write_is_seen_by_the_next_request(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.sqlite'}"
    store = open_store(url)
    upgrade(store.engine)
    frames = small_district()
    store.replace(frames, note="first")
    client = create_app(settings_for(url, tmp_path)).test_client()
    before = client.post("/api/assessments", json=switched_off()).get_json()
    tag = client.get("/api/layers/network_nodes").headers["ETag"]

    nodes = frames["network_nodes"].copy()
    nodes.loc[nodes["id"] == HOME, "customers"] = 7
    store.replace({"network_nodes": nodes}, note="second")

    after = client.post("/api/assessments", json=switched_off()).get_json()
    assert before["data_version"] != after["data_version"]
    assert after["outages"]["electricity"]["customers"] == 17
    answer = client.get("/api/layers/network_nodes", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    store.engine.dispose()
    client.application.extensions["webmap"].runtime.store.engine.dispose()


def test_very_many_faults_count_as_a_long_computation(client: FlaskClient) -> None:
    workload = client.application.extensions["webmap"].workload
    many = {**switched_off(), "faults": switched_off()["faults"] * 2_001}
    few = {**many, "faults": many["faults"][:2_000]}

    def ask_meanwhile() -> list[int]:
        return [client.post("/api/assessments", json=asked).status_code for asked in (many, few)]

    assert workload.admit(9, lambda: workload.admit(9, ask_meanwhile)) == [503, 200]
    assert client.post("/api/assessments", json=many).status_code == 200
