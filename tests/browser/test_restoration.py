"""A storm: eight faults, three crews, the plan, a step fixed by hand, the plan played on the time bar."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import AT, Open, Server
from tests.browser.user import assessment_of, go_to, link, settle

#: A plan of the storm takes seconds, more on a busy machine.
PLANNED = 90_000


@pytest.fixture(scope="module")
def storm(server: Server) -> list[str]:
    """Eight faults on three networks: five stations, a heat exchange, a pressure regulator, a heat main."""
    nodes = [node["properties"] for node in server.get("/api/layers/network_nodes")["features"]]
    lines = [line["properties"] for line in server.get("/api/layers/network_lines")["features"]]
    stations = [node["id"] for node in nodes if node["kind"] == "substation"][:5]
    exchange = next(node["id"] for node in nodes if node["kind"] == "heat_exchange")
    regulator = next(node["id"] for node in nodes if node["kind"] == "regulator")
    main = next(line["id"] for line in lines if line["network"] == "heat" and line["kind"] == "trunk")
    return [*stations, exchange, regulator, main]


def _open_form(open_page: Open, faults: list[str], *parts: str, **options: Any) -> Page:
    page = open_page(link(*(f"f={fault}" for fault in faults), *parts), **options)
    settle(page)
    page.get_by_role("tab", name="抢修").click()
    expect(page.locator("[data-crew]")).to_have_count(3)
    return page


def _make_plan(page: Page) -> dict[str, Any]:
    with page.expect_response("**/api/restorations*", timeout=PLANNED) as answer:
        page.get_by_role("button", name="排出抢修计划").click()
    expect(page.locator("[data-plan-summary]")).to_be_visible()
    plan: dict[str, Any] = answer.value.json()
    return plan


def _repaired(incident: dict[str, Any]) -> set[str]:
    """Elements whose repairs the page asked to be reckoned with."""
    return {repair["element"] for repair in incident.get("repairs", [])}


def _lane(page: Page, crew: str) -> list[str]:
    """Faults of a crew's lane, from left to right."""
    bars = page.locator(f"[data-lane='{crew}'] [data-gantt-step]").all()
    at = [(bar.bounding_box(), bar.get_attribute("data-gantt-step")) for bar in bars]
    return [fault for box, fault in sorted(at, key=lambda one: one[0]["x"] if one[0] else 0) if fault]


