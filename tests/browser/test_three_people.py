"""An incident from the first call to the end, by the people of a headquarters, each at a screen of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, Server
from tests.browser.screens import Screens, Signing, loaded
from tests.browser.user import mark_by_click, settle


@dataclass(frozen=True)
class Station:
    """A station whose loss asks for level III."""

    id: str
    name: str


@pytest.fixture(scope="module")
def station(office: Server) -> Station:
    for node in office.get("/api/layers/network_nodes")["features"]:
        facts = node["properties"]
        if facts["kind"] != "substation":
            continue
        if office.assess(faults=[{"element": facts["id"]}])["level"]["level"] == "III":
            return Station(facts["id"], facts["name"])
    pytest.fail("the sample has no station whose loss asks for level III")


AsPerson = Callable[..., Page]


@pytest.fixture
def as_person(office_signing: Signing) -> Iterator[AsPerson]:
    """Opens the page as somebody, None for nobody: `as_person("wang", "#f=...")`."""
    with Screens(office_signing) as screens:
        yield screens.open


def sign_in(page: Page, name: str) -> None:
    """Sign in from the page and come back to it."""
    page.locator("#person [data-sign-in]").click()
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    loaded(page)
    expect(page.locator("#person-button")).to_be_visible()


def open_incident(page: Page, kind: str, text: str, name: str | None = None) -> None:
    """Fill in the form of a new incident and send it."""
    page.keyboard.press("i")
    page.locator("[data-new-incident]").click()
    page.locator(f"#incidents input[value='{kind}']").check()
    page.get_by_label("接报内容").fill(text)
    if name:
        page.get_by_label("事件名称").fill(name)
    page.locator("[data-open-incident]").click()
    expect(page.locator("#incidents")).to_be_hidden()
    expect(page.locator("#incident-button.recorded")).to_be_visible()


def choose_incident(page: Page, name: str) -> None:
    page.keyboard.press("i")
    page.locator("[data-incident]", has_text=name).click()
    expect(page.locator("#incident-button .incident-title")).to_have_text(name)


def decide(page: Page, kind: str, level: str = "") -> Locator:
    """Press the button of a decision, behind the menu of others if it is there, and return the dialog."""
    button = page.locator(f"#level-card [data-decision='{kind}'][data-decision-level='{level}']")
    expect(button).to_have_count(1)
    if not button.is_visible():
        page.locator("[data-decide-more]").click()
    button.click()
    dialog = page.locator("#decide")
    expect(dialog).not_to_contain_text("正在按最新记录核对")
    return dialog


def confirm(page: Page) -> None:
    page.locator("[data-decide-confirm]").click()
    expect(page.locator("#decide")).to_be_hidden()


def in_force(page: Page) -> Locator:
    return page.locator("[data-level-in-force]")


def log_of(page: Page) -> list[str]:
    """Kinds of the log's entries in the order in which they were written."""
    page.locator("#tab-log").click()
    rows = page.locator("#pane-log [data-entry]")
    expect(rows.first).to_be_visible()
    numbered = [(int(row.get_attribute("data-entry") or 0), row.get_attribute("data-kind") or "") for row in rows.all()]
    return [kind for _, kind in sorted(numbered)]


