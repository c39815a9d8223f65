"""Who works with the data sees who changed what, what is different, and goes back; others do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from layers.changes import LayerChange
from layers.history import Author, Written
from layers.store import Store
from tests.web.log.house import House, build_house, error_of
from tests.web.network import HIDDEN_ID
from tests.web.published import hold_to
from webmap.accounts.roles import GRANTABLE, Role

VERSIONS = "/api/data-versions"
_READERS = {
    Role.OBSERVER,
    Role.PLANNER,
    Role.DUTY_OFFICER,
    Role.OFFICE_DIRECTOR,
    Role.DEPUTY_COMMANDER,
    Role.COMMANDER,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = build_house(Path(tmp_path_factory.mktemp("versions")))
    yield house
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture(scope="module")
def store(house: House) -> Store:
    """The store after somebody imported other names of the places, the hidden one among them."""
    store: Store = house.app.extensions["webmap"].runtime.store
    facilities = store.read("facilities")
    said = Written(Author("p", "王"), "import", "改名", {"file": "单位.csv", "rows": len(facilities)})
    store.change({"facilities": LayerChange(facilities.assign(name="新名"))}, said, base=None)
    return store


def listed(house: House, query: str = "", who: str = Role.PLANNER) -> Any:
    return hold_to("data_versions", house.get(f"{VERSIONS}{query}", who))


def test_the_history_is_told_page_by_page_without_ids_of_people(house: House, store: Store) -> None:
    document = listed(house)
    latest, first = document["versions"]
    assert (latest["author_name"], latest["kind"], latest["note"]) == ("王", "import", "改名")
    assert latest["changes"]["facilities"]["changed"] == latest["detail"]["rows"] > 0
    assert (first["author_name"], first["kind"], document["more"]) == (None, "load", False)
    assert listed(house, "?limit=1") == {"versions": [latest], "more": True}
    assert listed(house, f"?limit=1&before={latest['sequence']}") == {"versions": [first], "more": False}
    assert "author_id" not in latest
    for query in ("?limit=0", "?limit=201", "?limit=x", "?before=-1", "?before=1e3"):
        answer = house.ask(Role.PLANNER, "GET", f"{VERSIONS}{query}")
        assert (answer.status_code, error_of(answer)["code"]) == (400, "invalid_query"), query


def test_who_may_not_see_restricted_places_is_told_how_many_and_not_which(house: House, store: Store) -> None:
    latest, first = (one["version"] for one in listed(house)["versions"][:2])
    address = f"{VERSIONS}/{first}/compare?with={latest}"
    seen = hold_to("data_comparison", house.get(address, Role.PLANNER))
    assert (seen["from"], seen["to"], list(seen["layers"])) == (first, latest, ["facilities"])
    assert HIDDEN_ID in seen["layers"]["facilities"]["ids"]["changed"]
    told = hold_to("data_comparison", house.get(address, Role.OBSERVER))
    assert told["layers"]["facilities"]["changed"] == seen["layers"]["facilities"]["changed"]
    assert told["layers"]["facilities"]["ids"] == {"added": [], "changed": [], "removed": []}


def test_who_may_read_and_who_may_go_back(house: House, store: Store) -> None:
    latest, first = (one["version"] for one in listed(house)["versions"][:2])
    for role in GRANTABLE:
        allowed = role in _READERS
        for address in (VERSIONS, f"{VERSIONS}/{first}/compare?with={latest}"):
            assert house.ask(role, "GET", address).status_code == (200 if allowed else 403), role
        if role is not Role.PLANNER:
            answer = house.ask(role, "POST", f"{VERSIONS}/{first}/restore", json={})
            assert (answer.status_code, error_of(answer)["code"]) == (403, "forbidden"), role
    assert house.ask("", "GET", VERSIONS).status_code == 401
    # Layers are everybody's: who plans for one plan alone does not write them.
    one_plan = house.join("planner.for.one", Role.PLANNER, plan="energy-chengqu")
    assert house.ask(one_plan, "GET", VERSIONS).status_code == 200
    assert house.ask(one_plan, "POST", f"{VERSIONS}/{first}/restore", json={}).status_code == 403
    assert store.data_version() == latest


def test_going_back_makes_a_version_and_the_page_shows_the_old_names(house: House, store: Store) -> None:
    latest, first = (one["version"] for one in listed(house)["versions"][:2])
    names = set(store.read_at(first, ["facilities"])["facilities"]["name"])
    restore = f"{VERSIONS}/{first}/restore"
    for body, status, code in (
        ({"base": first}, 409, "data_changed"),
        ({"note": 5}, 422, None),
        ({"other": 1}, 422, None),
    ):
        answer = house.ask(Role.PLANNER, "POST", restore, json=body)
        assert answer.status_code == status
        assert code is None or error_of(answer)["code"] == code
    for unknown in ("nonsense", f"9{first}"):
        answer = house.ask(Role.PLANNER, "POST", f"{VERSIONS}/{unknown}/restore", json={})
        assert (answer.status_code, error_of(answer)["code"]) == (404, "unknown_version")
    answer = house.ask(Role.PLANNER, "POST", restore, json={"note": "文件不对", "base": latest})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    made = hold_to("data_restored", answer.get_json())["version"]
    assert (made["kind"], made["note"], made["detail"]) == ("undo", "文件不对", {"restored": first})
    assert made["author_name"] == house.accounts.people.named("planner").display_name
    shown = house.get("/api/layers/facilities", Role.PLANNER)["features"]
    assert {one["properties"]["name"] for one in shown} == names
    again = house.ask(Role.PLANNER, "POST", restore, json={})
    assert (again.status_code, error_of(again)["code"]) == (409, "nothing_to_restore")
