"""A file from its upload to the data: each step over HTTP, and what each leaves behind."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from tests.web.imports.office import PLAN, PLANNER, ROADS, Office, roads_file
from tests.web.log.house import error_of
from tests.web.published import hold_to
from webmap.access import ROUTE_ROLES
from webmap.accounts.roles import GRANTABLE, Role
from webmap.imports.states import STATES


def test_a_file_becomes_a_version_of_the_data_with_its_author_and_its_digest(office: Office) -> None:
    before = office.version()
    item = office.checked()
    shown = hold_to("import", office.shown(item))
    report = shown["report"]
    assert (report["rows"], report["accepted"], report["rejected"], report["added"]) == (2, 2, 0, 2)
    assert report["bounds"] == pytest.approx([112.80, 35.50, 112.82, 35.51])
    assert [feature["properties"]["name"] for feature in report["preview"]] == ["泽州路", "凤台街"]
    assert office.version() == before, "a check writes nothing"

    assert office.commit(item, note="二季度道路").status_code == 202
    office.worker.work_off()
    done = office.shown(item)
    assert (done["state"], done["committed_version"]) == ("committed", office.version())
    version = office.runtime.store.version(office.version())
    assert (version.kind, version.author_name, version.note) == ("import", "planner同志", "二季度道路")
    assert version.detail["sha256"] == shown["file"]["sha256"]
    stored = office.runtime.store.read("roads").set_index("id")
    assert stored.loc["r-2", "name"] == "凤台街"
    assert "road-1" in stored.index, "what was there stays when a file is merged"


def test_what_is_in_a_file_is_told_and_guessed(office: Office) -> None:
    shown = office.shown(office.inspected(query="?layer=roads"))
    table = shown["source"]["tables"][0]
    assert (shown["state"], shown["source"]["format"], table["rows"]) == ("inspected", "geojson", 2)
    assert table["samples"]["道路名称"] == ["泽州路", "凤台街"]
    assert shown["guess"]["plan"]["layer"] == "roads"
    assert shown["guess"]["plan"]["mapping"]["name"] == "道路名称"
    assert shown["guess"]["because"]["mapping.name"]
    english = office.shown(shown["id"], "?lang=en")["guess"]["because"]["mapping.name"]
    assert english != shown["guess"]["because"]["mapping.name"]


def test_a_second_look_takes_the_table_and_layer_that_were_named(office: Office) -> None:
    item = office.inspected(query="?layer=roads")
    assert office.post(f"/api/imports/{item}/inspect", json={"layer": "coal_routes"}).status_code == 202
    office.worker.work_off()
    assert office.shown(item)["guess"]["plan"]["layer"] == "coal_routes"
    assert error_of(office.post(f"/api/imports/{item}/inspect", json={"layer": "nothing"}))["code"] == "unknown_layer"


def test_rows_with_an_error_are_set_aside_with_their_values_and_reasons(office: Office, tmp_path: Path) -> None:
    wrong = [{**ROADS[0], "编号": "r-3", "道路名称": "=HYPERLINK(1)", "限速": "很快"}, {**ROADS[1], "编号": "r-4"}]
    item = office.checked(content=roads_file(wrong))
    report = office.shown(item)["report"]
    assert (report["accepted"], report["rejected"]) == (1, 1)
    assert [issue["rows"] for issue in report["issues"] if issue["severity"] == "error"] == [[1]]
    table = office.saved(f"/api/imports/{item}/rejected?format=csv")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[0][:3] == ["行号 row", "原因", "reason"]
    assert rows[1][0] == "1"
    assert "速度" in rows[1][1]
    assert "peed" in rows[1][2]
    assert rows[1][rows[0].index("限速")] == "很快"
    assert rows[1][rows[0].index("道路名称")] == "'=HYPERLINK(1)", "no sheet program may take it for a formula"
    (tmp_path / "r.gpkg").write_bytes(office.saved(f"/api/imports/{item}/rejected?format=gpkg"))
    assert pyogrio.read_info(tmp_path / "r.gpkg")["features"] == 1


def test_the_preview_says_what_happens_to_each_record(office: Office) -> None:
    first = office.checked()
    office.commit(first)
    office.worker.work_off()
    changed = [ROADS[0], {**ROADS[1], "限速": 30}, {**ROADS[1], "编号": "r-9"}]
    item = office.checked(content=roads_file(changed))
    found = office.house.get(f"/api/imports/{item}/preview", PLANNER)
    assert {feature["id"]: feature["properties"]["what"] for feature in found["features"]} == {
        "r-1": "same",
        "r-2": "changed",
        "r-9": "added",
    }
    assert found["features"][1]["properties"]["record"]["speed_kph"] == 30.0
    east = office.house.get(f"/api/imports/{item}/preview?bbox=112.815,35,113,36", PLANNER)
    assert {feature["id"] for feature in east["features"]} == {"r-2", "r-9"}
    few = office.house.get(f"/api/imports/{item}/preview?limit=1", PLANNER)
    assert (len(few["features"]), few["total"], few["truncated"]) == (1, 3, True)
    for query in ("bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,1,2,3", "limit=0", "limit=5001"):
        assert office.house.ask(PLANNER, "GET", f"/api/imports/{item}/preview?{query}").status_code == 400


def test_lines_without_nodes_get_them_in_the_same_transaction(office: Office) -> None:
    far = [
        {"编号": "h-1", "line": [[112.90, 35.52], [112.91, 35.52]]},
        {"编号": "h-2", "line": [[112.910001, 35.52], [112.92, 35.52]]},
    ]
    constants = {"name": "热网", "provenance": "surveyed", "source": "热力公司"}
    plan = {
        **{"layer": "network_lines", "table": "道路", "mapping": {"id": "编号"}, "id_from": "column"},
        "constants": {**constants, "network": "heat", "kind": "trunk", "in_service": True},
        **{"datum": "EPSG:4490", "topology": {"tolerance_m": 1.0, "make_nodes": True}},
    }
    item = office.checked(plan, roads_file(far))
    report = office.shown(item)["report"]
    assert report["layers"]["network_nodes"]["added"] == 3
    assert report["changes"]["node_made"] == 3
    assert office.house.get(f"/api/imports/{item}/preview", PLANNER)["changes"]
    office.commit(item)
    office.worker.work_off()
    lines = office.runtime.store.read("network_lines").set_index("id")
    assert lines.loc["h-1", "to_node"] == lines.loc["h-2", "from_node"]
    assert set(lines.loc[["h-1", "h-2"], "from_node"]) <= set(office.runtime.store.read("network_nodes")["id"])


def test_a_plan_that_cannot_be_is_refused_field_by_field(office: Office) -> None:
    item = office.inspected()
    answer = office.post(f"/api/imports/{item}/check", json={"plan": {**PLAN, "mapping": {"nothing": "编号"}}})
    assert answer.status_code == 422
    assert error_of(answer)["code"] == "invalid_import_plan"
    assert any(problem["field"].startswith("mapping") for problem in error_of(answer)["problems"])


def test_a_plan_is_kept_by_name_for_the_next_file(office: Office) -> None:
    item = office.inspected()
    office.post(f"/api/imports/{item}/check", json={"plan": PLAN, "save_as": "交通局道路"})
    kept = office.house.get("/api/import-mappings?layer=roads", PLANNER)["mappings"]
    assert [(one["name"], one["plan"]["mapping"]) for one in kept] == [("交通局道路", PLAN["mapping"])]
    assert office.house.get("/api/import-mappings?layer=sites", PLANNER)["mappings"] == []
    answer = office.house.ask(PLANNER, "PUT", "/api/import-mappings/另一个", json={"layer": "roads", "plan": PLAN})
    assert answer.status_code == 200
    assert office.house.ask(PLANNER, "DELETE", "/api/import-mappings/交通局道路").status_code == 200
    assert [one["name"] for one in office.house.get("/api/import-mappings", PLANNER)["mappings"]] == ["另一个"]
    assert office.house.ask(PLANNER, "DELETE", "/api/import-mappings/交通局道路").status_code == 404


def test_what_an_import_gives_up_is_gone_from_the_disk(office: Office) -> None:
    item = office.checked()
    assert office.left()
    assert office.post(f"/api/imports/{item}/discard").status_code == 200
    assert office.left() == []
    assert error_of(office.commit(item))["rule"] == "state"
    assert office.shown(item)["state"] == "discarded"


def test_nobody_but_who_may_edit_layers_sees_or_does_anything(office: Office) -> None:
    item = office.checked()
    asking = [*((role, 403) for role in GRANTABLE if role is not Role.PLANNER), ("", 401)]
    for (role, status), (method, path, body) in itertools.product(asking, _all_routes(item)):
        answer = office.house.ask(role, method, path, **body)
        assert answer.status_code == status, (role, method, path)
        assert "凤台街" not in answer.get_data(as_text=True)
    assert office.shown(item)["state"] == "checked"


def test_a_planner_of_one_plan_alone_may_not(office: Office) -> None:
    one = office.house.join("half", Role.PLANNER, plan="energy-chengqu")
    assert error_of(office.bring(roads_file(), who=one))["code"] == "forbidden"
    assert office.left() == []


def test_contacts_are_imported_and_shown_to_no_other(office: Office) -> None:
    plan = {
        **{"layer": "contacts", "table": "通讯录", "mapping": {"name": "姓名", "phone": "电话", "person": "姓名"}},
        "constants": {"provenance": "surveyed", "source": "办公室", "restricted": True, "unit": "区应急局"},
    }
    item = office.checked(plan, "姓名,电话\n王工,13800000000\n".encode(), name="通讯录.csv")
    found = office.house.get(f"/api/imports/{item}/preview", PLANNER)
    assert found["features"][0]["properties"]["record"]["phone"] == "13800000000"
    for role in (Role.COMMANDER, Role.OBSERVER, Role.ADMINISTRATOR):
        answer = office.house.ask(role, "GET", f"/api/imports/{item}/preview")
        assert "13800000000" not in answer.get_data(as_text=True)


def test_the_list_says_how_far_each_is_and_what_to_load_first(office: Office) -> None:
    item = office.checked()
    listed = hold_to("imports", office.house.get("/api/imports", PLANNER))
    assert [(one["id"], one["state"]) for one in listed["imports"]] == [(item, "checked")]
    assert listed["imports"][0]["state"] in STATES
    assert listed["limit_bytes"] == 2**20
    assert "townships" not in listed["layers_missing"]
    assert office.house.ask(PLANNER, "GET", "/api/imports/nothing").status_code == 404


def _all_routes(item: str) -> list[tuple[str, str, dict[str, Any]]]:
    assert sum(endpoint.startswith("imports_api.") for endpoint in ROUTE_ROLES) == 13
    done = [
        ("POST", f"/api/imports/{item}/{action}", {"json": {}}) for action in ("inspect", "check", "commit", "cancel")
    ]
    return [
        *done,
        ("POST", f"/api/imports/{item}/discard", {"json": {}}),
        ("POST", "/api/imports", {"data": b"x", "content_type": "application/octet-stream"}),
        ("GET", "/api/imports", {}),
        ("GET", f"/api/imports/{item}", {}),
        ("GET", f"/api/imports/{item}/preview", {}),
        ("GET", f"/api/imports/{item}/rejected", {}),
        ("GET", "/api/import-mappings", {}),
        ("PUT", "/api/import-mappings/x", {"json": {"plan": PLAN}}),
        ("DELETE", "/api/import-mappings/x", {}),
    ]
