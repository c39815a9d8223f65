"""An incident played back: an earlier hour on the whole page, and back; two moments beside each other on one map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask


def _at(hour: int, minute: int = 0) -> str:
    return f"2026-01-{12 + hour // 24}T{hour % 24:02}:{minute:02}:00+08:00"


@pytest.fixture
def screens(browser: Browser, server: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, server)) as screens:
        yield screens


@pytest.fixture
def incident(screens: Screens, server: Server) -> str:
    """A drill: a station fails at 8:10, level III runs from 9:00, the station is repaired at 15:30."""
    nodes = [node["properties"] for node in server.get("/api/layers/network_nodes")["features"]]
    station = next(node["id"] for node in nodes if node["kind"] == "substation")
    facts = [
        {"kind": "reported", "happened_at": _at(8), "text": "城区停电"},
        {"kind": "fault_located", "happened_at": _at(8, 10), "element": station},
    ]
    told = {"plan": "energy-chengqu", "name": "回放演练", "drill": True, "facts": facts}
    found = str(ask(screens.blank("demo-duty-officer"), "/api/incidents", told)["incident"]["id"])
    level = {
        "kind": "level_started",
        "happened_at": _at(9),
        "level": "III",
        "recommended": "III",
        "office": "办公室主任",
    }
    _write(screens.blank("demo-office-director"), found, {**level, "reason": "停电范围扩大"})
    repaired = {"kind": "repaired", "happened_at": _at(15, 30), "element": station}
    _write(screens.blank("demo-duty-officer"), found, repaired)
    return found


def _write(page: Page, incident: str, fact: dict[str, Any]) -> None:
    ask(page, f"/api/incidents/{incident}/entries", {"facts": [fact]})


def _hit(page: Page) -> int:
    return page.locator('[data-township]:not([data-share-class="none"])').count()


def test_an_earlier_hour_is_shown_on_the_whole_page_and_the_present_comes_back(screens: Screens, incident: str) -> None:
    page = screens.open("demo-duty-officer", f"#i={incident}")
    expect(page.locator('[data-figure="customers"] .figure-value')).to_have_text("0")
    assert _hit(page) == 0
    page.keyboard.press("p")
    slider = page.locator("[data-film-slider]")
    expect(slider).to_be_visible()
    # From the end to the last change before it, then on to the first moments.
    slider.press("Home")
    expect(page.locator("[data-film-clock]")).to_have_text(re.compile("08:00$"))
    expect(page.locator("[data-film-said]")).to_contain_text("现在所知")
    page.locator("[data-film-next]").click()
    expect(page.locator("[data-film-clock]")).to_have_text(re.compile("08:10$"))
    for _ in range(9):
        if page.locator("[data-film-level]").inner_text() == "III":
            break
        page.locator("[data-film-next]").click()
    # At rest the page has its full answer of that moment: level, headline, ranking, map.
    expect(page.locator("#film-figures")).to_be_hidden()
    expect(page.locator("#level-card")).to_contain_text("III")
    expect(page.locator('[data-figure="customers"] .figure-value')).not_to_have_text("0")
    expect(
        page.locator("[data-ranking] [data-state=failed], [data-ranking] [data-state=on_reserve]").first
    ).to_be_visible()
    assert _hit(page) > 0
    expect(page).to_have_url(re.compile("film=2026-01-12"))
    page.keyboard.press("Escape")
    expect(slider).to_be_hidden()
    expect(page.locator('[data-figure="customers"] .figure-value')).to_have_text("0")
    expect(page.locator('[data-township]:not([data-share-class="none"])')).to_have_count(0)


def _inks(page: Page, pane: str) -> int:
    """How many pixels of a side's canvas are drawn."""
    script = """pane => {
      const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 3; at < data.length; at += 4) count += data[at] > 0;
      return count;
    }"""
    return int(page.evaluate(script, pane))


def test_two_moments_stand_on_one_map_with_a_divider_and_a_table(screens: Screens, incident: str) -> None:
    link = f"film={_at(8)}~k~{_at(9)}~k~0.40".replace("+", "%2B")
    page = screens.open("demo-duty-officer", f"#i={incident}&{link}")
    divider = page.locator("#film-divider")
    expect(divider).to_be_visible()
    # On the left nobody is out yet, on the right townships are shaded: more of the canvas is drawn.
    assert 0 < _inks(page, "film-a") < _inks(page, "film-b")
    row = page.locator('[data-film-row="electricity"] td')
    expect(row.nth(0)).to_have_text("0")
    expect(row.nth(1)).not_to_have_text("0")
    divider.focus()
    page.keyboard.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "42")
    clip = page.locator(".leaflet-film-a-pane").evaluate("pane => pane.style.clipPath")
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.42 * box["width"], 500)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], 500, steps=3)
    page.mouse.up()
    expect(divider).to_have_attribute("aria-valuenow", "60")
    assert page.locator(".leaflet-film-a-pane").evaluate("pane => pane.style.clipPath") != clip
    page.keyboard.press("Escape")
    expect(divider).to_be_hidden()
