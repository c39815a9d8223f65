"""A planner edits on the map: a station and its line, what is wrong with them, the review, written and taken out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask
from tests.browser.user import at_rest, link

PLACE = "v=35.5640,112.8892,16"


@pytest.fixture
def screens(browser: Browser, server: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, server)) as screens:
        yield screens


def _fill(page: Page, layer: str, **values: str) -> None:
    """Fill in the form of a new record; what has choices is chosen."""
    for name, value in values.items():
        control = page.locator(f"#edit-{layer}-{name}")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def _changes(page: Page) -> list[dict[str, Any]]:
    """What the draft in the address changes, as the server has it."""
    draft = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('edit')")
    changes: list[dict[str, Any]] = ask(page, f"/api/data-drafts/{draft}?lang=zh")["changes"]
    return changes


def _add_station(page: Page) -> None:
    page.locator("#edit-layer").select_option("network_nodes")
    page.locator("[data-edit-add]").click()
    expect(page.locator("#edit-hint")).to_be_visible()
    page.mouse.click(590, 500)
    save = page.locator("[data-edit-save]")
    save.click()
    expect(page.locator(".edit-form .refused")).to_have_count(5)
    known = {"provenance": "synthetic", "source": "测试", "network": "electricity", "kind": "transformer"}
    _fill(page, "network_nodes", name="新台区", customers="-5", **known)
    save.click()
    expect(page.locator("#edit-network_nodes-customers-error")).to_contain_text("不能小于 0")
    _fill(page, "network_nodes", customers="1,200")
    save.click()
    expect(page.locator(".edit-form h4")).to_contain_text("新台区")


def test_a_planner_adds_a_station_and_its_line_and_takes_them_out_again(screens: Screens) -> None:
    page = screens.open("demo-planner", link("data=edit", PLACE))
    before = ask(page, "/api/catalog?lang=zh")
    page.locator("[data-edit-begin]").click()
    expect(page.locator(".edit-work")).to_be_visible()
    _add_station(page)
    x, y = at_rest(page.locator("[data-edit-handle]"))

    page.locator("#edit-layer").select_option("network_lines")
    page.locator("[data-edit-add]").click()
    page.mouse.click(x, y)
    page.mouse.click(x + 50, y - 30)
    page.mouse.click(x + 52, y - 30)
    expect(page.locator(".edit-form h4")).to_contain_text("新的记录")
    expect(page.locator("#edit-network_lines-from_node")).to_contain_text("新台区")
    _fill(page, "network_lines", name="新支线", kind="feeder")
    page.locator("[data-edit-save]").click()
    expect(page.locator(".edit-form h4")).to_contain_text("新支线")
    assert {change["layer"] for change in _changes(page)} == {"network_nodes", "network_lines"}

    # A corner is dragged, undone and done again with keys.
    middle = page.locator("[data-edit-handle='middle 0 1']")
    at = at_rest(middle)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 30, at[1] + 40, steps=4)
    page.mouse.up()
    expect(page.locator("[data-edit-handle^='corner']")).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-edit-handle^='corner']")).to_have_count(2)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("[data-edit-handle^='corner']")).to_have_count(3)

    page.locator("[data-edit-review]").click()
    expect(page.locator(".edit-review .import-answer")).to_contain_text("共改动 3 条记录")
    expect(page.locator("[data-problem='unsupplied']")).to_contain_text("新台区")
    page.locator("#edit-note").fill("新台区")
    page.locator("[data-edit-commit]").click()
    expect(page.locator("[data-edit-done]")).to_be_visible(timeout=60_000)
    written = ask(page, "/api/catalog?lang=zh")
    assert _count(written, "network_nodes") == _count(before, "network_nodes") + 2

    page.locator("[data-edit-take-out]").click()
    expect(page.locator(".edit-work")).to_be_visible(timeout=60_000)
    assert _count(ask(page, "/api/catalog?lang=zh"), "network_nodes") == _count(before, "network_nodes")


def _count(catalog: dict[str, Any], layer: str) -> int:
    return next(int(one["count"]) for one in catalog["layers"] if one["key"] == layer)
