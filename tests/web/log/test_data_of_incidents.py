"""Data change while an incident runs: it stays on those it was opened on until an entry says otherwise."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from layers.history import Author, Written
from tests.web.log.house import START, House, after, build_house, error_of, fact
from tests.web.network import HIDDEN_ID, HOME
from tests.web.published import hold_to
from webmap.accounts.roles import Role

BROKEN = fact("fault_located", 1, element="e-bus")


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("data of incidents"))


def store_of(house: House) -> Any:
    return house.app.extensions["webmap"].runtime.store


def rewritten(house: House, key: str, change: Any, note: str = "图纸更新") -> str:
    """Write a layer anew with some of its records changed; returns the new data version."""
    store = store_of(house)
    frame = change(store.read(key).copy())
    return str(store.replace({key: frame}, note, Written(Author("p-1", "规划员"), "import", note)))


def with_customers(count: int) -> Any:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[frame["id"] == HOME, "customers"] = count
        return frame

    return change


def without(element: str) -> Any:
    return lambda frame: frame[~frame["id"].eq(element)]


def customers_out(house: House, version: str = "") -> int:
    body = {"plan": "energy-chengqu", "at": after(10), "faults": [{"element": "e-bus"}]}
    answer = house.ask(Role.DUTY_OFFICER, "POST", f"/api/assessments{version and f'?data={version}'}", json=body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    outages = answer.get_json()["outages"]
    return int(outages["electricity"]["customers"])


def lasting(house: House, incident: str) -> float:
    """The customer hours lost by the bus within the first hour."""
    impact = house.get(f"/api/incidents/{incident}/impact?at={after(61).replace('+', '%2B')}")
    assert impact["data_version"] == impact["impact"]["data_version"]
    return float(impact["impact"]["networks"]["electricity"]["customer_hours"])


def test_figures_stay_those_of_the_data_that_it_was_opened_on(house: House) -> None:
    incident = house.opened(BROKEN)
    first, hours, customers = house.view(incident)["data"]["version"], lasting(house, incident), customers_out(house)
    second = rewritten(house, "network_nodes", with_customers(1_000))
    assert house.view(incident)["data"] == {"version": first, "present": second, "adopted_in": None, "lost": None}
    assert lasting(house, incident) == hours
    assert (customers_out(house), customers_out(house, first)) == (customers + 900, customers)
    later = house.opened(BROKEN)
    assert house.view(later)["data"]["version"] == second
    assert lasting(house, later) > hours


def test_the_incident_goes_on_with_other_data_when_somebody_writes_so(house: House) -> None:
    incident = house.opened(BROKEN)
    before, hours = house.view(incident)["data"]["version"], lasting(house, incident)
    second = rewritten(house, "network_nodes", with_customers(1_000))
    house.written(incident, fact("data_adopted", 5, data_version=second, reason="户数更正"))
    assert house.view(incident)["data"] == {"version": second, "present": second, "adopted_in": 3, "lost": None}
    adopted = lasting(house, incident)
    assert adopted > hours
    # As it was known before, it is counted as it was then.
    known = house.get(f"/api/incidents/{incident}/impact?known=2&at={after(61).replace('+', '%2B')}")
    assert known["impact"]["networks"]["electricity"]["customer_hours"] == hours
    house.written(incident, fact("correction", 6, corrects=3, replacement=None, reason="误用"))
    assert house.view(incident)["data"]["version"] == before
    assert lasting(house, incident) == hours


def test_what_was_taken_out_of_the_data_stays_in_the_incident(house: House) -> None:
    incident = house.opened(fact("fault_located", 1, element=HOME))
    hours = lasting(house, incident)
    rewritten(house, "network_lines", lambda frame: frame[~(frame[["from_node", "to_node"]] == HOME).any(axis=1)])
    rewritten(house, "network_nodes", without(HOME))
    assert lasting(house, incident) == hours > 0
    house.written(incident, fact("repaired", 20, element=HOME))
    changes = house.get(f"/api/incidents/{incident}/data")
    hold_to("incident_data", changes)
    assert changes["gone"] == [{"id": HOME, "name": f"节点 {HOME}"}]
    assert {row["key"]: (row["added"], row["changed"], row["removed"]) for row in changes["layers"]} == {
        "network_nodes": (0, 0, 1),
        "network_lines": (0, 0, 2),
    }
    assert [(one["note"], one["author"]) for one in changes["later"]] == [("图纸更新", "规划员")] * 2
    assert (house.view(incident)["lost"], len(house.view(incident)["document"]["faults"])) == (0, 1)
    house.written(incident, fact("data_adopted", 30, data_version=changes["present"]))
    # What the adopted data do not hold cannot be assessed: it is left out and counted, and the rest goes on.
    view = house.view(incident)
    assert (view["lost"], "faults" in view["document"], "repairs" in view["document"]) == (1, False, False)
    refused = house.write(incident, fact("fault_located", 31, element=HOME))
    assert (refused.status_code, error_of(refused)["code"]) == (422, "invalid_entry")


def test_data_that_cannot_be_read_are_not_adopted(house: House) -> None:
    incident = house.opened()
    refused = house.write(incident, fact("data_adopted", 5, data_version="99-0123456789ab"))
    assert (refused.status_code, error_of(refused)["code"]) == (409, "refused")
    assert "99-0123456789ab" in error_of(refused)["message"]
    assert house.view(incident)["length"] == 1


def test_what_is_restricted_today_is_restricted_in_older_data(house: House) -> None:
    def restricted(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(restricted=frame["restricted"] | frame["id"].eq("f-school"))

    first = store_of(house).data_version()
    rewritten(house, "facilities", restricted)
    for path in ("/api/layers/facilities", f"/api/layers/facilities?data={first}"):
        for who, hidden in ((Role.OBSERVER, {"f-school", HIDDEN_ID}), (Role.DUTY_OFFICER, set())):
            ids = {one["id"] for one in house.get(path, who)["features"]}
            assert {"f-hospital", "f-plant", "f-school", HIDDEN_ID} - ids == hidden, (path, who)
    supplies = house.get(f"/api/layers/supplies?data={first}", Role.OBSERVER)["features"]
    assert {one["properties"]["facility_id"] for one in supplies} == {"f-hospital", "f-plant"}
    # How many restricted records changed is not for those who may not know of them.
    incident = house.opened()
    rewritten(house, "facilities", lambda frame: frame.assign(people=7))
    assert house.get(f"/api/incidents/{incident}/data", Role.OBSERVER)["layers"] == []
    assert [row["key"] for row in house.get(f"/api/incidents/{incident}/data")["layers"]] == ["facilities"]


def test_what_was_restricted_when_it_was_removed_stays_so_in_older_data(house: House) -> None:
    first = store_of(house).data_version()
    school = "f-school"
    rewritten(house, "facilities", lambda frame: frame.assign(restricted=frame["restricted"] | frame["id"].eq(school)))
    rewritten(house, "supplies", lambda frame: frame[frame["facility_id"].ne(school)])
    rewritten(house, "facilities", without(school))
    for who, knows in ((Role.OBSERVER, False), (Role.DUTY_OFFICER, True)):
        ids = {one["id"] for one in house.get(f"/api/layers/facilities?data={first}", who)["features"]}
        assert (school in ids) is knows
        supplies = house.get(f"/api/layers/supplies?data={first}", who)["features"]
        assert (school in {one["properties"]["facility_id"] for one in supplies}) is knows


def test_older_data_are_for_those_who_look_at_logs_or_edit_layers(house: House) -> None:
    first = store_of(house).data_version()
    rewritten(house, "network_nodes", with_customers(7))
    for who, status in ((Role.FIELD, 403), (Role.OBSERVER, 200), (Role.PLANNER, 200)):
        assert house.ask(who, "GET", f"/api/catalog?data={first}").status_code == status, who
        assert house.ask(who, "GET", "/api/catalog").status_code == 200
    assert house.get(f"/api/catalog?data={first}")["data_version"] == first
    unknown = house.ask(Role.OBSERVER, "GET", "/api/layers/sites?data=99-0123456789ab")
    assert unknown.status_code == 404


def test_the_chain_covers_the_data_that_it_was_opened_on(house: House) -> None:
    incident = house.opened(BROKEN)
    journal = house.app.extensions["webmap"].journal
    assert journal.verify(incident)[1] == []
    with house.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE incidents SET data_version = NULL")
    assert [one.what for one in journal.verify(incident)[1]] == ["opening"]


def test_the_live_picture_rests_on_the_data_of_the_incident(house: House) -> None:
    from webmap.live.pictures import Pictures  # noqa: PLC0415

    parts = house.app.extensions["webmap"]
    incident = house.opened(BROKEN)
    first = house.view(incident)["data"]["version"]
    pictures = Pictures(parts.runtime, parts.workload)
    rewritten(house, "network_nodes", with_customers(1_000))
    planned = pictures.plan(parts.logs.look(incident), ("zh", True), START)
    assert planned.data_version == first
