"""The page to take away, opened from the disk in a browser that has no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, Substation, Watch
from tests.web.reports.sources import source_of, told
from webmap.reports.files import make
from webmap.reports.files.symbols import LOSS_RAMP

_PHONE = (390, 844)
_TEXT = '</script><img src=x onerror="document.title=1">'
_MOST_BYTES = 5_000_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, substation: Substation) -> Path:
    """The page of a drill in the sample: a station is out for twelve hours."""
    facts = [
        told("reported", 0, text=f"停电 {_TEXT}"),
        told("fault_located", 20, element=substation.id),
        told("warning_issued", 90, level="general", scope="北石店镇", text="停电预警", office="办公室主任"),
        told("repaired", 740, element=substation.id),
    ]
    path = tmp_path_factory.mktemp("report") / "impact.html"
    path.write_bytes(make(source_of(facts, sample=True, drill=True), "html").content)
    return path


@pytest.fixture
def opened(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, offline=True, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    watch = Watch("file://")
    watch.follow(page)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(file.as_uri())
    page.locator("html[data-ready]").wait_for(state="attached")
    yield page
    assert watch.problems == []
    assert asked == [file.as_uri()], "nothing but the file itself"
    context.close()


def shades(page: Page) -> dict[str, str]:
    """The class and the colour of each township."""
    return page.locator("[data-township]").evaluate_all(
        "found => Object.fromEntries(found.map(one => [one.dataset.township, "
        "one.dataset.shareClass + ' ' + one.getAttribute('fill')]))"
    )


def failed(page: Page) -> int:
    return page.locator(".facility-frame [data-state='failed']").count()


@pytest.mark.parametrize("opened", [DESK], indirect=True)
def test_layers_clock_popups_and_tables_work_from_the_disk_alone(opened: Page, file: Path) -> None:
    page = opened
    assert file.stat().st_size < _MOST_BYTES
    for mark in ("演练", "示例数据"):
        expect(page.locator(".report-head .mark", has_text=mark)).to_be_visible()
    expect(page.locator(".leaflet-control-scale")).to_contain_text("km")

    # In the end all have supply again; six hours after the fault some had none, in colours of the legend.
    slider = page.get_by_role("slider")
    last = int(slider.get_attribute("max") or 0)
    slider.fill(str(last))
    after = shades(page)
    assert {shade.split()[0] for shade in after.values()} == {"-1"}
    assert failed(page) == 0
    slider.fill("6")
    expect(page.locator(".clock-shown")).to_contain_text("1月12日 周一 14:20")
    at_six = shades(page)
    changed = {code for code in at_six if at_six[code] != after[code]}
    assert changed
    assert all(at_six[code].split()[1] in LOSS_RAMP for code in changed)
    assert failed(page) > 0

    # A popup of a township tells its figures as of the step.
    page.locator(f"[data-township='{min(changed)}']").dispatch_event("click")
    popup = page.locator(".leaflet-popup .popup")
    expect(popup).to_contain_text("14:20")
    expect(popup.locator("tr", has_text="电力")).to_contain_text("户")
    page.keyboard.press("Escape")

    # A layer goes and comes back; the list is folded where it would cover the map.
    page.locator(".leaflet-control-layers").hover()
    box = page.get_by_role("checkbox", name="重点保障单位")
    box.uncheck()
    expect(page.locator(".facility-frame")).to_have_count(0)
    box.check()
    assert failed(page) > 0

    # Shaded by another measure.
    page.get_by_label("镇街着色").select_option("people")
    expect(page.locator(f"[data-township='{min(changed)}']:not([data-share-class='-1'])")).to_be_attached()

    # Tables: a column sorts; what was entered stands there as a text.
    page.get_by_role("tab", name="各镇街影响").click()
    people = page.locator("[data-table='townships'] tbody td:nth-child(2)")
    page.get_by_role("button", name="受影响人口").click()
    figures = [int(text.replace(",", "")) for text in people.all_inner_texts()]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 0
    page.get_by_role("tab", name="事件经过").click()
    expect(page.locator("[data-table='course']")).to_contain_text(_TEXT)
    assert page.title() == "【演练】【示例数据】东站停电"

    # Played, it comes to the end and stops by itself: all are back.
    slider.fill(str(last - 1))
    page.get_by_role("button", name="播放").click()
    expect(slider).to_have_value(str(last))
    expect(page.get_by_role("button", name="播放")).to_be_visible()
    assert {shade.split()[0] for shade in shades(page).values()} == {"-1"}


@pytest.mark.parametrize("opened", [_PHONE], indirect=True)
def test_on_a_phone_nothing_is_wider_than_the_screen_and_the_clock_stays_in_reach(opened: Page) -> None:
    page = opened
    assert page.evaluate("document.documentElement.scrollWidth") <= _PHONE[0]
    page.get_by_role("tab", name="重点单位影响").click()
    expect(page.locator("[data-table='facilities']")).to_be_visible()
    expect(page.get_by_role("slider")).to_be_in_viewport()
    expect(page.locator(".time-marks .mark", has_text="演练")).to_be_in_viewport()
    page.get_by_role("slider").fill("6")
    assert failed(page) > 0
