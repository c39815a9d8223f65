"""What a person does with the page, in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import AT


def link(*parts: str) -> str:
    """An address with the tests' time; further parts as `f=e-1`."""
    return "#" + "&".join([f"t={quote(AT)}", *parts])


def address(page: Page, *parts: str) -> str:
    """The link in the address bar, once it has these parts (patterns): it follows what is done after a moment."""
    for part in parts:
        expect(page).to_have_url(re.compile(f"#.*{part}"))
    return page.url[page.url.index("#") :]


def search(page: Page, name: str) -> Locator:
    """Search for a name and return the first result's row."""
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    field.fill(name)
    return page.locator("[data-search-result]").first


def go_to(page: Page, name: str) -> tuple[float, float]:
    """Search for a place, go there, and return where on the screen it lies."""
    search(page, name)
    page.keyboard.press("Enter")
    halo = page.locator(".halo-selected")
    expect(halo).to_be_visible()
    return at_rest(halo)


#: The centre of an element once it has stood still for so many frames.
_STANDING = """(element, frames) => new Promise((done) => {
  let last = '', same = 0;
  const look = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const here = [x + width / 2, y + height / 2];
    same = String(here) === last ? same + 1 : 0;
    last = String(here);
    if (same >= frames) done(here);
    else requestAnimationFrame(look);
  };
  look();
})"""


def at_rest(place: Locator, frames: int = 6) -> tuple[float, float]:
    """Where on the screen an element lies once the map has come to rest: it stood still for so many frames."""
    x, y = place.evaluate(_STANDING, frames)
    return x, y


#: Whether the link names this zoom.
_AT_ZOOM = "(zoom) => decodeURIComponent(/v=([^&]+)/.exec(location.hash)?.[1] ?? '').split(',')[2] === String(zoom)"


def zoom_in(page: Page, zoom: int) -> None:
    """Press the button that brings the map a step nearer, and wait until it is at this zoom."""
    page.locator("#zoom button").first.click()
    page.wait_for_function(_AT_ZOOM, arg=zoom)


def mark_by_click(page: Page, name: str) -> str:
    """Go to a station, press the button for faults, click on it; return what the pointer named before the click."""
    x, y = go_to(page, name)
    page.get_by_role("button", name="标记故障").first.click()
    page.mouse.move(x - 4, y + 3)
    page.mouse.move(x, y)
    label = page.locator("[data-pointer-label]")
    expect(label).to_be_visible()
    named = label.inner_text()
    page.mouse.click(x, y)
    expect(page.locator("#headline")).to_be_visible()
    return named


#: Townships that the map shades.
SHADED = (
    "[data-township]:is([data-share-class='1'], [data-share-class='2'], [data-share-class='3'],"
    " [data-share-class='4'], [data-share-class='5'])"
)


def shaded(page: Page) -> set[str]:
    """Codes of the townships that the map shades."""
    return {code for element in page.locator(SHADED).all() if (code := element.get_attribute("data-township"))}


def failed_on_map(page: Page) -> int:
    return page.locator("#map [data-facility][data-state='failed']").count()


def settle(page: Page) -> None:
    """Wait until the panel shows what was last asked for."""
    expect(page.locator("#incident-panel[aria-busy='false']")).to_be_visible()


def assessment_of(is_asked: Callable[[dict[str, Any]], bool]) -> Callable[[Response], bool]:
    """What tells the assessment of an incident such as this from others that are under way at the same time."""

    def matches(response: Response) -> bool:
        request = response.request
        return request.method == "POST" and "/api/assessments" in request.url and is_asked(request.post_data_json)

    return matches
