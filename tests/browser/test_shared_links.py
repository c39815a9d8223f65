"""Links that are passed on while the picture is closed: who opens one signs in and sees what it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PASSWORD, Server, Watch
from tests.browser.user import link, settle

#: Figures of a shortage of coal, a moment four hours on, dark: nothing of it reaches the server by itself.
SHARED = link("h=4", "g=energy-chengqu~coal_stock_share~0.2", "theme=dark")


@pytest.fixture
def contexts() -> Iterator[list[BrowserContext]]:
    contexts: list[BrowserContext] = []
    yield contexts
    for context in contexts:
        context.close()


def follow_link(browser: Browser, server: Server, contexts: list[BrowserContext], *, script: bool = True) -> Page:
    """Open the shared link in a browser in which nobody is signed in."""
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": DESK[0], "height": DESK[1]},
        locale="zh-CN",
        java_script_enabled=script,
    )
    contexts.append(context)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"/{SHARED}")
    expect(page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    return page


def expect_shared(page: Page) -> None:
    page.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)
    settle(page)
    expect(page.locator("#person-button")).to_be_visible()
    expect(page.locator("html[data-theme='dark']")).to_be_attached()
    assert "h=4" in page.url
    assert "coal_stock_share" in page.url
    expect(page.locator("#level-card .count-mark")).to_have_text("1")


def test_a_shared_link_shows_the_same_after_signing_in(
    browser: Browser, closed: Server, contexts: list[BrowserContext]
) -> None:
    watch = Watch(closed.url, expected=["403"])
    page = follow_link(browser, closed, contexts)
    watch.follow(page)
    page.get_by_label("用户名").fill("wang")
    page.get_by_label("口令").fill("not this one")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect_shared(page)
    assert watch.problems == [], "the policy lets the sign-in page's script run"


def test_a_shared_link_shows_the_same_to_a_demonstration_account(
    browser: Browser, closed: Server, contexts: list[BrowserContext]
) -> None:
    page = follow_link(browser, closed, contexts)
    page.get_by_role("button", name="以 值班员（演示） 登录").click()
    expect_shared(page)


def test_without_script_one_signs_in_all_the_same(
    browser: Browser, closed: Server, contexts: list[BrowserContext]
) -> None:
    page = follow_link(browser, closed, contexts, script=False)
    page.get_by_role("button", name="以 观察员（演示） 登录").click()
    page.wait_for_url(f"{closed.url}/")
    page.goto("/account")
    expect(page.get_by_role("heading", name="观察员")).to_be_visible()
