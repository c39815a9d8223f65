"""A link restores what was seen; what is wrong is said, and stays until it is read."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open, Server, Substation, Watch
from tests.browser.user import address, link, mark_by_click, settle, shaded


def test_a_link_restores_view_faults_and_time_in_another_browser(open_page: Open, substation: Substation) -> None:
    page = open_page(link())
    mark_by_click(page, substation.name)
    page.locator("[data-preset-hours='4']").click()
    settle(page)
    page.get_by_label("燃气管线").check()
    shared = address(page, "[#&]f=", "[#&]h=4(&|$)", "[#&]l=")
    seen = {
        "situation": page.locator("#situation").inner_text(),
        "shaded": shaded(page),
        "time": page.locator("[data-time-now]").inner_text(),
        "coordinates": page.evaluate("location.hash.match(/v=([^&]+)/)[1]"),
    }
    other = open_page(shared)
    settle(other)
    other.wait_for_timeout(500)
    again = {
        "situation": other.locator("#situation").inner_text(),
        "shaded": shaded(other),
        "time": other.locator("[data-time-now]").inner_text(),
        "coordinates": other.evaluate("location.hash.match(/v=([^&]+)/)[1]"),
    }
    assert again == seen
    expect(other.get_by_label("燃气管线")).to_be_checked()


def test_the_link_can_be_copied(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"), permissions=["clipboard-read", "clipboard-write"])
    settle(page)
    page.get_by_role("button", name="复制链接").click()
    expect(page.locator("#notes")).to_contain_text("链接已复制")
    assert f"f={substation.id}" in page.evaluate("navigator.clipboard.readText()")


def test_an_unknown_element_is_named_with_a_remedy_until_the_message_is_read(open_page: Open, watch: Watch) -> None:
    watch.expected.append("422")
    page = open_page(link("f=no-such-element"), own_clock=True)
    error = page.get_by_role("alert")
    expect(error).to_contain_text("第 1 处故障")
    expect(page.locator("[data-export-menu]")).to_be_disabled()
    expect(error).to_contain_text("no-such-element")
    expect(error.locator(".remedy").first).not_to_be_empty()
    page.clock.run_for(12_000)
    expect(error).to_be_visible()
    error.get_by_role("button", name="关闭").click()
    expect(error).to_have_count(0)
    page.get_by_role("button", name="移除 no-such-element").click()
    expect(page.locator("#incident-panel")).to_be_hidden()


def test_a_server_out_of_reach_is_said_and_the_marks_are_kept(
    open_page: Open, substation: Substation, watch: Watch
) -> None:
    watch.expected.append("ERR_FAILED")
    page = open_page(link())
    page.route("**/api/assessments*", lambda route: route.abort())
    mark_by_click_without_answer(page, substation.name)
    strip = page.locator("#log-strip [data-unreached]")
    expect(strip).to_contain_text("连不上服务器")
    expect(page.locator(f"[data-fault-row='{substation.id}']")).to_be_visible()
    page.unroute("**/api/assessments*")
    # Nobody has to press anything: it is asked for again, at the longest after 20 s.
    expect(page.locator("#headline")).to_be_visible(timeout=40_000)
    expect(strip).to_have_count(0)


def test_parts_of_a_link_that_cannot_be_read_are_named(open_page: Open, substation: Substation) -> None:
    page = open_page(f"#t=garbage&a=circle~x&f={substation.id}")
    settle(page)
    error = page.get_by_role("alert")
    expect(error).to_contain_text("事件时间 garbage")
    expect(error).to_contain_text("受灾范围 circle~x")


def test_a_horizon_that_cannot_be_is_said_and_kept(open_page: Open) -> None:
    page = open_page(link())
    page.locator("#incident-button").click()
    field = page.get_by_label("推演时长")
    for wrong in ("9999", "0", "-5", ""):
        field.fill(wrong)
        field.blur()
        expect(page.locator("#horizon-wrong")).to_contain_text("0 到 720 小时")
        expect(field).to_have_value(wrong)
    field.fill("24")
    field.blur()
    expect(page.locator("#horizon-wrong")).to_be_hidden()


def mark_by_click_without_answer(page, name: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill(name)
    page.locator("[data-search-fault]").first.click()


def test_a_layer_that_does_not_arrive_is_said(open_page: Open, watch: Watch, server: Server) -> None:
    watch.expected.append("ERR_FAILED")
    page = open_page(link())
    page.route("**/api/layers/sites", lambda route: route.abort())
    page.get_by_label("应急供应点").check()
    expect(page.get_by_role("alert")).to_contain_text("没有载入")
    assert server.get("/healthz")["status"] == "ok"
