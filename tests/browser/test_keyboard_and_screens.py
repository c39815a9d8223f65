"""Without a mouse, in English, on a phone, on a wall, in the dark."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server, Substation
from tests.browser.user import at_rest, link, settle, zoom_in


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent + '|' + (document.activeElement.id || '')"))


def _tab_until(page: Page, wanted: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
    pytest.fail(f"Tab never reached {wanted}; last: {_focused(page)}")


def test_the_whole_job_without_a_mouse(open_page: Open, substation: Substation) -> None:
    page = open_page(link())
    page.keyboard.press("/")
    page.keyboard.type(substation.name)
    expect(page.locator("[data-search-result]").first).to_contain_text(substation.name)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator("#situation")).to_have_attribute("aria-live", "polite")
    # The answer is read next.
    expect(page.locator("#incident-panel")).to_be_focused()
    settle(page)
    _tab_until(page, ".rank-row")
    page.keyboard.press("Enter")
    expect(page.locator(".rank-detail:visible .cause-chain li").first).to_be_visible()
    _tab_until(page, "[data-time-slider]")
    slider = page.get_by_role("slider", name="查看时间")
    before = float(slider.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-time-now]")).to_contain_text("+")
    assert float(slider.get_attribute("aria-valuenow") or 0) > before
    page.keyboard.press("Home")
    expect(page.locator("[data-time-now]")).to_contain_text("现在")


def test_the_page_as_it_opens(open_page: Open, server: Server) -> None:
    page = open_page(link())
    _focus_can_be_seen(page)
    _keys_open_help_and_modes(page)
    _sample_data_says_so_and_explains(page)
    _switching_a_network_off_takes_it_from_the_map(page)
    _the_legend_counts_what_the_layers_hold(page, server)


def _focus_can_be_seen(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(width.removesuffix("px")) >= 2


def _keys_open_help_and_modes(page: Page) -> None:
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="帮助与快捷键")
    expect(help_).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.keyboard.press("f")
    expect(page.locator("#mode-hint")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#mode-hint")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.get_by_role("menuitem", name="多边形")).to_be_focused()
    page.keyboard.press("Escape")


def _sample_data_says_so_and_explains(page: Page) -> None:
    page.get_by_role("button", name="示例数据").click()
    said = page.get_by_role("dialog", name="示例数据")
    expect(said).to_contain_text("不能用于真实处置")
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()


def _switching_a_network_off_takes_it_from_the_map(page: Page) -> None:
    clip = {"x": 700, "y": 300, "width": 400, "height": 300}
    with_lines = page.screenshot(clip=clip)  # type: ignore[arg-type]
    page.get_by_label("电力线路").uncheck()
    page.mouse.move(5, 890)
    for _ in range(100):
        if page.screenshot(clip=clip) != with_lines:  # type: ignore[arg-type]
            return
        page.wait_for_timeout(50)
    pytest.fail("the lines are still there")


def _the_legend_counts_what_the_layers_hold(page: Page, server: Server) -> None:
    facilities = server.get("/api/layers/facilities")["features"]
    page.locator("summary", has_text="重点保障单位").click()
    hospitals = [f for f in facilities if f["properties"]["category"] == "hospital"]
    row = page.locator("[data-layer='facilities_hospital']")
    expect(row.locator(".layer-count")).to_have_text(str(len(hospitals)))
    shown = page.locator("[data-facility]")
    before = shown.count()
    row.locator("input").uncheck()
    expect(shown).to_have_count(before - len(hospitals))
    assert "defence" not in json.dumps(facilities), "restricted places are not for everyone"


def test_english_is_complete(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}", "lang=en"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    settle(page)
    expect(page.locator("#situation")).to_contain_text("customers without power")
    for tab in ("First", "Townships", "Operations", "Marks, basis"):
        page.get_by_role("tab", name=tab).click()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    settle(page)
    expect(page.locator("#situation")).to_have_text(substation.assessment["situation"])


def test_both_languages_have_the_same_words() -> None:
    from webmap.map.views import page_texts  # noqa: PLC0415

    chinese, english = page_texts("zh"), page_texts("en")
    assert set(chinese) == set(english)
    places = {key: sorted(part.split("}")[0] for part in text.split("{")[1:]) for key, text in chinese.items()}
    assert places == {key: sorted(part.split("}")[0] for part in text.split("{")[1:]) for key, text in english.items()}


def test_on_a_phone_the_panel_is_a_sheet_with_three_heights(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"), size=(390, 844), has_touch=True, is_mobile=True)
    settle(page)
    handle = page.locator("#sheet-handle")
    tops = []
    for _ in range(3):
        at_rest(page.locator("#incident-panel"))
        box = page.locator("#incident-panel").bounding_box()
        assert box
        assert box["x"] == 0
        assert box["width"] == 390
        tops.append(box["y"])
        handle.tap()
    assert len(set(tops)) == 3
    expect(page.locator("#situation")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator("#dock button:visible, #timebar button:visible").all():
        box = button.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    _the_handle_presses_nothing_below_it(page)


def _the_handle_presses_nothing_below_it(page: Page) -> None:
    handle, fault = page.locator("#sheet-handle"), page.locator("[data-tool='fault']")
    handle.tap()
    page.wait_for_timeout(400)
    box = fault.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, 66)
    page.wait_for_timeout(400)
    expect(page.locator("#incident-panel")).to_have_attribute("data-height", "low")
    expect(fault).to_have_attribute("aria-pressed", "false")
    fault.tap()
    expect(page.locator("#mode-hint")).to_contain_text("轻点")


def test_large_type_doubles_everything(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"), size=(1920, 1080))
    settle(page)
    size = "parseFloat(getComputedStyle(document.querySelector('#situation')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="更多").click()
    page.get_by_label("大字显示").check()
    assert page.evaluate(size) == 2 * before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_until_chosen(open_page: Open, scheme: str) -> None:
    page = open_page(link(), color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    other = {"light": "深色", "dark": "浅色"}[scheme]
    page.get_by_role("button", name="更多").click()
    page.get_by_label("配色").select_option(label=other)
    expect(page.locator("html")).not_to_have_attribute("data-theme", scheme)


def test_text_is_never_too_small(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    small = page.evaluate(
        """[...document.querySelectorAll('body *')]
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((element) => element.checkVisibility() && parseFloat(getComputedStyle(element).fontSize) < 14)
        .map((element) => element.className + ': ' + element.textContent)"""
    )
    assert small == []


def test_no_word_of_the_map_lies_on_another(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}", "v=35.5000,112.8500,10"))
    settle(page)
    _no_word_lies_on_another(page)
    for zoom in (12, 14, 16):
        zoom_in(page, zoom - 1)
        zoom_in(page, zoom)
        _no_word_lies_on_another(page)


def _no_word_lies_on_another(page: Page) -> None:
    at_rest(page.locator(".map-label-township").first)
    boxes = [label.bounding_box() for label in page.locator(".map-label").all()]
    seen = [box for box in boxes if box]
    assert any("街道" in text or "镇" in text for text in page.locator(".map-label-township").all_inner_texts())
    for index, one in enumerate(seen):
        for other in seen[index + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, f"{one} lies on {other}"
