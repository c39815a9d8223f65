"""What a person ticked off can be taken back: it is open again, and both acts stay in the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.web.log.house import START
from tests.web.warnings.headquarters import DIRECTOR, DUTY, OWN, Headquarters, fields_of
from webmap.accounts.roles import Role

TOWN = {"parts": [{"kind": "townships", "codes": [OWN], "operation": "plus"}]}


def group(headquarters: Headquarters, warning: Any, channel: str, audience: str) -> Any:
    found = headquarters.deliveries(warning)["groups"]
    return next(item for item in found if (item["channel"], item["audience"]) == (channel, audience))


def ask(headquarters: Headquarters, warning: Any, path: str, of: Any, who: str = DUTY, **more: Any) -> Any:
    which = {name: of[name] for name in ("message", "channel", "audience")}
    return headquarters.post(f"/{warning['id']}/deliveries/{path}", who, {**which, **more})


def test_a_tick_is_taken_back_and_nothing_is_lost(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), area=TOWN, channels=["notice", "doors"])
    before = group(headquarters, warning, "doors", "public")
    assert ask(headquarters, warning, "done", before).status_code == 200
    ticked = group(headquarters, warning, "doors", "public")
    assert (ticked["by_state"], ticked["done"]["by"]) == ({"done": before["total"]}, "duty.officer同志")
    open_before = headquarters.deliveries(warning)["open"]

    headquarters.house.now = START + timedelta(hours=2)
    answer = ask(headquarters, warning, "undo", ticked, DIRECTOR, at=ticked["done"]["at"])
    assert answer.status_code == 200, answer.get_data(as_text=True)
    back = group(headquarters, warning, "doors", "public")
    assert (back["by_state"], back["done"]) == (before["by_state"], None)
    acts = [(act["act"], act["by"]) for act in back["history"]]
    assert acts == [("done", "duty.officer同志"), ("undone", "office.director同志")]
    assert back["history"][0]["at"] < back["history"][1]["at"]
    assert headquarters.deliveries(warning)["open"] == open_before + 1

    assert ask(headquarters, warning, "done", back).status_code == 200
    again = group(headquarters, warning, "doors", "public")
    assert [act["act"] for act in again["done"]["history"]] == ["done", "undone", "done"]


def test_only_the_tick_that_was_seen_is_taken_back(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), area=TOWN, channels=["notice"])
    seen = group(headquarters, warning, "notice", "public")
    assert fields_of(ask(headquarters, warning, "undo", seen, at="2026-01-12T00:00:00Z")) == {"at"}
    ask(headquarters, warning, "done", seen)
    ticked = group(headquarters, warning, "notice", "public")
    at = ticked["done"]["at"]
    assert ask(headquarters, warning, "undo", ticked, at=at).status_code == 200
    assert fields_of(ask(headquarters, warning, "undo", ticked, at=at)) == {"at"}, "once"
    assert group(headquarters, warning, "notice", "public")["by_state"] == {"prepared": 1}


def test_who_was_told_otherwise_is_without_address_again(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), area=TOWN, channels=["email"])
    found = headquarters.deliveries(warning)["groups"]
    without = next(item for item in found if item["by_state"].get("no_address"))
    reasons = sorted(failure["reason"] for failure in without["failures"])
    answer = ask(headquarters, warning, "done", without, by_other_means=True, note="打了电话")
    assert answer.status_code == 200
    ticked = group(headquarters, warning, "email", without["audience"])
    assert ticked["done"]["history"][-1]["note"] == "打了电话"
    ask(headquarters, warning, "undo", ticked, at=ticked["done"]["at"])
    back = group(headquarters, warning, "email", without["audience"])
    assert back["by_state"] == without["by_state"]
    assert sorted(failure["reason"] for failure in back["failures"]) == reasons
    acts = [act["act"] for act in back["failures"][0]["history"]]
    assert acts == ["told_otherwise", "undone"]
    assert back["by_other_means"]


def test_who_may_not_draft_takes_nothing_back(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), area=TOWN, channels=["notice"])
    seen = group(headquarters, warning, "notice", "public")
    assert ask(headquarters, warning, "undo", seen, Role.OBSERVER, at="x").status_code == 403
