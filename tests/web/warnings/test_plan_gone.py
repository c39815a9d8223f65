"""A plan that the district took away: what went out by it is told and lifted all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from priority.plans import load_plan
from tests.web.warnings.headquarters import (
    DIRECTOR,
    DUTY,
    HEATING,
    Headquarters,
    build_headquarters,
    error_of,
)
from webmap.warnings.kept_plan import kept_of, plan_from


def without_heating(headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = headquarters.house.app.extensions["webmap"].runtime
    monkeypatch.setitem(vars(runtime), "plans", {key: plan for key, plan in runtime.plans.items() if key != HEATING})


def choices(warning: Any) -> dict[str, bool]:
    return {item["kind"]: item["allowed"] for item in warning["may"]}


def test_feed_page_and_products_are_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    headquarters = build_headquarters(tmp_path, WEBMAP_PUBLIC_WARNINGS="on")
    warning = headquarters.issued(headquarters.outage(), level="general")
    public = ("/feeds/warnings.atom", "/warnings", f"/feeds/warnings/{warning['in_force']['identifier']}.xml")
    products = ("cap.xml", "notice.html", "sms.txt", "broadcast.txt")

    def seen() -> list[bytes]:
        told = [headquarters.house.ask("", "GET", path) for path in public]
        told += [headquarters.product(warning, 1, name) for name in products]
        assert {answer.status_code for answer in told} == {200}
        return [answer.get_data() for answer in told]

    before = seen()
    assert warning["in_force"]["identifier"].encode() in before[0]
    without_heating(headquarters, monkeypatch)
    assert seen() == before
    assert headquarters.read(warning)["level_name"] == "一般风险预警"
    assert headquarters.listed()[0]["level_name"] == "一般风险预警"


def test_what_is_in_force_is_lifted_and_nothing_else_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    headquarters = build_headquarters(tmp_path)
    incident = headquarters.outage()
    warning, draft = headquarters.issued(incident, level="general"), headquarters.drafted(incident, level="general")
    without_heating(headquarters, monkeypatch)
    assert choices(headquarters.read(warning, DIRECTOR)) == {"lifted": True}
    assert choices(headquarters.read(warning, DUTY)) == {"lifted": False}
    refused = headquarters.step(warning, "lifted", "deputy_commander", reason="恢复")
    assert (refused.status_code, error_of(refused)["rule"], error_of(refused)["clause"]) == (
        409,
        "warning_lifted_by",
        "3.4",
    )
    assert headquarters.step(draft, "issued", DIRECTOR).status_code == 404
    lifted = headquarters.taken(warning, "lifted", DIRECTOR, reason="恢复供热")
    assert lifted["status"] == "lifted"
    entry = headquarters.house.entries(incident)["entries"][-1]
    assert (entry["fact"]["kind"], entry["fact"]["clause"]) == ("warning_lifted", "3.4")


def test_what_is_kept_of_a_plan_is_what_messages_are_made_of() -> None:
    plan = load_plan(HEATING)
    kept = plan_from(kept_of(plan))
    assert (kept.key, kept.title, kept.county_name, kept.office) == (
        plan.key,
        plan.title,
        plan.county_name,
        plan.office,
    )
    assert [level.name for level in kept.warnings.levels] == [level.name for level in plan.warnings.levels]
    assert kept.warnings.required_content == plan.warnings.required_content
