"""An incident on the screen: brought into view when opened, calm while nothing is broken, nothing lost by leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, FloatRect, Locator, Page, expect

from tests.browser.conftest import DESK, Server
from tests.browser.screens import Screens, Signing, ask, show
from tests.browser.user import SHADED, at_rest, go_to, settle, shaded

PHONE, WALL = (390, 844), (1920, 1080)
OFFICER, DIRECTOR = "demo-duty-officer", "demo-office-director"


@pytest.fixture(scope="module")
def stations(office: Server) -> list[str]:
    """Substations whose loss takes all four networks' customers sooner or later."""
    nodes = (node["properties"] for node in office.get("/api/layers/network_nodes")["features"])
    return [node["id"] for node in nodes if node["kind"] == "substation"][:6]


class Desk:
    """Somebody at a screen of their own, signed in with a demonstration account."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def incident(self, name: str, *broken: str) -> str:
        """Begin a real incident with these elements out of order; return its id."""
        at = (datetime.now(UTC) - timedelta(minutes=20)).isoformat(timespec="seconds")
        facts: list[dict[str, Any]] = [{"kind": "reported", "happened_at": at, "text": "市民来电"}]
        facts += [{"kind": "fault_located", "happened_at": at, "element": element} for element in broken]
        told = {"plan": "energy-chengqu", "name": name, "drill": False, "facts": facts}
        return str(ask(self.page, "/api/incidents", told)["incident"]["id"])

    def look(self, *parts: str) -> Page:
        show(self.page, "#" + "&".join(parts))
        return self.page


Sit = Callable[..., Desk]


@pytest.fixture
def sit(office_signing: Signing) -> Iterator[Sit]:
    with Screens(office_signing, expected=()) as screens:
        yield lambda who=OFFICER, size=DESK: Desk(screens.blank(who, size=size))


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found
    return found


def damage(page: Page) -> FloatRect:
    """Where on the screen the shaded townships lie, all together, once the map has come to rest."""
    at_rest(page.locator(SHADED).first, frames=30)
    boxes = [box(page.locator(f"[data-township='{code}']").first) for code in sorted(shaded(page))]
    left, top = min(one["x"] for one in boxes), min(one["y"] for one in boxes)
    right, bottom = max(one["x"] + one["width"] for one in boxes), max(one["y"] + one["height"] for one in boxes)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def test_opening_brings_the_damage_into_view_beside_the_panels_once(sit: Sit, stations: list[str]) -> None:
    desk = sit()
    incident = desk.incident("城区多站失压", *stations)
    page = desk.look(f"i={incident}")
    settle(page)
    expect(page.locator("#see-all")).to_be_hidden()
    layers, panel = box(page.locator("#layers-panel")), box(page.locator("#incident-panel"))
    seen = damage(page)
    assert seen["x"] >= layers["x"] + layers["width"]
    assert seen["x"] + seen["width"] <= panel["x"]
    assert seen["y"] + seen["height"] <= box(page.locator("#timebar"))["y"]
    assert seen["height"] > 300, "near enough to be read"
    # From then on the map is the person's: it stays where it was moved to, also when the page is loaded anew.
    page.locator("#zoom button").first.click()
    moved = damage(page)
    assert moved["height"] > 1.2 * seen["height"]
    page.reload()
    page.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)
    settle(page)
    assert damage(page)["height"] == pytest.approx(moved["height"], rel=0.05)
    # Opened from the list it is brought into view again.
    page.locator("#leave-incident").click()
    page.locator("#incidents-button").click()
    view = page.url.partition("v=")[2].partition("&")[0]
    page.locator("[data-incident]", has_text="城区多站失压").click()
    settle(page)
    page.wait_for_function("(was) => !location.hash.includes(was)", arg=view)
    again = damage(page)
    assert again["x"] >= layers["x"] + layers["width"]
    assert again["x"] + again["width"] <= panel["x"]


def test_on_a_phone_the_damage_lies_above_the_sheet(sit: Sit, stations: list[str]) -> None:
    desk = sit(size=PHONE)
    page = desk.look(f"i={desk.incident('城区多站失压（手机）', *stations)}")
    settle(page)
    seen = damage(page)
    assert seen["y"] + seen["height"] <= box(page.locator("#incident-panel"))["y"]


def test_while_nothing_is_broken_one_line_says_so_and_no_room_is_kept(sit: Sit, stations: list[str]) -> None:
    desk = sit()
    page = desk.look(f"i={desk.incident('来电一起')}")
    card = page.locator("#level-card")
    expect(card.locator("h2:visible")).to_have_text(["尚未启动响应；记录故障或上报数据后给出建议级别"])
    expect(card.locator(".level-numeral:visible")).to_have_count(0)
    expect(page.locator("#timebar")).to_be_hidden()
    readout, layers = box(page.locator("#readout")), box(page.locator("#layers-panel"))
    assert DESK[1] - 16 < readout["y"] + readout["height"] + 8 <= DESK[1]
    assert layers["y"] + layers["height"] > DESK[1] - 64
    page = desk.look(f"i={desk.incident('北站失压', *stations[:1])}")
    settle(page)
    expect(card.locator("[data-standing-heading]")).to_have_text("未启动响应")
    expect(page.locator("#timebar")).to_be_visible()
    at_rest(page.locator("#readout"))
    top = box(page.locator("#timebar"))["y"]
    for floating in ("#readout", "#layers-panel", "#zoom", "#sample-mark"):
        lies = box(page.locator(floating))
        assert lies["y"] + lies["height"] <= top + 1, floating


def test_all_figures_of_the_time_bar_fit_on_a_wall(sit: Sit, stations: list[str]) -> None:
    desk = sit(size=WALL)
    page = desk.look(f"i={desk.incident('城区多站失压（大屏）', *stations)}", "wall=1")
    settle(page)
    bar, track = box(page.locator("#timebar")), box(page.locator("#timebar .track"))
    figures = page.locator("[data-profile]")
    expect(figures).to_have_count(4)
    clock = box(page.locator("[data-time-now] strong"))
    for figure in figures.all():
        lies = box(figure)
        assert clock["x"] + clock["width"] <= lies["x"]
        assert lies["x"] + lies["width"] <= bar["x"] + bar["width"]
        assert bar["y"] <= lies["y"]
        assert lies["y"] + lies["height"] <= track["y"]


def test_a_demonstration_account_says_once_that_it_is_one(sit: Sit) -> None:
    page = sit().look()
    expect(page.locator("#person-button")).to_be_visible()
    assert page.locator("#person-button").inner_text().split() == ["值班员", "演示"]


def test_a_decision_says_how_it_is_taken_back(sit: Sit, stations: list[str]) -> None:
    desk = sit(DIRECTOR)
    page = desk.look(f"i={desk.incident('北站失压（决定）', *stations[:1])}")
    settle(page)
    page.locator("[data-decide-more]").click()
    page.locator("#level-card [data-decision='level_started'][data-decision-level='III']").click()
    page.locator("#decide").get_by_label("理由").fill("城北停电，先期处置")
    page.locator("[data-decide-confirm]").click()
    note = page.locator("#notes")
    expect(note).to_contain_text("已启动 III 级响应")
    expect(note).to_contain_text("如有误，由办公室主任在日志中更正或撤回这一条")
    expect(note.get_by_role("button")).to_have_count(0)


def test_what_is_tried_in_an_incident_is_not_lost_by_leaving(sit: Sit, office: Server, stations: list[str]) -> None:
    desk = sit()
    page = desk.look(f"i={desk.incident('北站失压（假设）', stations[0])}")
    settle(page)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.keyboard.press("w")
    expect(page.locator("#what-if")).to_be_visible()
    page.reload()
    page.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)
    assert asked == [], "nothing was tried yet"
    settle(page)
    page.keyboard.press("w")
    nodes = (node["properties"] for node in office.get("/api/layers/network_nodes")["features"])
    x, y = go_to(page, next(node["name"] for node in nodes if node["id"] == stations[1]))
    page.get_by_role("button", name="标记故障").first.click()
    page.mouse.move(x - 4, y + 3)
    page.mouse.move(x, y)
    expect(page.locator("[data-pointer-label]")).to_be_visible()
    page.mouse.click(x, y)
    expect(page.locator("[data-comparison]")).to_be_visible()
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("[data-comparison]")).to_be_visible()
    page.locator("#menu-button").click()
    page.locator("[data-menu='language']").click()
    expect(page.locator("html[lang='en']")).to_be_attached()
    expect(page.locator("[data-comparison]")).to_be_visible()
    assert asked == ["beforeunload"], "it comes along, so nothing is asked"
    page.locator("[data-discard]").click()
    page.reload()
    settle(page)
    expect(page.locator("#what-if")).to_be_hidden()


def test_signing_in_keeps_the_colours_that_were_chosen(browser: Browser, office: Server) -> None:
    with browser.new_context(base_url=office.url, locale="zh-CN") as context:
        page = context.new_page()
        page.goto("/#theme=dark")
        page.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)
        page.locator("#person [data-sign-in]").click()
        expect(page.locator("html[data-theme='dark']")).to_be_attached()
        expect(page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
