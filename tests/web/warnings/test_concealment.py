"""What who gets of a warning: restricted places, drafts, drills; what everybody may read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import select

from tests.web.warnings.headquarters import (
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    ENERGY,
    HEATING,
    HIDDEN_ID,
    HIDDEN_NAME,
    OWN,
    Headquarters,
    build_headquarters,
    error_of,
    fact,
)
from webmap.accounts.roles import GRANTABLE, RIGHTS, Action, Role
from webmap.storage.tables import WARNING_STEPS

OBSERVER = Role.OBSERVER
#: The ground of the flats, from which the restricted place at 112.87, 35.55 stays out.
AROUND_FLATS = {"kind": "strip", "element": "h-flats", "distance_m": 400}
WHOLE = {"parts": [{"kind": "townships", "codes": [OWN]}]}


def everything_of(headquarters: Headquarters, warning: Any, who: str) -> str:
    """Return all that somebody gets of a warning: document, list, deliveries, products, feed, page."""
    last = warning["versions"][-1]["version"]
    names = ("cap.xml", "notice.html", "sms.txt", "broadcast.txt", "phone.csv", "doors.csv")
    paths = [f"/api/warnings/{warning['id']}/versions/{last}/{name}" for name in names]
    paths += [f"/api/warnings/{warning['id']}", f"/api/warnings/{warning['id']}/deliveries", "/api/warnings"]
    answers = [headquarters.house.ask(who, "GET", path) for path in [*paths, "/feeds/warnings.atom", "/warnings"]]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.get_data(as_text=True) for answer in answers)


def stored_of(headquarters: Headquarters, warning: Any) -> list[str]:
    """Return the steps of a warning as the database has them."""
    with headquarters.house.engine.connect() as connection:
        bodies = connection.execute(
            select(WARNING_STEPS.c.body).where(WARNING_STEPS.c.warning_id == warning["id"])
        ).scalars()
        found = list(bodies)
    assert found
    return found


def test_nothing_that_is_stored_or_sent_names_a_restricted_place(headquarters: Headquarters) -> None:
    """Whoever drafts: the place is inside, and the commander who drafts knows of it."""
    incident = headquarters.outage()
    warning = headquarters.issued(incident, area=WHOLE)
    stored = headquarters.read(warning, COMMANDER)["versions"]
    assert "f-school" in {row["id"] for row in stored[0]["area"]["inside"]["facilities"]}
    texts = [*stored_of(headquarters, warning), json.dumps(stored, ensure_ascii=False)]
    for text in (*texts, everything_of(headquarters, warning, OBSERVER)):
        assert HIDDEN_ID not in text
        assert HIDDEN_NAME not in text
    rooms = headquarters.house.app.extensions["webmap"].warnings
    messages = rooms.register.messages(warning["id"])
    assert all(HIDDEN_NAME not in item.xml.decode() + json.dumps(item.document) for item in messages)


def test_who_drafts_is_told_that_a_restricted_place_is_left_out(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    left = headquarters.area(incident, AROUND_FLATS, who=COMMANDER)
    assert {row["id"]: row["restricted"] for row in left["outside"]}[HIDDEN_ID] is True
    assert "其中 1 个是限制公开的单位，对外文件不会提到" in left["notes"]
    inside = headquarters.area(incident, *WHOLE["parts"], who=COMMANDER)
    assert inside["outside"] == []
    draft = headquarters.drafted(incident, area={"parts": [AROUND_FLATS]})
    for who, told in ((COMMANDER, True), (OBSERVER, False)):
        (version,) = headquarters.read(draft, who)["versions"]
        assert (HIDDEN_ID in {row["id"] for row in version["area"]["outside"]}) is told
        assert (HIDDEN_ID in json.dumps(version)) is told
    assert all(HIDDEN_ID not in text for text in stored_of(headquarters, draft))


def test_the_place_of_a_restricted_site_is_no_part_of_an_area(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    for part in ({"kind": "strip", "element": HIDDEN_ID, "distance_m": 100}, {"kind": "element", "element": HIDDEN_ID}):
        unknown = {**part, "element": "f-none"}
        answers = [
            headquarters.post("/areas", COMMANDER, {"incident": incident, "area": {"parts": [item]}})
            for item in (part, unknown)
        ]
        texts = [answer.get_data(as_text=True) for answer in answers]
        assert texts[0].replace(HIDDEN_ID, "f-none") == texts[1]


def test_customers_of_a_failure_that_must_not_be_named_are_warned(headquarters: Headquarters) -> None:
    """The fault of a restricted place is in the picture; its name and ground are not in what comes of it."""
    incident = headquarters.house.opened(
        fact("fault_located", 10, element=HIDDEN_ID),
        fact("fault_located", 11, element="h-source"),
        plan=HEATING,
        who=COMMANDER,
    )
    made = headquarters.suggested(incident)
    assert made["area"]["inside"]["people"] == 160
    assert HIDDEN_ID not in json.dumps({key: made["area"][key] for key in ("shape", "inside", "sending", "parts")})


@pytest.fixture
def stranger(headquarters: Headquarters) -> str:
    """A duty officer of the other plan."""
    name = "duty.elsewhere"
    return name if name in headquarters.house.tokens else headquarters.house.join(name, DUTY, plan=ENERGY)


def test_what_is_in_preparation_is_nobody_elses_business(headquarters: Headquarters, stranger: str) -> None:
    draft = headquarters.drafted(headquarters.outage())
    for who in (stranger, Role.ADMINISTRATOR):
        answer = headquarters.house.ask(who, "GET", f"/api/warnings/{draft['id']}")
        assert (answer.status_code, error_of(answer)["code"]) == (404, "unknown_warning")
        assert draft["id"] not in {item["id"] for item in headquarters.listed(who=who)}
    for path in ("deliveries", "versions/1/sms.txt"):
        assert headquarters.house.ask(stranger, "GET", f"/api/warnings/{draft['id']}/{path}").status_code == 404
    step = headquarters.post(f"/{draft['id']}/steps", stranger, {"kind": "submitted", "expected": 1})
    assert (step.status_code, error_of(step)["code"]) == (404, "unknown_warning")
    body = {"incident": draft["incident"]["id"], "content": draft["versions"][0]["content"]}
    assert headquarters.post("", stranger, body).status_code == 403


def test_what_was_issued_is_told_in_short_to_who_may_not_read_the_log(
    headquarters: Headquarters, stranger: str
) -> None:
    warning = headquarters.issued(headquarters.outage())
    headquarters.taken(
        warning, "revised", DUTY, content=headquarters.content(warning["incident"]["id"], level="general")
    )
    for who in (stranger, Role.ADMINISTRATOR):
        told = headquarters.read(warning, who)
        assert (told["status"], told["level"], told["townships"]) == ("issued", "large", ["西镇"])
        assert (told["pending"], told["incident"]["id"], told["incident"]["name"]) == (None, "", "")
        assert "versions" not in told
        assert "steps" not in told
        assert told["id"] in {item["id"] for item in headquarters.listed(who=who)}
    lifted = headquarters.taken(headquarters.read(warning), "lifted", DIRECTOR, reason="已恢复")
    assert lifted["id"] not in {item["id"] for item in headquarters.listed(who=stranger)}


def test_a_drill_goes_the_whole_way_and_nothing_of_it_leaves(headquarters: Headquarters, stranger: str) -> None:
    incident = headquarters.outage(drill=True)
    warning = headquarters.issued(incident, channels=["cap_feed", "email", "sms", "phone", "notice", "webhook"])
    identifier = warning["in_force"]["identifier"]
    states = {state for group in headquarters.deliveries(warning)["groups"] for state in group["by_state"]}
    assert states == {"recorded", "no_address"}
    house = headquarters.house
    assert house.ask(OBSERVER, "GET", f"/feeds/warnings/{identifier}.xml").status_code == 404
    assert identifier not in house.ask(OBSERVER, "GET", "/feeds/warnings.atom").get_data(as_text=True)
    assert house.ask(stranger, "GET", f"/api/warnings/{warning['id']}").status_code == 404
    url = warning["versions"][0]["message"]["urls"]["cap"]
    assert url.startswith("/api/")
    told = etree.fromstring(house.ask(DUTY, "GET", url).data)
    assert told.findtext("{*}status") == "Exercise"
    lifted = headquarters.taken(warning, "lifted", DIRECTOR, reason="演练结束")
    assert lifted["status"] == "lifted"


def test_the_feed_tells_what_counts_and_the_messages_are_those_that_went_out(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage())
    house, path = headquarters.house, f"/feeds/warnings/{warning['in_force']['identifier']}.xml"
    feed = house.ask(OBSERVER, "GET", "/feeds/warnings.atom")
    assert (feed.status_code, feed.mimetype) == (200, "application/atom+xml")
    assert f"http://localhost{path}" in feed.get_data(as_text=True)
    answer = house.ask(OBSERVER, "GET", path)
    assert answer.data == house.app.extensions["webmap"].warnings.register.messages(warning["id"])[0].xml
    headers = {"Authorization": f"Bearer {house.tokens[OBSERVER]}", "If-None-Match": answer.headers["ETag"]}
    assert house.app.test_client().get(path, headers=headers).status_code == 304
    assert "西镇" in house.ask(OBSERVER, "GET", "/warnings").get_data(as_text=True)


def test_a_plan_that_was_taken_away_silences_no_warning(
    headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    heating = headquarters.issued(headquarters.outage())
    incident = headquarters.house.opened(fact("fault_located", 10, element="e-bus"), plan=ENERGY)
    energy = headquarters.taken(headquarters.drafted(incident, level="general"), "submitted", DUTY)
    energy = headquarters.taken(energy, "issued", DEPUTY)
    runtime = headquarters.house.app.extensions["webmap"].runtime
    monkeypatch.setattr(runtime, "plans", {key: plan for key, plan in runtime.plans.items() if key != HEATING})
    feed = headquarters.house.ask(OBSERVER, "GET", "/feeds/warnings.atom").get_data(as_text=True)
    assert energy["in_force"]["identifier"] in feed
    assert heating["in_force"]["identifier"] in feed
    assert headquarters.house.ask(OBSERVER, "GET", heating["versions"][0]["message"]["urls"]["cap"]).status_code == 200


def test_an_update_that_ends_sooner_does_not_bring_back_what_it_replaced(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    first = headquarters.issued(incident, expires_at="2026-01-15T08:00:00+08:00")
    content = headquarters.content(incident, expires_at="2026-01-12T12:00:00+08:00")
    warning = headquarters.taken(first, "revised", DUTY, content=content)
    warning = headquarters.taken(headquarters.taken(warning, "submitted", DUTY), "approved", DEPUTY)
    headquarters.taken(warning, "issued", DIRECTOR)
    house = headquarters.house
    house.now = house.now.replace(hour=13)
    feed = house.ask(OBSERVER, "GET", "/feeds/warnings.atom").get_data(as_text=True)
    assert first["in_force"]["identifier"] not in feed
    assert headquarters.read(warning)["status"] == "expired"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    """A headquarters whose warnings are open, and whose picture is not."""
    headquarters = build_headquarters(tmp_path_factory.mktemp("open"), WEBMAP_PUBLIC_WARNINGS="on")
    yield headquarters
    headquarters.house.app.extensions["webmap"].runtime.store.engine.dispose()
    headquarters.house.engine.dispose()


def test_where_the_settings_say_so_everybody_reads_what_was_issued_and_no_more(opened: Headquarters) -> None:
    warning = opened.issued(opened.outage())
    draft = opened.drafted(opened.outage())
    drill = opened.issued(opened.outage(drill=True))
    message = f"/feeds/warnings/{warning['in_force']['identifier']}.xml"
    for path in ("/warnings", "/feeds/warnings.atom", message):
        answer = opened.house.ask("", "GET", path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert [item["id"] for item in opened.listed(who="")] == [warning["id"]]
    for one, status in ((warning, 200), (draft, 404), (drill, 404)):
        assert opened.house.ask("", "GET", f"/api/warnings/{one['id']}").status_code == status
    assert opened.house.ask("", "GET", "/api/catalog").status_code == 401
    assert opened.house.ask("", "GET", f"/api/warnings/{warning['id']}/deliveries").status_code == 401
    assert opened.house.ask("", "GET", f"/api/warnings/{warning['id']}/versions/1/phone.csv").status_code == 401
    assert opened.house.ask("", "POST", "/api/warnings", json={}).status_code == 401


def test_without_the_setting_one_signs_in_first(headquarters: Headquarters) -> None:
    assert headquarters.house.ask("", "GET", "/feeds/warnings.atom").status_code == 401
    assert headquarters.house.ask("", "GET", "/api/warnings").status_code == 401
    page = headquarters.house.ask("", "GET", "/warnings")
    assert (page.status_code, page.headers["Location"]) == (303, "/sign-in?next=/warnings")


@pytest.mark.parametrize("role", GRANTABLE)
def test_every_route_asks_for_the_right_of_its_plan(headquarters: Headquarters, role: Role) -> None:
    """Routes by the right that they need, beside the table of rights; the steps are tried in the story."""
    incident = headquarters.outage()
    warning = headquarters.issued(incident)
    one, message = f"/api/warnings/{warning['id']}", warning["in_force"]["identifier"]
    content = warning["versions"][0]["content"]
    asked: list[tuple[Action, str, str, Any]] = [
        (Action.DRAFT_WARNING, "POST", "/api/warnings/suggestions", {"incident": incident}),
        (Action.DRAFT_WARNING, "POST", "/api/warnings/areas", {"incident": incident, "area": {"parts": []}}),
        (Action.DRAFT_WARNING, "POST", "/api/warnings", {"incident": incident, "content": content}),
        (
            Action.DRAFT_WARNING,
            "POST",
            f"{one}/deliveries/done",
            {"message": message, "channel": "notice", "audience": "public"},
        ),
        (Action.DRAFT_WARNING, "POST", f"{one}/deliveries/retry", {"message": message, "channel": "email"}),
        (Action.SEE_LOG, "GET", f"{one}/deliveries", None),
        (Action.SEE_LOG, "GET", f"{one}/versions/1/phone.csv", None),
        (Action.SEE_WARNINGS, "GET", one, None),
        (Action.SEE_WARNINGS, "GET", "/api/warnings", None),
        (Action.SEE_WARNINGS, "GET", "/feeds/warnings.atom", None),
        (Action.SEE_WARNINGS, "GET", "/warnings", None),
    ]
    for action, method, path, body in asked:
        status = headquarters.house.ask(role, method, path, json=body).status_code
        assert (status in {200, 201}) is (role in RIGHTS[action].roles), (path, status)
        assert status in {200, 201, 403}, path


def test_addresses_are_for_who_works_with_them(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), channels=["cap_feed", "phone"])
    mine = [item for group in headquarters.deliveries(warning)["groups"] for item in group["failures"]]
    assert mine
    assert all(item["recipient"] for item in mine)
    theirs = [item for group in headquarters.deliveries(warning, OBSERVER)["groups"] for item in group["failures"]]
    assert len(theirs) == len(mine)
    assert not any(item["recipient"] or item["address"] for item in theirs)
