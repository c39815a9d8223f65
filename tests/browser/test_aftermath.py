"""After the event: what an incident cost is read as the server has it, and seen on the map hour by hour."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask

PHONE = (390, 844)


def _at(hour: int, minute: int = 0) -> str:
    return f"2026-01-{12 + hour // 24}T{hour % 24:02}:{minute:02}:00+08:00"


@pytest.fixture
def screens(browser: Browser, server: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, server)) as screens:
        yield screens


Begin = Callable[..., str]


@pytest.fixture
def begin(screens: Screens, server: Server) -> Begin:
    """Records a drill whose two faults were repaired, with these further facts; its id."""
    nodes = [node["properties"] for node in server.get("/api/layers/network_nodes")["features"]]
    station = next(node["id"] for node in nodes if node["kind"] == "substation")
    heat = next(node["id"] for node in nodes if node["network"] == "heat" and node["kind"] == "source")
    facts = [
        {"kind": "reported", "happened_at": _at(8), "text": "城区停电停热"},
        {"kind": "fault_located", "happened_at": _at(8, 10), "element": station},
        {"kind": "fault_located", "happened_at": _at(10), "element": heat},
        {"kind": "repaired", "happened_at": _at(15, 30), "element": station},
        {"kind": "repaired", "happened_at": _at(19), "element": heat},
    ]

    def begin(*more: dict[str, Any]) -> str:
        told = {"plan": "energy-chengqu", "name": "灾后演练", "drill": True, "facts": [*facts, *more]}
        return str(ask(screens.blank("demo-duty-officer"), "/api/incidents", told)["incident"]["id"])

    return begin


def _answer(page: Page, incident: str, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = ask(page, f"/api/incidents/{incident}/impact?lang=zh{query}")
    return answer


def _classes_on_the_map(page: Page) -> Counter[str]:
    """How many townships the map draws in each class."""
    return Counter(page.eval_on_selector_all(".township", "all => all.map((one) => one.dataset.impactClass)"))


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def test_what_an_incident_cost_is_read_as_the_server_has_it_and_seen_hour_by_hour(
    screens: Screens, begin: Begin, tmp_path: Path
) -> None:
    ended = begin({"kind": "closed", "happened_at": _at(20), "reason": "已全部恢复"})
    page = screens.open("demo-duty-officer", f"#i={ended}")
    page.locator("[data-aftermath-open]").click()
    panel = page.locator("#aftermath-panel")
    expect(panel.locator("[data-impact-sentence]")).to_contain_text("10 小时 50 分后全部恢复")
    answer = _answer(page, ended)
    impact = answer["impact"]
    people = sum(township["people_hit"] for township in impact["townships"])
    expect(panel.locator("[data-impact-figure='people']")).to_contain_text(f"{people / 10_000:.1f}".removesuffix(".0"))
    hit = {key: network for key, network in impact["networks"].items() if network["first_loss_at"]}
    rows = panel.locator("[data-impact='networks'] table").first.locator("tbody tr")
    expect(rows).to_have_count(len(hit))
    expect(rows.first.locator("td").first).to_contain_text(f"{hit['electricity']['customers_hit']:,}")
    lost = panel.locator("[data-impact-township]")
    hours = [_number(row.locator("td").nth(1).inner_text()) for row in lost.all()]
    assert hours == sorted(hours, reverse=True)
    assert sum(hours) == pytest.approx(impact["people_hours_hit"], abs=len(hours))

    wanted = Counter(str(one) for one in answer["classes"]["class_of"].values())
    assert _classes_on_the_map(page) == wanted
    assert len(wanted) > 2
    legend = page.locator("#aftermath-legend")
    expect(legend).to_contain_text(answer["classes"]["sentence"])

    panel.locator("[data-impact-hour]").focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(legend.locator("[data-impact-clock]")).to_have_text("1月12日 周一 11:10")
    out = [
        value
        for value, code in zip(impact["by_hour"]["people_hit"][3], impact["by_hour"]["codes"], strict=True)
        if code
    ]
    shown = _classes_on_the_map(page)
    assert sum(shown.values()) - shown["zero"] == sum(1 for value in out if value) > 0
    # Who asked for less motion goes on by an hour.
    panel.focus()
    page.keyboard.press("Space")
    expect(legend.locator("[data-impact-clock]")).to_have_text("1月12日 周一 12:10")

    panel.locator("[data-impact-whole]").click()
    panel.locator("[data-impact-choice='style']").select_option("bivariate")
    expect(legend.locator("[data-impact-cell]")).to_have_count(9)
    assert _classes_on_the_map(page) == Counter(_answer(page, ended)["bivariate"]["class_of"].values())
    with page.expect_download() as saved:
        panel.locator("[data-impact-file='bivariate.pdf']").click()
    assert "演练" in saved.value.suggested_filename
    saved.value.save_as(tmp_path / "map.pdf")
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")

    expect(page).to_have_url(re.compile("after=impact%7Ebivariate"))
    panel.locator("[data-aftermath-back]").click()
    expect(page.locator("#incident-panel")).to_be_visible()
    expect(page.locator(".township[data-impact-class]")).to_have_count(0)


def test_a_log_that_grew_is_told_and_a_phone_shows_all_of_it(screens: Screens, begin: Begin) -> None:
    incident = begin()
    page = screens.open("demo-duty-officer", f"#i={incident}&after=impact", size=PHONE)
    panel = page.locator("#aftermath-panel")
    expect(panel.locator("[data-impact-sentence]")).to_contain_text("后全部恢复")
    box = panel.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    before = _answer(page, incident)["impact"]["heating"]
    assert before["degree_hours"] is None
    expect(panel.locator("[data-impact='heating']")).to_contain_text("未知")

    cold = {"kind": "temperature_reported", "happened_at": _at(16), "celsius": -10.0}
    ask(page, f"/api/incidents/{incident}/entries", {"facts": [cold]})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    newer = panel.locator("[data-impact-newer='1']")
    expect(newer).to_be_visible()
    expect(panel.locator("[data-impact='heating']")).to_contain_text("未知")
    newer.get_by_role("button").click()
    # 28 degrees below the base for the three hours until the heat was back.
    expect(panel.locator("[data-impact='heating']")).to_contain_text("84 °C·小时")
    expect(newer).to_be_hidden()
