"""Whoever was warned is told of the update and of the lifting: also who is not in the area any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pandas as pd
import pytest

from tests.web.log.house import START, build_house
from tests.web.warnings.headquarters import DIRECTOR, DUTY, OWN, Headquarters, both_counties
from tests.web.warnings.issued import until
from tests.web.warnings.servers import Postbox, mail_server
from webmap.warnings.channels import CHANNELS
from webmap.warnings.dispatch import Dispatcher

OFFICE, PLANT = "office@west.example.invalid", "plant@x.example.invalid"
MOBILE = "10000000002"
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
    assert update["sms", "left_area"]["by_state"] == {"prepared": 1}
    warning = headquarters.taken(warning, "lifted", DIRECTOR, reason="已恢复", reason_en="Heat is back")
    lifting = {(group["channel"], group["audience"]) for group in groups(headquarters, warning, "Cancel")}
    assert {("sms", "facilities"), ("phone", "facilities"), ("doors", "public"), ("email", "facilities")} <= lifting
