"""Levels by name in both languages, and notices of their own where the officer asks for them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.web.warnings.headquarters import DUTY, Headquarters, build_headquarters, fields_of


def test_english_products_name_the_level_in_english(tmp_path: Path) -> None:
    headquarters = build_headquarters(tmp_path, WEBMAP_PUBLIC_WARNINGS="on")
    incident = headquarters.outage()
    suggested = headquarters.post("/suggestions?lang=en", DUTY, {"incident": incident, "level": "general"}).get_json()
    assert suggested["levels"][0]["name"] == "General risk warning"
    warning = headquarters.issued(incident, level="general")
    assert warning["versions"][0]["content"]["texts"]["en"]["预警级别"] == "General risk warning"
    assert (headquarters.read(warning)["level_name"], headquarters.read(warning, query="?lang=en")["level_name"]) == (
        "一般风险预警",
        "General risk warning",
    )
    headlines = re.findall(
        "<headline>(.*?)</headline>", headquarters.product(warning, 1, "cap.xml").get_data(as_text=True)
    )
    assert "一般风险预警" in headlines[0]
    assert "General risk warning" in headlines[1]
    for name in ("sms.txt", "broadcast.txt"):
        told = headquarters.product(warning, 1, name, query="?lang=en").get_data(as_text=True)
        assert "General risk warning" in told
        assert "一般风险预警" not in told
    page = headquarters.house.ask("", "GET", "/warnings?lang=en").get_data(as_text=True)
    assert "General risk warning" in page


def audiences(groups: Any) -> set[str]:
    return {item["key"] for item in groups["recipients"]["groups"]}


def test_the_officer_asks_for_notices_of_their_own(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    usual = headquarters.suggested(incident, level="general")
    asked = headquarters.suggested(incident, level="general", targeted=True)
    assert (usual["content"]["targeted"], asked["content"]["targeted"]) == (False, True)
    assert "vulnerable" not in audiences(usual)
    assert "vulnerable" in audiences(asked)
    rooms = headquarters.house.app.extensions["webmap"].warnings
    for targeted in (False, True):
        warning = headquarters.issued(incident, level="general", targeted=targeted)
        assert warning["versions"][0]["content"]["targeted"] is targeted
        told = rooms.audience.recipients(incident, rooms.register.read(warning["id"]).told)
        assert ("vulnerable" in {item.audience for item in told}) is targeted
    wrong = {**usual["content"], "targeted": "yes"}
    assert fields_of(headquarters.post("", DUTY, {"incident": incident, "content": wrong})) == {"content.targeted"}
