"""The picture of the present: what anybody would get who asked, computed once for all, and only when it changes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from layers.store import open_store
from tests.web.live.listener import Listener, Room
from tests.web.log.house import START, House, after, district, fact
from tests.web.network import HIDDEN_ID
from webmap.accounts.roles import Role
from webmap.api.incidents import assess_document
from webmap.live import pictures
from webmap.live.picture_documents import present_documents

AREA = {"type": "Polygon", "coordinates": [[[112.7, 35.4], [113.0, 35.4], [113.0, 35.7], [112.7, 35.7], [112.7, 35.4]]]}


def assessed(house: House, document: dict[str, Any], who: str = Role.DUTY_OFFICER, language: str = "zh") -> Any:
    answer = house.ask(who, "POST", f"/api/assessments?lang={language}", json=document)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def _has_picture_of(listener: Listener, length: int) -> bool:
    return bool(listener.of("picture")[-1]["length"] == length)


def later_picture(house: House, listener: Listener, incident: str, *facts: dict[str, Any]) -> Any:
    """Write facts and return the picture that takes them in."""
    length = house.written(incident, *facts)["length"]
    listener.wait_for(lambda: any(data["length"] >= length for data in listener.of("picture")))
    return listener.of("picture")[-1]


@pytest.mark.parametrize("who", [Role.OBSERVER, Role.DUTY_OFFICER])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_the_assessment_of_the_start_and_of_the_present(
    house: House, room: Room, who: Role, language: str
) -> None:
    incident = house.opened(
        fact("fault_located", 1, element="e-bus"),
        fact("fault_located", 2, element=HIDDEN_ID),
        fact("unit_placed", 20, facility="f-hospital", commodity="electricity", unit="site-1"),
        fact("repaired", 40, element="e-bus"),
        fact("road_closed", 50, road="road-1", closed=True),
    )
    picture = room.listen(incident, f"?lang={language}", who=who).await_of("picture")
    assert (picture["length"], picture["failure"], picture["hours"]) == (6, None, 1.0)
    assert (picture["base_document"]["at"], picture["at"]) == (after(0), after(60))
    assert picture["base_document"]["horizon_hours"] == 73
    told = house.view(incident, who=who)["document"]
    document = picture["document"]
    assert {**told, "horizon_hours": 73} == document
    assert picture["base"] == assessed(house, picture["base_document"], who, language)
    assert picture["assessment"] == assessed(house, document, who, language)
    assert (HIDDEN_ID in str(picture)) is (who is Role.DUTY_OFFICER)


def test_an_area_with_its_networks_is_in_it(house: House, room: Room) -> None:
    incident = house.opened(fact("area_drawn", 5, area=AREA, networks=["electricity", "gas"]))
    picture = room.listen(incident).await_of("picture")
    document = picture["document"]
    assert (document["area_at"], document["networks"]) == (after(5), ["electricity", "gas"])
    assert document["faults"] == []
    assert picture["assessment"] == assessed(house, document)


def test_nothing_is_assessed_while_nothing_is_marked(house: House, room: Room) -> None:
    listener = room.listen(incident := house.opened())
    picture = listener.await_of("picture")
    assert (picture["base"], picture["assessment"], picture["failure"]) == (None, None, None)
    picture = later_picture(house, listener, incident, fact("fault_located", 1, element="e-bus"))
    assert picture["assessment"]["outages"]["electricity"]["customers"] > 0


def test_a_fault_that_comes_later_is_not_in_the_start(house: House, room: Room) -> None:
    picture = room.listen(house.opened(fact("fault_located", 30, element="e-bus"))).await_of("picture")
    assert picture["base"]["outages"]["electricity"]["customers"] == 0
    assert picture["assessment"]["outages"]["electricity"]["customers"] > 0


def test_what_goes_on_for_weeks_is_looked_at_from_so_late_that_days_ahead_can_be_seen(house: House, room: Room) -> None:
    house.now = START + timedelta(days=40)
    picture = room.listen(house.opened(fact("fault_located", 1, element="e-bus"))).await_of("picture")
    assert (picture["hours"], picture["base_document"]["horizon_hours"]) == (648.0, 720)
    assert picture["base_document"]["faults"] == [{"element": "e-bus", "at": after(1)}]


def test_what_does_not_change_the_picture_makes_no_new_one(house: House, room: Room) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"))
    listener = room.listen(incident)
    listener.await_of("picture")
    house.written(incident, fact("note", 3, text="雪还在下"))
    listener.await_entry(3)
    picture = later_picture(house, listener, incident, fact("fault_located", 5, element="h-flats"))
    assert [data["length"] for data in listener.of("picture")] == [2, 4]
    assert picture == listener.of("picture")[-1]


def test_the_present_of_a_drill_goes_on_with_what_happens_in_it(house: House, room: Room) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"), drill=True)
    listener = room.listen(incident)
    assert listener.await_of("picture")["at"] == after(1)
    picture = later_picture(house, listener, incident, fact("note", 30, text="演练继续"))
    assert (picture["at"], picture["assessment"]) == (after(30), assessed(house, picture["document"]))


def test_it_is_computed_once_for_all_who_see_the_same(
    house: House, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[tuple[str, bool]] = []

    def counted(*given: Any, **named: Any) -> Any:
        computed.append((given[3], named["restricted"]))
        return assess_document(*given[:4], restricted=named["restricted"])

    monkeypatch.setattr(pictures, "assess_bounded", counted)
    # A moment that no other test has: what was computed is kept.
    incident = house.opened(fact("fault_located", 7, element="e-bus"))
    people = [Role.OBSERVER, Role.DUTY_OFFICER, Role.COMMANDER, Role.PLANNER]
    listeners = [room.listen(incident, who=who) for who in people for _ in range(2)]
    for listener in listeners:
        listener.await_of("picture")
    # Start and present; of the four the observer alone may not see restricted places.
    assert sorted(computed) == [("zh", False)] * 2 + [("zh", True)] * 2
    for listener in listeners:
        if listener is listeners[0]:
            later_picture(house, listener, incident, fact("fault_located", 8, element="h-flats"))
        listener.wait_for(partial(_has_picture_of, listener, 3))
    assert len(computed) == 8


def test_a_figure_that_is_refused_is_left_out_and_told(house: House, room: Room) -> None:
    incident = house.opened(fact("fault_located", 1, element="e-bus"))
    listener = room.listen(incident)
    listener.await_of("picture")

    def with_wrong_figure(*given: Any) -> Any:
        found = present_documents(*given)
        for one in (found.base, found.document):
            one["figures"] = {"no_such_figure": 3}
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pictures, "present_documents", with_wrong_figure)
        picture = later_picture(house, listener, incident, fact("fault_located", 5, element="h-flats"))
    assert [problem["field"] for problem in picture["failure"]["error"]["problems"]] == ["figures.no_such_figure"]
    assert picture["assessment"]["outages"]["electricity"]["customers"] > 0


def test_new_data_make_a_new_picture_and_what_is_gone_from_them_is_told(house: House, room: Room) -> None:
    incident = house.opened(
        fact("fault_located", 1, element="e-bus"),
        fact("unit_placed", 3, facility="f-hospital", commodity="electricity"),
        fact("crew_sent", 4, crew="一队", element="h-flats"),
    )
    listener = room.listen(incident)
    before = listener.await_of("picture")
    assert not [one for one in before["assessment"]["assumptions"] if one["code"] == "gone"]
    frames = district()
    frames["supplies"] = frames["supplies"][frames["supplies"]["facility_id"] != "f-hospital"]
    frames["facilities"] = frames["facilities"][frames["facilities"]["id"] != "f-hospital"]
    store = open_store(house.engine.url.render_as_string(hide_password=False))
    try:
        present = store.replace(frames, note="without the hospital")
        # Nobody adopted them yet: the picture stays, and pages are told to ask which data there are.
        assert listener.await_of("nudge") == {"what": "data"}
        house.written(incident, fact("data_adopted", 5, data_version=present))
        picture = listener.await_of("picture", 2)
    finally:
        store.replace(district(), note="small district")
        store.engine.dispose()
    assert picture["data_version"] == present != before["data_version"]
    assert "placements" not in picture["document"]
    [told] = [one["text"] for one in picture["assessment"]["assumptions"] if one["code"] == "gone"]
    assert "f-hospital" in told
