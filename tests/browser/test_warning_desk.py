"""A warning from the draft to its end, each step by the person whom the plan names, and what others see of it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, ask


@pytest.fixture
def screens(office_signing: Signing) -> Iterator[Screens]:
    # The first picture of a server that has just started is the slowest.
    with Screens(office_signing, timeout_s=60) as screens:
        yield screens


def drafted(page: Page, office: Server, *, drill: bool = False) -> str:
    """Draft a warning that has to be approved, as the person at a page; return the link to its card."""
    townships = [row["properties"]["code"] for row in office.get("/api/layers/townships")["features"]]
    own = [code for code in townships if code.startswith("140525")][:2]
    at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    facts = [{"kind": "reported", "happened_at": at, "text": "多处停热", "source": "热力公司"}]
    name = "停热演练" if drill else "多处停热"
    opening = {"plan": "heating-zezhou", "name": name, "drill": drill, "facts": facts, "client_key": _key()}
    incident = ask(page, "/api/incidents", opening)["incident"]["id"]
    area = {"parts": [{"kind": "townships", "codes": own, "operation": "plus"}]}
    asked = {"incident": incident, "level": "large", "area": area}
    suggested = ask(page, "/api/warnings/suggestions", asked)["content"]
    content = {**suggested, "level": "large", "area": area, "reason": "两个镇停热"}
    told = {"incident": incident, "content": content, "client_key": _key()}
    warning = ask(page, "/api/warnings", told)["warning"]["id"]
    return f"#i={incident}&n={warning}"


def _key() -> str:
    return str(uuid.uuid4())


def go(page: Page, link: str) -> None:
    page.goto("about:blank")
    page.goto(f"/{link}")
    expect(page.locator(".warning-title")).to_be_visible()


def take(page: Page, kind: str, **texts: str) -> None:
    """Take the step that is offered, with what it asks for."""
    page.locator(f".warning-buttons [data-step='{kind}']").click()
    for name, text in texts.items():
        page.locator(f"#warning-{kind}-{name}").fill(text)
    page.locator(f"[data-step-confirm='{kind}']").click()
    expect(page.locator(f"[data-step-form='{kind}']")).to_have_count(0)


def test_each_step_is_offered_to_whom_the_plan_names_and_explained_to_the_others(
    screens: Screens, office: Server
) -> None:
    duty = screens.blank("xiaoli")
    link = drafted(duty, office)
    go(duty, link)
    expect(duty.locator(".next-turn")).to_have_attribute("data-yours", "true")
    expect(duty.locator("#map [data-warning-area].warning-planned")).to_have_count(1)
    take(duty, "submitted")
    expect(duty.locator(".next-turn")).to_contain_text("待指挥长或副指挥长批准")
    expect(duty.locator(".warning-buttons [data-step='approved']")).to_have_count(0)
    duty.locator(".warning-next summary").click()
    expect(duty.locator("[data-refused-step='approved']")).to_contain_text("3.3(2)")

    deputy = screens.open("zhao", link)
    expect(deputy.locator("[data-bar-mine]")).to_have_text("待您办理 1")
    approve = deputy.locator(".warning-buttons .primary-button")
    expect(approve).to_have_text("批准")
    approve.click()
    expect(deputy.locator("[data-essentials='1']")).to_contain_text("较大风险预警")
    take_remarks = deputy.locator("#warning-approved-remarks")
    take_remarks.fill("同意，注意独居老人。")

    commander = screens.open("zhang", link)
    take(commander, "returned", remarks="写明恢复供热的时间。")
    deputy.locator("[data-step-confirm='approved']").click()
    expect(deputy.locator(".step-form")).to_contain_text("您打开之后，他人办理了")
    expect(take_remarks).to_have_value("同意，注意独居老人。")
    expect(deputy.locator("[data-step-confirm='approved']")).to_be_disabled()

    duty.reload()
    expect(duty.locator("[data-returned]")).to_contain_text("写明恢复供热的时间")
    expect(duty.locator(".warning-buttons .primary-button")).to_have_text("修改")


def test_what_is_issued_is_seen_by_all_and_lifted_by_who_issued_it(screens: Screens, office: Server) -> None:
    duty = screens.blank("xiaoli")
    link = drafted(duty, office)
    go(duty, link)
    take(duty, "submitted")
    take(screens.open("zhang", link), "approved")
    director = screens.open("wang", link)
    director.locator(".warning-buttons [data-step='issued']").click()
    box = director.locator("[data-step-form='issued']")
    expect(box.locator("[data-issue-kind='real']")).to_have_text("真实预警")
    expect(box.locator("[data-confirm='channels']")).to_contain_text("个对象")
    director.locator("[data-step-confirm='issued']").click()
    expect(director.locator("[data-in-force='1']")).to_contain_text("还剩")
    expect(director.locator("#map .warning-band")).to_have_count(1)
    expect(director.locator("[data-deliveries] [data-channel='cap_feed']")).to_contain_text("已记录 1")
    phone = director.locator("[data-channel='phone'] [data-audience='township_offices']")
    phone.locator("[data-delivery-action='done']").click()
    expect(phone.locator("[data-done]")).to_contain_text("王主任")
    director.locator("#notes .note button").click()
    expect(phone.locator("[data-act='undone']")).to_contain_text("王主任")
    phone.locator("[data-delivery-action='done']").click()
    expect(phone.locator("[data-delivery-action='take-back']")).to_be_visible()

    observer = screens.open("zhou", link)
    expect(observer.locator("[data-warning-steps] li")).to_have_count(4)
    expect(observer.locator(".warning-buttons button, [data-delivery-action]")).to_have_count(0)

    passer_by = screens.open(None)
    expect(passer_by.locator("#warnings-button")).to_contain_text("预警 1")
    passer_by.locator("#warnings-button").click()
    passer_by.locator("#warnings-menu [data-warning]").click()
    expect(passer_by.locator(".warning-head")).to_contain_text("较大风险预警")
    expect(passer_by.locator("[data-public-warnings]")).to_be_visible()
    expect(passer_by.locator("#pane-warnings [data-step]")).to_have_count(0)

    director.locator(".warning-buttons [data-step='lifted']").click()
    director.locator("[data-step-confirm='lifted']").click()
    expect(director.locator("#warning-lifted-reason-error")).to_be_visible()
    expect(director.locator("[data-step-form='lifted'] blockquote")).to_contain_text("谁发布、谁解除")
    expect(director.locator("[data-still-out='0']")).to_contain_text("泽州县没有停供")
    director.locator("#warning-lifted-reason").fill("全部复热。")
    director.locator("[data-step-confirm='lifted']").click()
    expect(director.locator(".warning-standing")).to_contain_text("已解除")
    expect(director.locator("#map .warning-band")).to_have_count(0)
    expect(director.locator("#warnings-bar")).to_be_hidden()
    director.locator("#tab-log").click()
    expect(director.locator(".log-days")).to_contain_text(re.compile("解除.*预警|预警.*解除"))


def test_a_drill_is_marked_and_sends_nothing(screens: Screens, office: Server) -> None:
    duty = screens.blank("xiaoli")
    link = drafted(duty, office, drill=True)
    go(duty, link)
    take(duty, "submitted")
    take(screens.open("zhang", link), "approved")
    director = screens.open("wang", link)
    take(director, "issued")
    expect(
        director.locator(".warning-title [data-drill], .warning-label [data-drill], .warning-label .drill-mark")
    ).to_have_count(2)
    expect(director.locator(".delivery-drill")).to_contain_text("只记录，不发出")
    states = director.locator("[data-delivery-state]")
    expect(states.first).to_be_visible()
    assert {state.get_attribute("data-delivery-state") for state in states.all()} <= {"recorded", "no_address"}
    director.locator("#leave-incident").click()
    expect(director.locator("#map .warning-band")).to_have_count(0)
    expect(director.locator("#warnings-bar")).to_be_hidden()
