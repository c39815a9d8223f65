"""The commander's view: a report's clock runs out, a measure is ticked and taken back, the command goes upward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask

WRITTEN = timedelta(minutes=30)
ENDING = "[data-standing] .decide-actions [data-decision='level_ended']"
#: How long the clock has still to run once the report by telephone is told.
LEFT = timedelta(seconds=12)
BEGUN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)


@pytest.fixture(scope="module")
def screens(browser: Browser, server: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, server)) as screens:
        yield screens


@pytest.fixture(scope="module")
def incident(screens: Screens) -> str:
    """A heating incident at level I since an hour ago, of which nobody has been told yet."""
    told = {"kind": "reported", "happened_at": BEGUN.isoformat(), "text": "一次网爆管"}
    opening = {"plan": "heating-zezhou", "name": "一次网爆管", "drill": False, "facts": [told]}
    made: str = ask(screens.blank("demo-duty-officer"), "/api/incidents", opening)["incident"]["id"]
    _write(screens.blank("demo-commander"), made, kind="level_started", level="I", office="指挥长", reason="超出能力")
    return made


def _write(page: Page, incident: str, at: datetime = BEGUN, **fact: Any) -> None:
    ask(page, f"/api/incidents/{incident}/entries", {"facts": [{"happened_at": at.isoformat(), **fact}]})


def _open(screens: Screens, who: str, incident: str) -> Page:
    page = screens.open(who, f"#i={incident}")
    page.locator("#tab-command").click()
    expect(page.locator("[data-command-reports]")).to_be_visible()
    return page


@pytest.fixture(scope="module")
def duty(screens: Screens, incident: str) -> Page:
    """The officer on duty at the commander's view."""
    return _open(screens, "demo-duty-officer", incident)


def test_the_clock_of_a_report_counts_down_turns_over_and_begins_anew(duty: Page, incident: str) -> None:
    reports = duty.locator("[data-command-reports]")
    expect(reports.locator("[data-countdown-said]")).to_have_text("电话首报应立即报送")
    _write(duty, incident, datetime.now(UTC) - WRITTEN + LEFT, kind="report_sent", to="县委", report="first_spoken")
    face = reports.locator(".countdown")
    expect(face).to_have_attribute("data-tone", "near")
    expect(reports.locator("[data-countdown-said]")).to_contain_text("后应报送书面首报")
    expect(reports.locator("[data-countdown]")).to_have_text("00:01")
    expect(face).to_have_attribute("data-tone", "over")
    expect(reports.locator("[data-countdown-said]")).to_contain_text("已超时")

    reports.locator("[data-report-was-sent]").click()
    expect(reports.get_by_label("报给谁")).to_have_value("县委")
    reports.get_by_role("button", name="登记").click()
    expect(reports.locator("[data-sent-row]").first).to_contain_text("书面首报")
    # The plan names no interval for what follows.
    expect(face).to_have_attribute("data-tone", "quiet")


def test_a_measure_is_ticked_by_a_unit_and_taken_back(duty: Page) -> None:
    progress = duty.locator("[data-measure-progress]")
    expect(progress).to_have_text("0/5")
    head = duty.locator("[data-measure-group='headquarters']")
    head.locator("[data-measure='open'] [data-measure-tick]").first.click()
    expect(progress).to_have_text("1/5")
    expect(head.locator("[data-measure='done']")).to_contain_text("县指挥部指挥长、副指挥长已落实（值班员（演示）记）")
    duty.keyboard.press("Control+z")
    expect(progress).to_have_text("0/5")


def test_after_the_handover_a_level_is_not_changed_until_it_is_taken_back(screens: Screens, incident: str) -> None:
    page = _open(screens, "demo-commander", incident)
    expect(page.locator(ENDING)).to_be_visible()
    page.locator("[data-handover-open]").click()
    dialog = page.locator("#handover")
    dialog.locator("[data-handover-to]").fill("晋城市供热指挥部")
    dialog.locator("[data-handover-reason]").fill("超出本县处置能力")
    dialog.locator("[data-handover-confirm]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-standing-above]")).to_contain_text("指挥处置权已移交：晋城市供热指挥部")
    expect(page.locator(ENDING)).to_have_count(0)
    ended = {"kind": "level_ended", "happened_at": datetime.now(UTC).isoformat(), "office": "指挥长"}
    csrf = page.request.get("/api/viewer").json()["csrf"]
    path, body = f"/api/incidents/{incident}/entries", {"facts": [ended]}
    said = page.request.post(path, data=body, headers={"X-CSRF-Token": csrf}).json()["error"]
    assert (said["code"], said["clause"]) == ("refused", "4.4(3)")
    assert "晋城市供热指挥部" in said["message"]
    expect(page.locator("[data-handed-over]")).to_be_visible()
    page.locator("[data-handover-open]").click()
    dialog.locator("[data-handover-confirm]").click()
    expect(page.locator("[data-standing-above]")).to_be_hidden()
    expect(page.locator(ENDING)).to_be_visible()
