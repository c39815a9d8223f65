"""The log and the form that writes it: a duty officer records, corrects, withdraws, filters, looks back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, Server
from tests.browser.screens import REFUSED, Screens, Signing, ask
from tests.browser.user import go_to

#: A drill plays at a time of its own, so that what is told does not depend on the clock of the machine.
DRILL_AT = "2026-01-12T08:00:00+08:00"


@pytest.fixture(scope="module")
def station(office: Server) -> dict[str, Any]:
    nodes = (node["properties"] for node in office.get("/api/layers/network_nodes")["features"])
    return next(node for node in nodes if node["kind"] == "substation")


@pytest.fixture(scope="module")
def plant(office: Server) -> dict[str, Any]:
    """A facility that needs electricity."""
    needs = {
        supply["properties"]["facility_id"]
        for supply in office.get("/api/layers/supplies")["features"]
        if supply["properties"]["commodity"] == "electricity"
    }
    facilities = [one["properties"] for one in office.get("/api/layers/facilities")["features"]]
    names = [one["name"] for one in facilities]
    return next(one for one in facilities if one["id"] in needs and names.count(one["name"]) == 1)


Begin = Callable[..., Page]


@pytest.fixture
def begin(office_signing: Signing) -> Iterator[Begin]:
    """Opens a new drill with these further facts, and the page at its log: `begin(facts, as_="demo-observer")`."""
    with Screens(office_signing, [*REFUSED, "ERR_INTERNET_DISCONNECTED"]) as screens:

        def begin(
            *facts: dict[str, Any], as_: str = "demo-duty-officer", size: tuple[int, int] = DESK, **options: Any
        ) -> Page:
            incident = _new_drill(screens.blank("demo-duty-officer"), list(facts))
            page = screens.open(as_, f"#i={incident}", size=size, **options)
            page.get_by_role("tab", name="日志").click()
            expect(_entry(page, 1)).to_contain_text("北部片区停电")
            return page

        yield begin


def _new_drill(writer: Page, facts: list[dict[str, Any]]) -> str:
    reported = {"kind": "reported", "happened_at": DRILL_AT, "text": "北部片区停电"}
    told = {"plan": "energy-chengqu", "name": "演练", "drill": True, "facts": [reported, *facts]}
    incident: str = ask(writer, "/api/incidents", told)["incident"]["id"]
    return incident


def _entry(page: Page, number: int) -> Locator:
    return page.locator(f"[data-entry='{number}']")


def _next(page: Page) -> int:
    """The number of the entry that is written next."""
    written = [int(row.get_attribute("data-entry") or 0) for row in page.locator("[data-entry]").all()]
    return max(written) + 1


def _open_form(page: Page, kind: str) -> Locator:
    page.get_by_role("button", name="记录", exact=True).first.click()
    page.locator("#record").get_by_role("button", name=kind, exact=True).click()
    return page.locator("#record")


def _choose(form: Locator, label: str, typed: str) -> None:
    form.get_by_role("combobox", name=label).fill(typed)
    form.get_by_role("option").first.click()


def _send(form: Locator, button: str = "记录") -> None:
    form.get_by_role("button", name=button, exact=True).click()
    expect(form).to_be_hidden()


def _note(text: str, minute: int) -> dict[str, Any]:
    return {"kind": "note", "happened_at": f"2026-01-12T08:{minute:02}:00+08:00", "text": text}


def _what_is_recorded_by_the_form_is_read_as_prose(page: Page, plant: dict[str, Any]) -> None:
    new = _next(page)
    form = _open_form(page, "备注")
    form.get_by_label("内容").fill("市局来电询问进展")
    _send(form)
    expect(_entry(page, new).locator(".entry-said")).to_have_text("市局来电询问进展")
    expect(_entry(page, new)).to_contain_text("值班员")
    form = _open_form(page, "指标")
    form.get_by_label("哪个指标").select_option("customers_out_share")
    form.locator("[data-figure='customers_out_share']").fill("42")
    form.get_by_label("谁报的").fill("供电公司")
    _send(form)
    expect(_entry(page, new + 1).locator(".entry-said")).to_have_text(re.compile(r"42 ?%，供电公司提供$"))
    form = _open_form(page, "备用还能维持")
    _choose(form, "哪家单位", plant["name"])
    form.get_by_role("radio", name="电").check()
    form.get_by_label("还能维持").fill("3.5")
    expect(form).to_contain_text("即 3 小时 30 分")
    _send(form)
    expect(_entry(page, new + 2).locator(".entry-said")).to_contain_text(plant["name"])
    expect(_entry(page, new + 2).locator(".entry-said")).to_contain_text("3.5 小时")
    now = page.locator(".log-now")
    expect(now).to_contain_text("备用 1")
    now.locator("summary").first.click()
    expect(now.locator(f"[data-now-reserve='{plant['id']}']")).to_contain_text("还能维持 3 小时 30 分")


def _what_the_server_refuses_is_said_beside_the_field_and_nothing_typed_is_lost(page: Page) -> None:
    new = _next(page)
    form = _open_form(page, "指标")
    form.get_by_label("哪个指标").select_option("customers_out_share")
    value = form.locator("[data-figure='customers_out_share']")
    value.fill("四成")
    form.get_by_label("谁报的").fill("供电公司")
    form.get_by_role("button", name="记录", exact=True).click()
    beside = form.locator("[data-record-field='figure'] [role='alert']")
    expect(beside).to_contain_text("百分数")
    expect(value).to_be_focused()
    expect(value).to_have_value("四成")
    expect(form.get_by_label("谁报的")).to_have_value("供电公司")
    expect(_entry(page, new)).to_have_count(0)
    value.fill("40")
    expect(beside).to_be_hidden()
    _send(form)
    expect(_entry(page, new)).to_contain_text("40")


def _what_is_missing_is_said_before_anything_is_sent_and_a_place_is_chosen_by_its_number(page: Page) -> None:
    form = _open_form(page, "备用还能维持")
    field = form.get_by_role("combobox", name="哪家单位")
    field.fill("不存在的单位")
    form.get_by_role("button", name="记录", exact=True).click()
    expect(form.locator("[data-record-field='facility'] [role='alert']")).to_have_text("从列表里选一处")
    expect(form.locator("[data-record-field='commodity'] [role='alert']")).to_have_text("请选一项")
    expect(form.locator("[data-record-field='hours'] [role='alert']")).to_have_text("请填写")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.locator("[data-record-resume]").click()
    expect(field).to_have_value("不存在的单位")
    # Whether or not a blank is typed.
    for typed in ["学校 3", "学校3", "示例 学校3"]:
        field.fill(typed)
        expect(form.get_by_role("option").first).to_contain_text("示例学校 3")
    field.fill("学校")
    names = [name.split("\n")[0] for name in form.get_by_role("option").locator("strong").all_inner_texts()]
    assert names == sorted(names, key=lambda name: int(name.split()[-1]))
    form.get_by_role("option").nth(1).click()
    form.get_by_role("radio", name="电").check()
    form.get_by_label("还能维持").fill("2")
    _send(form)
    expect(page.locator("#notes")).to_contain_text(f"已记录：{names[1]}")


def _without_a_mouse(page: Page) -> None:
    new = _next(page)
    page.locator("#map").focus()
    page.keyboard.press("r")
    for _ in range(20):
        if page.evaluate("document.activeElement.dataset.recordKind === 'note'"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("不用鼠标写的")
    page.keyboard.press("Control+Enter")
    expect(_entry(page, new)).to_contain_text("不用鼠标写的")
    page.locator("#map").focus()
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(page.locator("#record")).to_be_hidden()


def _townships_are_damaged_by_their_names_and_repaired_again(page: Page) -> None:
    new = _next(page)
    form = _open_form(page, "区域受损")
    _choose(form, "乡镇（街道）", "南街")
    form.get_by_role("checkbox", name="供热").uncheck()
    _send(form)
    expect(_entry(page, new).locator(".entry-said")).to_contain_text("南街")
    expect(_entry(page, new).locator(".entry-said")).not_to_contain_text("供热")
    expect(page.get_by_role("tab", name="乡镇")).to_be_visible()
    form = _open_form(page, "修复")
    offered = form.get_by_label("哪里修好了").locator("option").all_inner_texts()
    assert not any("供热" in text for text in offered)
    assert any("电力" in text for text in offered)


def test_one_after_another_is_recorded_by_the_form(begin: Begin, plant: dict[str, Any]) -> None:
    page = begin()
    _what_is_recorded_by_the_form_is_read_as_prose(page, plant)
    _what_the_server_refuses_is_said_beside_the_field_and_nothing_typed_is_lost(page)
    _what_is_missing_is_said_before_anything_is_sent_and_a_place_is_chosen_by_its_number(page)
    _without_a_mouse(page)
    _townships_are_damaged_by_their_names_and_repaired_again(page)


def _what_was_believed_then_is_looked_at_and_left_again(page: Page) -> None:
    expect(page.get_by_role("tab", name="乡镇")).to_be_visible()
    page.get_by_role("tab", name="日志").click()
    _entry(page, 2).get_by_role("button", name="第 2 条：更多").click()
    page.get_by_role("menuitem", name="看当时的态势").click()
    expect(page.locator("#log-strip")).to_contain_text("第 2 条")
    expect(_entry(page, 3)).to_contain_text("当时还不知道")
    expect(page.locator("[data-log-group='damage']")).to_have_count(0)
    expect(page.locator("#situation")).to_contain_text("还没有记录损坏")
    expect(page.locator("[data-log-record]")).to_be_hidden()
    page.locator("#log-strip").get_by_role("button").click()
    expect(_entry(page, 3)).not_to_contain_text("当时还不知道")
    expect(page.get_by_role("tab", name="乡镇")).to_be_visible()
    expect(page.locator("[data-log-record]")).to_be_visible()


def _a_correction_that_was_put_away_goes_on_needs_a_reason_and_stays_readable(page: Page) -> None:
    form = page.locator("#record")
    text = form.get_by_label("内容")

    def correct(number: int) -> None:
        _entry(page, number).get_by_role("button", name=f"第 {number} 条：更多").click()
        page.get_by_role("menuitem", name="更正").click()

    correct(2)
    expect(text).to_have_value("派出两支队伍")
    text.fill("派出三支队伍")
    form.get_by_role("button", name="更正", exact=True).click()
    expect(form.locator("[data-record-field='correction_reason'] [role='alert']")).to_be_visible()
    form.get_by_label("更正的原因").fill("点错了数")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    correct(4)
    expect(text).to_have_value("道路结冰")
    page.keyboard.press("Escape")
    correct(2)
    expect(text).to_have_value("派出三支队伍")
    expect(form.get_by_label("更正的原因")).to_have_value("点错了数")
    _send(form, "更正")
    expect(_entry(page, 2).locator(".entry-said")).to_have_text("派出三支队伍")
    expect(_entry(page, 2).locator("del")).to_have_text("派出两支队伍")
    expect(_entry(page, 2)).to_contain_text("原记 08:05")
    expect(_entry(page, 2)).to_contain_text("已由第 5 条更正")
    expect(_entry(page, 5)).to_contain_text("派出三支队伍")
    expect(_entry(page, 5)).to_contain_text("点错了数")


def test_a_log_is_looked_back_on_and_corrected(begin: Begin, station: dict[str, Any]) -> None:
    fault = {"kind": "fault_located", "happened_at": "2026-01-12T08:10:00+08:00", "element": station["id"]}
    page = begin(_note("派出两支队伍", 5), fault, _note("道路结冰", 6))
    _what_was_believed_then_is_looked_at_and_left_again(page)
    page.get_by_role("tab", name="日志").click()
    _a_correction_that_was_put_away_goes_on_needs_a_reason_and_stays_readable(page)


def _a_filter_is_said_in_words_and_taken_away(page: Page) -> None:
    page.get_by_role("tab", name="日志").click()
    rows = page.locator("[data-entry]")
    expect(rows).to_have_count(4)
    numbers = [row.get_attribute("data-entry") for row in rows.all()]
    assert numbers == ["4", "3", "2", "1"]
    page.locator("[data-log-group='damage']").click()
    expect(rows).to_have_count(1)
    expect(page.locator(".log-hidden")).to_contain_text("只显示损坏：4 条中的 1 条")
    page.locator("[data-log-group='damage']").click()
    page.locator("[data-log-words]").fill("来电 市局")
    expect(rows).to_have_count(1)
    expect(_entry(page, 3)).to_be_visible()
    page.locator("[data-log-words]").fill("没有这样的话")
    expect(page.locator(".log-pane .empty")).to_have_text("没有符合筛选的记录。")
    page.get_by_role("button", name="全部显示").click()
    expect(rows).to_have_count(4)
    expect(page.locator(".log-hidden")).to_be_hidden()


def _a_fault_written_by_mistake_is_withdrawn_and_leaves_the_map(page: Page) -> None:
    page.get_by_role("tab", name="日志").click()
    expect(page.locator("#headline")).to_be_attached()
    expect(page.get_by_role("tab", name="乡镇")).to_be_visible()
    _entry(page, 2).hover()
    expect(page.locator(".halo-hovered")).to_be_visible()
    _entry(page, 2).get_by_role("button", name="第 2 条：更多").click()
    page.get_by_role("menuitem", name="撤回").click()
    form = page.locator("#record")
    form.get_by_label("撤回的原因").fill("认错了站")
    _send(form, "撤回")
    expect(_entry(page, 2)).to_contain_text("已由第 5 条撤回")
    expect(page.get_by_role("tab", name="乡镇")).to_be_hidden()
    expect(page.locator("#situation")).to_contain_text("还没有记录损坏")


def test_a_log_is_filtered_and_what_is_wrong_in_it_withdrawn(begin: Begin, station: dict[str, Any]) -> None:
    fault = {"kind": "fault_located", "happened_at": DRILL_AT, "element": station["id"]}
    page = begin(fault, _note("市局来电", 5), _note("区委来电", 6))
    _a_filter_is_said_in_words_and_taken_away(page)
    expect(page.locator(".log-now summary").first).to_contain_text("故障 1")
    _a_fault_written_by_mistake_is_withdrawn_and_leaves_the_map(page)


def test_a_mark_on_the_map_is_written_with_the_time_that_was_set(begin: Begin, station: dict[str, Any]) -> None:
    page = begin()
    x, y = go_to(page, station["name"])
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    line = page.locator("#record-time")
    expect(line).to_contain_text("记入日志 · 发生时间")
    line.get_by_label("记入日志").select_option("set")
    line.locator("input").fill("2026-01-12T07:40")
    line.locator("input").press("Tab")
    page.mouse.move(x - 4, y + 3)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(_entry(page, 2).locator("time")).to_have_text("07:40")
    # It stays in sight as long as it is not now.
    expect(line).to_be_visible()
    line.get_by_label("记入日志").select_option("now")
    expect(line).to_be_hidden()


def test_a_reserve_is_reported_from_the_place_itself(begin: Begin, plant: dict[str, Any]) -> None:
    page = begin()
    x, y = go_to(page, plant["name"])
    page.mouse.click(x, y)
    page.locator("[data-place-card]").get_by_role("button", name="报告备用").click()
    expect(page.locator("#record").get_by_role("combobox", name="哪家单位")).to_have_value(plant["name"])


def test_who_may_only_see_reads_the_log_and_gets_its_file(begin: Begin) -> None:
    page = begin(_note("市局来电", 5), as_="demo-observer")
    expect(page.locator(".log-pane")).to_contain_text("您可以看日志，不能记录")
    expect(page.locator("[data-log-record]")).to_be_hidden()
    expect(page.locator("[data-tool='pen']")).to_be_hidden()
    expect(page.locator("[data-tool='fault']")).to_be_hidden()
    expect(page.locator("[data-tool='branch']")).to_be_visible()
    _entry(page, 2).get_by_role("button", name="第 2 条：更多").click()
    expect(page.get_by_role("menuitem", name="看当时的态势")).to_be_visible()
    expect(page.get_by_role("menuitem", name="更正")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("[data-log-download]").click()
    with page.expect_download() as download:
        page.locator("[data-log-format='txt']").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "市局来电" in text
    assert "演练" in text
    assert "演练" in download.value.suggested_filename


def test_on_a_phone_the_form_and_the_log_fit(begin: Begin) -> None:
    page = begin(
        _note("市局来电", 5),
        _note("区委来电", 6),
        size=(390, 844),
        has_touch=True,
        is_mobile=True,
        color_scheme="light",
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[data-tool='pen']").tap()
    page.locator("[data-record-kind='measure_done']").tap()
    form = page.locator("#record .record-body")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("#record .measure-option").first).to_be_visible()
        assert form.evaluate("(element) => element.scrollWidth <= element.clientWidth")
        expect(page.locator("[data-record-submit]")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_was_marked_now_is_set_to_the_time_of_the_report(begin: Begin, station: dict[str, Any]) -> None:
    page = begin(_note("正在核实", 45))
    x, y = go_to(page, station["name"])
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.mouse.move(x - 4, y + 3)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    note = page.locator("#notes")
    expect(note).to_contain_text(f"已记录：{station['name']}")
    expect(note).to_contain_text("发生时间 08:45")
    note.get_by_role("button", name="改为接报时间 08:00").click()
    expect(note).to_contain_text("更正")
    expect(note.get_by_role("button", name="撤销")).to_be_visible()
    expect(_entry(page, 3).locator("time")).to_have_text("08:00")
    expect(_entry(page, 3)).to_contain_text("原记 08:45")
    expect(_entry(page, 3)).to_have_class(re.compile("just-written"))
    expect(page.locator(".log-now")).to_contain_text("故障 1")
    page.keyboard.press("f")
    expect(page.locator("#record-time").get_by_role("option", name="接报时间 08:00")).to_be_attached()


def test_what_was_typed_stays_until_it_is_stored_or_cleared(begin: Begin) -> None:
    page = begin()
    page.context.set_offline(True)
    form = _open_form(page, "备注")
    form.get_by_label("内容").fill("断网时写的")
    form.get_by_role("button", name="记录", exact=True).click()
    expect(form.locator(".record-failure")).to_be_visible()
    form.get_by_role("button", name="关闭").click()
    # Begun anew by its kind, with another form looked into between.
    _open_form(page, "报告已报出").get_by_role("button", name="关闭").click()
    form = _open_form(page, "备注")
    expect(form.get_by_label("内容")).to_have_value("断网时写的")
    page.context.set_offline(False)
    _send(form)
    expect(_entry(page, 2)).to_contain_text("断网时写的")
    form = _open_form(page, "备注")
    expect(form.get_by_label("内容")).to_have_value("")
    form.get_by_label("内容").fill("不要了")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="记录", exact=True).first.click()
    page.locator("[data-record-clear='note']").click()
    expect(page.locator("[data-record-resume]")).to_have_count(0)


def test_on_a_phone_the_bar_says_whether_a_level_is_in_force_or_advised(begin: Begin, station: dict[str, Any]) -> None:
    figure = {"kind": "figure_reported", "happened_at": DRILL_AT, "figure": "customers_out_share", "value": 0.5}
    fault = {"kind": "fault_located", "happened_at": DRILL_AT, "element": station["id"]}
    page = begin(fault, figure, size=(390, 844), has_touch=True, is_mobile=True)
    bar = page.locator("#level-button")
    expect(bar.get_by_text("建议")).to_be_visible()
    expect(bar.locator("strong")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_repaired_fault_no_longer_stands_under_now(begin: Begin, station: dict[str, Any]) -> None:
    fault = {"kind": "fault_located", "happened_at": DRILL_AT, "element": station["id"]}
    repaired = {"kind": "repaired", "happened_at": "2026-01-12T08:10:00+08:00", "element": station["id"]}
    page = begin(fault, repaired)
    page.get_by_role("tab", name="日志").click()
    expect(_entry(page, 3)).to_be_visible()
    expect(page.locator(".log-now")).to_be_hidden()