def post(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Send what the page could send, with the proof of its session."""
    csrf = page.request.get("/api/viewer").json()["csrf"]
    return page.request.post(path, data=body, headers={"X-CSRF-Token": csrf})


def incident_id(page: Page) -> str:
    page.wait_for_function("new URLSearchParams(location.hash.slice(1)).has('i')")
    return str(page.evaluate("new URLSearchParams(location.hash.slice(1)).get('i')"))


def test_fault_start_raise_and_a_refused_end(as_person: AsPerson, station: Station) -> None:
    name = "城北变电站失压"
    duty = as_person("xiaoli")
    open_incident(duty, "real", "市民来电：城北大面积停电", name)
    expect(duty.locator("[data-standing-heading]")).to_have_text("尚未启动响应；记录故障或上报数据后给出建议级别")
    mark_by_click(duty, station.name)
    settle(duty)
    expect(duty.locator("[data-decide-notes]")).to_contain_text("办公室主任")
    expect(duty.locator("[data-decide-notes]")).to_contain_text("4.2.1")
    expect(duty.locator("#level-card [data-decision]")).to_have_count(0)

    director = as_person("wang")
    choose_incident(director, name)
    settle(director)
    expect(director.locator("#situation")).to_contain_text(station.name)
    dialog = decide(director, "level_started", "III")
    expect(dialog.locator("[data-advised]")).to_have_text("III 级")
    expect(dialog).to_contain_text("由区指挥部办公室主任宣布启动")
    expect(dialog.locator("[data-decide-confirm]")).to_have_text("以办公室主任身份启动 III 级响应")
    confirm(director)
    expect(in_force(director)).to_have_text("III")
    expect(in_force(duty)).to_have_text("III")
    expect(director.locator("[data-standing-by]")).to_contain_text("王主任（办公室主任）")

    commander = as_person("zhang")
    choose_incident(commander, name)
    settle(commander)
    dialog = decide(commander, "level_changed", "II")
    expect(dialog).to_contain_text("与建议的 III 级不同，须写明理由")
    dialog.locator("[data-decide-confirm]").click()
    expect(dialog.get_by_role("alert").filter(has_text="写一句理由")).to_be_visible()
    dialog.get_by_label("理由").fill("医院只剩一路电源，须统一指挥")
    confirm(commander)
    expect(in_force(commander)).to_have_text("II")
    expect(commander.locator("#level-button")).to_contain_text("级响应中")

    expect(in_force(director)).to_have_text("II")
    expect(director.locator("#level-card")).to_contain_text("医院只剩一路电源，须统一指挥")
    expect(director.locator("#level-card [data-decision='level_ended']")).to_have_count(0)
    refusal = director.locator("[data-not-mine='level_ended']")
    expect(refusal).to_contain_text("谁启动谁结束")
    expect(refusal).to_contain_text("办公室主任不能结束（4.4）")
    identifier = incident_id(director)
    entries = director.request.get(f"/api/incidents/{identifier}/entries?after=0").json()["entries"]
    ended = {
        "kind": "level_ended",
        "happened_at": entries[-1]["happened_at"],
        "office": "办公室主任",
        "reason": "已恢复",
    }
    answer = post(director, f"/api/incidents/{identifier}/entries", {"facts": [ended]})
    assert answer.status == 409
    error = answer.json()["error"]
    assert error["clause"] == "4.4"
    assert "谁启动谁结束" in error["quotation"]

    for page in (duty, director, commander):
        # Who did not write it hears of it at the next question.
        expect(page.locator("#pane-log [data-entry]")).to_have_count(4)
        assert log_of(page) == ["reported", "fault_located", "level_started", "level_changed"]


def test_what_one_records_others_see_without_asking(as_person: AsPerson, station: Station) -> None:
    name = "城南变电站失压"
    duty = as_person("xiaoli")
    open_incident(duty, "real", "市民来电：城南停电", name)
    director = as_person("wang")
    choose_incident(director, name)
    for page in (duty, director):
        expect(page.locator("#connection")).to_have_attribute("data-connection", "live")
    asked: list[str] = []
    director.on("request", lambda request: asked.append(request.url))
    mark_by_click(duty, station.name)
    expect(director.locator(f"[data-fault='{station.id}']")).to_have_count(1)
    settle(director)
    expect(director.locator("#situation")).to_contain_text(station.name)
    expect(director.locator("#headline .figure-value").first).to_be_visible()
    expect(director.locator("#pane-ranking .rank-row").first).to_be_visible()
    expect(director.locator("#pane-log [data-entry]")).to_have_count(2)
    assert [url for url in asked if "/api/assessments" in url or "/entries?after=" in url] == []

    told: list[str] = []
    duty.on("request", lambda request: told.append(request.url))
    decide(director, "level_started", "III")
    confirm(director)
    expect(in_force(duty)).to_have_text("III")
    expect(duty.locator("#pane-log [data-entry]")).to_have_count(3)
    assert [url for url in told if "/entries?after=" in url] == []


def test_a_drill_says_so_everywhere(as_person: AsPerson, station: Station) -> None:
    page = as_person("xiaoli", f"#f={station.id}")
    settle(page)
    open_incident(page, "drill", "演练脚本第一步：城北站失压", "冬季保供演练")
    settle(page)
    expect(page.locator("#incident-button [data-drill]")).to_have_text("演练")
    expect(page.locator("#drill-frame")).to_be_visible()
    assert "【演练】冬季保供演练" in page.title()
    assert log_of(page) == ["reported", "fault_located"]
    page.locator("#tab-ranking").click()
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as waiting:
        page.locator("[data-export='facilities']").click()
    assert "演练" in waiting.value.suggested_filename
    assert "演练" in Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()[0]
    page.keyboard.press("i")
    page.locator("[data-incidents-tab='drills']").click()
    row = page.locator("[data-incident]", has_text="冬季保供演练")
    expect(row.locator("[data-drill]")).to_have_text("演练")
    expect(row).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    page.locator("#leave-incident").click()
    expect(page.locator("#drill-frame")).to_be_hidden()
    expect(page.locator("#incident-button")).to_contain_text("推演 · 未记录")
    # The calculation of before is back.
    expect(page.locator("#situation")).to_contain_text(station.name)


def test_what_is_marked_goes_along_unless_it_is_left_out(as_person: AsPerson, station: Station) -> None:
    page = as_person("xiaoli", f"#f={station.id}&g=energy-chengqu~coal_stock_share~0.4~customers_out_share~0.31")
    settle(page)
    page.keyboard.press("i")
    page.locator("[data-new-incident]").click()
    facts = page.locator("[data-first-facts]")
    expect(facts.locator("li")).to_have_count(3)
    expect(page.get_by_label("事件名称")).to_have_value(re.compile(re.escape(station.name)))
    facts.get_by_label("城区停电用户占比").uncheck()
    expect(facts.locator("legend")).to_contain_text("2 条")
    page.locator("[data-open-incident]").click()
    expect(page.get_by_role("alert").filter(has_text="选真实事件或演练")).to_be_visible()
    page.locator("#incidents input[value='drill']").check()
    page.get_by_label("接报内容").fill("x" * 20)
    page.get_by_label("事件名称").fill("只记核实的")
    # Left by mistake, nothing typed is lost.
    page.keyboard.press("Escape")
    expect(page.locator("#incidents")).to_be_hidden()
    page.keyboard.press("i")
    page.locator("[data-new-incident]").click()
    expect(page.get_by_label("事件名称")).to_have_value("只记核实的")
    page.locator("[data-open-incident]").click()
    expect(page.locator("#incidents")).to_be_hidden()
    assert log_of(page) == ["reported", "fault_located", "figure_reported"]


def test_who_decides_sees_what_others_write_meanwhile(as_person: AsPerson) -> None:
    duty = as_person("xiaoli")
    open_incident(duty, "real", "煤价异常波动", "煤炭供应紧张")
    director = as_person("wang")
    choose_incident(director, "煤炭供应紧张")
    dialog = decide(director, "level_started", "III")
    expect(dialog).to_contain_text("条件未达到而启动，须写明理由")
    reason = dialog.get_by_label("理由")
    reason.fill("防患于未然")
    identifier = incident_id(duty)
    said = duty.request.get(f"/api/incidents/{identifier}/entries?after=0").json()["entries"][0]
    note = {"kind": "note", "happened_at": said["happened_at"], "text": "已通知各煤场"}
    assert post(duty, f"/api/incidents/{identifier}/entries", {"facts": [note]}).status == 201
    # The stream brings it into the dialog that stands open, and what was typed stays.
    expect(dialog).to_contain_text("已通知各煤场")
    expect(reason).to_have_value("防患于未然")
    confirm(director)
    expect(in_force(director)).to_have_text("III")
    dialog = decide(director, "level_ended")
    expect(dialog.locator("[data-decide-confirm]")).to_have_text("以办公室主任身份结束响应")
    confirm(director)
    expect(director.locator("[data-standing-heading]")).to_have_text("响应已结束")
    expect(director.locator("[data-standing-by]")).to_contain_text("王主任（办公室主任）")
    director.keyboard.press("i")
    director.locator("[data-incidents-tab='ended']").click()
    expect(director.locator("[data-incident]", has_text="煤炭供应紧张")).to_contain_text("已结束")


def test_a_false_report_is_closed_with_its_reason(as_person: AsPerson) -> None:
    page = as_person("xiaoli")
    open_incident(page, "real", "来电称闻到燃气味", "疑似漏气")
    page.locator("[data-decide-more]").click()
    page.locator("[data-close-incident]").click()
    page.locator("[data-close-confirm]").click()
    expect(page.get_by_role("alert").filter(has_text="写明为什么不需要响应")).to_be_visible()
    page.get_by_label("理由").fill("到场检测，误报")
    page.locator("[data-close-confirm]").click()
    expect(page.locator("[data-standing-heading]")).to_have_text("已结案")
    expect(page.locator(".standing")).to_contain_text("到场检测，误报")
    assert log_of(page) == ["reported", "closed"]


def test_signed_out_one_is_told_the_way_and_comes_back_to_what_was_seen(as_person: AsPerson, station: Station) -> None:
    page = as_person(None, f"#f={station.id}&h=4")
    settle(page)
    page.keyboard.press("i")
    expect(page.locator("#incidents")).to_contain_text("登录后可打开事件")
    page.keyboard.press("Escape")
    sign_in(page, "zhou")
    settle(page)
    expect(page.locator("#situation")).to_contain_text(station.name)
    assert "h=4" in page.url
    page.keyboard.press("i")
    expect(page.locator(".incident-list")).to_be_visible()
    expect(page.locator("[data-new-incident]")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("#person-button").click()
    expect(page.locator("#person-menu")).to_contain_text("观察员")
    page.locator("#person-menu [data-sign-out]").click()
    page.goto(page.url.split("/sign-in")[0])
    loaded(page)
    expect(page.locator("#person [data-sign-in]")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_opening_on_a_phone(as_person: AsPerson, lang: str) -> None:
    page = as_person("xiaoli", f"#lang={lang}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#incident-button").click()
    page.locator("[data-incident-command='list']").click()
    page.locator("[data-new-incident]").click()
    send = page.locator("[data-open-incident]")
    expect(send).to_be_in_viewport()
    for part in page.locator("#incidents, #incidents .modal-body, #incidents form").all():
        assert part.evaluate("(element) => element.scrollWidth <= element.clientWidth")
    send.click()
    expect(page.locator("#incidents input[value='real']")).to_be_focused()
