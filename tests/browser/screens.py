"""People at screens of their own, signed in: each account signs in once, on the page for it, and keeps its session."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import DESK, PASSWORD, Server, Watch

#: What a browser writes into its console by itself where something is refused on purpose.
REFUSED = ("409", "422")


def loaded(page: Page) -> None:
    """Wait until the map and its layers are there."""
    page.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)


@dataclass
class Signing:
    """Sessions at a server; who begins with `demo-` is a demonstration account, the others have `PASSWORD`."""

    browser: Browser
    server: Server
    _kept: dict[str, Any] = field(default_factory=dict)

    def session(self, who: str) -> Any:
        """What the browser of somebody keeps who has signed in."""
        if who not in self._kept:
            context = self.browser.new_context(locale="zh-CN", base_url=self.server.url)
            page = context.new_page()
            page.goto("/sign-in?next=/account")
            if who.startswith("demo-"):
                page.locator(f"form[action*='{who}'] button").click()
            else:
                page.locator("#name").fill(who)
                page.locator("#password").fill(PASSWORD)
                page.locator("#password").press("Enter")
            page.wait_for_url(re.compile("/account$"))
            self._kept[who] = context.storage_state()
            context.close()
        return self._kept[who]


class Screens:
    """Opens pages in browsers that know nothing of each other, watches them all, and closes them at the end."""

    def __init__(self, signing: Signing, expected: Sequence[str] = REFUSED, timeout_s: float = 20) -> None:
        self._signing = signing
        self._timeout_ms = timeout_s * 1000
        self._contexts: list[BrowserContext] = []
        self.watch = Watch(signing.server.url, expected=list(expected))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self._contexts:
            context.close()
        assert error is not None or self.watch.problems == []

    def blank(self, who: str | None, *, size: tuple[int, int] = DESK, **options: Any) -> Page:
        """An empty page of somebody, who can ask the server already; None for nobody."""
        if who:
            options["storage_state"] = self._signing.session(who)
        width, height = size
        context = self._signing.browser.new_context(
            base_url=self._signing.server.url,
            viewport={"width": width, "height": height},
            **{"locale": "zh-CN", "reduced_motion": "reduce", **options},
        )
        self._contexts.append(context)
        context.set_default_timeout(self._timeout_ms)
        page = context.new_page()
        self.watch.follow(page)
        return page

    def open(self, who: str | None, link: str = "", *, size: tuple[int, int] = DESK, **options: Any) -> Page:
        """The product's page at a link, as somebody sees it; None for nobody."""
        page = self.blank(who, size=size, **options)
        page.goto(f"/{link}")
        loaded(page)
        return page


def show(page: Page, link: str) -> None:
    """Go to a link as if it was just opened."""
    # Leaving first, as another fragment alone would not load the page anew.
    page.goto("about:blank")
    page.goto(f"/{link}")
    loaded(page)


def ask(page: Page, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the server as the person at the page, and send what the page could send; the answer's document."""
    request = page.request
    if body is None:
        answer = request.get(path)
    else:
        csrf = request.get("/api/viewer").json()["csrf"]
        answer = request.post(path, data=body, headers={"X-CSRF-Token": csrf or ""})
    assert answer.ok, answer.text()
    return answer.json()
