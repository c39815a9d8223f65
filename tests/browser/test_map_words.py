"""Words of the map and of operations: what a finger names, what is opened and what is closed, who keeps a label."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Server, Substation
from tests.browser.user import at_rest, go_to, link, settle, zoom_in


def test_a_first_tap_names_the_element_and_a_second_marks_it(open_page: Open, substation: Substation) -> None:
    page = open_page(link(), size=(390, 844), has_touch=True, is_mobile=True)
    x, y = go_to(page, substation.name)
    page.get_by_role("button", name="标记故障").first.tap()
    page.touchscreen.tap(x, y)
    hint = page.locator("#mode-hint")
    expect(hint).to_contain_text(substation.name)
    expect(page.locator("#incident-panel")).to_be_hidden()
    page.touchscreen.tap(x, y)
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator(f"[data-fault='{substation.id}']")).to_be_attached()


def test_the_named_element_can_be_marked_by_the_button(open_page: Open, substation: Substation) -> None:
    page = open_page(link(), size=(390, 844), has_touch=True, is_mobile=True)
    x, y = go_to(page, substation.name)
    page.get_by_role("button", name="标记故障").first.tap()
    page.touchscreen.tap(x, y)
    page.locator("#mode-hint").get_by_role("button", name="标为故障").tap()
    expect(page.locator(f"[data-fault='{substation.id}']")).to_be_attached()


@pytest.mark.parametrize(("kind", "verb", "other"), [("switch", "断开", "关闭"), ("valve", "关闭", "断开")])
def test_switches_are_opened_and_valves_are_closed(
    open_page: Open, server: Server, kind: str, verb: str, other: str
) -> None:
    network = {"switch": "electricity", "valve": "heat"}[kind]
    lines = server.get("/api/layers/network_lines")["features"]
    candidates = [line["properties"]["id"] for line in lines if line["properties"]["network"] == network]
    for element in candidates[:40]:
        isolation = server.assess(faults=[{"element": element}])["isolation"][0]
        if isolation["devices_to_open"] and {device["kind"] for device in isolation["devices_to_open"]} == {kind}:
            break
    else:
        pytest.fail(f"no line of the sample is isolated by a {kind}")
    page = open_page(link(f"f={element}"))
    settle(page)
    page.get_by_role("tab", name="操作步骤").click()
    first = page.locator("#pane-isolation ol .device-row").first
    expect(first).to_contain_text(f"{verb} {isolation['devices_to_open'][0]['name']}")
    isolating = page.locator("#pane-isolation ol").first
    expect(isolating).not_to_contain_text(f"{other} ")
    expect(page.locator("#pane-isolation")).not_to_contain_text(f"本已{other}")


def test_the_township_hit_worst_keeps_its_name_at_every_zoom(open_page: Open, substation: Substation) -> None:
    worst = max(substation.assessment["townships"], key=lambda township: township["population_affected"])
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    view = page.evaluate("location.hash.match(/v=([^&]+)/)[1].split(',').slice(0, 2).join(',')")
    again = open_page(link(f"f={substation.id}", f"v={view},11"))
    settle(again)
    name = again.locator(".map-label-township", has_text=worst["name"])
    expect(name).to_be_visible()
    for zoom in (12, 13):
        zoom_in(again, zoom)
        at_rest(again.locator(".map-label-township").first)
        expect(name).to_be_visible()
