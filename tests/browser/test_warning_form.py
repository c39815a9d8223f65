"""A warning drafted on the page: the area put together, who is inside, what is missing, and nothing lost on the way."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing
from tests.browser.test_three_people import open_incident
from tests.browser.test_warning_desk import go, take
from tests.browser.user import mark_by_click, settle

AsPerson = Callable[..., Page]


@pytest.fixture
def as_person(office_signing: Signing) -> Iterator[AsPerson]:
    # The first picture of a server that has just started is the slowest.
    with Screens(office_signing, timeout_s=60) as screens:
        yield screens.open


def begin(page: Page, office: Server, name: str) -> Locator:
    """Open an incident where a station has failed, and the form of a warning; return the form."""
    nodes = office.get("/api/layers/network_nodes")["features"]
    station = next(node["properties"]["name"] for node in nodes if node["properties"]["id"] == "e-sub-110-04")
    open_incident(page, "real", "市民来电：城中停电", name)
    mark_by_click(page, station)
    settle(page)
    return open_form(page)


def warnings_of(page: Page, which: str) -> dict[str, dict[str, Any]]:
    return {warning["id"]: warning for warning in page.request.get(f"/api/warnings?which={which}").json()["warnings"]}


def open_form(page: Page) -> Locator:
    page.locator("#tab-warnings").click()
    page.locator("[data-draft-warning]").click()
    form = page.locator("#warning-draft")
    expect(form.locator("[data-level-choice] :checked")).to_have_count(1, timeout=60_000)
    return form


def people_inside(form: Locator) -> str:
    """How many people are inside, once the answer for the area shown is there."""
    expect(form.locator("[data-draft-section='area']")).to_have_attribute("aria-busy", "false", timeout=60_000)
    return form.locator("[data-inside='people']").get_attribute("title") or ""


def test_the_area_is_put_together_and_undone_and_nothing_is_lost_by_a_reload(
    as_person: AsPerson, office: Server
) -> None:
    page = as_person("xiaoli")
    warnings = warnings_of(page, "all")
    form = begin(page, office, "城中停电")
    chips = form.locator("[data-part]")
    expect(chips).to_have_count(1)
    before = people_inside(form)
    assert int(before.replace(",", "")) > 0

    form.locator("[data-draft-tool='townships']").click()
    form.locator("[data-draft-township='140502006']").check()
    expect(chips).to_have_count(2)
    more = people_inside(form)
    assert int(more.replace(",", "")) > int(before.replace(",", ""))
    # Taken out instead of in: what the outage reaches there is not warned of, and who is affected there is told.
    chips.nth(1).get_by_role("button", name=re.compile("改为扣除")).click()
    less = people_inside(form)
    assert int(less.replace(",", "")) <= int(before.replace(",", ""))
    page.locator("#map").press("Control+z")
    page.locator("#map").press("Control+z")
    expect(chips).to_have_count(1)
    assert people_inside(form) == before

    # Another level asks for a reason, and the line of what is missing leads there.
    form.locator("[data-level-choice='large']").click()
    form.locator("[data-lack='reason']").click()
    expect(form.locator("[data-draft-reason]")).to_be_focused()
    page.keyboard.type("会商认为会蔓延")
    expect(form.locator("[data-draft-lacks] button")).to_have_count(0)
    form.locator("[data-draft-text='应采取的措施']").first.fill("请停用电梯。")
    expect(form.locator("[data-draft-english]")).to_contain_text("只改了中文")

    page.reload()
    expect(form.locator("[data-draft-reason]")).to_have_value("会商认为会蔓延", timeout=60_000)
    expect(form.locator("[data-draft-text='应采取的措施']").first).to_have_value("请停用电梯。")
    # Put away and opened again it is still there; started over it is not.
    form.locator("[data-draft-leave]").click()
    expect(form).to_be_hidden()
    form = open_form(page)
    form.locator("[data-draft-anew]").click()
    expect(form.locator("[data-level-choice='general'] :checked")).to_have_count(1)

    # Without an area, and without a text that the plan asks for, nothing is sent: the button leads to what is missing.
    form.locator("[data-draft-text='发布机关']").first.fill("")
    form.get_by_role("button", name=re.compile("^移除")).first.click()
    expect(form.locator("[data-lack='area']")).to_be_visible()
    expect(form.locator("[data-lack='text']").filter(has_text="发布机关（3.3）")).to_be_visible()
    form.locator("[data-draft-next]").click()
    expect(form.locator("[data-draft-tool='townships']")).to_be_focused()
    assert warnings_of(page, "all").keys() == warnings.keys()


def test_the_commander_issues_alone_after_one_more_look(as_person: AsPerson, office: Server) -> None:
    page = as_person("zhang")
    warnings = warnings_of(page, "current")
    form = begin(page, office, "城中再次停电")
    expect(form.locator("[data-draft-next]")).to_have_text("发布…")
    form.locator("[data-draft-hours='12']").click()
    expect(form.locator("[data-draft-hours='12']")).to_have_attribute("aria-pressed", "true")
    form.locator("[data-draft-next]").click()
    dialog = page.locator("#issue-warning")
    expect(dialog.locator("[data-issue-kind='real']")).to_have_text("真实预警")
    expect(dialog.locator("[data-confirm='level']")).to_contain_text("一般预警")
    expect(dialog.locator("[data-confirm='people']")).to_contain_text("万人")
    assert warnings_of(page, "current").keys() == warnings.keys()
    dialog.locator("[data-issue-confirm]").click()
    expect(dialog).to_be_hidden()
    expect(form).to_be_hidden()
    (issued,) = (warning for key, warning in warnings_of(page, "current").items() if key not in warnings)
    assert issued["status"] == "issued"
    assert 43_000 < issued["expires_in_s"] <= 43_200


def test_two_people_from_the_suggestion_to_the_lifting(as_person: AsPerson, office: Server) -> None:
    duty, commander = as_person("xiaoli"), as_person("zhang")
    form = begin(duty, office, "城中第三次停电")
    began = time.monotonic()
    form.locator("[data-draft-next]").click()
    expect(form).to_be_hidden()
    expect(duty.locator(".warning-title")).to_be_visible()
    link = "#" + duty.url.partition("#")[2]
    go(commander, link)
    take(commander, "issued")
    expect(commander.locator("[data-in-force='1']")).to_contain_text("还剩 23 小时")
    assert time.monotonic() - began < 120, "two minutes from the suggestion to the issue"

    go(duty, link)
    duty.locator(".warning-buttons button", has_text="更新").click()
    # Pressed before anything is suggested: the texts that nobody wrote by hand follow the time all the same.
    longer = form.locator("[data-draft-hours='72']")
    longer.click()
    expect(longer).to_have_attribute("aria-pressed", "true")
    form.locator("[data-draft-next]").click()
    expect(form).to_be_hidden()
    go(commander, link)
    take(commander, "issued")
    expect(commander.locator("[data-in-force='2']")).to_contain_text("还剩")

    # 谁发布谁解除: the office issued it, so its office cannot lift it.
    director = as_person("wang")
    go(director, link)
    expect(director.locator(".warning-buttons [data-step='lifted']")).to_have_count(0)
    director.locator(".warning-next summary").click()
    expect(director.locator("[data-refused-step='lifted']")).to_contain_text("3.5")
    take(commander, "lifted", reason="供电恢复。")
    expect(commander.locator(".warning-standing")).to_contain_text("已解除")
