"""The commander's own order of the classes: moved, applied with a reason, followed by the list, taken back."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Server, Substation
from tests.browser.user import address, link, settle

REASON = "透析病人在途"


def _editor(page: Page, substation: Substation) -> Locator:
    page.get_by_role("button", name="调整优先顺序").click()
    return page.locator("[data-class]")


def _classes(page: Page) -> list[str]:
    return [row.get_attribute("data-class") or "" for row in page.locator("[data-class]").all()]


def _names(page: Page, count: int) -> list[str]:
    return page.locator("[data-rank-id] strong").all_inner_texts()[:count]


def test_a_reason_is_needed_then_the_list_follows_and_says_so(
    open_page: Open, substation: Substation, server: Server
) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    before = _names(page, 10)
    _editor(page, substation)
    plan_order = _classes(page)
    assert plan_order.index("hospital") == 3
    for _ in range(3):
        page.get_by_role("button", name="上移 急救中心和中心医院").click()
    wanted = _classes(page)
    assert wanted == ["hospital", *[key for key in plan_order if key != "hospital"]]
    page.get_by_role("button", name="应用").click()
    expect(page.get_by_text("写明理由再应用")).to_be_visible()
    assert _names(page, 10) == before
    page.get_by_label("理由", exact=True).fill(REASON)
    page.get_by_role("button", name="应用").click()
    expect(page.locator("[data-priority-order]")).to_contain_text(f"优先顺序已调整。理由：{REASON}")
    settle(page)
    expected = server.assess(
        faults=[{"element": substation.id}], priority_order={"categories": wanted, "reason": REASON}
    )["ranking"]
    assert _names(page, 10) == [entry["name"] for entry in expected[:10]]
    assert _names(page, 10) != before
    expect(page.locator("[data-rank-id]").first).to_contain_text("按指挥员调整")
    other = open_page(address(page, "[#&]o="))
    settle(other)
    expect(other.locator("[data-priority-order]")).to_contain_text(REASON)
    assert _names(other, 10) == _names(page, 10)
    page.get_by_role("button", name="恢复预案顺序").click()
    settle(page)
    expect(page.locator("[data-rank-id] strong").first).to_have_text(before[0])
    assert _names(page, 10) == before
    page.keyboard.press("Control+z")
    expect(page.locator("[data-priority-order]")).to_contain_text(REASON)


def test_a_class_is_dragged(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _editor(page, substation)
    handle = page.locator("[data-class='fire_service'] .drag-handle").bounding_box()
    target = page.locator("[data-class='government']").bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, target["y"] + 4, steps=12)
    page.mouse.up()
    assert _classes(page)[:3] == ["fire_service", "government", "defence"]


def test_classes_move_by_keyboard_and_the_move_is_said(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    _editor(page, substation)
    page.get_by_role("button", name="下移 国家党政机关").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert _classes(page).index("government") == 2
    expect(page.get_by_role("button", name="下移 国家党政机关")).to_be_focused()
    expect(page.locator("[data-priority-order] [role='status']")).to_have_text("国家党政机关：第 3 位")
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("button", name="调整优先顺序")).to_be_focused()
    assert page.locator("#situation").is_visible()
