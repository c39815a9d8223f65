"""Whoever was warned is told of the update and of the lifting: also who is not in the area any more."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pandas as pd
import pytest

from tests.web.log.house import START, build_house
from tests.web.warnings.headquarters import (
    COMMANDER,
    DIRECTOR,
    DUTY,
    HIDDEN_ID,
    HIDDEN_NAME,
    OWN,
    Headquarters,
    both_counties,
    error_of,
)
from tests.web.warnings.issued import until
from tests.web.warnings.servers import Postbox, mail_server
from webmap.accounts.roles import Role
from webmap.warnings.channels import CHANNELS
from webmap.warnings.dispatch import Dispatcher

OFFICE, PLANT = "office@west.example.invalid", "plant@x.example.invalid"
SECRET, MOBILE = "secret@x.example.invalid", "10000000002"
WHOLE = {"parts": [{"kind": "townships", "codes": [OWN]}]}
#: A drawing around nothing but houses, in the same township.
SMALL = {"parts": [{"kind": "strip", "element": "h-edge", "distance_m": 20}]}
LEFT_ZH = "本单位（地区）已不在预警区域内"


def contacts() -> pd.DataFrame:
    shared = {"provenance": "synthetic", "source": "test", "unit": None, "role": "值班室", "person": "张三"}
    shared |= {"restricted": False, "facility_id": None, "township_code": None}
    lines: tuple[dict[str, Any], ...] = (
        {"id": "k1", "name": "镇", "township_code": OWN, "email": OFFICE, "phone": "0356-0000001"},
        {"id": "k2", "name": "校", "facility_id": "f-school", "email": PLANT, "phone": MOBILE},
        {"id": "k3", "name": "校", "facility_id": "f-school", "email": SECRET, "phone": None, "restricted": True},
        {"id": "k4", "name": "营", "facility_id": HIDDEN_ID, "email": "h@x.example.invalid", "phone": "10000000003"},
    )
    return pd.DataFrame([shared | line for line in lines])


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    with mail_server(Postbox()) as running:
        yield running


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory, postbox: Postbox) -> Iterator[Headquarters]:
    environment = {
        "WEBMAP_SMTP_HOST": "127.0.0.1",
        "WEBMAP_SMTP_PORT": str(postbox.port),
        "WEBMAP_SMTP_FROM": "warning@zezhou.example",
        "WEBMAP_SMTP_SECURITY": "none",
    }
    house = build_house(tmp_path_factory.mktemp("told"), {**both_counties(), "contacts": contacts()}, **environment)
    house.now = START + timedelta(hours=1)
    yield Headquarters(house)
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture(autouse=True)
def _empty(postbox: Postbox) -> None:
    postbox.taken.clear()


def all_sent(headquarters: Headquarters, warning: Any) -> None:
    """Send all that waits."""
    house = headquarters.house
    parts = house.app.extensions["webmap"]
    dispatcher = Dispatcher(parts.runtime.store.engine, parts.settings, poll_s=0.05, clock=lambda: house.now)
    dispatcher.start()
    try:
        until(lambda: not {key for group in groups(headquarters, warning) for key in group["by_state"]} & {"waiting"})
    finally:
        dispatcher.stop(30)


def groups(headquarters: Headquarters, warning: Any, message_type: str | None = None) -> list[Any]:
    found = headquarters.deliveries(warning)["groups"]
    return [group for group in found if message_type in {None, group["type"]}]


def narrowed(headquarters: Headquarters, warning: Any, *channels: str) -> Any:
    """Issue an update for fewer places."""
    content = headquarters.content(warning["incident"]["id"], level="general", area=SMALL, channels=list(channels))
    return headquarters.taken(headquarters.taken(warning, "revised", DUTY, content=content), "issued", DIRECTOR)


def texts_of(postbox: Postbox, address: str) -> list[str]:
    """Return the texts of the mails to an address."""
    found = [content for to, content in postbox.taken if to == address]
    parsed = [message_from_bytes(content, policy=policy.default) for content in found]
    return [mail.get_body().get_content() for mail in parsed]  # type: ignore[attr-defined]


def telephone_list(
    headquarters: Headquarters, warning: Any, version: int, who: str, query: str = ""
) -> list[dict[str, str]]:
    content = headquarters.product(warning, version, "phone.csv", who, query).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_who_is_not_in_the_area_any_more_gets_the_update_and_the_lifting(
    headquarters: Headquarters, postbox: Postbox
) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE, channels=["email"])
    all_sent(headquarters, warning)
    warning = narrowed(headquarters, warning, "email")
    all_sent(headquarters, warning)
    warning = headquarters.taken(warning, "lifted", DIRECTOR, reason="已恢复", reason_en="Heat is back")
    all_sent(headquarters, warning)
    first, update, lifting = texts_of(postbox, PLANT)
    assert LEFT_ZH not in first
    assert update.startswith(LEFT_ZH)
    assert "Your place is no longer within the area" in update
    assert LEFT_ZH not in lifting
    assert "已恢复" in lifting
    inside = texts_of(postbox, OFFICE)
    assert len(inside) == 3
    assert LEFT_ZH not in "".join(inside)


def test_an_update_by_fewer_channels_leaves_no_mail_behind_that_waited(
    headquarters: Headquarters, postbox: Postbox
) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE, channels=["email"])
    warning = narrowed(headquarters, warning, "broadcast")
    all_sent(headquarters, warning)
    [office], [plant] = texts_of(postbox, OFFICE), texts_of(postbox, PLANT)
    assert "【更新】" in office
    assert plant.startswith(LEFT_ZH)


def test_what_people_do_by_hand_goes_to_those_too_who_were_told_by_it(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE, channels=list(CHANNELS))
    told = {(group["channel"], group["audience"]) for group in groups(headquarters, warning)}
    assert {("sms", "facilities"), ("phone", "facilities"), ("doors", "public")} <= told
    warning = narrowed(headquarters, warning, "email")
    update = {(group["channel"], group["audience"]): group for group in groups(headquarters, warning, "Update")}
    assert {("sms", "left_area"), ("phone", "left_area"), ("broadcast", "public")} <= update.keys()
    assert update["sms", "left_area"]["audience_title"] == "已不在预警区域内的"
    assert update["sms", "left_area"]["by_state"] == {"prepared": 1 + 1}  # the restricted place is warned too
    query = update["sms", "left_area"]["product_query"]
    message = f"message={update['sms', 'left_area']['message']}"
    assert update["sms", "left_area"]["product"] == "sms.txt"
    own = headquarters.product(warning, 2, "sms.txt", query=f"?{message}&{query}").get_data(as_text=True)
    common = headquarters.product(warning, 2, "sms.txt", query=f"?{message}").get_data(as_text=True)
    assert own == common.replace("【示例数据】", "【示例数据】贵处已不在预警区域内。", 1) != common
    listed = telephone_list(headquarters, warning, 2, DUTY, f"?{message}")
    [school] = [row for row in listed if row["名称"] == "西镇学校" and row["电子邮件"] == PLANT]
    assert (school["对象"], school["电话"], school["电子邮件"]) == ("已不在预警区域内的", MOBILE, PLANT)
    assert "已不在预警区域内" in school["为何通知"]
    warning = headquarters.taken(warning, "lifted", DIRECTOR, reason="已恢复", reason_en="Heat is back")
    lifting = {(group["channel"], group["audience"]) for group in groups(headquarters, warning, "Cancel")}
    assert {("sms", "facilities"), ("phone", "facilities"), ("doors", "public"), ("email", "facilities")} <= lifting


def test_nobody_counts_a_restricted_place_who_may_not_know_of_it(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE, channels=["email", "phone"])

    def told(who: str, version: int, message_type: str, audience: str) -> tuple[int, int, list[str]]:
        """Return how many have a mail, a call and a line on the list, and these lines."""
        groups = headquarters.deliveries(warning, who)["groups"]
        own = [item for item in groups if (item["type"], item["audience"]) == (message_type, audience)]
        total = {item["channel"]: item["total"] for item in own}
        message = warning["versions"][version - 1]["message"]["identifier"]
        listed = telephone_list(headquarters, warning, version, who, f"?message={message}")
        names = [row["名称"] for row in listed if row["对象"] == own[0]["audience_title"]]
        return total["email"], total["phone"], names

    assert told(Role.OBSERVER, 1, "Alert", "facilities") == (2, 2, ["西镇热源厂", "西镇学校"])
    seen = told(COMMANDER, 1, "Alert", "facilities")
    assert seen[:2] == (4, 3)
    assert sorted(seen[2]) == sorted(["西镇热源厂", "西镇学校", "西镇学校", HIDDEN_NAME])
    warning = narrowed(headquarters, warning, "email")
    assert told(Role.OBSERVER, 2, "Update", "left_area") == (1, 1, ["西镇学校"])
    assert HIDDEN_NAME in told(COMMANDER, 2, "Update", "left_area")[2]


def test_numbers_that_are_not_shown_are_not_said_to_be_unknown(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE, channels=["phone"])
    [school] = [row for row in telephone_list(headquarters, warning, 1, Role.OBSERVER) if row["名称"] == "西镇学校"]
    assert (school["电话"], school["电子邮件"]) == ("未显示", "未显示")
    warning = narrowed(headquarters, warning, "phone")
    [left] = [row for row in telephone_list(headquarters, warning, 2, Role.OBSERVER) if row["名称"] == "西镇学校"]
    assert (left["电话"], left["电子邮件"]) == ("未显示", "未显示")


def test_ticking_off_names_an_audience_and_other_means_are_named(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), level="general", area=WHOLE, channels=["phone"])
    message = warning["versions"][0]["message"]["identifier"]
    body = {"message": message, "channel": "phone"}
    path = f"/{warning['id']}/deliveries/done"
    assert [item["field"] for item in error_of(headquarters.post(path, DUTY, body))["problems"]] == ["audience"]
    body |= {"audience": "headquarters", "by_other_means": True}
    assert [item["field"] for item in error_of(headquarters.post(path, DUTY, body))["problems"]] == ["note"]
    before = next(item for item in groups(headquarters, warning) if item["audience"] == "headquarters")
    assert before["by_state"].keys() == {"no_address"}
    answer = headquarters.post(path, DUTY, body | {"note": "当面告知"})
    assert answer.status_code == 200
    after = next(item for item in answer.get_json()["groups"] if item["audience"] == "headquarters")
    assert after["by_state"] == {"done": before["total"]}
    assert (after["done"]["note"], after["done"]["by_other_means"]) == ("当面告知", True)
