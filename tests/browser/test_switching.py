"""The plan of operations: steps in order, what each brings back, devices that cannot be operated."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server
from tests.browser.user import link, settle

PANE = "#pane-isolation"


@pytest.fixture(scope="module")
def station(server: Server) -> tuple[str, dict[str, Any]]:
    """The first station whose plan has ties to close and ties that would overload a line, with its assessment."""
    nodes = server.get("/api/layers/network_nodes")["features"]
    for node in nodes:
        if node["properties"]["kind"] != "substation":
            continue
        assessment = server.assess(faults=[{"element": node["properties"]["id"]}])
        ties = {step["advised"] for step in assessment["switching"] if step["action"] == "close"}
        if ties == {True, False} and len(assessment["switching"]) <= 30:
            return node["properties"]["id"], assessment
    pytest.fail("the sample has no station with ties of both kinds")


def _advised(assessment: dict[str, Any], action: str) -> list[dict[str, Any]]:
    return [step for step in assessment["switching"] if step["advised"] and step["action"] == action]


def _open_steps(open_page: Open, *parts: str, **options: Any) -> Page:
    page = open_page(link(*parts), **options)
    settle(page)
    page.get_by_role("tab", name="操作步骤").click()
    return page


def _the_steps_stand_in_the_plans_order_with_what_each_brings_back(
    page: Page, station: tuple[str, dict[str, Any]]
) -> None:
    _, assessment = station
    for action, part in (("open", "isolate"), ("close", "restore")):
        steps = _advised(assessment, action)
        rows = page.locator(f"[data-plan-part='{part}'] [data-step]")
        expect(rows).to_have_count(len(steps))
        numbers = rows.locator(".device-mark").all_inner_texts()
        assert numbers == [str(step["order"]) for step in steps]
        for row, step in zip(rows.all(), steps, strict=True):
            expect(row).to_contain_text(f"{'断开' if action == 'open' else '合上'} {step['name']}")
    for row, step in zip(
        page.locator("[data-plan-part='restore'] [data-step]").all(), _advised(assessment, "close"), strict=True
    ):
        restores = step["restores"]
        if restores["customers"] < 10_000:
            expect(row).to_contain_text(f"可恢复 {restores['customers']:,.0f}户")
        expect(row).to_contain_text({"enough": "容量够", "unknown": "容量未知"}[restores["capacity"]])


def _what_would_overload_a_line_is_apart_and_says_why(
    page: Page, server: Server, station: tuple[str, dict[str, Any]]
) -> None:
    _, assessment = station
    lines = {
        line["properties"]["id"]: line["properties"]["name"]
        for line in server.get("/api/layers/network_lines")["features"]
    }
    part = page.locator("[data-plan-part='unadvised']")
    expect(part).to_contain_text("不宜操作")
    unadvised = [step for step in assessment["switching"] if not step["advised"]]
    expect(part.locator("[data-step]")).to_have_count(len(unadvised))
    for step in unadvised:
        row = part.locator(f"[data-step='{step['id']}']")
        expect(row).to_contain_text(f"容量不够 {lines[step['restores']['limiting_line']]}")
        expect(row.locator(".device-mark")).to_have_text("–")


def _the_map_carries_the_plans_numbers_and_ties_have_a_mark_of_their_own(
    page: Page, station: tuple[str, dict[str, Any]]
) -> None:
    _, assessment = station
    marks = page.locator("#map .device-mark")
    told = "; ".join(mark.get_attribute("aria-label") or "" for mark in marks.all())
    for step in assessment["switching"]:
        verb = "断开" if step["action"] == "open" else "合上"
        assert (f"第 {step['order']} 步{verb}：{step['name']}" in told) == step["advised"]
    tie = _advised(assessment, "close")[0]
    row = page.locator(f"[data-step='{tie['id']}']")
    row.hover()
    expect(page.locator(".halo-hovered")).to_be_attached()
    row.locator(".device-row").click()
    expect(page.locator("[data-scale='near']")).to_be_attached()
    mark = page.locator(f"#map .device-close[aria-label*='{tie['name']}']")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(str(tie["order"]))
    assert mark.evaluate("mark => getComputedStyle(mark).borderTopStyle") == "dashed"
    expect(row).to_have_class(re.compile("selected"))


def _the_cut_out_segment_is_not_taken_for_all_that_is_out(page: Page, station: tuple[str, dict[str, Any]]) -> None:
    element, assessment = station
    (isolation,) = assessment["isolation"]
    lost = page.locator(f"[data-isolation='{element}'] [data-lost]")
    expect(lost).to_contain_text(f"{isolation['lost']['customers']:,.0f} 户（只计被切除的分段）")
    expect(lost).to_contain_text(f"电力共 {assessment['outages']['electricity']['customers']:,.0f} 户停供")


def _a_device_out_of_order_is_marked_kept_in_the_link_and_taken_back(
    page: Page, server: Server, station: tuple[str, dict[str, Any]]
) -> None:
    element, assessment = station
    device = _advised(assessment, "open")[0]
    grown = server.assess(faults=[{"element": element}], inoperable=[device["id"]])
    assert [step["id"] for step in grown["switching"]] != [step["id"] for step in assessment["switching"]]
    button = page.get_by_role("button", name=f"标为不能操作: {device['name']}")
    button.focus()
    page.keyboard.press("Enter")
    steps = page.locator(f"{PANE} :is([data-plan-part='isolate'], [data-plan-part='restore']) [data-step]")
    wanted = [step["id"] for step in grown["switching"] if step["advised"]]
    expect(page.locator(f"{PANE} [data-stuck]")).to_contain_text(device["name"])
    expect(page.locator(f"{PANE} [data-stuck]")).to_contain_text("隔离范围已扩大")
    expect(steps).to_have_count(len(wanted))
    assert [row.get_attribute("data-step") for row in steps.all()] == wanted
    expect(page.locator(f"[data-take-back='{device['id']}']")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"[#&]x={device['id']}(&|$)"))
    page.reload()
    settle(page)
    page.get_by_role("tab", name="操作步骤").click()
    expect(page.locator(f"[data-inoperable='{device['id']}']")).to_be_visible()
    page.locator(f"[data-take-back='{device['id']}']").click()
    expect(page.locator(f"[data-plan-part='isolate'] [data-step='{device['id']}']")).to_be_visible()
    expect(page.locator(f"{PANE} [data-inoperable]")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(f"[data-inoperable='{device['id']}']")).to_be_visible()


def test_the_plan_of_operations_is_read_beside_the_map_and_adapted(
    open_page: Open, server: Server, station: tuple[str, dict[str, Any]]
) -> None:
    page = _open_steps(open_page, f"f={station[0]}")
    _the_steps_stand_in_the_plans_order_with_what_each_brings_back(page, station)
    _what_would_overload_a_line_is_apart_and_says_why(page, server, station)
    _the_cut_out_segment_is_not_taken_for_all_that_is_out(page, station)
    _the_map_carries_the_plans_numbers_and_ties_have_a_mark_of_their_own(page, station)
    _a_device_out_of_order_is_marked_kept_in_the_link_and_taken_back(page, server, station)


def test_two_faults_that_lose_the_same_part_warn_of_each_other(
    open_page: Open, server: Server, station: tuple[str, dict[str, Any]]
) -> None:
    element, assessment = station
    device = _advised(assessment, "open")[-1]["id"]
    both = server.assess(faults=[{"element": element}, {"element": device}])["isolation"]
    page = _open_steps(open_page, f"f={element}", f"f={quote(device)}")
    for entry in both:
        assert entry["overlaps"]
        (other,) = [name for name in (e["name"] for e in both) if name != entry["name"]]
        warning = page.locator(f"[data-isolation='{entry['fault']}'] [data-overlaps]")
        expect(warning).to_contain_text(f"切除了同一部分：{other}")


def test_many_steps_are_folded_by_network_and_stay_open_when_one_is_marked(open_page: Open, server: Server) -> None:
    code = server.get("/api/layers/townships")["features"][0]["properties"]["code"]
    plan = server.assess(area_townships=[code])
    advised = _advised(plan, "open")
    assert len(advised) > 30
    page = _open_steps(open_page, f"tw={code}")
    expect(page.locator(f"{PANE} [data-step]:visible")).to_have_count(
        sum(not step["advised"] for step in plan["switching"])
    )
    for network in {step["network"] for step in advised}:
        steps = [step for step in advised if step["network"] == network]
        fold = page.locator(f"[data-fold='open {network}']")
        expect(fold.locator("summary")).to_contain_text(f"{len(steps)} 处")
        fold.locator("summary").click()
        expect(fold.locator("[data-step]:visible")).to_have_count(len(steps))
    first = page.locator("[data-plan-part='isolate'] details[open]").first
    device = first.locator("[data-step]").first.get_attribute("data-step")
    page.locator(f"[data-mark-stuck='{device}']").first.click()
    expect(page.locator(f"[data-inoperable='{device}']")).to_be_visible()
    settle(page)
    expect(first.locator("[data-step]:visible").first).to_be_visible()


def test_on_a_phone_the_steps_can_be_read_and_pressed(open_page: Open, station: tuple[str, dict[str, Any]]) -> None:
    element, assessment = station
    page = _open_steps(open_page, f"f={element}", size=(390, 844), has_touch=True, is_mobile=True)
    row = page.locator("[data-plan-part='restore'] [data-step]").first
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    tie = _advised(assessment, "close")[0]
    row.locator(".device-row").tap()
    expect(page.locator(f"#map .device-close[aria-label*='{tie['name']}']")).to_be_in_viewport()
