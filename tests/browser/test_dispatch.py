"""A station is out: what is suggested to bring is set right, planned, read, and a trip's way seen on the map."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open, Server
from tests.browser.user import link, settle

#: A search of five seconds takes longer on a busy machine.
PLANNED = 60_000


def test_supplies_are_planned_from_what_the_data_suggest(open_page: Open, server: Server) -> None:
    nodes = [node["properties"] for node in server.get("/api/layers/network_nodes")["features"]]
    station = next(node["id"] for node in nodes if node["kind"] == "substation")
    page = open_page(link(f"f={station}"))
    settle(page)
    page.get_by_role("tab", name="抢修").click()
    page.get_by_role("button", name="物资调运").click()
    fuel = page.locator("[data-supply='stock-st-025']")
    page.locator("[data-part='stock'] summary").click()
    expect(fuel).to_contain_text("假定")
    amount = fuel.get_by_role("spinbutton")
    amount.fill("9000")
    amount.press("Tab")
    expect(fuel).not_to_contain_text("假定")
    page.get_by_label("计算时限").last.select_option("5")

    with page.expect_response("**/api/dispatches?*", timeout=PLANNED) as answer:
        page.get_by_role("button", name="排出调运计划").click()
        expect(page.get_by_role("button", name="取消")).to_be_visible()
    plan = answer.value.json()
    expect(page.locator("[data-dispatch-sentence]")).to_have_text(plan["sentence"])
    assert next(row["amount"] for row in plan["stocks"] if row["id"] == "stock-st-025") == 9000
    expect(page.locator("[data-dispatch-proof]")).to_contain_text(plan["proof"])
    expect(page.locator("[data-trip-chart] [data-trip]")).to_have_count(len(plan["trips"]))
    lost = [row for row in plan["facilities"] if row["state"] != "kept"]
    expect(page.locator("[data-served]:not([data-state='kept'])")).to_have_count(len(lost))

    way = page.locator(".trip-way")
    expect(way).to_have_count(0)
    bar = page.locator("[data-trip-chart] [data-trip]").first
    bar.click()
    expect(way).to_have_count(1)
    expect(bar).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="抢修计划").click()
    expect(way).to_have_count(0)
    page.get_by_role("button", name="物资调运").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出 CSV").click()
    assert re.search("示例数据-调运方案", saved.value.suggested_filename)
    page.get_by_role("button", name="改库存与车辆").click()
    page.locator("[data-part='vehicle'] summary").click()
    page.locator("[data-add='vehicle diesel']").click()
    page.get_by_role("button", name="回到计划").click()
    expect(page.locator("[data-dispatch-stale]")).to_be_visible()
    page.reload()
    settle(page)
    page.get_by_role("tab", name="抢修").click()
    page.get_by_role("button", name="物资调运").click()
    expect(page.locator("[data-part='vehicle'] summary")).to_contain_text("柴油 3")
