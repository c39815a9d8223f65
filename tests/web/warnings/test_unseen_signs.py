"""Texts that nobody can see or no message can carry, and drafts that make no message: refused, never an error."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from lxml import etree

from tests.web.log.house import START
from tests.web.warnings.headquarters import DIRECTOR, DUTY, Headquarters, after, error_of, fact, fields_of

ITEM = "应采取的措施"


def with_text(headquarters: Headquarters, incident: str, text: str) -> Any:
    content = headquarters.content(incident, level="general")
    content["texts"]["zh"][ITEM] = text
    return {"incident": incident, "content": content}


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "关\u202e窗",
        "\ufffe",
        "关窗\uffff",
        "\u3164",
        "\u2800",
        "\u200d\u200d",
        "\u0301",
        "关\ufeff窗",
        "\u2066关窗",
    ],
)
def test_what_nobody_sees_is_no_content(headquarters: Headquarters, text: str) -> None:
    incident = headquarters.outage()
    answer = headquarters.post("", DUTY, with_text(headquarters, incident, text))
    assert fields_of(answer) == {f"content.texts.zh.{ITEM}"}
    noted = headquarters.house.write(incident, fact("note", 20, text=text))
    assert noted.status_code == 422


@pytest.mark.parametrize(
    "text", ["关好门窗\n添衣", "می\u200cخواهم", "👨\u200d👩\u200d👧", "e\u0301tat", "（示例）", "→"]
)
def test_what_scripts_need_stays(headquarters: Headquarters, text: str) -> None:
    incident = headquarters.outage()
    answer = headquarters.post("", DUTY, with_text(headquarters, incident, text))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    issued = headquarters.taken(answer.get_json()["warning"], "issued", DIRECTOR)
    assert issued["versions"][0]["content"]["texts"]["zh"][ITEM] == text


def test_a_text_of_old_that_no_message_can_carry_is_told(
    headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.incidents.entry_fields._CONTROL", frozenset())
    answer = headquarters.post("", DUTY, with_text(headquarters, headquarters.outage(), "关窗\ufffe"))
    monkeypatch.undo()
    refused = headquarters.step(answer.get_json()["warning"], "issued", DIRECTOR)
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "message_signs")


def test_the_message_of_a_draft_that_has_expired_is_refused_with_the_reason(headquarters: Headquarters) -> None:
    draft = headquarters.drafted(headquarters.outage(), level="general", expires_at=after(120))
    assert headquarters.product(draft, 1, "cap.xml").status_code == 200
    headquarters.house.now = START + timedelta(hours=3)
    answer = headquarters.product(draft, 1, "cap.xml")
    assert (answer.status_code, error_of(answer)["rule"]) == (409, "message_unsendable")
    assert "失效时间不晚于发出时间" in error_of(answer)["message"]


def test_all_times_of_a_message_are_those_of_the_place(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    times = {"starts_at": "2026-01-12T01:00:00Z", "expires_at": "2026-01-12T20:00:00-02:00"}
    warning = headquarters.issued(incident, level="general", **times)
    message = etree.fromstring(headquarters.product(warning, 1, "cap.xml").data)
    found = {
        name: {node.text for node in message.iter(f"{{*}}{name}")} for name in ("sent", "effective", "onset", "expires")
    }
    assert found["onset"] == {"2026-01-12T09:00:00+08:00"}
    assert found["expires"] == {"2026-01-13T06:00:00+08:00"}
    assert all(text.endswith("+08:00") for texts in found.values() for text in texts)
