"""What was recommended when a level was decided is what the picture said then, whatever a client says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from priority.errors import InvalidIncident
from tests.web.log.house import START, House, after, error_of, fact
from webmap.accounts.roles import Role
from webmap.api.log import recommendation

SHARE = "customers_out_share"
DIRECTOR, COMMANDER = "办公室主任", "指挥长"


def share(minutes: float, value: float | None) -> dict[str, Any]:
    return fact("figure_reported", minutes, figure=SHARE, value=value)


def start(minutes: float, level: str = "III", **fields: Any) -> dict[str, Any]:
    return fact("level_started", minutes, office=DIRECTOR if level == "III" else COMMANDER, level=level, **fields)


def recommended(house: House, incident: str, number: int) -> Any:
    return house.entries(incident)["entries"][number - 1]["fact"]["recommended"]


@pytest.mark.parametrize("share_out", [None, 0.35, 0.55, 0.75])
def test_the_server_says_what_the_assessment_says(house: House, share_out: float | None) -> None:
    incident = house.opened(share(5, share_out), fact("fault_located", 6, element="h-flats"), drill=True)
    view = house.view(incident)
    assessed = house.ask(Role.COMMANDER, "POST", "/api/assessments", json=view["document"]).get_json()
    house.written(incident, start(30, "I", reason="天气恶化"), who=Role.COMMANDER)
    assert recommended(house, incident, 4) == assessed["level"]["level"]
    assert assessed["level"]["level"] == {None: None, 0.35: "III", 0.55: "II", 0.75: "I"}[share_out]


def test_it_is_that_of_the_moment_of_the_decision(house: House) -> None:
    incident = house.opened(share(10, 0.35), share(40, 0.75), drill=True)
    house.written(incident, start(20), who=Role.OFFICE_DIRECTOR)
    assert recommended(house, incident, 4) == "III"
    refused = house.write(incident, start(5), who=Role.OFFICE_DIRECTOR)
    assert error_of(refused)["rule"] == "reason_without_recommendation"
    raised = fact("level_changed", 45, office=COMMANDER, level="I")
    house.written(incident, raised, who=Role.COMMANDER)
    assert recommended(house, incident, 5) == "I"


def test_facts_of_the_same_request_count(house: House) -> None:
    answer = house.open(share(5, 0.55), start(6, "II"), who=Role.COMMANDER, drill=True)
    assert answer.status_code == 201
    incident = answer.get_json()["incident"]["id"]
    assert recommended(house, incident, 3) == "II"
    other = house.opened(drill=True)
    house.written(other, share(5, 0.55), start(6, "II"), who=Role.COMMANDER)
    assert recommended(house, other, 3) == "II"


def test_nobody_decides_on_an_old_picture(house: House) -> None:
    incident = house.opened(share(5, 0.35), drill=True)
    house.written(incident, share(10, 0.55))
    for said in ("III", None, "I"):
        refused = house.write(incident, start(20, recommended=said, reason="x"), who=Role.OFFICE_DIRECTOR)
        error = error_of(refused)
        assert (refused.status_code, error["code"], error["recommended"]) == (409, "recommendation_changed", "II")
        assert error["message"] == "建议级别已变为 II 级"
    accepted = house.write(incident, start(20, recommended="II", reason="人手不足"), who=Role.OFFICE_DIRECTOR)
    assert accepted.status_code == 201


def test_a_repeated_decision_says_what_was_recommended_first(house: House) -> None:
    incident = house.opened(share(5, 0.35), drill=True)
    first = house.written(incident, start(20), who=Role.OFFICE_DIRECTOR, client_key="k")
    house.written(incident, share(15, 0.75))
    for said in ({}, {"recommended": "III"}):
        again = house.write(incident, start(20, **said), who=Role.OFFICE_DIRECTOR, client_key="k")
        assert (again.status_code, again.get_json()["entries"]) == (200, first["entries"])
    assert (
        house.write(incident, start(20, recommended="I"), who=Role.OFFICE_DIRECTOR, client_key="k").status_code == 409
    )


def test_a_repeated_opening_with_a_level_finds_the_first(house: House) -> None:
    told = [share(5, 0.55), start(6, "II")]
    answers = [house.open(*told, who=Role.COMMANDER, client_key="open", drill=True) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].get_json() == answers[1].get_json()


def test_a_corrected_decision_keeps_what_was_recommended(house: House) -> None:
    incident = house.opened(share(5, 0.35), drill=True)
    house.written(incident, start(20), who=Role.OFFICE_DIRECTOR)
    house.written(incident, share(15, 0.75))
    corrected = fact("correction", 30, corrects=3, replacement=start(18), reason="时间记错", office=DIRECTOR)
    entry = house.written(incident, corrected, who=Role.OFFICE_DIRECTOR)["entries"][0]
    assert entry["fact"]["replacement"]["recommended"] == "III"
    wrong = {**corrected, "replacement": start(18, recommended="I", reason="x")}
    refused = house.write(incident, wrong, who=Role.OFFICE_DIRECTOR)
    assert error_of(refused)["code"] == "recommendation_changed"
    assert house.view(incident)["level"]["at"] == after(18)


def test_a_picture_that_cannot_be_assessed_is_not_one_for_which_nothing_is_recommended(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    incident = house.opened(share(5, 0.35), drill=True)

    def impossible(*_args: object, **_more: object) -> None:
        raise InvalidIncident([])

    monkeypatch.setattr(recommendation, "assess_bounded", impossible)
    refused = house.write(incident, start(20), who=Role.OFFICE_DIRECTOR)
    assert error_of(refused)["rule"] == "reason_without_assessment"
    house.written(incident, start(20, reason="数据已变，按经验"), who=Role.OFFICE_DIRECTOR)
    assert recommended(house, incident, 3) is None
    assert "当时未能算出建议级别，理由：数据已变，按经验" in house.entries(incident)["entries"][2]["said"]
    assert incident in caplog.text
    said = house.write(incident, start(20, recommended="III"), who=Role.OFFICE_DIRECTOR)
    assert error_of(said)["rule"] == "recommendation_failed"
    assert error_of(said)["message"] == "当时未能算出建议级别"


def test_a_decision_recorded_late_was_taken_on_what_was_recorded_then(house: House) -> None:
    house.now = START + timedelta(minutes=10)
    incident = house.opened(share(5, 0.35))
    house.now = START + timedelta(hours=1)
    house.written(incident, share(6, 0.75))
    late = start(54, "I"), start(20, "III")
    assert error_of(house.write(incident, late[0], who=Role.COMMANDER))["rule"] == "reason_missing"
    assert error_of(house.write(incident, start(9, reason="x", recommended="III"), who=Role.OFFICE_DIRECTOR))[
        "rule"
    ] == ("recommendation_gone")
    house.written(incident, late[1], who=Role.OFFICE_DIRECTOR)
    assert recommended(house, incident, 4) == "III"
    raised = fact("level_changed", 56, office=COMMANDER, level="I")
    house.written(incident, raised, who=Role.COMMANDER)
    assert recommended(house, incident, 5) == "I"


def test_what_others_write_meanwhile_is_taken_into_the_picture(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.opened(share(5, 0.35), drill=True)
    asked = recommendation.assess_bounded
    written: list[int] = []

    def slow(*args: Any, **more: Any) -> Any:
        assessed = asked(*args, **more)
        if len(written) < 2:
            written.append(1)
            house.written(incident, share(10 + len(written), 0.35 + 0.2 * len(written)))
        return assessed

    monkeypatch.setattr(recommendation, "assess_bounded", slow)
    house.written(incident, start(20, reason="x"), who=Role.OFFICE_DIRECTOR)
    assert recommended(house, incident, 5) == "I"


def test_who_decides_while_others_write_without_pause_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = house.opened(share(5, 0.35), drill=True)
    asked = recommendation.assess_bounded

    def slow(*args: Any, **more: Any) -> Any:
        house.written(incident, fact("note", 9, text="又一条"))
        return asked(*args, **more)

    monkeypatch.setattr(recommendation, "assess_bounded", slow)
    refused = house.write(incident, start(20), who=Role.OFFICE_DIRECTOR)
    assert error_of(refused)["code"] == "written_meanwhile"


def test_recorders_may_write_down_a_recommendation(house: House) -> None:
    incident = house.opened(drill=True)
    answer = house.written(incident, fact("level_recommended", 5, level="II", text="用户过半"))
    assert answer["entries"][0]["said"] == "建议启动 II 级响应：用户过半"
    assert house.view(incident)["phase"] == "reported"
