"""A report from a phone without a network: kept there, sent later, and confirmed by a duty officer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask, loaded
from webmap.incidents.moments import as_entered, now_utc

PHONE = (390, 844)
#: A street in the sample's town centre.
STREET = {"longitude": 112.8513, "latitude": 35.4967, "accuracy": 12}
#: What the browser itself says of a network that is gone.
OFFLINE = ("409", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
WORDS = "井盖冒热气，路面塌陷"


@pytest.fixture(scope="module")
def signing(browser: Browser, closed: Server) -> Signing:
    return Signing(browser, closed)


@pytest.fixture
def screens(signing: Signing) -> Iterator[Screens]:
    with Screens(signing, OFFLINE) as screens:
        yield screens


def fill_in(phone: Page, picture: Path) -> str:
    """Report a burst pipe at the phone's position; returns the name of the element that was chosen."""
    phone.locator("[data-what='burst']").click()
    phone.locator("[data-locate]").click()
    nearest = phone.locator("[data-near]").first
    nearest.click()
    expect(nearest).to_have_attribute("aria-checked", "true")
    phone.locator("[data-photos='album']").set_input_files(picture)
    expect(phone.locator(".field-photos img")).to_have_count(1)
    phone.locator("#field-text").fill(WORDS)
    return nearest.locator("strong").inner_text()


def report_of(phone: Page, state: str) -> object:
    return expect(phone.locator("#field-list .field-report").first.locator(".field-chip")).to_have_text(state)


def test_an_offline_report_is_sent_later_and_confirmed(screens: Screens, tmp_path: Path) -> None:
    duty = screens.blank("xiaoli")
    told = {"kind": "reported", "happened_at": as_entered(now_utc()), "text": "市民来电：路面塌陷"}
    body = {"plan": "energy-chengqu", "name": "城中爆管", "drill": False, "facts": [told]}
    incident = ask(duty, "/api/incidents", body)["incident"]["id"]

    picture = tmp_path / "photo.jpg"
    Image.new("RGB", (3200, 2400), (120, 90, 60)).save(picture)
    phone = screens.blank("chen", size=PHONE, geolocation=STREET, permissions=["geolocation"], has_touch=True)
    phone.goto("/field")
    expect(phone.locator("html[data-usable]")).to_be_attached()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    element = fill_in(phone, picture)
    phone.context.set_offline(True)
    phone.locator("[data-send]").click()
    report_of(phone, "待发送")
    # The page was closed and opens again without a network.
    phone.reload()
    report_of(phone, "待发送")
    expect(phone.locator("[data-offline]")).to_contain_text("1 条报告存在手机里")
    assert ask(duty, "/api/field-reports")["reports"] == []
    phone.context.set_offline(False)
    report_of(phone, "已送达，待核实")

    duty.goto(f"/#i={incident}")
    loaded(duty)
    duty.locator("#tab-log").click()
    card = duty.locator("[data-field-waiting] [data-field-report]")
    expect(card).to_contain_text(WORDS)
    expect(card).to_contain_text(element)
    card.locator("[data-field-place]").click()
    expect(duty.locator("[data-pin]")).to_be_visible()
    card.locator("[data-field-deed='confirm']").click()
    duty.locator("[data-field-send]").click()
    entry = duty.locator("#pane-log [data-kind='fault_located']")
    expect(entry).to_contain_text("陈师傅从现场报告：爆管")
    expect(entry.locator("img")).to_be_visible()
    expect(duty.locator("[data-field-waiting]")).to_be_hidden()
    stored = duty.request.get(entry.locator("img").get_attribute("src") or "")
    assert Image.open(io.BytesIO(stored.body())).size == (1600, 1200)
    phone.reload()
    report_of(phone, "已确认")
    expect(phone.locator("#field-list")).to_contain_text("小李已确认，记入日志")