def _middle(bar: Locator) -> tuple[float, float]:
    box = bar.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _making_a_plan_can_be_cancelled_and_a_changed_crew_makes_it_old(page: Page) -> dict[str, Any]:
    """Returns the plan of those crews that there were at first."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/restorations*", hold)
    page.get_by_role("button", name="排出抢修计划").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="取消", exact=True).click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("[data-crew-form]")).to_be_visible()
    waiting[0].abort()
    page.unroute("**/api/restorations*")
    page.get_by_role("button", name="加一支队伍").click()
    expect(page.locator("[data-crew]")).to_have_count(4)
    plan = _make_plan(page)
    assert len(plan["crews"]) == 4
    page.get_by_role("button", name="改队伍").click()
    page.locator("[data-crew]").last.get_by_role("button", name=re.compile("移除")).click()
    page.get_by_role("button", name="回到计划").click()
    expect(page.locator("[data-stale]")).to_be_visible()
    with page.expect_response("**/api/restorations*", timeout=PLANNED) as again:
        page.get_by_role("button", name="重新排").click()
    expect(page.locator("[data-stale]")).to_have_count(0)
    expect(page.locator("[data-lane]")).to_have_count(3)
    plan = again.value.json()
    assert len(plan["crews"]) == 3
    return dict(plan)


def _tells_who_repairs_what_when_and_how_good_it_is(page: Page, plan: dict[str, Any], storm: list[str]) -> None:
    assert {step["fault"] for step in plan["steps"]} == set(storm)
    expect(page.locator("[data-plan-summary]")).to_have_text(plan["summary"])
    quality = {"optimal": "已证明没有更好的排法", "bounded": re.compile("与理论最优至多差|已证明|还说不出")}
    expect(page.locator("[data-plan-quality]")).to_contain_text(quality[plan["status"]])
    rows = page.locator("[data-plan-step]")
    assert [row.get_attribute("data-plan-step") for row in rows.all()] == [step["fault"] for step in plan["steps"]]
    for row, step in zip(rows.all(), plan["steps"], strict=True):
        expect(row).to_contain_text(step["name"])
        expect(row).to_contain_text(step["reason"])
    for crew in plan["crews"]:
        assert _lane(page, crew["id"]) == crew["faults"]
    page.locator("summary", has_text="计划全表").click()
    expect(page.locator("[data-plan-table] tbody tr")).to_have_count(len(plan["steps"]) + len(plan["units"]))


def _a_bar_lights_its_place_and_the_place_its_bar(page: Page, storm: list[str]) -> None:
    bar = page.locator(f"[data-gantt-step='{storm[0]}']")
    bar.hover()
    halo = page.locator(".halo-hovered")
    expect(halo).to_be_attached()
    expect(page.locator(f"[data-plan-step='{storm[0]}']")).to_have_class(re.compile("hovered"))
    mark = page.locator(f"#map [data-fault='{storm[0]}']")
    expect(mark).to_be_in_viewport()
    page.mouse.move(700, 60)
    x, y = _middle(mark)
    page.mouse.move(x - 3, y + 2)
    page.mouse.move(x, y)
    expect(bar).to_have_class(re.compile("hovered"))


def _a_step_dragged_to_the_front_is_fixed_kept_by_the_new_plan_and_released(page: Page, plan: dict[str, Any]) -> None:
    crew = max(plan["crews"], key=lambda one: len(one["faults"]))
    last = crew["faults"][-1]
    x, y = _middle(page.locator(f"[data-gantt-step='{last}']"))
    first = page.locator(f"[data-gantt-step='{crew['faults'][0]}']").bounding_box()
    assert first
    with page.expect_response("**/api/restorations*", timeout=PLANNED) as again:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 40, y + 2)
        page.mouse.move(first["x"] + 2, y + 2, steps=4)
        page.mouse.up()
    asked = again.value.request.post_data_json
    assert asked["crews"]["fixed"] == [{"fault": last, "crew": crew["id"], "position": 1}]
    pin = page.locator(f"[data-pin='{last}']")
    expect(pin).to_be_visible()
    assert _lane(page, crew["id"])[0] == last
    expect(page).to_have_url(re.compile(rf"[#&]fx={last}"))
    expect(page.locator("[data-plan-quality]")).to_contain_text("在固定的 1 步之下")
    expect(page.locator("[data-fixed-cost]")).to_contain_text("比固定前")
    with page.expect_response("**/api/restorations*", timeout=PLANNED):
        pin.click()
    expect(page.locator("[data-pin]")).to_have_count(0)
    expect(page.locator("[data-fixed-cost]")).to_have_count(0)
    expect(page.locator(f"[data-lane='{crew['id']}'] [data-gantt-step]").first).to_be_visible()
    assert _lane(page, crew["id"]) == crew["faults"]


def _without_a_mouse_a_step_is_moved_and_taken_back(page: Page, plan: dict[str, Any]) -> None:
    crew = max(plan["crews"], key=lambda one: len(one["faults"]))
    second = crew["faults"][1]
    page.locator(f"[data-gantt-step='{second}']").focus()
    with page.expect_response("**/api/restorations*", timeout=PLANNED):
        page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator(f"[data-pin='{second}']")).to_be_visible()
    assert _lane(page, crew["id"])[0] == second
    expect(page.locator(f"[data-gantt-step='{second}']")).to_be_focused()
    with page.expect_response("**/api/restorations*", timeout=PLANNED):
        page.keyboard.press("Control+z")
    expect(page.locator("[data-pin]")).to_have_count(0)
    page.locator(f"[data-step-more='{second}']").press("Enter")
    with page.expect_response("**/api/restorations*", timeout=PLANNED):
        page.get_by_role("menuitem", name="先修这一处").press("Enter")
    expect(page.locator(f"[data-pin='{second}']")).to_be_visible()
    assert _lane(page, crew["id"])[0] == second


def test_a_plan_is_made_read_and_changed_by_hand(open_page: Open, storm: list[str]) -> None:
    page = _open_form(open_page, storm)
    expect(page.locator("[data-crew-form]")).to_contain_text("示例队伍")
    plan = _making_a_plan_can_be_cancelled_and_a_changed_crew_makes_it_old(page)
    _tells_who_repairs_what_when_and_how_good_it_is(page, plan, storm)
    _a_bar_lights_its_place_and_the_place_its_bar(page, storm)
    _a_step_dragged_to_the_front_is_fixed_kept_by_the_new_plan_and_released(page, plan)
    _without_a_mouse_a_step_is_moved_and_taken_back(page, plan)


def test_played_the_plan_repairs_on_the_time_bar_and_brings_places_back(open_page: Open, storm: list[str]) -> None:
    page = _open_form(open_page, storm)
    plan = _make_plan(page)
    with page.expect_response(assessment_of(lambda incident: _repaired(incident) == set(storm))) as answer:
        page.get_by_role("button", name="按计划推演").click()
    timeline = answer.value.json()["timeline"]
    settle(page)
    repairs = [moment for moment in timeline if moment["repaired"]]
    assert {fault for moment in repairs for fault in moment["repaired"]} == set(storm)
    done = [moment for moment in timeline if moment["repaired"] or moment["placed"]]
    expect(page.locator("[data-tick='repair']")).to_have_count(len(done))
    slider = page.locator("[data-time-slider]")
    slider.focus()
    slider.press("End")
    settle(page)
    expect(page.locator("#map .fault-mark.repaired")).to_have_count(len(storm))
    expect(page.locator("#map [data-facility][data-state='failed']")).to_have_count(0)
    for _ in range(60):
        slider.press("ArrowLeft")
        if "修复" in page.locator(".time-now").inner_text():
            break
    expect(page.locator("[data-time-event]")).to_contain_text("修复")
    head = page.locator(".time-head:not(.film-head)").evaluate("head => [head.scrollWidth, head.clientWidth]")
    assert head[0] <= head[1]
    for figure in page.locator(".profile-key").all():
        assert figure.evaluate("key => key.scrollWidth <= key.clientWidth")
    clock, figures = page.locator(".time-now").bounding_box(), page.locator(".profile-caption").bounding_box()
    assert clock
    assert figures
    assert clock["x"] + clock["width"] <= figures["x"]
    expect(page).to_have_url(re.compile("[#&]pl=1(&|$)"))
    page.reload()
    expect(page.get_by_role("button", name="正按计划推演，点此停止")).to_be_visible(timeout=PLANNED)
    settle(page)
    rows = page.locator("[data-plan-step]")
    assert [row.get_attribute("data-plan-step") for row in rows.all()] == [step["fault"] for step in plan["steps"]]
    expect(page.locator("[data-gantt-step]")).to_have_count(len(plan["steps"]))
    expect(page.locator("[data-stale]")).to_have_count(0)
    page.get_by_role("tab", name="标记与依据").click()
    expect(page.locator("[data-planned-repair]")).to_have_count(len(plan["steps"]))


def test_a_hospitals_countdown_stops_when_its_generator_arrives(open_page: Open, server: Server) -> None:
    station, hospital = _hospital_saved_by_a_generator(server)
    places = server.get("/api/layers/facilities")["features"]
    name = next(place["properties"]["name"] for place in places if place["properties"]["id"] == hospital)
    page = open_page(link(f"f={station}"))
    settle(page)
    countdown = page.locator(f"[data-rank-id='{hospital}'] .rank-state", has_text=re.compile(r"\d+:\d\d"))
    expect(countdown).to_be_visible()
    page.mouse.click(*go_to(page, name))
    expect(page.locator("[data-place-card]")).to_contain_text(name)
    page.locator("[data-place-card] [data-place='electricity']").click()
    settle(page)
    page.get_by_role("tab", name="标记与依据").click()
    field = page.locator(f"[data-placement='{hospital}'] input")
    field.fill("2026-01-12T09:30")
    field.press("Tab")
    settle(page)
    on_map = page.locator(f"#map [data-facility='{hospital}']")
    expect(on_map).to_have_attribute("data-state", "on_reserve")
    expect(on_map).to_have_attribute("aria-label", re.compile("备用够用"))
    page.get_by_role("tab", name="先办").click()
    expect(countdown).to_have_count(0)
    page.locator("[data-preset-hours='4']").click()
    settle(page)
    expect(on_map).to_have_attribute("data-state", "supplied")
    page.get_by_role("tab", name="标记与依据").click()
    page.get_by_role("button", name=re.compile("^撤回派车")).last.click()
    expect(page.locator("[data-placement]")).to_have_count(0)
    page.locator("[data-preset-hours='12']").click()
    settle(page)
    expect(on_map).to_have_attribute("data-state", "failed")


def _hospital_saved_by_a_generator(server: Server) -> tuple[str, str]:
    """A station, and a hospital that its fault cuts off two to twelve hours later unless a generator comes by 9:30."""
    nodes = server.get("/api/layers/network_nodes")["features"]
    for node in (node["properties"] for node in nodes if node["properties"]["kind"] == "substation"):
        faults = [{"element": node["id"]}]
        for place in server.assess(faults=faults)["facilities"]:
            waits = place["state"] == "on_reserve" and place["lost"] == ["electricity"] and place["hours_left"]
            if place["category"] != "hospital" or not waits or not 2 <= place["hours_left"] < 12:
                continue
            unit = {"facility": place["id"], "commodity": "electricity", "at": "2026-01-12T09:30:00+08:00"}
            helped = server.assess(faults=faults, placements=[unit])["facilities"]
            if next(one for one in helped if one["id"] == place["id"])["fails_at"] is None:
                return node["id"], place["id"]
    pytest.fail(f"the sample has no hospital that a generator saves at {AT}")


def test_on_a_phone_the_chart_stands_in_the_sheet_and_a_tap_changes_a_step(open_page: Open, storm: list[str]) -> None:
    page = _open_form(open_page, storm, size=(390, 844), has_touch=True, is_mobile=True)
    plan = _make_plan(page)
    page.locator("#sheet-handle").press("ArrowUp")
    chart = page.locator("#incident-panel #gantt")
    chart.scroll_into_view_if_needed()
    expect(chart).to_be_in_viewport()
    crew = max(plan["crews"], key=lambda one: len(one["faults"]))
    bar = page.locator(f"[data-gantt-step='{crew['faults'][1]}']")
    bar.scroll_into_view_if_needed()
    bar.tap()
    with page.expect_response("**/api/restorations*", timeout=PLANNED):
        page.get_by_role("menuitem", name="先修这一处").tap()
    expect(page.locator(f"[data-pin='{crew['faults'][1]}']")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
