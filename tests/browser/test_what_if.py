"""A what-if beside the present: figures of both, taken over or discarded; what is done by hand."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server, Substation
from tests.browser.user import go_to, link, settle


def _start(page: Page) -> None:
    page.get_by_role("button", name="假设").click()
    expect(page.locator("#what-if")).to_be_visible()


def _repair(page: Page) -> None:
    page.get_by_role("tab", name="标记与依据").click()
    page.get_by_role("button", name=re.compile("^标为已修复: ")).first.click()
    settle(page)


def test_the_difference_is_told_at_the_moment_shown_and_the_present_stays(
    open_page: Open, server: Server, substation: Substation
) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _start(page)
    expect(page.locator("#comparison")).to_contain_text("现在试")
    _repair(page)
    customers = substation.assessment["outages"]["electricity"]["customers"]
    row = page.locator("[data-compared='customers.electricity']")
    expect(row.locator("td")).to_have_count(3)
    present, then, difference = row.locator("td").all()
    expect(present.locator("span")).to_have_attribute("title", f"{customers:,}")
    expect(then).to_have_text("0 户")
    expect(difference).to_contain_text("−")
    expect(page.locator("[data-compared='level'] .difference")).to_have_text("变")
    hours = substation.first_later_failure_hours
    page.locator("[data-time-slider]").focus()
    page.keyboard.press("End")
    settle(page)
    listed = {place["id"] for place in substation.assessment["facilities"] if place["tier"] is not None}
    failing = {
        place for moment in substation.assessment["timeline"] for place in moment["new_failures"] if place in listed
    }
    assert hours >= 1
    expect(page.locator("[data-compared='failed'] td").first).to_have_text(f"{len(failing)} 家")
    expect(page.locator("[data-compared='failed'] .difference")).to_have_text(f"−{len(failing)}")
    page.get_by_role("button", name="放弃").click()
    expect(page.locator("#what-if")).to_be_hidden()
    expect(page.locator("[data-mark-repaired]")).to_have_count(1)


def test_a_what_if_is_kept_in_the_link_taken_over_and_undone(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _start(page)
    expect(page.get_by_role("button", name="采用")).to_be_disabled()
    expect(page).to_have_url(re.compile("[#&]if="))
    unchanged = page.url
    _repair(page)
    expect(page).not_to_have_url(unchanged)
    page.reload()
    settle(page)
    expect(page.locator("[data-comparison]")).to_be_visible()
    page.get_by_role("button", name="采用").click()
    settle(page)
    expect(page.locator("#comparison")).to_be_hidden()
    page.get_by_role("tab", name="标记与依据").click()
    expect(page.locator("[data-repaired]")).to_have_count(1)
    page.locator("#map").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#what-if")).to_be_visible()


def test_a_switch_is_opened_from_its_card_and_the_operation_taken_back(open_page: Open, server: Server) -> None:
    nodes = [node["properties"] for node in server.get("/api/layers/network_nodes")["features"]]
    gas = next(node["id"] for node in nodes if node["kind"] == "regulator")
    quiet = server.assess(faults=[{"element": gas}])["outages"]["electricity"]["customers"]
    switch = next(
        node
        for node in nodes
        if node["kind"] == "switch"
        and not node["normally_open"]
        and server.assess(
            faults=[{"element": gas}],
            operations=[{"device": node["id"], "action": "open", "at": "2026-01-12T08:00:00+08:00"}],
        )["outages"]["electricity"]["customers"]
        > quiet
    )
    page = open_page(link(f"f={gas}"))
    settle(page)
    x, y = go_to(page, switch["name"])
    page.mouse.click(x, y)
    card = page.locator("[data-place-card]")
    expect(card).to_contain_text(switch["name"])
    card.get_by_role("button", name="断开").click()
    settle(page)
    expect(card).to_contain_text("断开")
    expect(page.locator("[data-profile='electricity']")).to_be_visible()
    page.get_by_role("tab", name="标记与依据").click()
    expect(page.locator(f"[data-operation='{switch['id']}']")).to_be_visible()
    card.get_by_role("button", name="合上", exact=True).click()
    settle(page)
    expect(page.locator("[data-profile='electricity']")).to_have_count(0)


def test_a_road_is_closed_from_its_card_and_drawn_barred(open_page: Open, server: Server) -> None:
    roads = server.get("/api/layers/roads")["features"]
    road = max(roads, key=lambda one: len(one["geometry"]["coordinates"]))
    path = road["geometry"]["coordinates"]
    longitude, latitude = path[len(path) // 2]
    sub = server.get("/api/layers/network_nodes")["features"]
    fault = next(node["properties"]["id"] for node in sub if node["properties"]["kind"] == "regulator")
    page = open_page(link(f"v={latitude},{longitude},16", f"f={fault}", "l=-lines_electricity,-lines_heat"))
    settle(page)
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card = page.locator("[data-place-card]")
    expect(card).to_contain_text(road["properties"]["name"])
    card.get_by_role("button", name="封闭").click()
    expect(page.locator("#map .closed-road")).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"[#&]cr={road['properties']['id']}"))
    card.get_by_role("button", name="解除封闭").click()
    expect(page.locator("#map .closed-road")).to_have_count(0)
    _start(page)
    expect(card).to_have_count(0)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card.get_by_role("button", name="封闭").click()
    settle(page)
    expect(page.locator("#comparison")).to_contain_text("没有差别")
    strip, title = page.locator("#what-if").bounding_box(), card.bounding_box()
    assert strip
    assert title
    assert title["y"] >= strip["y"] + strip["height"]
