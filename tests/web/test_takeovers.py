"""Who could take a heat supplier's homes over, over HTTP."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.web.network import switched_off
from tests.web.published import hold_to

URL = "/api/takeovers"


def asked(*stopped: object, **incident: Any) -> dict[str, Any]:
    return {"incident": {**switched_off(), "plan": "heating-zezhou", **incident}, "stopped": list(stopped)}


def test_a_plant_with_no_other_beside_it_leaves_its_homes_without_a_way(client: FlaskClient) -> None:
    answer = client.post(f"{URL}?lang=zh", json=asked("h-source"))
    assert answer.status_code == 200, answer.get_json()
    found = answer.get_json()
    hold_to("takeover", found)
    assert (found["no_way_customers"], [part["capacity"] for part in found["parts"]]) == (50, ["no_way"])
    assert found["quotation"].startswith("经县住房和城乡建设管理局协调督促无效后")
    assert "synthetic" in {item["code"] for item in found["assumptions"]}


def test_english_says_the_same(client: FlaskClient) -> None:
    found = client.post(f"{URL}?lang=en", json=asked("h-source")).get_json()
    assert found["sentence"] == "50 customers need another source; 50 have no main to another source."


def test_wrong_parts_are_named_with_their_place(client: FlaskClient) -> None:
    def fields(body: dict[str, Any]) -> list[str]:
        answer = client.post(URL, json=body)
        assert answer.status_code == 422
        return [item["field"] for item in answer.get_json()["error"]["problems"]]

    assert fields(asked("e-source")) == ["stopped[0]"]
    assert fields(asked("h-source", 7)) == ["stopped[1]"]
    assert fields(asked()) == ["stopped"]
    assert fields(asked("h-source", faults=[{"element": "nowhere"}])) == ["incident.faults[0].element"]
    assert fields({"incident": {}, "stopped": "h-source"})[-1] == "stopped"
    assert fields({"stopped": ["h-source"]}) == ["incident"]
