"""Which channels there are, which adapter sends, and who gets a delivery when a warning is issued."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from priority.plans import PLAN_KEYS, load_plan
from priority.warnings.recipients import Recipient
from priority.wording import Phrases
from tests.web.warnings.bulletins import street_bulletin
from tests.web.warnings.issued import delivery, message
from tests.web.warnings.messages import SENT
from tests.web.warnings.servers import Hook, Postbox, mail_server, web_server
from tests.web.warnings.told import BARE, FULL, TOLD, recipient
from webmap.settings import Settings
from webmap.storage.tables import DELIVERIES
from webmap.warnings.channels import (
    CHANNELS,
    Adapters,
    channel_offers,
    unknown_channels,
    words_without_channel,
)
from webmap.warnings.channels.table import PLAN_WORDS
from webmap.warnings.content import Content
from webmap.warnings.delivery_rows import deliveries_for
from webmap.warnings.told_before import ToldBefore

ZH = Phrases("zh")


@pytest.mark.parametrize("key", PLAN_KEYS)
def test_every_channel_that_a_plan_names_is_served(key: str) -> None:
    plan = load_plan(key)
    for level in plan.warnings.levels:
        assert words_without_channel(plan, level.key) == ()
        for settings in (BARE, FULL):
            offers = channel_offers(plan, level.key, settings, ZH)
            assert {word for offer in offers for word in offer.plan_words} == set(level.channels)
            assert all(offer.suggested for offer in offers if offer.plan_words)


def test_words_that_no_channel_serves_are_named() -> None:
    plan = load_plan("heating-zezhou")
    levels = tuple(level.model_copy(update={"channels": ("警报器", "手机短信")}) for level in plan.warnings.levels)
    other = plan.model_copy(update={"warnings": plan.warnings.model_copy(update={"levels": levels})})
    assert words_without_channel(other, levels[0].key) == ("警报器",)


def test_a_platform_serves_wechat_where_there_is_one_else_a_notice() -> None:
    plan = load_plan("heating-zezhou")

    def serves(settings: Settings) -> str:
        offers = channel_offers(plan, "large", settings, ZH)
        return next(offer.key for offer in offers if "微信" in offer.plan_words)

    assert (serves(BARE), serves(FULL)) == ("notice", "webhook")


def test_a_channel_that_is_not_set_up_says_so_and_names_the_setting_apart() -> None:
    offers = {offer.key: offer for offer in channel_offers(load_plan("heating-zezhou"), "general", BARE, ZH)}
    assert (offers["email"].available, offers["email"].why_not) == (
        False,
        "本系统没有设置邮件服务器，要用请管理员设置",
    )
    assert offers["webhook"].why_not == "本系统没有设置信息平台，要用请管理员设置"
    assert [offers[key].setting for key in ("email", "webhook", "sms")] == [
        "WEBMAP_SMTP_HOST",
        "WEBMAP_WEBHOOK_URL",
        None,
    ]
    assert not offers["email"].suggested
    assert all(offer.why_not is None for key, offer in offers.items() if key not in {"email", "webhook"})
    assert "null" not in offers


def test_a_plan_without_channels_gets_ours() -> None:
    offers = channel_offers(load_plan("energy-chengqu"), "general", FULL, ZH)
    suggested = {offer.key for offer in offers if offer.suggested}
    assert {"cap_feed", "email", "phone", "notice"} <= suggested
    assert not [offer for offer in offers if offer.plan_words]


def test_channels_that_there_are_not_are_named() -> None:
    assert unknown_channels(("email", "smoke")) == ("smoke",)
    assert {key for keys in PLAN_WORDS.values() for key in keys} <= CHANNELS.keys()


def test_of_a_drill_nothing_leaves_by_any_channel() -> None:
    with mail_server(Postbox()) as postbox, web_server(Hook()) as hook:
        adapters = Adapters(replace(BARE, smtp=postbox.settings(), webhook=hook.settings()))
        for key in CHANNELS:
            outcome = adapters.of(key, drill=True).send(message(), delivery(channel=key))
            assert outcome.state == "recorded"
        assert (postbox.taken, postbox.connections, hook.requests) == ([], set(), [])
        # The same servers are reached when it is real.
        for key in CHANNELS:
            adapters.of(key, drill=False).send(message(), delivery(channel=key))
        assert (len(postbox.taken), len(hook.requests)) == (1, 1)
        adapters.close()


def rows_for(
    channels: tuple[str, ...],
    recipients: tuple[Recipient, ...] = (),
    settings: Settings = FULL,
    before: tuple[ToldBefore, ...] = (),
    **bulletin: Any,
) -> list[dict[str, Any]]:
    content = Content(level="general", starts_at=SENT, expires_at=SENT + timedelta(hours=1), channels=channels)
    return deliveries_for(street_bulletin(**bulletin), content, recipients, settings, before)


def states_of(rows: list[dict[str, Any]], channel: str) -> dict[str, int]:
    return dict(Counter(row["state"] for row in rows if row["channel"] == channel))


def test_each_recipient_has_a_delivery_on_each_channel() -> None:
    rows = rows_for(("email", "webhook", "sms", "doors", "notice"), TOLD)
    assert all(row.keys() == set(DELIVERIES.c.keys()) for row in rows)
    assert {row["message"] for row in rows} == {street_bulletin().identifier}
    assert states_of(rows, "email") == {"waiting": 2, "failed": 1}
    assert states_of(rows, "webhook") == {"waiting": 1}
    assert states_of(rows, "sms") == {"failed": 3}
    assert states_of(rows, "doors") == {"prepared": 2}
    assert states_of(rows, "notice") == {"prepared": 1}
    assert states_of(rows, "cap_feed") == {"recorded": 1}
    assert "key=1" not in str(rows)


def test_who_has_no_address_is_named_with_the_reason() -> None:
    [missing] = [row for row in rows_for(("email",), TOLD) if row["state"] == "failed"]
    assert (missing["recipient_key"], missing["address"], missing["detail"]) == ("unit:c", "", '{"code": "no_address"}')


def test_a_text_message_goes_to_mobiles_and_a_landline_is_telephoned() -> None:
    told = (
        recipient("unit:both", phone="0356-2062298、+86 100 0000-0001"),
        recipient("unit:landline", phone="2062298"),
        recipient("unit:none"),
    )
    rows = rows_for(("sms", "phone"), told)
    by_sms = {row["recipient_key"]: row["address"] for row in rows if row["channel"] == "sms"}
    assert by_sms == {"unit:both": "10000000001", "unit:none": ""}
    assert [row["address"] for row in rows if row["channel"] == "phone" and row["state"] == "prepared"] == [
        "0356-2062298、+86 100 0000-0001",
        "2062298",
    ]


def test_who_has_a_landline_is_named_where_nobody_telephones() -> None:
    [row] = [row for row in rows_for(("sms",), (recipient("unit:a", phone="2062298"),)) if row["channel"] == "sms"]
    assert (row["state"], row["address"], row["detail"]) == ("failed", "", '{"code": "no_mobile"}')


def test_one_address_gets_one_delivery_whoever_shares_it() -> None:
    shared = (recipient("unit:a", email="a@x.example"), recipient("unit:b", email="A@x.example"))
    [row] = [row for row in rows_for(("email",), shared) if row["channel"] == "email"]
    assert row["recipient_name"] == "单位unit:a、单位unit:b"


def test_a_restricted_place_that_shares_an_address_is_warned_and_not_named() -> None:
    hidden = recipient("facility:x", email="a@x.example").model_copy(update={"restricted": True})
    [row] = [
        item for item in rows_for(("email",), (hidden, recipient("unit:b", email="a@x.example"))) if item["address"]
    ]
    assert (row["recipient_key"], row["recipient_name"]) == ("unit:b", "单位unit:b")
    [alone] = [item for item in rows_for(("email",), (hidden,)) if item["address"]]
    assert alone["recipient_key"] == "facility:x"


def test_who_is_reached_by_another_line_of_theirs_is_not_missing() -> None:
    lines = (recipient("unit:a", phone="0356-0000001"), recipient("unit:a/contact:7", email="a@x.example"))
    assert states_of(rows_for(("email",), lines), "email") == {"waiting": 1}


def test_a_channel_that_is_not_set_up_shows_as_failed() -> None:
    rows = rows_for(("email",), TOLD, BARE)
    assert states_of(rows, "email") == {"failed": 3}
    assert {row["detail"] for row in rows if row["address"]} == {'{"code": "not_configured"}'}


def test_deliveries_of_a_drill_are_recorded_from_the_start() -> None:
    rows = rows_for(tuple(CHANNELS), TOLD, drill="冬季演练")
    assert {row["state"] for row in rows} == {"recorded"}
    assert {row["channel"] for row in rows} == set(CHANNELS)
    lacking = {(row["channel"], row["recipient_key"]) for row in rows if row["detail"]}
    # The telephone of the first takes no text messages, but telephoning is one of the channels.
    assert lacking == {
        ("email", "unit:c"),
        ("sms", "unit:b"),
        ("sms", "unit:c"),
        ("phone", "unit:b"),
        ("phone", "unit:c"),
    }
    assert all(row["state"] == "recorded" for row in rows if row["detail"])


def earlier(channel: str, key: str, address: str = "", audience: str = "facilities") -> ToldBefore:
    return ToldBefore(channel, audience, key, f"单位{key}", address)


@pytest.mark.parametrize(("kind", "audience"), [("Update", "left_area"), ("Cancel", "neighbours")])
def test_a_county_that_was_told_is_told_again_though_the_outage_does_not_reach_it_now(kind: str, audience: str) -> None:
    before = (
        earlier("email", "county:140525", "county@x.example", "neighbours"),
        earlier("email", "unit:a", "a@x.example"),
    )
    rows = rows_for(("email",), TOLD, message_type=kind, before=before)
    by_address = {row["address"]: row for row in rows if row["channel"] == "email" and row["address"]}
    assert by_address.keys() == {"a@x.example", "b@x.example", "county@x.example"}
    county = by_address["county@x.example"]
    assert (county["state"], county["audience"], county["recipient_name"]) == ("waiting", audience, "单位county:140525")
    assert by_address["a@x.example"]["audience"] == "township_offices"


def test_an_update_goes_by_the_channels_of_before_and_says_nothing_of_leaving_to_who_stayed() -> None:
    before = (earlier("email", "unit:a", "a@x.example"), earlier("broadcast", "broadcast", audience="public"))
    rows = rows_for(("phone",), TOLD, message_type="Update", before=before)
    found = {(row["channel"], row["address"], row["audience"]) for row in rows if row["state"] != "failed"}
    assert ("email", "a@x.example", "facilities") in found
    assert ("broadcast", "", "public") in found
    assert "left_area" not in {row["audience"] for row in rows}


def test_a_number_that_was_changed_is_not_called_any_more() -> None:
    before = (earlier("phone", "unit:a", "0356-0000009"), earlier("phone", "unit:b", "0356-0000008"))
    rows = rows_for(("phone",), TOLD, message_type="Cancel", before=before)
    called = {row["address"] for row in rows if row["channel"] == "phone" and row["address"]}
    assert called == {"0356-0000001", "0356-0000008"}


def test_a_first_message_goes_to_its_own_recipients_alone() -> None:
    before = (earlier("email", "unit:z", "z@x.example"),)
    assert "z@x.example" not in str(rows_for(("email",), TOLD, message_type="Alert", before=before))
    assert "z@x.example" in str(rows_for(("email",), TOLD, message_type="Cancel", before=before))


def test_a_draft_is_delivered_to_nobody() -> None:
    with pytest.raises(ValueError, match="not issued"):
        rows_for(("email",), TOLD, identifier=None, sent=None)


def test_a_channel_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        rows_for(("smoke",), TOLD)
