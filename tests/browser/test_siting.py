"""Where supply stands best: a planner asks, sees the answer move, compares, and makes planned sites of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, serving
from tests.browser.screens import Screens, Signing, ask
from tests.browser.user import link

#: A question is searched for some seconds at the most, on a machine that is busy with others.
ANSWERED_MS = 60_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product over the sample, whose sites nobody else changes."""
    with serving(tmp_path_factory.mktemp("siting")) as server:
        yield server


@pytest.fixture
def screens(browser: Browser, office: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, office)) as screens:
        yield screens


def _answer(page: Page) -> dict[str, Any]:
    """Wait for the answer of the run in the address; return it as the server has it."""
    expect(page).to_have_url(re.compile(r"site=(?!new)[\w-]+"))
    expect(page.locator("[data-siting-progress]")).to_be_hidden(timeout=ANSWERED_MS)
    found = re.search(r"site=([\w-]+)", page.url)
    assert found
    run: dict[str, Any] = ask(page, f"/api/siting/runs/{found[1]}?lang=zh")
    expect(page.locator("[data-siting-sentence]")).to_have_text(run["plan_document"]["sentence"])
    return run


def _new_sites(run: dict[str, Any]) -> list[str]:
    return [site["id"] for site in run["plan_document"]["sites"] if site["new"]]


def _draw_around(page: Page, site: str) -> None:
    """Draw a stricken circle on the map around a site."""
    box = page.locator(f"[data-siting-mark='{site}']").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.locator("[data-tool='area']").click()
    page.locator("[data-mode-choice='circle']").click()
    page.mouse.click(x, y)
    page.mouse.move(x + 10, y)
    page.mouse.click(x + 12, y + 2)
    expect(page.locator(".drawn-circle")).to_have_count(1)


def test_a_planner_asks_excludes_the_stricken_area_compares_and_chooses(screens: Screens) -> None:
    page = screens.open("demo-planner", link())
    page.keyboard.press("s")
    panel = page.locator("#siting-panel")
    expect(panel.locator("[data-siting-demand]")).to_contain_text("万人")
    panel.get_by_label("标准").fill("12")
    panel.locator("[data-siting-solve]").click()
    first = _answer(page)
    chosen = _new_sites(first)
    assert len(chosen) == 3
    assert first["study"]["question"]["standard"] == 12
    expect(page.locator("#map .mark-new")).to_have_count(3)
    expect(panel.locator("[data-siting-site] .badge-new")).to_have_count(3)
    expect(panel.locator("[data-curve-sites='3']")).to_have_attribute("aria-current", "true")
    expect(panel.locator("[data-curve-sites]")).to_have_count(len(first["plan_document"]["curve"]))

    _draw_around(page, chosen[0])
    panel.locator("[data-siting-tab='ask']").click()
    panel.locator("[data-siting-more] > summary").click()
    panel.locator("[data-siting-excluded='affected']").check()
    out = panel.locator(f"[data-place='{chosen[0]}']")
    expect(out).to_have_attribute("data-excluded", "affected")
    expect(page.locator(f"[data-siting-mark='{chosen[0]}']")).to_have_attribute("data-look", "out")
    panel.locator("[data-siting-solve]").click()
    second = _answer(page)
    assert chosen[0] not in _new_sites(second)
    assert second["plan_document"]["demand"]["covered_share"] <= first["plan_document"]["demand"]["covered_share"]
    expect(page.locator(f"#map [data-siting-mark='{chosen[0]}']")).to_have_attribute("data-look", "out")
    expect(page.locator("#map .mark-new")).to_have_count(3)

    panel.locator("[data-siting-tab='runs']").click()
    for run in (second, first):
        panel.locator(f"[data-run-compare='{run['id']}']").set_checked(True)
    panel.locator("[data-siting-compare]").click()
    shared = set(_new_sites(first)) & set(_new_sites(second))
    expect(page.locator("#map .mark-letters")).to_have_count(6 - len(shared))
    expect(panel.locator("[data-compare='new_sites'] td")).to_have_text(["3", "3"])
    expect(page).to_have_url(re.compile(f"site={second['id']}(,|%2C){first['id']}"))

    panel.locator(f"[data-compare-open='{second['id']}']").click()
    panel.locator("[data-siting-choose]").click()
    expect(panel.locator("[data-siting-choice]")).to_contain_text("共 3 处")
    assert _statuses(page, _new_sites(second)) == {"planned"}
    panel.locator("[data-siting-take-back]").click()
    expect(panel.locator("[data-siting-choose]")).to_be_enabled()
    assert _statuses(page, _new_sites(second)) == {"candidate"}


def _statuses(page: Page, ids: list[str]) -> set[str]:
    sites = ask(page, "/api/layers/sites")["features"]
    return {site["properties"]["status"] for site in sites if site["properties"]["id"] in ids}


def test_on_a_phone_one_press_asks_with_a_number_of_the_curve_and_others_are_told_who_may(screens: Screens) -> None:
    page = screens.open("demo-duty-officer", link("site=new"), size=(390, 844), has_touch=True, is_mobile=True)
    panel = page.locator("#siting-panel")
    panel.get_by_label("新增", exact=True).fill("2.5")
    expect(panel.locator("#siting-sites-error")).to_contain_text("整数")
    panel.locator("[data-siting-solve]").tap()
    expect(panel.get_by_label("新增", exact=True)).to_be_focused()
    wrong, foot = (panel.locator(part).bounding_box() for part in ("#siting-sites-error", ".siting-foot"))
    assert wrong
    assert foot
    assert wrong["y"] + wrong["height"] <= foot["y"], "what is wrong is seen"
    expect(panel.locator(".siting-asks")).to_contain_text("先改正标出的 1 处")
    panel.get_by_label("新增", exact=True).fill("2")
    panel.locator("[data-siting-solve]").tap()
    _answer(page)
    panel.locator("[data-curve-sites='1']").tap()
    expect(panel.locator("[data-curve-sites='1']")).to_have_attribute("aria-current", "true", timeout=ANSWERED_MS)
    assert len(_new_sites(_answer(page))) == 1
    expect(panel.locator("[data-siting-choose]")).to_be_disabled()
    expect(panel.locator("#siting-choose-why")).to_contain_text("只有规划员可以定")
    box = panel.bounding_box()
    assert box
    assert box["width"] == 390
    assert box["y"] > 300

    stranger = screens.open(None, page.url[page.url.index("#") :])
    expect(stranger.locator("#siting-panel")).to_contain_text("规划员、值班员和指挥部成员可以用")
    sign_in = stranger.locator("#siting-panel [data-sign-in]")
    sign_in.focus()
    expect(sign_in).to_have_attribute("href", re.compile("next=.*site"))
