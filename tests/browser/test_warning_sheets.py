"""The notice on paper and the public page without scripts, in a real browser and under their own policies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from priority.townships import Townships
from tests.priority.warnings.areas import frames
from tests.web.warnings.bulletins import county_bulletin, street_bulletin
from tests.web.warnings.messages import SENT
from webmap.warnings.products import NOTICE_POLICY, notice_html
from webmap.warnings.public_page import PUBLIC_PAGE_POLICY, render_public_page
from webmap.warnings.standing import Message

ADDRESS = "http://sheet.example/"
Show = Callable[..., Page]
REASON = {"zh": "换热站已修复，供热恢复正常", "en": "The exchange station was repaired"}
LONG = "请关好门窗、添衣保暖，照看老人、孩子和病人；需要临时取暖的请联系社区或村委会。" * 5
NOTICES = {
    "street": street_bulletin(),
    "draft of a drill": street_bulletin(drill="2026 年冬季大面积停电停热联合演练", identifier=None, sent=None),
    "update": street_bulletin(message_type="Update", synthetic=False),
    "county": county_bulletin(),
    "late": street_bulletin(sent=datetime.fromisoformat("2026-12-28T08:30:00+08:00")),
    "lifted": county_bulletin(message_type="Cancel", reason=REASON),
    "long": county_bulletin(texts={"zh": {**county_bulletin().texts["zh"], "警示事项": LONG}, "en": {}}),
}


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Shows a page as a server would give it: with its policy, and nothing else to be had."""
    contexts: list[BrowserContext] = []

    def show(content: str, policy: str, *, width: int = 900, scripts: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        page.route("**/*", lambda route: route.fulfill(body=content, headers=headers))
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text))
        page.on("request", lambda request: problems.append(request.url) if request.url != ADDRESS else None)
        page.goto(ADDRESS)
        assert problems == []
        return page

    yield show
    for context in contexts:
        context.close()


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    sides = "({ top, bottom }) => ({ top, bottom })"
    found: Any = page.eval_on_selector_all(
        selector, f"nodes => nodes.map((node) => ({sides})(node.getBoundingClientRect()))"
    )
    return list(found)


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_fills_one_sheet_of_a4_and_no_more(show: Show, name: str) -> None:
    page = show(notice_html(NOTICES[name]), NOTICE_POLICY)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert re.findall(rb"/Count (\d+)", pdf) == [b"1"]
    width, height = (float(side) for side in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())  # type: ignore[union-attr]
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1016})  # what A4 leaves inside the margins
    size_pt = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize) * 0.75")
    assert size_pt >= {"county": 11.9, "long": 10.9}.get(name, 15.9)
    parts = boxes(page, "main > *")
    assert all(above["bottom"] <= below["top"] + 1 for above, below in pairwise(parts))
    assert parts[-1]["bottom"] <= 1016
    # A sheet that is half empty could have had larger type.
    assert parts[-1]["bottom"] > 0.66 * 1016
    assert page.evaluate("document.documentElement.scrollWidth <= 673")
    # The line of the seal's place does not run through the date.
    seal, date = (page.locator(f".signed p{which}").bounding_box() for which in (".seal", ":last-child"))
    assert seal is not None
    assert date is not None
    assert seal["x"] + 4 < date["x"]
    assert date["x"] + date["width"] < seal["x"] + seal["width"] - 4


@pytest.mark.parametrize("width", [360, 1280])
def test_the_public_page_is_read_without_scripts_on_any_screen(show: Show, width: int) -> None:
    messages = [
        Message(county_bulletin(), "/feeds/warnings/a.xml"),
        Message(street_bulletin(warning_id="w2"), "/feeds/warnings/b.xml"),
        Message(street_bulletin(warning_id="w3", message_type="Cancel", reason=REASON), "/feeds/warnings/c.xml"),
    ]
    townships = Townships.build(frames()["townships"])
    now = SENT + timedelta(hours=1)
    page = show(
        render_public_page(messages, "zh", now=now, townships=townships), PUBLIC_PAGE_POLICY, width=width, scripts=False
    )
    assert page.get_by_role("heading", level=3).count() == 3
    assert page.get_by_role("img").count() == 2
    sketch = page.locator("svg").first.bounding_box()
    article = page.locator("article").first.bounding_box()
    assert sketch is not None
    assert article is not None
    assert sketch["width"] > 250
    assert article["x"] >= 0
    assert article["x"] + article["width"] <= width
    heading = page.locator("h3 .level").first.bounding_box()
    assert heading is not None
    assert heading["height"] > 28  # styled, and large
