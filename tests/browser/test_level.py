"""The level card: what the plan asks for, on what evidence, and what people report."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Server, Substation, Watch
from tests.browser.user import address, link, settle

HEATING = "p=heating-zezhou"


def _level(page: Page) -> Locator:
    return page.locator("[data-level-numeral]")


def _form(page: Page) -> None:
    page.locator("[data-level-view='figures']").click()
    expect(page.locator("#level-figures")).to_be_visible()


def _field(page: Page, key: str) -> Locator:
    return page.locator(f"[data-figure-field='{key}']")


def _enter(page: Page, key: str, text: str) -> None:
    _field(page, key).get_by_role("textbox").fill(text)


def test_the_level_its_grounds_and_what_could_change_it(
    open_page: Open, substation: Substation, server: Server
) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _the_level_is_the_first_thing_said_and_unknown_figures_that_could_raise_it_lead_to_the_form(page, substation)
    _every_clause_stands_in_the_table_with_its_outcome_and_opens_the_plan_at_its_place(page, substation, server)
    page.locator("[data-level-view='figures']").click()
    _a_reported_figure_overrides_the_computed_one_and_both_are_shown(page, substation)


def _the_level_is_the_first_thing_said_and_unknown_figures_that_could_raise_it_lead_to_the_form(
    page: Page, substation: Substation
) -> None:
    level = substation.assessment["level"]
    expect(_level(page)).to_have_text(level["level"] or "—")
    expect(page.locator("#level-button strong")).to_have_text(level["level"])
    card = page.locator("#level-card")
    expect(card).to_contain_text("建议启动 III 级响应")
    expect(card).to_contain_text(level["why"])
    expect(card).to_contain_text("由办公室主任决定启动")
    expect(card).to_contain_text("每 3 小时报告一次")
    top, situation = card.bounding_box(), page.locator("#situation").bounding_box()
    assert top
    assert situation
    assert top["y"] < situation["y"]

    titles = {figure["key"]: figure["title"] for figure in level["figures"]}
    rise = page.locator("[data-level-rise]")
    expect(rise).to_contain_text(f"可能升至 {level['could_rise_to']} 级")
    for key in level["could_rise_by"][:3]:
        expect(rise).to_contain_text(titles[key])
    expect(rise).to_contain_text(f"等 {len(level['could_rise_by'])} 项")
    rise.click()
    first = _field(page, level["could_rise_by"][0])
    expect(first).to_contain_text("可能升级")
    expect(first.locator("input, select").first).to_be_focused()


def test_from_three_to_one_and_back_through_the_form_by_a_share_and_by_yes_no_and_not_known(
    open_page: Open, substation: Substation
) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    expect(_level(page)).to_have_text("III")
    _form(page)
    _enter(page, "customers_out_share", "55")
    expect(_level(page)).to_have_text("II")
    expect(page.locator("#level-card")).to_contain_text("由指挥长或副指挥长决定启动 · 每 2 小时报告一次")
    _enter(page, "customers_out_share", "70")
    expect(_level(page)).to_have_text("I")
    expect(page.locator("#level-card")).to_contain_text("每 1 小时报告一次")
    expect(page.locator("[data-level-rise]")).to_be_hidden()
    _enter(page, "customers_out_share", "")
    expect(_level(page)).to_have_text("III")

    field = _field(page, "beyond_district_capacity")
    expect(field.get_by_label("不知道")).to_be_checked()
    field.get_by_label("是", exact=True).check()
    expect(_level(page)).to_have_text("I")
    field.get_by_label("否", exact=True).check()
    expect(_level(page)).to_have_text("III")
    page.locator("[data-level-view='clauses']").click()
    expect(page.locator("[data-clause='4.2.3(6)']")).to_have_attribute("data-outcome", "not_met")
    page.locator("[data-level-view='figures']").click()
    field.get_by_label("不知道").check()
    page.locator("[data-level-view='clauses']").click()
    expect(page.locator("[data-clause='4.2.3(6)']")).to_have_attribute("data-outcome", "unknown")


def test_coal_figures_alone_are_an_incident(open_page: Open) -> None:
    page = open_page(link())
    page.locator("[data-first-figures]").click()
    expect(page.locator("#level-card")).to_contain_text("填写后即给出建议级别")
    page.get_by_label("煤炭市场供需失衡").select_option(label="区域性、时段性严重供需失衡")
    page.get_by_label("煤炭价格").select_option(label="异常波动")
    expect(_level(page)).to_have_text("—")
    expect(page.locator("[data-level-rise]")).to_contain_text("煤炭最低库存与近三年平均之比")
    _enter(page, "coal_stock_share", "20")
    expect(_level(page)).to_have_text("II")
    _enter(page, "coal_stock_share", "19.9")
    expect(_level(page)).to_have_text("I")
    page.get_by_role("button", name="完成").click()
    expect(page.locator("#situation")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(page.locator("#incident-panel")).to_be_hidden()


def _a_reported_figure_overrides_the_computed_one_and_both_are_shown(page: Page, substation: Substation) -> None:
    figures = {figure["key"]: figure for figure in substation.assessment["level"]["figures"]}
    share = figures["customers_out_share"]["computed"]
    computed = f"{share * 100:.4g}"
    expect(page.locator("#level-figures")).to_be_visible()
    field = _field(page, "customers_out_share")
    expect(field.get_by_role("textbox")).to_have_attribute("placeholder", computed)
    expect(field).to_contain_text("30 即 30 %")
    expect(field).not_to_contain_text("以小数填写")
    _enter(page, "customers_out_share", "45")
    expect(field).to_contain_text(f"地图计算 {computed} %，以上报为准")
    page.locator("[data-level-view='clauses']").click()
    evidence = page.locator("[data-clause='4.2.1(5)']")
    expect(evidence).to_have_attribute("data-outcome", "met")
    expect(evidence).to_contain_text("城区停电用户占比 45 % 上报")
    expect(evidence).to_contain_text(f"计算值 {computed} %")
    expect(page.locator("[data-clause='4.2.1(4)']")).to_contain_text("计算")


def _every_clause_stands_in_the_table_with_its_outcome_and_opens_the_plan_at_its_place(
    page: Page, substation: Substation, server: Server
) -> None:
    page.locator("[data-level-view='clauses']").click()
    clauses = substation.assessment["level"]["clauses"]
    rows = page.locator("[data-clause]")
    expect(rows).to_have_count(len(clauses))
    words = {"met": "成立", "not_met": "不成立", "unknown": "未知"}
    for clause in clauses:
        row = page.locator(f"[data-clause='{clause['clause']}']")
        expect(row.locator(".outcome")).to_have_text(re.compile(rf".{words[clause['outcome']]}$"))
        expect(row).to_contain_text(clause["text"])
    for ruling in substation.assessment["level"]["rulings"]:
        expect(page.locator(f"[data-ruling='{ruling['key']}']")).to_contain_text(ruling["reason"])
    with page.context.expect_page() as opened:
        page.locator("[data-clause='4.2.1(5)'] a").click()
    plan = opened.value
    plan.wait_for_load_state()
    assert plan.url.startswith(f"{server.url}/plans/energy-chengqu")
    target = plan.locator(":target")
    expect(target).to_contain_text("全区30%以上50%以下供电用户停电")
    expect(target).to_be_in_viewport()
    plan.close()


def test_a_refused_figure_says_why_under_its_field_and_takes_nothing_away(
    open_page: Open, substation: Substation, watch: Watch
) -> None:
    watch.expected.append("422")
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _form(page)
    _enter(page, "coal_stock_share", "3500")
    field = _field(page, "coal_stock_share")
    expect(field.get_by_role("alert")).to_contain_text("未采用 3500 %（文件中为 35）：大于 1")
    expect(field.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    _enter(page, "pipeline_outage_days", "两天")
    expect(_field(page, "pipeline_outage_days").get_by_role("alert")).to_contain_text("填天数")
    expect(page.locator("#level-card")).to_contain_text("2 项未采用")
    expect(_level(page)).to_have_text("III")
    again = open_page(address(page, f"pipeline_outage_days[^&]*{quote(quote('两天'))}"))
    settle(again)
    _form(again)
    expect(_field(again, "pipeline_outage_days").get_by_role("textbox")).to_have_value("两天")
    expect(_field(again, "coal_stock_share").get_by_role("textbox")).to_have_value("3500")
    _enter(again, "coal_stock_share", "35")
    expect(_field(again, "coal_stock_share").get_by_role("alert")).to_be_hidden()


def test_an_entry_is_undone_as_one_and_a_link_restores_it(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _form(page)
    box = _field(page, "customers_out_share").get_by_role("textbox")
    box.press_sequentially("7", delay=20)
    page.wait_for_timeout(600)
    box.press_sequentially("1", delay=20)
    expect(_level(page)).to_have_text("I")
    other = open_page(address(page, "customers_out_share[^&]*71"))
    settle(other)
    expect(_level(other)).to_have_text("I")
    page.locator("#notes").get_by_role("button", name="撤销").click()
    expect(_level(page)).to_have_text("III")
    expect(box).to_have_value("")
    page.keyboard.press("Control+y")
    expect(_level(page)).to_have_text("I")
    expect(box).to_have_value("71")


def test_no_level_names_the_nearest_clause(open_page: Open) -> None:
    page = open_page(link("g=energy-chengqu~customers_out_share~0.27~affected_townships~0"))
    settle(page)
    expect(page.locator("[data-level-heading]")).to_have_text("未达到响应条件")
    expect(page.locator("[data-level-why]")).to_have_text("最接近 4.2.1(5)：城区停电用户占比 27 %，差 3 个百分点")


def test_the_heating_plan_asks_for_people_and_money_and_says_its_time_limits(open_page: Open) -> None:
    page = open_page(link(HEATING))
    page.locator("[data-first-figures]").click()
    _enter(page, "deaths", "0")
    _enter(page, "serious_injuries", "0")
    loss = _field(page, "direct_loss_yuan")
    loss.get_by_role("textbox").fill("1200")
    loss.get_by_role("button", name="万").click()
    expect(loss).to_contain_text("即 1200 万元")
    expect(_level(page)).to_have_text("I")
    card = page.locator("#level-card")
    expect(card).to_contain_text("事件等级：较大")
    expect(card).to_contain_text("30 分钟")
    page.locator("[data-level-view='clauses']").click()
    expect(page.locator("#level-clauses .revision-note")).to_contain_text("2026-05-29")
    page.locator("#incident-button").click()
    expect(page.locator("#incident-editor .revision-note")).to_be_visible()
    page.locator("#plan-field").select_option("energy-chengqu")
    expect(page.locator("#incident-editor .revision-note")).to_be_hidden()


def test_figures_of_one_plan_wait_while_another_is_looked_at(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}", "g=energy-chengqu~customers_out_share~0.71"))
    settle(page)
    expect(_level(page)).to_have_text("I")
    page.locator("#incident-button").click()
    page.locator("#plan-field").select_option("heating-zezhou")
    settle(page)
    expect(_level(page)).not_to_have_text("I")
    page.locator("#plan-field").select_option("energy-chengqu")
    expect(_level(page)).to_have_text("I")


def test_the_form_without_a_mouse(open_page: Open) -> None:
    page = open_page(link())
    page.keyboard.press("l")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.figure === 'customers_out_share'"):
            break
    page.keyboard.type("70")
    expect(_level(page)).to_have_text("I")
    page.keyboard.press("Escape")
    expect(page.locator("#level-figures")).to_be_hidden()
    expect(page.locator("[data-level-view='figures']")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#level-clauses")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_the_form_has_the_whole_height_and_the_level_stays_in_sight(open_page: Open, lang: str) -> None:
    page = open_page(link(f"lang={lang}"), size=(390, 844), has_touch=True, is_mobile=True)
    page.locator("[data-first-figures]").tap()
    last = page.locator("[data-figure-field]").last
    last.scroll_into_view_if_needed()
    last.locator("select").select_option("I")
    expect(_level(page)).to_have_text("I")
    expect(_level(page)).to_be_in_viewport()
    page.locator("[data-level-view='clauses']").tap()
    expect(page.locator("[data-clause]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for part in page.locator("#level-card, #level-detail").all():
        assert part.evaluate("(element) => element.scrollWidth <= element.clientWidth")
