"""Areas: polygon, circle, corridor and picked townships."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.user import link, settle, shaded


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


def test_a_polygon_damages_what_lies_inside(open_page: Open) -> None:
    page = open_page(link())
    _choose(page, "polygon")
    expect(page.locator("#mode-hint")).to_contain_text("双击结束")
    _click_path(page, [(820, 380), (1000, 380), (1000, 560), (820, 560)], finish=True)
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator("#mode-hint")).to_be_hidden()
    assert shaded(page)
    expect(page.locator(".drawn-polygon")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".drawn-polygon")).to_have_count(0)
    assert shaded(page) == set()


def test_a_corridor_grows_with_its_width(open_page: Open) -> None:
    page = open_page(link())
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


def test_a_circle_is_drawn_by_centre_and_radius_and_can_spare_networks(open_page: Open) -> None:
    page = open_page(link())
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


def test_townships_are_picked_by_clicking(open_page: Open) -> None:
    page = open_page(link())
    _choose(page, "township")
    township = page.locator(".map-label-township", has_text="北石店镇")
    box = township.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#headline")).to_be_visible()
    expect(page.locator(".township.picked")).to_have_count(1)
    assert len(shaded(page)) >= 1
    page.get_by_role("tab", name="标记与依据").click()
    expect(page.locator("[data-picked-township]")).to_contain_text("北石店镇")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="移除 北石店镇").click()
    expect(page.locator("#incident-panel")).to_be_hidden()


def test_measuring_says_the_distance(open_page: Open) -> None:
    page = open_page(link())
    page.keyboard.press("m")
    _click_path(page, [(700, 400), (800, 400)], finish=False)
    expect(page.locator("[data-measured]")).to_contain_text("公里")
    expect(page.locator("[data-coordinates]")).to_contain_text("CGCS2000")
    page.keyboard.press("Escape")
    expect(page.locator("[data-measured]")).to_have_count(0)


def test_a_corner_that_would_cross_is_refused_aloud(open_page: Open) -> None:
    page = open_page(link())
    _choose(page, "polygon")
    _click_path(page, [(760, 340), (960, 340), (960, 560), (860, 250)], finish=False)
    expect(page.locator("#notes")).to_contain_text("边不能交叉")
