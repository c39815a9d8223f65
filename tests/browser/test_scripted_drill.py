"""A drill that plays itself on the page: begun from a script, followed by others, held, and gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import Screens, Signing
from webmap.drills.script_book import shipped

AsPerson = Callable[..., Page]


@pytest.fixture
def as_person(office_signing: Signing) -> Iterator[AsPerson]:
    with Screens(office_signing) as screens:
        yield screens.open


def position(page: Page) -> int:
    return int(page.locator("[data-drill-position]").get_attribute("data-drill-position") or 0)


def test_a_drill_plays_itself_and_is_held(as_person: AsPerson) -> None:
    director = as_person("xiaoli")
    director.keyboard.press("i")
    director.locator("[data-new-drill]").click()
    form = director.locator("[data-drill-form]")
    form.locator("input[value='energy-blackout']").check()
    form.get_by_label("事件名称").fill("冬季保供脚本演练")
    form.get_by_label("倍速").select_option("600")
    expect(form).to_contain_text("照此倍速，不到 1 分演完")
    form.locator("[data-begin-drill]").click()
    strip = director.locator("#drill-strip")
    expect(strip.locator("[data-drill]")).to_have_text("演练")
    expect(strip).to_contain_text(f"/ 共 {len(shipped('energy-blackout').steps)} 步")
    expect(director.locator("[data-level-in-force]")).to_have_text("III")
    expect(director.locator("#level-card")).to_contain_text("演练脚本（小李）")

    strip.locator("[data-drill-change='pause']").click()
    expect(strip.locator("[data-drill-held]")).to_have_text("已暂停")
    strip.locator("[data-drill-notes]").click()
    expect(director.locator("#drill-notes")).to_contain_text("下一步")
    director.keyboard.press("Escape")

    # Others see how far it is, not what comes, and have nothing to press.
    player = as_person("zhou")
    player.keyboard.press("i")
    player.locator("[data-incidents-tab='drills']").click()
    player.locator("[data-incident]", has_text="冬季保供脚本演练").click()
    theirs = player.locator("#drill-strip")
    expect(theirs.locator("[data-drill-held]")).to_have_text("已暂停")
    expect(theirs.locator("button, select")).to_have_count(0)
    # At this speed a step comes every second; none does while somebody else opens the log.
    held = position(director)
    player.locator("#tab-log").click()
    expect(player.locator("#pane-log [data-entry]").first).to_be_visible()
    player.wait_for_timeout(1_500)
    assert position(director) == held == position(player)

    strip.locator("[data-drill-change='step']").click()
    expect(strip.locator("[data-drill-position]")).to_have_attribute("data-drill-position", str(held + 1))
    expect(theirs.locator("[data-drill-position]")).to_have_attribute("data-drill-position", str(held + 1))
    strip.locator("[data-drill-change='resume']").click()
    for page in (director, player):
        expect(page.locator("[data-level-in-force]")).to_have_text("II")
    strip.locator("[data-drill-change='stop']").click()
    strip.locator("[data-drill-change='stop']").click()
    expect(strip).to_be_hidden()
    expect(theirs).to_be_hidden()
    expect(director.locator("#drill-frame")).to_be_visible()
