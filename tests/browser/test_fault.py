"""The main job: mark what is broken, see who loses what and when, act in order."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open, Substation
from tests.browser.user import at_rest, failed_on_map, link, mark_by_click, settle, shaded


def _affected(substation: Substation) -> set[str]:
    return {
        township["code"]
        for township in substation.assessment["townships"]
        if any(loss["customers_out"] for loss in township["commodities"].values())
    }


def test_without_an_incident_the_page_teaches_the_first_step(open_page: Open) -> None:
    page = open_page()
    first = page.locator("#first-step")
    expect(first).to_contain_text("标记故障")
    expect(page.locator("#incident-panel")).to_be_hidden()
    expect(page.locator("#timebar")).to_be_hidden()
    first.get_by_role("button", name="标记故障").click()
    expect(page.locator("#mode-hint")).to_contain_text("单击损坏的站点")
    page.keyboard.press("Escape")
    expect(page.locator("#mode-hint")).to_be_hidden()


def test_clicking_a_substation_shows_townships_list_and_hours(open_page: Open, substation: Substation) -> None:
    # The map glides to the place as it does for most people.
    page = open_page(link(), reduced_motion="no-preference")
    named = mark_by_click(page, substation.name)
    assert substation.name in named, "the element is named before the click"
    assert shaded(page) == _affected(substation)
    expect(page.locator("#situation")).to_have_text(substation.assessment["situation"])
    expect(page.locator("[data-rank-id]").first).to_contain_text(substation.assessment["ranking"][0]["name"])
    expect(page.locator(f"[data-fault='{substation.id}']")).to_be_visible()
    assert page.locator("#map .device-mark").count() > 0
    waiting = [entry for entry in substation.assessment["ranking"] if entry["state"] == "on_reserve"]
    row = page.locator(f"[data-rank-id='{waiting[0]['id']}'] .rank-state")
    hours, minutes = divmod(round(waiting[0]["hours_left"] * 60), 60)
    expect(row).to_have_text(f"{hours}:{minutes:02d}")


def test_what_a_fault_brings_is_looked_through_and_corrected(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _figures_open_to_how_they_were_computed(page, substation)
    _moving_the_time_brings_failures_and_going_back_takes_them_away(page, substation)
    _every_fact_of_the_map_is_in_a_table(page, substation)
    page.get_by_role("tab", name="先办").click()
    _a_row_zooms_to_its_place_and_opens_its_chain(page, substation)
    page.keyboard.press("Escape")
    _a_fault_is_corrected_in_the_list(page, substation)


def _every_fact_of_the_map_is_in_a_table(page: Page, substation: Substation) -> None:
    page.get_by_role("tab", name="乡镇").click()
    rows = page.locator("[data-township-row]")
    expect(rows).to_have_count(len(substation.assessment["townships"]))
    first = rows.first.get_attribute("data-township-row")
    assert first in _affected(substation), "the worst stands first"
    page.get_by_role("button", name="停电户数").click()
    cells = page.locator("[data-township-row] [data-loss='electricity']").all_inner_texts()
    values = [int(text.split()[0].replace(",", "")) for text in cells]
    assert values == sorted(values, reverse=True)
    assert sum(values) == substation.assessment["outages"]["electricity"]["customers"]
    page.get_by_role("tab", name="操作步骤").click()
    steps = [step for step in substation.assessment["switching"] if step["advised"]]
    expect(page.locator("#pane-isolation .device-row").first).to_contain_text(steps[0]["name"])
    expect(page.locator("#pane-isolation ol .device-row")).to_have_count(len(steps))


def _moving_the_time_brings_failures_and_going_back_takes_them_away(page: Page, substation: Substation) -> None:
    before = page.locator("[data-rank-id][data-state='failed']").count()
    on_map = failed_on_map(page)
    late = min(hours for hours in (4, 12, 24, 72) if hours >= substation.first_later_failure_hours)
    page.get_by_role("button", name=f"+{late} h").click()
    expect(page.locator("[data-time-now]")).to_contain_text(f"+{late} 小时" if late < 72 else "+3 天")
    settle(page)
    assert page.locator("[data-rank-id][data-state='failed']").count() > before
    assert failed_on_map(page) >= on_map
    page.locator("[data-preset-hours='0']").click()
    settle(page)
    expect(page.locator("[data-rank-id][data-state='failed']")).to_have_count(before)
    assert failed_on_map(page) == on_map


def test_playing_stops_at_every_change_and_can_be_paused(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    page.get_by_role("button", name="播放").click()
    expect(page.locator("[data-time-now]")).to_contain_text("+", timeout=10_000)
    page.get_by_role("button", name="暂停").click()
    reached = page.locator("[data-time-now]").inner_text()
    page.wait_for_timeout(1600)
    assert page.locator("[data-time-now]").inner_text() == reached


def _a_row_zooms_to_its_place_and_opens_its_chain(page: Page, substation: Substation) -> None:
    top = next(entry for entry in substation.assessment["ranking"] if entry["tier"])
    status = next(entry for entry in substation.assessment["facilities"] if entry["id"] == top["id"])
    row = page.locator(f"[data-rank-id='{top['id']}']")
    row.hover()
    expect(page.locator(".halo-hovered")).to_be_attached()
    row.locator(".rank-row").click()
    chain = row.locator(".cause-chain li")
    expect(chain).to_have_text(status["causes"])
    badge = page.locator(f"[data-facility='{top['id']}']")
    expect(badge).to_be_in_viewport()
    expect(page.locator("[data-scale='near']")).to_be_attached()
    page.mouse.click(*at_rest(badge))
    expect(page.locator("[data-place-card]")).to_contain_text(status["causes"][-1])


def _figures_open_to_how_they_were_computed(page: Page, substation: Substation) -> None:
    customers = page.locator("[data-figure='customers']")
    customers.click()
    basis = page.locator("#explanation")
    outage = substation.assessment["outages"]["electricity"]
    expect(basis).to_contain_text(f"{outage['customers']:,}")
    expect(basis).to_contain_text(substation.assessment["figure_basis"]["customers_out_share"]["method"])
    expect(basis).to_contain_text(re.compile(r"依据 4\.2\.1\(5\)"))
    customers.click()
    expect(basis).to_be_hidden()


def test_a_mark_can_be_undone_from_the_note_and_by_key(open_page: Open, substation: Substation) -> None:
    page = open_page(link())
    mark_by_click(page, substation.name)
    page.locator("#notes").get_by_role("button", name="撤销").click()
    expect(page.locator("#incident-panel")).to_be_hidden()
    assert shaded(page) == set()
    page.keyboard.press("Control+y")
    expect(page.locator("#headline")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator("#incident-panel")).to_be_hidden()


def _a_fault_is_corrected_in_the_list(page: Page, substation: Substation) -> None:
    page.get_by_role("tab", name="标记与依据").click()
    expect(page.locator("#pane-causes")).to_contain_text("城政办发〔2025〕15号")
    time = page.get_by_label(f"{substation.name} 的故障时间")
    time.fill("2026-01-12T05:00")
    time.blur()
    settle(page)
    earlier = substation.assessment["ranking"]
    expect(page.locator("[data-rank-id]").first).to_be_attached()
    gone = [e for e in earlier if e["state"] == "on_reserve" and e["hours_left"] <= 3]
    for entry in gone[:1]:
        expect(page.locator(f"[data-rank-id='{entry['id']}']")).to_have_attribute("data-state", "failed")
    page.get_by_role("button", name=f"移除 {substation.name}").click()
    expect(page.locator("#incident-panel")).to_be_hidden()


def test_the_curves_say_the_values_at_the_time_shown(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}", "lang=en"))
    settle(page)
    timeline = substation.assessment["timeline"]
    peak = max(moment["customers_out"]["heat"] for moment in timeline)
    curve = page.locator("[data-profile='heat']")
    expect(curve.locator(".profile-now")).to_contain_text(f"{timeline[0]['customers_out']['heat']:,}")
    expect(curve.locator(".profile-peak")).to_contain_text(f"{peak:,}")


def test_what_nobody_can_count_is_called_so(open_page: Open, substation: Substation) -> None:
    page = open_page(link())

    def answer(route: Route) -> None:
        reply = route.fetch()
        document = reply.json()
        loss = document["townships"][0]["commodities"]["electricity"]
        loss.update(customers_out=0, customers_unknown=3, share=None)
        document["facilities"][0]["state"] = "unknown"
        route.fulfill(response=reply, json=document)

    page.route("**/api/assessments*", answer)
    code = substation.assessment["townships"][0]["code"]
    facility = substation.assessment["facilities"][0]["id"]
    mark_by_click(page, substation.name)
    page.get_by_role("tab", name="乡镇").click()
    expect(page.locator(f"[data-township-row='{code}'] [data-loss='electricity']")).to_have_text("户数未知")
    expect(page.locator(f"[data-facility='{facility}']")).to_have_attribute("aria-label", re.compile("状态未知"))
    page.unroute_all(behavior="ignoreErrors")


def test_all_that_is_affected_can_be_seen_from_a_close_view(open_page: Open, substation: Substation) -> None:
    page = open_page(link())
    mark_by_click(page, substation.name)
    button = page.get_by_role("button", name="看全部受影响范围")
    button.click()
    expect(button).to_be_hidden()
