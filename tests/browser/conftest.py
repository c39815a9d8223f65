"""The real server over the sample, and a browser that watches what leaves the page."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.databases import empty_tables
from webmap.cli import main as webmap

if TYPE_CHECKING:
    from tests.browser.screens import Signing

WEBMAP = str(Path(sys.executable).parent / "webmap")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # A page lives for seconds here: what the last compiler makes of its script would hardly be used.
    "--js-flags=--no-opt",
]
#: The incident's start in all tests: a winter morning.
AT = "2026-01-12T08:00:00+08:00"
DESK = (1440, 900)
_START_SECONDS = 120
# What must appear appears within a moment; a machine busy with other things gets longer before that counts as never.
expect.set_options(timeout=20_000)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A running product: its address and what it answers."""

    url: str

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:  # noqa: S310  our own server
            return json.load(answer)

    def assess(self, **incident: Any) -> Any:
        body = json.dumps({"plan": "energy-chengqu", "at": AT, **incident}).encode()
        request = urllib.request.Request(  # noqa: S310
            f"{self.url}/api/assessments?lang=zh", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return json.load(answer)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`webmap serve` as people start it, with a home of its own and the sample."""
    with serving(tmp_path_factory.mktemp("home")) as server:
        yield server


#: Name to sign in with, name that is shown, role; in the office, and where the picture is closed.
STAFF = (
    ("admin", "赵管理", "administrator"),
    ("xiaoli", "小李", "duty_officer"),
    ("wang", "王主任", "office_director"),
    ("zhao", "赵副指挥长", "deputy_commander"),
    ("zhang", "张指挥长", "commander"),
    ("zhou", "小周", "observer"),
)
BEGINNERS = (("sun", "孙规划", "planner"), ("zhou", "小周", "observer"))
BEHIND_DOORS = (("chen", "陈师傅", "field"), ("xiaoli", "小李", "duty_officer"), ("wang", "王值班", "duty_officer"))
PASSWORD = "a long enough passphrase"  # noqa: S105  of people that live for one run


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A second server, for those who write real incidents, warnings and drills: with STAFF, and a log that they share.

    Tests here look at their own incidents by name, and leave no warning in force to those of the next file.
    """
    with serving(tmp_path_factory.mktemp("office"), *_added(STAFF)) as server:
        yield server


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose picture is for those alone who have signed in."""
    with serving(tmp_path_factory.mktemp("closed"), *_added(BEHIND_DOORS), public="off") as server:
        yield server


@pytest.fixture(scope="session")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a database without records, with a planner and an observer: what is loaded there is the test's."""
    with serving(tmp_path_factory.mktemp("beginning"), *_added(BEGINNERS), home_of=empty_home) as server:
        yield server


@pytest.fixture(scope="session")
def office_signing(browser: Browser, office: Server) -> Signing:
    """Sessions of the office's staff and of its demonstration accounts."""
    from tests.browser.screens import Signing  # noqa: PLC0415  which builds on this file

    return Signing(browser, office)


def _added(people: tuple[tuple[str, str, str], ...]) -> list[tuple[list[str], str]]:
    """Commands that add people: name to sign in with, name that is shown, role."""
    return [
        (["people", "add", name, "--display-name", shown, "--role", role, "--password-stdin"], f"{PASSWORD}\n")
        for name, shown, role in people
    ]


def environment_of(home: Path, *, public: str = "on") -> dict[str, str]:
    """The environment of a product with a home of its own, whatever is set around the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "WEBMAP_"))}
    return {**kept, "WEBMAP_HOME": str(home), "WEBMAP_PUBLIC_PICTURE": public}


@cache
def sample_home() -> Path:
    """A home into which the sample was loaded, made once: to be copied, never to be served."""
    home = Path(tempfile.mkdtemp(prefix="sample-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    subprocess.run([WEBMAP, "init", "--sample"], env=environment_of(home), check=True, capture_output=True)
    return home


@cache
def empty_home() -> Path:
    """A home with tables and no record, made once: to be copied, never to be served."""
    home = Path(tempfile.mkdtemp(prefix="empty-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    empty_tables(home / "webmap.sqlite")
    return home


@contextmanager
def serving(
    home: Path,
    *preparations: tuple[list[str], str],
    public: str = "on",
    home_of: Callable[[], Path] = sample_home,
) -> Iterator[Server]:
    """Run the product in a home of its own; `public` is whether all see the picture, `on` or `off`.

    `home_of` gives the home that is copied: with the sample, or without data. `preparations` are commands of `webmap`
    to run then, each with what it reads from its input.
    """
    port = _free_port()
    shutil.copytree(home_of(), home, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as settings:
        for name in environment_of(home).keys() ^ os.environ.keys():
            settings.delenv(name, raising=False)
        settings.setenv("WEBMAP_HOME", str(home))
        for arguments, typed in preparations:
            done = CliRunner().invoke(webmap, arguments, input=typed)
            assert done.exit_code == 0, done.output
    environment = environment_of(home, public=public)
    log = home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [WEBMAP, "serve", "--port", str(port)], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            server = Server(f"http://127.0.0.1:{port}")
            _wait_until_usable(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_usable(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            server.get("/healthz")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server did not become usable:\n{log.read_text(encoding='utf-8')}", pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    # Chromium refuses its sandbox to root alone.
    flags = ["--no-sandbox", *FLAGS] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What the page did that nobody sees: errors in its console, requests to other places."""

    origin: str
    problems: list[str] = field(default_factory=list)
    #: Parts of console messages that a test provokes on purpose.
    expected: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self._asked(request.url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(part in text for part in self.expected):
            self.problems.append(f"{kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.origin + "/", "data:", f"blob:{self.origin}")):
            self.problems.append(f"request to {url}")


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Fails a test whose page logs an error or asks anything of another origin."""
    watch = Watch(server.url)
    yield watch
    assert watch.problems == []


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: Server, watch: Watch) -> Iterator[Open]:
    """Opens the page in a browser that has never seen it: `open_page("#link", size=(390, 844))`.

    With `own_clock` the page's clock can be put forward; till then it runs as others do. Nothing glides from place to
    place unless `reduced_motion="no-preference"`: tests need not wait for it.
    """
    contexts: list[BrowserContext] = []

    def open_page(link: str = "", *, size: tuple[int, int] = DESK, own_clock: bool = False, **options: Any) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, **{"locale": "zh-CN", "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        if own_clock:
            page.clock.install()
        watch.follow(page)
        page.goto(f"{server.url}/{link}")
        page.locator("html[data-loaded]").wait_for(state="attached", timeout=60_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class Substation:
    """A station whose loss is worth looking at, and the hour of a failure that its reserves put off."""

    id: str
    name: str
    assessment: dict[str, Any]
    first_later_failure_hours: float


@pytest.fixture(scope="session")
def substation(server: Server) -> Substation:
    """The first 110 kV station whose fault takes customers now and a facility of the list an hour or more later."""
    nodes = server.get("/api/layers/network_nodes")["features"]
    stations = (node["properties"] for node in nodes if node["properties"]["kind"] == "substation")
    for station in stations:
        assessment = server.assess(faults=[{"element": station["id"]}])
        later = [
            moment["hours"] for moment in assessment["timeline"] if moment["hours"] >= 1 and moment["new_failures"]
        ]
        if assessment["outages"]["electricity"]["customers"] and later and assessment["ranking"]:
            return Substation(station["id"], station["name"], assessment, later[0])
    pytest.fail("the sample has no substation whose loss makes a reserve run out")
