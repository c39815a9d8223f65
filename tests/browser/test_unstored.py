"""What cannot be stored at once holds up nobody else's: after a handover, and where the server fails on one fact."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import test_log_core
from tests.browser.conftest import Server
from tests.browser.screens import Signing, show
from tests.browser.test_log_core import (  # noqa: F401  fixtures
    Enter,
    enter,
    entries,
    mark,
    open_incident,
    stations,
)

WRITING = re.compile(r"/entries\?lang=")
SHOWN_MS = 60_000
#: By then the page has tried again to store what waits.
LONGEST_RETRY_MS = 30_000


@pytest.fixture(scope="module")
def signing(office_signing: Signing) -> Signing:
    return office_signing


@pytest.fixture(scope="module")
def product(office: Server) -> SimpleNamespace:
    """Where the server is not stopped, the one that is there serves."""
    return SimpleNamespace(server=office)


@pytest.fixture(autouse=True)
def provoked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of the session before is refused, and the server fails, on purpose."""
    monkeypatch.setattr(test_log_core, "_PROVOKED", [*test_log_core._PROVOKED, "403", "500"])


def _sign_in_instead(page: Page, role: str) -> None:
    """Somebody signs in in another tab of the same browser; the page itself stays as it is."""
    page.context.clear_cookies()
    other = page.context.new_page()
    other.goto("/sign-in")
    other.locator(f"form[action*='/sign-in/demo/demo-{role}'] button").click()
    other.locator("html[data-loaded]").wait_for(state="attached", timeout=SHOWN_MS)
    other.goto("about:blank")
    other.close()


def _faults(page: Page, link: str) -> list[str]:
    return [entry["author"] for entry in entries(page, link) if entry["kind"] == "fault_located"]


def test_after_a_handover_the_next_persons_facts_go_out_and_the_others_wait(
    enter: Enter,  # noqa: F811
    stations: list[str],  # noqa: F811
) -> None:
    page = enter("duty-officer")
    link = open_incident(page)
    page.clock.install()
    show(page, link)
    name = page.evaluate("fetch('/api/viewer').then((answer) => answer.json())")["person"]["display_name"]
    page.route(WRITING, lambda route: route.abort("connectionrefused"))
    mark(page, stations[0])
    expect(page.locator("[data-waiting='1']")).to_be_visible()
    _sign_in_instead(page, "commander")
    page.unroute(WRITING)
    waiting = page.locator(f"[data-waiting-for='{name}']")
    expect(waiting).to_contain_text("记录的 1 条尚未存入", timeout=SHOWN_MS)
    page.locator(".error-card button[aria-label='关闭']").first.click()
    mark(page, stations[1])
    expect(page.locator("#notes")).to_contain_text("撤销", timeout=SHOWN_MS)
    written = _faults(page, link)
    assert len(written) == 1
    assert name not in written
    expect(waiting).to_be_visible()
    _sign_in_instead(page, "duty-officer")
    page.clock.fast_forward(LONGEST_RETRY_MS)
    expect(waiting).to_be_hidden(timeout=SHOWN_MS)
    expect(page.locator("[data-fault]")).to_have_count(2)
    assert _faults(page, link) == [*written, name]


def test_a_fact_on_which_the_server_fails_is_set_aside_and_can_be_sent_again(
    enter: Enter,  # noqa: F811
    stations: list[str],  # noqa: F811
) -> None:
    page = enter("duty-officer")
    link = open_incident(page)
    show(page, link)
    failing: list[str] = []

    def fail(route: Route) -> None:
        body = route.request.post_data or ""
        key = re.findall(r'"client_key":"(\w+)"', body)[0]
        if not failing:
            failing.append(key)
        if key in failing:
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route(WRITING, fail)
    mark(page, stations[0])
    expect(page.locator("[data-waiting='1']")).to_be_visible()
    mark(page, stations[1])
    aside = page.locator("[data-set-aside]")
    expect(aside).to_contain_text("服务器多次出错", timeout=SHOWN_MS)
    expect(page.locator("[data-fault]")).to_have_count(1)
    assert len(_faults(page, link)) == 1
    aside.locator("[data-aside-discard]").click()
    expect(aside).to_contain_text("确定放弃？")
    aside.locator("[data-aside-keep]").click()
    page.unroute(WRITING)
    aside.locator("[data-aside-retry]").click()
    expect(aside).to_be_hidden()
    expect(page.locator("[data-fault]")).to_have_count(2)
    assert len(_faults(page, link)) == 2
