"""Before an event: what to guard, which pairs, what hangs on one element, short reserves, coal."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.user import at_rest, link, search

#: The first list takes thousands of small cascades.
LISTED = 120_000


def _open_list(page: Page) -> dict[str, Any]:
    with page.expect_response("**/api/protection*", timeout=LISTED) as answer:
        page.get_by_role("button", name="事前防护").click()
    expect(page.locator("[data-protection-summary]")).to_be_visible()
    listed: dict[str, Any] = answer.value.json()
    return listed


def test_the_list_opens_with_nothing_marked_each_row_says_why_and_it_steps_aside(open_page: Open) -> None:
    page = open_page(link())
    listed = _open_list(page)
    expect(page.locator("[data-protection-summary]")).to_have_text(listed["summary"])
    rows = page.locator("[data-protection-row]")
    for key in ("guard", "pairs", "single_feed", "short_reserve", "coal"):
        page.locator(f"[data-protection-tab='{key}']").click()
        if not listed[key]:
            expect(page.locator(".protection-body .empty")).to_be_visible()
            continue
        expect(rows).to_have_count(len(listed[key]))
        expect(rows.first).to_contain_text(listed[key][0]["reason"])
        expect(rows.last).to_contain_text(listed[key][-1]["reason"])
    expect(page.locator("#first-step")).to_be_hidden()
    page.locator("[data-protection-tab='guard']").click()
    _a_row_lights_its_place_a_pair_lights_both(page, listed)
    _it_steps_aside_when_something_breaks_and_can_be_put_away(page, listed)


def _a_row_lights_its_place_a_pair_lights_both(page: Page, listed: dict[str, Any]) -> None:
    row = page.locator("[data-protection-row]").first
    row.hover()
    expect(page.locator(".halo-hovered")).to_have_count(1)
    row.get_by_role("button").click()
    expect(row).to_have_class(re.compile("selected"))
    expect(page.locator(".halo-selected")).to_be_in_viewport()
    assert listed["pairs"]
    page.locator("[data-protection-tab='guard']").press("ArrowRight")
    page.locator("[data-protection-row]").first.get_by_role("button").press("Enter")
    halos = page.locator(".halo-selected")
    expect(halos).to_have_count(2)
    for halo in halos.all():
        expect(halo).to_be_in_viewport()


def _it_steps_aside_when_something_breaks_and_can_be_put_away(page: Page, listed: dict[str, Any]) -> None:
    panel = page.locator("#protection-panel")
    panel.get_by_role("button", name="关闭").click()
    expect(panel).to_be_hidden()
    expect(page.locator("#first-step")).to_be_visible()
    page.get_by_role("button", name="事前防护").click()
    expect(page.locator("[data-protection-summary]")).to_have_text(listed["summary"])
    page.locator("[data-protection-row]").first.get_by_role("button").click()
    expect(panel).to_be_visible()
    row = search(page, listed["guard"][0]["name"])
    row.get_by_role("button", name="标为故障").click()
    expect(page.locator("#incident-panel")).to_be_visible()
    expect(panel).to_be_hidden()


def test_while_it_is_computed_and_when_it_fails_the_panel_says_so(open_page: Open, watch: Any) -> None:
    watch.expected.append("503")
    page = open_page(link())
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/protection*", hold)
    page.get_by_role("button", name="事前防护").click()
    panel = page.locator("#protection-panel")
    expect(panel).to_contain_text("正在逐个推演")
    error = {"code": "busy", "message": "正在做别的推演", "remedy": "稍后再试", "problems": []}
    held[0].fulfill(status=503, json={"error": error})
    expect(panel.get_by_role("alert")).to_contain_text("正在做别的推演")
    page.unroute("**/api/protection*")
    with page.expect_response("**/api/protection*", timeout=LISTED):
        panel.get_by_role("button", name="重试").click()
    expect(page.locator("[data-protection-summary]")).to_be_visible()


def test_on_a_phone_the_list_is_a_sheet_that_leaves_the_map_in_sight(open_page: Open) -> None:
    page = open_page(link(), size=(390, 844), has_touch=True, is_mobile=True)
    _open_list(page)
    box = page.locator("#protection-panel").bounding_box()
    assert box
    assert box["y"] > 300
    assert box["width"] == 390
    page.locator("[data-protection-row]").first.get_by_role("button").tap()
    halo = page.locator(".halo-selected")
    expect(halo).to_be_in_viewport()
    at_rest(halo)
    at = halo.bounding_box()
    assert at
    assert at["y"] + at["height"] < box["y"]
