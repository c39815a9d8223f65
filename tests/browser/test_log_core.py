"""The page on an incident of the log: marks are entries, others see them, nothing is lost while the server is away."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import conftest
from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask, loaded, show
from tests.browser.user import assessment_of, go_to

PLAN = "energy-chengqu"
DISTRICT = timezone(timedelta(hours=8))
#: What a browser writes into its console by itself where a test takes the server away or is refused.
_PROVOKED = ["ERR_CONNECTION_", "ERR_EMPTY_RESPONSE", "401", "404", "409", "422", "503"]


class Product:
    """The product over the sample in a home of its own, at one address, to be stopped and started again."""

    def __init__(self, home: Path) -> None:
        shutil.copytree(conftest.sample_home(), home, dirs_exist_ok=True)
        self._environment = conftest.environment_of(home)
        self._log = home / "server.log"
        self._port = conftest._free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.server = Server(f"http://127.0.0.1:{self._port}")

    def start(self) -> None:
        with self._log.open("wb") as output:
            command = [conftest.WEBMAP, "serve", "--port", str(self._port)]
            self._process = subprocess.Popen(command, env=self._environment, stdout=output, stderr=subprocess.STDOUT)
        conftest._wait_until_usable(self.server, self._process, self._log)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=30)
        self._process = None


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(tmp_path_factory.mktemp("log-core"))
    product.start()
    yield product
    product.stop()


@pytest.fixture(scope="module")
def stations(product: Product) -> list[str]:
    """Names of stations to mark."""
    nodes = product.server.get("/api/layers/network_nodes")["features"]
    return [node["properties"]["name"] for node in nodes if node["properties"]["kind"] == "substation"]


@pytest.fixture(scope="module")
def signing(browser: Browser, product: Product) -> Signing:
    return Signing(browser, product.server)


Enter = Callable[..., Page]


@pytest.fixture
def enter(signing: Signing) -> Iterator[Enter]:
    """The page of a demonstration account at a link: `enter("duty-officer", "#i=...")`; an empty page without a link.

    With None nobody is signed in.
    """
    with Screens(signing, _PROVOKED) as screens:

        def enter(role: str | None, link: str | None = None) -> Page:
            who = f"demo-{role}" if role else None
            return screens.blank(who) if link is None else screens.open(who, link)

        yield enter


def open_incident(page: Page, *, drill: bool = False) -> str:
    """Open an incident that was reported two hours ago, and return its link."""
    reported = {
        "kind": "reported",
        "happened_at": (datetime.now(UTC) - timedelta(hours=2)).isoformat(),
        "text": "供电所报告停电",
    }
    view = ask(page, "/api/incidents", {"plan": PLAN, "name": "北部停电", "drill": drill, "facts": [reported]})
    return f"#i={view['incident']['id']}"


def entries(page: Page, link: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(page, f"/api/incidents/{link.removeprefix('#i=')}/entries?after=0")["entries"]
    return found


def kinds(page: Page, link: str) -> list[str]:
    return [entry["kind"] for entry in entries(page, link)]


def mark(page: Page, name: str) -> None:
    """Mark a fault with the key F and a click."""
    x, y = go_to(page, name)
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.mouse.move(x - 4, y + 3)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def draw_circle(page: Page, x: float, y: float) -> None:
    page.keyboard.press("a")
    page.get_by_role("menuitem", name="圆形").click()
    page.mouse.click(x, y)
    page.mouse.move(x + 20, y)
    page.mouse.move(x + 40, y)
    page.mouse.click(x + 40, y)


def test_a_fault_is_two_clicks_others_see_it_and_undo_withdraws_it(enter: Enter, stations: list[str]) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    show(duty, link)
    observer = enter("observer", link)
    mark(duty, stations[0])
    expect(duty.locator("[data-fault]")).to_have_count(1)
    expect(duty.locator("#notes")).to_contain_text("已记录")
    expect(observer.locator("[data-fault]")).to_have_count(1, timeout=10_000)
    assert parse_qs(urlsplit(duty.url).fragment).keys() & {"f", "t", "p"} == set()

    duty.locator("#notes").get_by_role("button", name="撤销").click()
    expect(duty.locator("[data-fault]")).to_have_count(0)
    expect(observer.locator("[data-fault]")).to_have_count(0, timeout=10_000)
    _, fault, correction = entries(duty, link)
    assert fault["withdrawn"]
    assert correction["fact"]["reason"] == "误记，随即撤回"


def test_who_may_not_record_is_told_so_and_can_try_a_what_if(enter: Enter, stations: list[str]) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    observer = enter("observer", link)
    mark(observer, stations[0])
    expect(observer.locator("#notes")).to_contain_text("不能记录")
    expect(observer.locator("[data-fault]")).to_have_count(0)
    observer.keyboard.press("Escape")
    observer.keyboard.press("w")
    mark(observer, stations[0])
    expect(observer.locator("[data-fault]")).to_have_count(1)
    observer.locator("[data-take-over]").click()
    expect(observer.locator("#notes")).to_contain_text("不能记录")
    observer.locator("[data-discard]").click()
    expect(observer.locator("[data-fault]")).to_have_count(0)
    assert kinds(duty, link) == ["reported"]


def test_a_what_if_is_recorded_when_it_is_taken_over_and_keeps_what_others_wrote(
    enter: Enter, stations: list[str]
) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    show(duty, link)
    commander = enter("commander", link)
    mark(duty, stations[0])
    expect(commander.locator("[data-fault]")).to_have_count(1, timeout=10_000)
    commander.keyboard.press("Escape")
    commander.keyboard.press("w")
    mark(commander, stations[1])
    expect(commander.locator("[data-fault]")).to_have_count(2)
    mark(duty, stations[2])
    # What others find out meanwhile is true in the what-if too.
    expect(commander.locator("[data-fault]")).to_have_count(3, timeout=10_000)
    assert kinds(duty, link) == ["reported", "fault_located", "fault_located"]
    commander.locator("[data-take-over]").click()
    expect(commander.locator("#what-if")).to_be_hidden()
    expect(duty.locator("[data-fault]")).to_have_count(3, timeout=10_000)
    assert kinds(duty, link) == ["reported", *["fault_located"] * 3]


def test_two_who_draw_at_once_both_stay(enter: Enter) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    show(duty, link)
    commander = enter("commander")
    # The commander's page does not hear of the first drawing before the second is made.
    told, asked = re.compile(r"/live\?after="), re.compile(r"/entries\?after=")
    commander.route(told, lambda route: route.abort("connectionrefused"))
    show(commander, link)
    commander.route(asked, lambda route: route.abort("connectionrefused"))
    draw_circle(duty, 600, 400)
    expect(duty.locator("#notes")).to_contain_text("已记录")
    for question in (told, asked):
        commander.unroute(question)
    draw_circle(commander, 760, 560)
    expect(commander.locator("#notes")).to_contain_text("已记录", timeout=20_000)
    areas = [entry["fact"]["area"] for entry in entries(duty, link) if entry["kind"] == "area_drawn"]
    assert [area["type"] for area in areas] == ["Polygon", "MultiPolygon"]
    assert len(areas[1]["coordinates"]) == 2


#: Something that is done before the server goes, without it and after it has come back: a generator with two stops.
Part = Iterator[None]


def _recorded_before_it_is_noticed(duty: Page, link: str, station: str) -> Part:
    """What is recorded without the server waits and is stored once."""
    x, y = go_to(duty, station)
    yield
    duty.keyboard.press("Escape")
    duty.keyboard.press("f")
    duty.mouse.move(x - 4, y + 3)
    duty.mouse.move(x, y)
    duty.mouse.click(x, y)
    expect(duty.locator("#log-strip")).to_contain_text("1 条尚未存入")
    expect(duty.locator("[data-fault]")).to_have_count(1)
    yield
    expect(duty.locator("#log-strip")).to_be_hidden(timeout=60_000)
    expect(duty.locator("[data-fault]")).to_have_count(1)
    assert kinds(duty, link) == ["reported", "fault_located"]


def shown(page: Page) -> dict[str, Any]:
    """What the page says of the consequences: shaded townships, order of care, level, headline, tab."""
    says: dict[str, Any] = page.evaluate(
        """() => {
            const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
            return {
                shaded: [...document.querySelectorAll('path.township')].map((path) => path.dataset.shareClass),
                ranking: texts('#pane-ranking .rank-row strong'),
                level: texts('[data-level-numeral]'),
                headline: texts('#headline .figure-value'),
                tab: document.querySelector('[role=tab][aria-selected=true]').dataset.tab,
            };
        }"""
    )
    return says


def clock_of(page: Page) -> datetime:
    """The moment on the time bar, to the minute."""
    said = re.search(r"(\d+)月(\d+)日 .* (\d\d):(\d\d)", page.locator("[data-time-now] strong").inner_text())
    assert said
    month, day, hour, minute = map(int, said.groups())
    return datetime(datetime.now(DISTRICT).year, month, day, hour, minute, tzinfo=DISTRICT)


def clock_goes_on(page: Page, ahead: timedelta = timedelta()) -> bool:
    """Whether the time bar follows the clock: to the minute, half a minute late at most, on a busy machine later.

    `ahead` is how far the page's clock was put forward.
    """
    for _ in range(40):
        if abs(clock_of(page) - ahead - datetime.now(DISTRICT)) < timedelta(seconds=75):
            return True
        page.wait_for_timeout(500)
    return False


def _the_last_picture_stays(observer: Page, link: str) -> Part:
    """The last picture stays, and the page says how old it is."""
    observer.clock.install()
    show(observer, link)
    expect(observer.locator("#pane-ranking .rank-row").first).to_be_visible()
    observer.wait_for_timeout(1_000)
    before = shown(observer)
    assert before["ranking"]
    assert {"1", "2", "3", "4", "5"} & set(before["shaded"])
    strip = observer.locator("#log-strip")
    expect(strip).to_be_hidden()
    yield
    expect(strip).to_contain_text("画面可能已过时：更新于", timeout=15_000)
    # The clock goes on, for which there is no answer from now on.
    later = timedelta(minutes=5)
    with observer.expect_event("requestfailed", lambda request: "/api/assessments" in request.url):
        observer.clock.fast_forward(int(later.total_seconds() * 1000))
    assert clock_goes_on(observer, later)
    assert shown(observer) == before
    expect(observer.locator(".error-card")).to_have_count(0)
    # Another moment cannot be seen, so the one that is seen stays.
    observer.locator("[data-preset-hours='4']").click()
    expect(observer.locator("#notes")).to_contain_text("暂时看不到别的时刻")
    assert clock_goes_on(observer, later)
    yield
    expect(strip).to_be_hidden(timeout=20_000)
    assert clock_goes_on(observer)
    assert shown(observer)["ranking"]


def _recorded_when_it_is_known(duty: Page, link: str, station: str) -> Part:
    """What is recorded without the server has the time of pressing, and the form says that it can be filled in."""
    x, y = go_to(duty, station)
    yield
    expect(duty.locator("[data-unreached]")).to_be_visible(timeout=15_000)
    # The present pressed for is not that of the last answer.
    duty.locator("[data-preset-hours='0']").click()
    duty.wait_for_timeout(2_500)
    duty.keyboard.press("Escape")
    duty.keyboard.press("f")
    duty.mouse.move(x - 4, y + 3)
    duty.mouse.move(x, y)
    pressed = datetime.now(UTC)
    duty.mouse.click(x, y)
    expect(duty.locator("[data-waiting='1']")).to_be_visible()
    duty.keyboard.press("Escape")
    duty.keyboard.press("r")
    expect(duty.locator("#record [data-unreached-note]")).to_contain_text("可以照常填写")
    duty.wait_for_timeout(2_500)
    yield
    expect(duty.locator("#log-strip")).to_be_hidden(timeout=60_000)
    expect(duty.locator("#record [data-unreached-note]")).to_be_hidden()
    *_, fault = entries(duty, link)
    assert fault["kind"] == "fault_located"
    assert abs(datetime.fromisoformat(fault["happened_at"]) - pressed) < timedelta(seconds=2)


def _what_was_written_meanwhile_is_there_once(watcher: Page, link: str) -> Part:
    """The page says how old its picture is, and has all entries once when it hears of the server again."""
    sign = watcher.locator("#connection")
    expect(sign).to_have_attribute("data-connection", "live")
    yield
    strip = watcher.locator("#log-strip")
    expect(strip).to_contain_text(re.compile(r"更新于 \d\d:\d\d:\d\d（(\d+ 分 )?\d+ 秒前）"))
    expect(sign).to_have_attribute("data-connection", "lost")
    age = strip.inner_text()
    expect(strip).not_to_have_text(age)
    yield
    expect(sign).to_have_attribute("data-connection", "live")
    expect(strip).to_be_hidden()
    written = [str(entry["number"]) for entry in reversed(entries(watcher, link))]
    watcher.locator("#tab-log").click()
    rows = watcher.locator("#pane-log [data-entry]")
    expect(rows).to_have_count(len(written))
    assert [row.get_attribute("data-entry") for row in rows.all()] == written


def _a_calculation_stays_too(page: Page, stations: list[str]) -> Part:
    """A calculation that is not recorded stays too, and goes on with what was marked meanwhile."""
    mark(page, stations[0])
    expect(page.locator("#pane-ranking .rank-row").first).to_be_visible()
    page.keyboard.press("Escape")
    x, y = go_to(page, stations[1])
    page.keyboard.press("Escape")
    page.wait_for_timeout(1_000)
    before = shown(page)
    yield
    page.keyboard.press("f")
    page.mouse.move(x - 4, y + 3)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator("[data-unreached]")).to_be_visible()
    expect(page.locator("[data-fault]")).to_have_count(2)
    assert shown(page)["ranking"] == before["ranking"]
    yield
    expect(page.locator("#log-strip")).to_be_hidden(timeout=30_000)
    expect(page.locator(".error-card")).to_have_count(0)
    # What was marked meanwhile is reckoned with from now on.
    with page.expect_response(assessment_of(lambda incident: len(incident["faults"]) == 2)) as answer:
        page.locator("[data-preset-hours='12']").click()
    assert answer.value.ok
    expect(page.locator("#notes")).not_to_contain_text("别的时刻")


def test_while_the_server_is_away_nothing_is_lost_and_the_page_says_so(
    enter: Enter, product: Product, stations: list[str]
) -> None:
    first, duty = enter("duty-officer"), enter("duty-officer")
    other, link = open_incident(first), open_incident(duty)
    show(first, other)
    show(duty, link)
    mark(duty, stations[0])
    expect(duty.locator("#notes")).to_contain_text("已记录")
    duty.keyboard.press("Escape")
    # They share one time without the server, as its start takes long; whoever presses before it is noticed comes first.
    parts = [
        _recorded_before_it_is_noticed(first, other, stations[0]),
        _a_calculation_stays_too(enter(None, ""), stations),
        _the_last_picture_stays(enter("observer"), link),
        _recorded_when_it_is_known(duty, link, stations[1]),
        _what_was_written_meanwhile_is_there_once(enter("observer", link), link),
    ]
    for part in parts:
        next(part)
    product.stop()
    try:
        for part in parts:
            next(part)
    finally:
        product.start()
    for part in parts:
        assert next(part, "ended") == "ended"


def test_what_waits_outlives_the_page(enter: Enter, stations: list[str]) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    show(duty, link)
    writing = re.compile(r"/entries\?lang=")
    duty.route(writing, lambda route: route.abort("connectionrefused"))
    mark(duty, stations[0])
    expect(duty.locator("[data-waiting='1']")).to_be_visible()
    duty.unroute(writing)
    show(duty, link)
    expect(duty.locator("#notes")).to_contain_text("现已存入")
    expect(duty.locator("[data-fault]")).to_have_count(1)
    assert kinds(duty, link) == ["reported", "fault_located"]


def test_looking_back_shows_what_was_believed_and_writes_nothing(enter: Enter, stations: list[str]) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    show(duty, link)
    mark(duty, stations[0])
    expect(duty.locator("#notes")).to_contain_text("已记录")
    show(duty, f"{link}&k=1")
    expect(duty.locator("#log-strip")).to_contain_text("正在看第 1 条记录时的态势")
    expect(duty.locator("body.looking-back")).to_be_attached()
    expect(duty.locator("[data-fault]")).to_have_count(0)
    mark(duty, stations[1])
    expect(duty.locator("#notes")).to_contain_text("先回到现在")
    duty.keyboard.press("Escape")
    duty.locator("[data-back-to-now]").click()
    expect(duty.locator("#log-strip")).to_be_hidden()
    expect(duty.locator("[data-fault]")).to_have_count(1)
    assert kinds(duty, link) == ["reported", "fault_located"]


def test_an_earlier_moment_has_the_figures_of_then(enter: Enter, stations: list[str]) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    began, path = entries(duty, link)[0]["happened_at"], f"/api/incidents/{link.removeprefix('#i=')}/entries"
    station = next(
        node["properties"]["id"]
        for node in ask(duty, "/api/layers/network_nodes")["features"]
        if node["properties"]["name"] == stations[0]
    )
    later = (datetime.fromisoformat(began) + timedelta(minutes=90)).isoformat()
    figure = {"kind": "figure_reported", "happened_at": later, "figure": "affected_townships", "value": 17}
    ask(duty, path, {"facts": [{"kind": "fault_located", "happened_at": began, "element": station}, figure]})
    show(duty, link)
    basis = duty.locator("#level-card")
    expect(basis).to_contain_text("17")
    thumb = duty.locator("[data-time-slider]")
    thumb.focus()
    thumb.press("Home")
    expect(basis).not_to_contain_text("17")
    duty.locator("[data-preset-hours='0']").click()
    expect(basis).to_contain_text("17")


def test_a_drill_has_its_own_clock(enter: Enter, stations: list[str]) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty, drill=True)
    show(duty, link)
    expect(duty.locator("body.drill")).to_be_attached()
    mark(duty, stations[0])
    expect(duty.locator("#timebar")).to_be_visible()
    duty.locator("[data-preset-hours='4']").click()
    mark(duty, stations[1])
    expect(duty.locator("[data-fault]")).to_have_count(2)
    expect(duty.locator("#notes")).to_contain_text(re.compile(f"已记录：{re.escape(stations[1])}.*发生时间"))
    first, second = [
        datetime.fromisoformat(entry["happened_at"])
        for entry in entries(duty, link)
        if entry["kind"] == "fault_located"
    ]
    assert second - first == timedelta(hours=4)


def test_an_incident_that_cannot_be_opened_says_what_to_do(enter: Enter) -> None:
    duty = enter("duty-officer")
    link = open_incident(duty)
    stranger = enter(None, link)
    card = stranger.locator(".error-card")
    expect(card).to_contain_text("要先登录")
    # The address still names the incident, so that signing in leads back to it.
    stranger.wait_for_timeout(400)
    card.locator("a").click()
    stranger.locator("form[action*='/sign-in/demo/demo-observer'] button").click()
    loaded(stranger)
    expect(stranger.locator("body.in-incident")).to_be_attached()
    show(duty, "#i=nothing")
    expect(duty.locator(".error-card")).to_contain_text("没有这起事件")
