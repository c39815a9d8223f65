"""A planner edits: step by step on the server, undone and done again, looked at, written into the data, taken out."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from layers.history import Author, Written
from layers.store import Store
from tests.web.log.house import House, error_of
from tests.web.network import HOME
from tests.web.published import hold_to
from webmap.accounts.roles import Role

DRAFTS = "/api/data-drafts"
MOVE = {"op": "move", "layer": "network_nodes", "id": HOME, "to": [112.831, 35.501]}
RENAME = {"op": "attributes", "layer": "sites", "id": "site-1", "values": {"name": "一号发电车", "capacity": 200}}


def begin(house: House, who: str = Role.PLANNER, **body: Any) -> Any:
    answer = house.ask(who, "POST", DRAFTS, json=body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return hold_to("data_draft", answer.get_json())


def send(house: House, draft: Any, *add: Any, keep: int | None = None, length: int | None = None) -> TestResponse:
    """Add steps to a draft, or move what of them counts."""
    kept = draft["length"] if keep is None else keep
    body = {"revision": draft["revision"], "keep": kept, "add": list(add)}
    body["length"] = kept + len(add) if length is None else length
    return house.ask(Role.PLANNER, "PUT", f"{DRAFTS}/{draft['id']}/operations", json=body)


def saved(house: House, draft: Any, *add: Any, **counts: int) -> Any:
    answer = send(house, draft, *add, **counts)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return hold_to("data_draft", answer.get_json())


def do(house: House, draft: Any, deed: str, **body: Any) -> TestResponse:
    told = {"revision": draft["revision"], **body} if deed in {"commit", "rebase", "undo", "name"} else {}
    return house.ask(Role.PLANNER, "POST", f"{DRAFTS}/{draft['id']}/{deed}", json=told)


def done(house: House, draft: Any, deed: str, **body: Any) -> Any:
    answer = do(house, draft, deed, **body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return hold_to("data_draft", answer.get_json())


def store_of(house: House) -> Store:
    store: Store = house.app.extensions["webmap"].runtime.store
    return store


def test_a_draft_is_kept_after_every_step_and_changes_nothing_yet(house: House) -> None:
    draft = saved(house, begin(house, name="迁改"), MOVE, RENAME)
    assert (draft["length"], draft["total"], draft["revision"]) == (2, 2, 1)
    assert draft["counts"] == {"added": 0, "changed": 4, "removed": 0}
    assert [step["title"] for step in draft["steps"]] == ["移动：节点 e-home", "改属性：发电车（名称、能力）"]
    assert draft["last"] == [{"layer": "sites", "id": "site-1", "name": "发电车"}]
    moved = next(change for change in draft["changes"] if change["id"] == HOME)
    assert (moved["kind"], moved["moved"], moved["fields"]) == ("changed", True, [])
    assert moved["after"] == {"type": "Point", "coordinates": [112.831, 35.501]}
    site = next(change for change in draft["changes"] if change["layer"] == "sites")
    assert {"field": "capacity", "before": None, "after": 200.0} in site["fields"]
    again = house.get(f"{DRAFTS}/{draft['id']}", Role.PLANNER)
    assert again == draft
    assert store_of(house).read("sites")["name"].tolist() == ["发电车"]
    assert hold_to("data_drafts", house.get(DRAFTS, Role.PLANNER))["drafts"][0]["name"] == "迁改"


def test_steps_are_undone_and_done_again_and_a_new_one_replaces_them(house: House) -> None:
    draft = saved(house, begin(house), MOVE, RENAME)
    undone = saved(house, draft, keep=2, length=1)
    assert (undone["length"], undone["total"]) == (1, 2)
    assert {change["layer"] for change in undone["changes"]} == {"network_nodes", "network_lines"}
    again = saved(house, undone, keep=2, length=2)
    assert again["changes"] == draft["changes"]
    other = saved(house, saved(house, again, keep=2, length=0), MOVE)
    assert (other["length"], other["total"]) == (1, 1)


def test_two_windows_do_not_write_over_each_other(house: House) -> None:
    draft = begin(house)
    saved(house, draft, MOVE)
    answer = send(house, draft, RENAME)
    assert answer.status_code == 409
    assert error_of(answer)["rule"] == "draft_changed"
    assert house.get(f"{DRAFTS}/{draft['id']}", Role.PLANNER)["length"] == 1


def test_what_a_form_got_wrong_is_told_beside_its_field_and_nothing_is_kept(house: House) -> None:
    draft = begin(house)
    wrong = {**RENAME, "values": {"name": "", "capacity": -1, "kind": "castle"}}
    answer = send(house, draft, wrong)
    assert answer.status_code == 422
    told = {problem["field"]: problem["message"] for problem in error_of(answer)["problems"]}
    assert told == {
        "name": "“名称”必须填",
        "capacity": "“能力”不能小于 0",
        "kind": "“类型”没有这个选项",
    }
    unreadable = send(house, draft, {"op": "explode"})
    assert (unreadable.status_code, error_of(unreadable)["problems"][0]["code"]) == (422, "unreadable")
    assert house.get(f"{DRAFTS}/{draft['id']}", Role.PLANNER)["total"] == 0


def test_a_record_as_it_stands_in_a_draft_with_those_that_use_it(house: House) -> None:
    draft = saved(house, begin(house), MOVE)
    record = hold_to("data_record", house.get(_record(draft, HOME), Role.PLANNER))
    assert record["geometry"]["coordinates"] == [112.831, 35.501]
    assert {user["id"] for user in record["users"]} == {"l-e-sw2-e-home", "l-e-home-e-tie"}
    removed = saved(house, draft, {"op": "remove", "layer": "network_nodes", "id": HOME, "together": True})
    gone = house.ask(Role.PLANNER, "GET", _record(removed, HOME))
    assert (gone.status_code, error_of(gone)["problems"][0]["code"]) == (422, "unknown_record")


def _record(draft: Any, identifier: str) -> str:
    return f"{DRAFTS}/{draft['id']}/record?layer=network_nodes&id={identifier}"


def test_a_review_tells_what_the_edit_does_to_the_network(house: House) -> None:
    line = {"op": "remove", "layer": "network_lines", "id": "l-h-valve-h-flats"}
    draft = saved(house, begin(house), line)
    assert (draft["problems"], draft["reviewed"]) == ([], False)
    review = done(house, draft, "review")
    assert review["reviewed"]
    told = {(problem["code"], problem["id"], problem["severity"]) for problem in review["problems"]}
    assert ("unsupplied", "h-flats", "warning") in told
    assert all(problem["place"] for problem in review["problems"] if problem["code"] == "unsupplied")


def test_a_draft_is_committed_in_one_version_and_taken_out_again(house: House) -> None:
    before = store_of(house).data_version()
    draft = saved(house, begin(house), MOVE, RENAME)
    committed = done(house, draft, "commit", note=" 现场\x00核对 ")
    assert (committed["state"], committed["may"]) == ("committed", ["undo"])
    (version, *_) = store_of(house).history()
    assert version.version == committed["committed_version"]
    assert (version.kind, version.note) == ("edit", "现场核对")
    lines = house.get("/api/layers/network_lines", Role.PLANNER)["features"]
    line = next(one for one in lines if one["id"] == "l-e-sw2-e-home")
    assert line["geometry"]["coordinates"][-1] == [112.831, 35.501]
    undone = done(house, committed, "undo")
    assert (undone["state"], undone["length"], undone["clashes"]) == ("open", 2, [])
    assert store_of(house).compare(before, store_of(house).data_version()) == {}
    assert done(house, undone, "commit")["state"] == "committed"


def test_nothing_is_committed_twice(house: House) -> None:
    draft = saved(house, begin(house), RENAME)
    done(house, draft, "commit")
    again = do(house, draft, "commit")
    assert (again.status_code, error_of(again)["rule"]) == (409, "not_open")
    empty = do(house, begin(house), "commit")
    assert (empty.status_code, error_of(empty)["rule"]) == (409, "nothing_changed")


def test_what_others_changed_meanwhile_is_named_and_the_draft_is_kept(house: House) -> None:
    draft = saved(house, begin(house), RENAME, MOVE)
    sites = store_of(house).read("sites")
    sites["name"] = "别人起的名"
    store_of(house).replace({"sites": sites}, "another", Written(Author(None, "another"), "load"))
    stale = house.get(f"{DRAFTS}/{draft['id']}", Role.PLANNER)
    assert [clash["name"] for clash in stale["clashes"]] == ["别人起的名"]
    refused = do(house, stale, "commit")
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "data_changed")
    assert error_of(refused)["records"] == ["别人起的名"]
    taken = done(house, stale, "rebase")
    assert (taken["clashes"], taken["length"]) == ([], 2)
    site = next(change for change in taken["changes"] if change["layer"] == "sites")
    assert {"field": "name", "before": "别人起的名", "after": "一号发电车"} in site["fields"]
    assert done(house, taken, "commit")["state"] == "committed"


def test_what_others_changed_elsewhere_does_not_matter(house: House) -> None:
    draft = saved(house, begin(house), RENAME)
    roads = store_of(house).read("roads")
    roads["name"] = "新路名"
    store_of(house).replace({"roads": roads}, "another")
    assert done(house, house.get(f"{DRAFTS}/{draft['id']}", Role.PLANNER), "commit")["state"] == "committed"
    assert store_of(house).read("roads")["name"].tolist() == ["新路名"]


def test_steps_that_no_longer_apply_are_named_and_can_be_taken_out(house: House) -> None:
    draft = saved(house, begin(house), RENAME, MOVE)
    store_of(house).replace({"sites": store_of(house).read("sites").iloc[:0]}, "another")
    stale = house.get(f"{DRAFTS}/{draft['id']}", Role.PLANNER)
    assert [(problem["code"], problem["operation"]) for problem in stale["problems"]] == [("unknown_record", 0)]
    refused = do(house, stale, "rebase")
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "does_not_apply")
    without = saved(house, stale, MOVE, keep=0)
    assert (without["problems"], without["clashes"]) == ([], [])
    assert done(house, without, "commit")["state"] == "committed"


def test_an_edit_that_was_edited_since_is_not_undone_alone(house: House) -> None:
    committed = done(house, saved(house, begin(house), RENAME), "commit")
    other = saved(house, begin(house), {**RENAME, "values": {"name": "二号"}})
    done(house, other, "commit")
    refused = do(house, committed, "undo")
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "changed_since")
    assert error_of(refused)["records"] == ["一号发电车"]


def test_a_discarded_draft_comes_back(house: House) -> None:
    draft = saved(house, begin(house), RENAME)
    discarded = done(house, draft, "discard")
    assert (discarded["state"], discarded["changes"], len(discarded["steps"])) == ("discarded", [], 1)
    assert error_of(send(house, discarded, MOVE))["rule"] == "not_open"
    back = done(house, discarded, "take_back")
    assert (back["state"], back["changes"]) == ("open", draft["changes"])


def test_a_draft_is_its_persons_own_and_editing_a_planners_right(house: House) -> None:
    draft = begin(house)
    house.join("other.planner", Role.PLANNER)
    answer = house.ask("other.planner", "GET", f"{DRAFTS}/{draft['id']}")
    assert (answer.status_code, error_of(answer)["code"]) == (404, "unknown_draft")
    assert house.get(DRAFTS, "other.planner")["drafts"] == []
    for who in (Role.OBSERVER, Role.DUTY_OFFICER, Role.COMMANDER, Role.ADMINISTRATOR):
        assert house.ask(who, "GET", DRAFTS).status_code == 403
        assert house.ask(who, "POST", DRAFTS, json={}).status_code == 403
    house.join("planner.of.one.plan", Role.PLANNER, plan="energy-chengqu")
    assert house.ask("planner.of.one.plan", "POST", DRAFTS, json={}).status_code == 403


def test_an_empty_draft_is_taken_up_again_and_names_differ(house: House) -> None:
    first = begin(house)
    assert begin(house)["id"] == first["id"]
    assert begin(house, name="另一份")["id"] != first["id"]
    saved(house, first, RENAME)
    saved(house, next(one for one in house.get(DRAFTS, Role.PLANNER)["drafts"] if one["name"] == "另一份"), MOVE)
    assert begin(house)["name"] == first["name"] + " 2"


def test_a_draft_is_renamed(house: House) -> None:
    assert done(house, begin(house), "name", name="北街迁改")["name"] == "北街迁改"
