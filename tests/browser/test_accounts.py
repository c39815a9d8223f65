"""Accounts by page: somebody is invited, comes in by the link, and what an administrator does is asked about once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PASSWORD, Server, Watch

CHOSEN_PASSWORD = "雪夜 供热 抢修 042"  # noqa: S105
NEW_PASSWORD = "seven quiet boilers"  # noqa: S105
PHONE = (390, 844)


class Desks:
    """Browsers that know nothing of each other, all watched."""

    def __init__(self, browser: Browser, server: Server, watch: Watch) -> None:
        self._browser, self._server, self._watch = browser, server, watch
        self.contexts: list[BrowserContext] = []

    def open(self, path: str, *, size: tuple[int, int] = DESK, dark: bool = False, script: bool = True) -> Page:
        context = self._browser.new_context(
            base_url=self._server.url,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        page = context.new_page()
        self._watch.follow(page)
        page.goto(path)
        return page

    def signed_in(self, path: str, name: str = "admin", password: str = PASSWORD, **options: object) -> Page:
        page = self.open(f"/sign-in?next={path}", **options)  # type: ignore[arg-type]
        page.get_by_label("用户名").fill(name)
        page.get_by_label("口令").fill(password)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(f"**{path}")
        return page


@pytest.fixture
def desks(browser: Browser, office: Server) -> Iterator[Desks]:
    watch = Watch(office.url)
    desks = Desks(browser, office, watch)
    yield desks
    for context in desks.contexts:
        context.close()
    assert watch.problems == []


def invite(page: Page, name: str, role: str) -> str:
    """Invite somebody from the list of people; return the link that is shown."""
    page.get_by_role("link", name="邀请").click()
    page.get_by_label("给谁（姓名）").fill(name)
    page.get_by_label("角色", exact=True).select_option(label=role)
    page.get_by_role("button", name="生成链接").click()
    expect(page.get_by_role("heading", name=f"给 {name} 的链接")).to_be_visible()
    link = page.locator(".secret-text").inner_text()
    page.get_by_role("link", name="返回", exact=True).click()
    return link


def accept(page: Page, user_name: str) -> None:
    page.get_by_label("用户名").fill(user_name)
    page.get_by_label("口令", exact=True).fill(CHOSEN_PASSWORD)
    page.get_by_label("再输一次口令").fill(CHOSEN_PASSWORD)
    page.get_by_role("button", name="建立账户").click()


def test_a_duty_officer_is_invited_and_comes_in(desks: Desks) -> None:
    admin = desks.signed_in("/people")
    link = invite(admin, "孙值班", "值班员")
    expect(admin.get_by_text("孙值班").first).to_be_visible()

    guest = desks.open(link)
    expect(guest.get_by_label("姓名")).to_have_value("孙值班")
    accept(guest, "sun")
    guest.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)
    guest.goto("/account")
    expect(guest.get_by_role("heading", name="孙值班")).to_be_visible()
    expect(guest.get_by_text("记录事实")).to_be_visible()

    admin.reload()
    row = admin.get_by_role("row").filter(has_text="孙值班")
    expect(row).to_contain_text("值班员")
    expect(row).to_contain_text("今天")
    expect(admin.get_by_text("没有未用的邀请")).to_be_visible()


def test_what_takes_something_away_asks_once_and_works_without_script(desks: Desks) -> None:
    admin = desks.signed_in("/people", script=False)
    link = invite(admin, "李离任", "观察员")
    accept(desks.open(link, script=False), "li")
    admin.goto(admin.url)
    admin.get_by_role("link", name="李离任").click()
    confirmed = admin.get_by_role("button", name="停用 李离任")
    expect(confirmed).not_to_be_visible()
    admin.get_by_text("停用账户").click()
    confirmed.click()
    expect(admin.get_by_role("status")).to_have_text("账户已停用。")
    expect(admin.get_by_text("停用", exact=True).first).to_be_visible()
    admin.get_by_role("group").filter(has_text="观察员").locator("summary").click()
    admin.get_by_role("button", name="收回角色").click()
    expect(admin.get_by_role("status")).to_have_text("角色已收回。")
    expect(admin.get_by_text("没有角色")).to_be_visible()


def test_a_person_changes_the_password_and_makes_a_token(desks: Desks) -> None:
    admin = desks.signed_in("/people")
    link = invite(admin, "王丽", "规划员")
    page = desks.open(link)
    accept(page, "wangli")
    page.wait_for_url("**/")
    other = desks.signed_in("/account", "wangli", CHOSEN_PASSWORD)
    page.goto("/account")
    page.get_by_label("现在的口令").fill(CHOSEN_PASSWORD)
    page.get_by_label("新口令", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("再输一次新口令").fill(NEW_PASSWORD)
    page.get_by_role("button", name="修改口令").click()
    expect(page.get_by_role("status")).to_contain_text("口令已修改")
    other.reload()
    expect(other.get_by_role("heading", name="登录")).to_be_visible()
    page.get_by_label("用途").fill("值班大屏")
    page.get_by_role("button", name="新建令牌").click()
    expect(page.locator(".secret-text").first).to_contain_text("wm_")
    page.get_by_role("link", name="返回", exact=True).click()
    expect(page.get_by_text("值班大屏")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_nothing_overflows_sideways_and_the_colours_of_the_system_are_followed(
    desks: Desks, size: tuple[int, int], dark: bool
) -> None:
    page = desks.signed_in("/people", size=size, dark=dark)
    person = page.get_by_role("link", name="赵管理").get_attribute("href")
    for path in ("/people", person, "/people/invite", "/account", "/account?lang=en", "/people?lang=en", "/sign-in"):
        page.goto(str(path))
        for summary in page.locator("summary").all():
            summary.click()
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow == 0, path
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background == ("rgb(23, 25, 28)" if dark else "rgb(236, 234, 229)"), path
        # Nothing to press is smaller than a finger's breadth can hit.
        heights = page.locator("main :is(button, summary, a.primary-button):visible").evaluate_all(
            "all => all.filter((one) => !one.closest('.desk-more')).map((one) => one.getBoundingClientRect().height)"
        )
        assert min(heights, default=36) >= 36, path


def test_demonstration_accounts_of_the_sample_sign_in_with_one_press(desks: Desks) -> None:
    page = desks.open("/sign-in?next=/account")
    block = page.get_by_role("region", name="示例数据 · 演示账户")
    block.get_by_role("button", name="以 值班员（演示） 登录").click()
    page.wait_for_url("**/account")
    expect(page.get_by_text("演示账户由大家共用")).to_be_visible()
    expect(page.get_by_label("现在的口令")).to_have_count(0)
