"""What is to be seen before a warning is issued or lifted: to how many it goes, and who is still out."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from shapely.geometry import box, mapping

from tests.web.log.house import START
from tests.web.warnings.headquarters import DEPUTY, DIRECTOR, DUTY, ENERGY, OTHER, OWN, Headquarters, fact
from webmap.accounts.roles import Role

TOWN = {"parts": [{"kind": "townships", "codes": [OWN], "operation": "plus"}]}
SQUARE = {"kind": "drawn", "geometry": mapping(box(112.85, 35.45, 112.86, 35.46)), "operation": "plus"}
EVERY = ["email", "sms", "phone", "notice", "doors"]


def test_the_channels_tell_what_the_deliveries_will_be(headquarters: Headquarters) -> None:
    incident = headquarters.outage(drill=True)
    warning = headquarters.taken(headquarters.drafted(incident, area=TOWN, channels=EVERY), "submitted", DUTY)
    warning = headquarters.taken(warning, "approved", DEPUTY)
    told = headquarters.briefing(warning, DIRECTOR)
    assert (told["length"], told["issuing"]["version"], told["lifting"]) == (warning["length"], 1, None)
    promised = {row["key"]: row["recipients"] + row["without_address"] for row in told["issuing"]["channels"]}
    assert set(promised) == {*EVERY, "cap_feed"}
    issued = headquarters.taken(warning, "issued", DIRECTOR)
    made: Counter[str] = Counter()
    for group in headquarters.deliveries(issued)["groups"]:
        made[group["channel"]] += group["total"]
    assert dict(made) == promised


def test_an_update_goes_to_those_too_who_were_warned_before(headquarters: Headquarters) -> None:
    incident = headquarters.outage(drill=True)
    warning = headquarters.issued(incident, area=TOWN, channels=EVERY)
    content = headquarters.content(incident, area={"parts": [SQUARE]}, channels=["notice"])
    update = headquarters.taken(warning, "revised", DUTY, content=content)
    told = headquarters.briefing(update)["issuing"]["channels"]
    promised = {row["key"]: row["recipients"] + row["without_address"] for row in told}
    update = headquarters.taken(headquarters.taken(update, "submitted", DUTY), "approved", DEPUTY)
    updated = headquarters.taken(update, "issued", DIRECTOR)
    made: Counter[str] = Counter()
    for group in headquarters.deliveries(updated)["groups"]:
        made[group["channel"]] += 0 if group["superseded"] else group["total"]
    assert {key: count for key, count in made.items() if count} == promised
    assert "doors" in promised, "who was called at is called at again"


def test_a_channel_that_is_not_set_up_says_so(headquarters: Headquarters) -> None:
    warning = headquarters.drafted(headquarters.outage(), area=TOWN, channels=["email", "notice"])
    told = {row["key"]: row["why_not"] for row in headquarters.briefing(warning)["issuing"]["channels"]}
    assert told["email"] == "本系统没有设置这个渠道，不会发出"
    assert told["notice"] is None


def test_what_is_in_force_there_already_is_seen_at_issuing(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    first = headquarters.issued(incident, area=TOWN)
    second = headquarters.drafted(incident, area=TOWN)
    rows = headquarters.briefing(second)["issuing"]["already_warned"]
    assert first["id"] in [row["warning"] for row in rows]


def test_lifting_tells_who_is_still_out(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    warning = headquarters.issued(incident)
    out = headquarters.briefing(warning, DIRECTOR)["lifting"]
    assert (out["known"], out["townships"]) == (True, ["西镇"])
    assert out["networks"][0]["network"] == "heat"
    assert "仍有 1 个镇（街道）停供：西镇" in out["said"]
    english = headquarters.briefing(warning, query="?lang=en")["lifting"]["said"]
    assert english.startswith("By the incident log there is still no supply at ")

    headquarters.house.now = START + timedelta(hours=3)
    headquarters.house.written(incident, fact("repaired", 120, element="h-source"))
    over = headquarters.briefing(warning)["lifting"]
    assert (over["known"], over["townships"], over["networks"]) == (True, [], [])
    assert over["said"].endswith("泽州县没有停供")
    lifted = headquarters.taken(warning, "lifted", DIRECTOR, reason="已恢复供热")
    assert headquarters.briefing(lifted)["lifting"] is None


def test_what_is_out_in_other_counties_is_said_beside(headquarters: Headquarters) -> None:
    """东镇 of 城区 loses power, which heating's warnings are not about; the energy plan of 城区 warns of it."""
    incident = headquarters.house.opened(fact("fault_located", 10, element="e-bus"), plan=ENERGY)
    draft = headquarters.drafted(incident, level="general", area={"parts": [{"kind": "townships", "codes": [OTHER]}]})
    warning = headquarters.taken(headquarters.taken(draft, "submitted", DUTY), "issued", DEPUTY)
    out = headquarters.briefing(warning, DEPUTY)["lifting"]
    assert out["townships"] == ["东镇"]
    heat = headquarters.issued(headquarters.outage("e-bus"), area=TOWN)
    there = headquarters.briefing(heat, DIRECTOR)["lifting"]
    assert there["townships"] == [], "the heat lasts two hours longer"
    assert "外县" not in there["said"], "power is no matter of this plan's warnings"


def test_who_only_reads_the_log_gets_no_briefing(headquarters: Headquarters) -> None:
    warning = headquarters.drafted(headquarters.outage())
    answer = headquarters.house.ask(Role.OBSERVER, "GET", f"/api/warnings/{warning['id']}/briefing")
    assert answer.status_code == 403
