"""The wall view as a wall sees it, and the bell as the one at the desk does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, Substation
from tests.browser.screens import Screens, Signing, ask, loaded

WALL = (1920, 1080)
#: Parts of the screen's height below which nobody reads from six metres: text, and what is looked for first.
TEXT, KEY_FIGURES = 0.022, 0.06
NAME = "城东北站停电（大屏）"
SCENES = ("overview", "townships", "places", "measures", "log")
#: Every text that is seen, with its height and where it stands.
_TEXTS = """() => [...document.querySelectorAll('#wall *, #map .leaflet-pane *')]
  .filter((element) => element.checkVisibility({visibilityProperty: true}))
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((element) => [element.className + ': ' + element.textContent, parseFloat(getComputedStyle(element).fontSize)])"""
_KEYS = (
    "[data-wall-level], [data-wall-figure] strong, [data-wall-township] td strong, .wall-left, "
    "[data-wall-countdown] strong, .wall-log time, .wall-clock strong"
)


@pytest.fixture(scope="module")
def signing(browser: Browser, server: Server) -> Signing:
    return Signing(browser, server)


@pytest.fixture
def screens(signing: Signing) -> Iterator[Screens]:
    # The network is lost on purpose, at whatever the page is asking then; a busy server has it come back (503).
    with Screens(signing, expected=("net::ERR_", "503")) as screens:
        yield screens


@pytest.fixture(scope="module")
def incident(signing: Signing, substation: Substation) -> str:
    """An incident that began an hour ago, of which nothing was reported upward yet."""
    began = datetime.now(timezone(timedelta(hours=8))) - timedelta(hours=1)
    at = began.isoformat(timespec="seconds")
    facts = [
        {"kind": "reported", "happened_at": at, "text": "居民反映停电"},
        {"kind": "fault_located", "happened_at": at, "element": substation.id},
    ]
    with Screens(signing) as screens:
        desk = screens.blank("demo-duty-officer")
        body = {"plan": "energy-chengqu", "name": NAME, "drill": False, "facts": facts}
        found = str(ask(desk, "/api/incidents", body)["incident"]["id"])
        level = {
            "kind": "level_started",
            "level": "III",
            "office": "办公室主任",
            "reason": "会商决定",
            "happened_at": at,
        }
        director = screens.blank("demo-office-director")
        ask(director, f"/api/incidents/{found}/entries", {"facts": [level]})
    return found


def readable(page: Page) -> None:
    texts = page.evaluate(_TEXTS)
    assert texts
    assert [text for text in texts if text[1] < TEXT * WALL[1]] == []
    keys = page.locator(_KEYS).evaluate_all("found => found.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    assert len(keys) >= 2
    assert min(keys) >= KEY_FIGURES * WALL[1]
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == list(WALL)


def test_a_wall_turns_its_scenes_and_recovers_from_a_lost_server(screens: Screens, incident: str) -> None:
    page = screens.blank("demo-observer", size=WALL)
    page.clock.install()
    page.goto(f"/#wall=1&every=20&i={incident}")
    loaded(page)
    wall = page.locator("#wall")
    expect(page.locator("[data-wall-level]")).to_have_text("III")
    expect(page.locator("[data-wall-figure]")).to_have_count(3)
    for scene in SCENES:
        expect(wall).to_have_attribute("data-scene", scene)
        expect(wall).to_contain_text("示例数据")
        expect(wall).to_contain_text(NAME)
        readable(page)
        page.clock.fast_forward(20_000)
    expect(wall).to_have_attribute("data-scene", "overview")
    assert page.locator("#wall :is(button, a, input, select)").count() == 0
    expect(page.locator("#topbar, #dock, #incident-panel, #zoom").locator("visible=true")).to_have_count(0)

    page.keyboard.press("ArrowLeft")
    expect(wall).to_have_attribute("data-scene", "log")
    page.context.set_offline(True)
    expect(page.locator(".wall-trouble")).to_contain_text("连不上服务器，画面停在")
    expect(page.locator("[data-wall-entry]")).to_have_count(3)
    readable(page)
    page.context.set_offline(False)
    page.clock.fast_forward(6_000)
    expect(page.locator(".wall-trouble")).to_be_hidden()

    page.keyboard.press("Escape")
    expect(wall).to_be_hidden()
    expect(page.locator("#topbar")).to_be_visible()


def test_the_bell_says_what_needs_the_duty_officer_and_leads_there(screens: Screens, incident: str) -> None:
    page = screens.open("demo-duty-officer")
    expect(page).to_have_title(re.compile(r"^\(\d+\) "))
    page.locator("#attention-button").click()
    notice = page.locator("[data-notice='report_due']", has_text=NAME)
    expect(notice).to_contain_text("还没有报")
    expect(notice).to_contain_text("4.1")
    notice.click()
    expect(page.locator("#attention-menu")).to_be_hidden()
    expect(page.locator("#aftermath-panel")).to_be_visible()
    expect(page.locator("#incident-button")).to_contain_text(NAME)
