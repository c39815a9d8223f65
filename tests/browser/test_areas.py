"""Areas: polygon, circle, corridor and picked townships."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.user import SHADED, link, settle


def _choose(page: Page, mode: str) -> None:
    page.keyboard.press("a")
    page.locator(f"[data-mode-choice='{mode}']").click()


def _click_path(page: Page, path: list[tuple[int, int]], *, finish: bool) -> None:
    for x, y in path[:-1] if finish else path:
        page.mouse.move(x, y)
        page.mouse.click(x, y)
        page.wait_for_timeout(350)  # two clicks within a double click's time would end the drawing
    if finish:
        page.mouse.dblclick(*path[-1])


def _a_polygon_damages_what_lies_inside(page: Page) -> None:
    _choose(page, "polygon")
    expect(page.locator("#mode-hint")).to_contain_text("双击结束")
    _click_path(page, [(820, 380), (1000, 380), (1000, 560), (820, 560)], finish=True)
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator("#mode-hint")).to_be_hidden()
    expect(page.locator(SHADED)).not_to_have_count(0)
    expect(page.locator(".drawn-polygon")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".drawn-polygon")).to_have_count(0)
    expect(page.locator(SHADED)).to_have_count(0)


def _a_corridor_grows_with_its_width(page: Page) -> None:
    _choose(page, "corridor")
    page.get_by_label("宽度").fill("100")
    _click_path(page, [(760, 480), (900, 500), (1010, 480)], finish=True)
    expect(page.locator("#headline")).to_be_visible()
    settle(page)
    page.get_by_role("tab", name="标记与依据").click()
    narrow = int(page.locator("[data-figure='customers']").get_attribute("title").replace(",", ""))  # type: ignore[union-attr]
    field = page.locator("[data-area-row]").get_by_label("宽度")
    expect(field).to_have_value("100")
    field.fill("3000")
    field.blur()
    expect(page.locator("#notes")).to_contain_text("已改范围大小")
    settle(page)
    wide = int(page.locator("[data-figure='customers']").get_attribute("title").replace(",", ""))  # type: ignore[union-attr]
    assert wide > narrow
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator("#incident-panel")).to_be_hidden()


def _a_circle_is_drawn_by_centre_and_radius_and_can_spare_networks(page: Page) -> None:
    _choose(page, "circle")
    _click_path(page, [(900, 480), (960, 480)], finish=False)
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator(".drawn-circle")).to_have_count(1)
    settle(page)
    page.get_by_role("tab", name="标记与依据").click()
    page.locator("[data-figure='customers']").click()
    water = page.locator("#explanation tbody tr", has_text="供水").locator("td").first
    assert water.inner_text() != "0"
    page.get_by_role("group", name="范围损坏的网络").get_by_label("供水").uncheck()
    page.get_by_role("group", name="范围损坏的网络").get_by_label("电力").uncheck()
    expect(water).to_have_text("0")
    for _ in ("电力", "供水", "圆"):
        page.keyboard.press("Control+z")
    expect(page.locator("#incident-panel")).to_be_hidden()


def _townships_are_picked_by_clicking(page: Page) -> None:
    _choose(page, "township")
    township = page.locator(".map-label-township", has_text="北石店镇")
    box = township.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator(".township.picked")).to_have_count(1)
    expect(page.locator(SHADED)).not_to_have_count(0)
    page.get_by_role("tab", name="标记与依据").click()
    expect(page.locator("[data-picked-township]")).to_contain_text("北石店镇")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="移除 北石店镇").click()
    expect(page.locator("#incident-panel")).to_be_hidden()


def _measuring_says_the_distance(page: Page) -> None:
    page.keyboard.press("m")
    _click_path(page, [(700, 400), (800, 400)], finish=False)
    expect(page.locator("[data-measured]")).to_contain_text("公里")
    expect(page.locator("[data-coordinates]")).to_contain_text("CGCS2000")
    page.keyboard.press("Escape")
    expect(page.locator("[data-measured]")).to_have_count(0)


def _a_corner_that_would_cross_is_refused_aloud(page: Page) -> None:
    _choose(page, "polygon")
    _click_path(page, [(760, 340), (960, 340), (960, 560), (860, 250)], finish=False)
    expect(page.locator("#notes")).to_contain_text("边不能交叉")


def test_areas_are_drawn_one_after_another(open_page: Open) -> None:
    page = open_page(link())
    _measuring_says_the_distance(page)
    _a_polygon_damages_what_lies_inside(page)
    _townships_are_picked_by_clicking(page)
    _a_corridor_grows_with_its_width(page)
    _a_circle_is_drawn_by_centre_and_radius_and_can_spare_networks(page)
    _a_corner_that_would_cross_is_refused_aloud(page)
