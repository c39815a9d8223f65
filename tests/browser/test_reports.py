"""Reports of an incident: when the next is due, filling what is missing, saving it, telling that it was sent."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask

PHONE = (390, 844)


@pytest.fixture(scope="module")
def screens(browser: Browser, server: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, server)) as screens:
        yield screens


def _moment(clock: str) -> str:
    return f"2026-01-12T{clock}:00+08:00"


@pytest.fixture(scope="module")
def incident(screens: Screens) -> str:
    """A drill, so that its clock stands: level II since 8:40, a report by telephone, the next one due at 10:40."""
    told = {"kind": "reported", "happened_at": _moment("08:00"), "text": "城中片区停电", "place": "城中站"}
    opening = {"plan": "energy-chengqu", "name": "城中停电", "drill": True, "facts": [told]}
    officer = screens.blank("demo-duty-officer")
    incident: str = ask(officer, "/api/incidents", opening)["incident"]["id"]
    _write(officer, incident, kind="report_sent", at="08:20", to="区委、区政府", report="first_spoken")
    commander = screens.blank("demo-commander")
    _write(commander, incident, kind="level_started", at="08:40", level="II", office="指挥长", reason="停电面积大")
    _write(officer, incident, kind="note", at="10:15", text="市局来电询问")
    return incident


def _write(page: Page, incident: str, *, at: str, **fact: Any) -> None:
    body = {"facts": [{"happened_at": _moment(at), **fact}], "client_key": f"reports-at-{at}"}
    ask(page, f"/api/incidents/{incident}/entries", body)


def test_a_report_is_filled_saved_and_told_as_sent_and_the_timer_begins_anew(
    screens: Screens, incident: str, tmp_path: Path
) -> None:
    page = screens.open("demo-duty-officer", f"#i={incident}")
    timer = page.locator("#level-card [data-next-report]")
    expect(timer).to_have_text("下次续报 10:40 前，还有 25 分")
    timer.click()
    report = page.locator("[data-report-document]")
    cause = report.locator("[data-report-item='cause']")
    expect(cause).to_have_attribute("data-state", "gap")

    cause.get_by_role("button", name="补充").click()
    cause.get_by_label("原因").fill("主变套管闪络")
    # What was typed stays, however the panel is left.
    page.locator("[data-aftermath-close]").click()
    timer.click()
    expect(cause.get_by_label("原因")).to_have_value("主变套管闪络")
    cause.get_by_role("button", name="写入日志").click()
    expect(cause).to_have_attribute("data-state", "filled")
    expect(cause.get_by_role("button", name="第 5 条")).to_be_visible()

    with page.expect_download() as download:
        report.get_by_role("button", name="DOCX").click()
    document = Document(io.BytesIO(_bytes_of(download.value, tmp_path)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "续报" in said
    assert "主变套管闪络" in said

    report.get_by_role("button", name="登记为已报出").click()
    expect(report.locator("[data-gaps-told]")).to_contain_text("待补")
    report.get_by_label("报给谁").fill("区委、区政府、市能源局")
    report.get_by_role("button", name="登记", exact=True).click()
    expect(report.locator("[data-sent='6']")).to_contain_text("第 1—5 条")

    report.locator("[data-sent='6']").get_by_role("button", name="第 6 条").click()
    expect(page.locator("[data-entry='6'] .entry-said")).to_have_text("向区委、区政府、市能源局续报")
    expect(page.locator("[data-entry='5']")).to_contain_text("主变套管闪络")
    expect(timer).to_have_text("下次续报 12:15 前，还有 2 小时")


def test_an_observer_reads_and_saves_on_a_phone_and_can_tell_nothing_as_sent(
    screens: Screens, incident: str, tmp_path: Path
) -> None:
    page = screens.open("demo-observer", f"#i={incident}&after=reports", size=PHONE)
    page.locator("[data-report='first']").click()
    report = page.locator("[data-report-document]")
    expect(report.locator("[data-report-item='place']")).to_contain_text("城中站")
    for may_not in ("补充", "修改", "登记为已报出", re.compile("^撤回")):
        expect(report.get_by_role("button", name=may_not)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    with page.expect_download() as download:
        report.get_by_role("button", name="PDF").click()
    assert _bytes_of(download.value, tmp_path).startswith(b"%PDF")
    page.get_by_role("tab", name="对照预案").click()
    expect(page.locator("[data-review-sentence]")).to_contain_text("II 级响应")
    expect(page.locator("[data-review-report='first_spoken']")).to_contain_text("08:20")


def _bytes_of(download: Any, folder: Path) -> bytes:
    path = folder / "saved"
    download.save_as(path)
    return path.read_bytes()
