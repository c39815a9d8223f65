"""What a message says in words is what was issued: read out of the CAP message of a real warning."""

from __future__ import annotations

import re
from typing import Any

import pytest

from priority.wording import Phrases
from priority.wording.en.deliveries import SENTENCES as ENGLISH
from priority.wording.zh.deliveries import SENTENCES as CHINESE
from tests.web.warnings.bulletins import CONTACT, county_bulletin
from tests.web.warnings.issued import Row, message_row
from tests.web.warnings.messages import SENT
from webmap.warnings.cap.message import Reference
from webmap.warnings.channels import Delivery, Message, message_of
from webmap.warnings.deliveries import DeliveryRecord
from webmap.warnings.delivery_groups import group_view
from webmap.warnings.issuing import message_bytes

EARLIER = (Reference("hq@example.invalid", "140525-0", SENT),)


def issued(message_type: str = "Alert", **changes: Any) -> Message:
    bulletin = county_bulletin(message_type=message_type, **changes)
    references = () if message_type == "Alert" else EARLIER
    xml = message_bytes(bulletin, references, "hq@example.invalid", None).decode()
    return message_of(Row(**message_row(str(bulletin.identifier), xml=xml, type=message_type)))


def test_all_that_the_plan_asks_for_is_said_in_both_languages() -> None:
    message = issued()
    bulletin = county_bulletin()
    for language in ("zh", "en"):
        for name in bulletin.plan.warnings.required_content:
            assert bulletin.texts[language][name] in message.texts[language]
        assert CONTACT in message.texts[language]
        assert str(bulletin.identifier) in message.texts[language]
    assert message.headlines["zh"] in message.texts["zh"]
    assert "3.3(2)" in message.texts["zh"]


def test_an_update_says_so_and_a_message_that_lifts_says_why() -> None:
    assert issued("Update").headlines == {
        "zh": f"【更新】{issued().headlines['zh']}",
        "en": f"[Update] {issued().headlines['en']}",
    }
    lifted = issued("Cancel", reason={"zh": "首站已恢复供热", "en": "The main station supplies again"})
    assert "解除" in lifted.headlines["zh"]
    assert "首站已恢复供热" in lifted.texts["zh"]
    assert "The main station supplies again" in lifted.texts["en"]


@pytest.mark.parametrize("book", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_every_reason_has_a_remedy(book: dict[str, str]) -> None:
    remedies = {key.removesuffix(".remedy") for key in book if key.endswith(".remedy")}
    assert remedies <= book.keys()
    assert {"delivery.refused", "delivery.abandoned", "delivery.no_address", "delivery.restored"} <= remedies


@pytest.mark.parametrize("book", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_people_are_told_what_to_do_without_the_names_of_settings_and_signs_of_errors(book: dict[str, str]) -> None:
    for key, said in book.items():
        assert not re.search("WEBMAP_|Errno|SMTP|Exception", said), key


def test_what_only_administrators_understand_stands_apart() -> None:
    delivery = Delivery("d", "m", "email", "township_offices", "unit:a", "南村镇政府", "a@x.example")
    raw = "[Errno 111] Connection refused"
    record = DeliveryRecord(
        delivery, 1, "Alert", "2026-01-12", "failed", 1, "2026-01-12", "connection_refused", raw, None, superseded=False
    )
    ((failure,),) = [group["failures"] for group in group_view([record], Phrases("zh"), addresses=True)["groups"]]
    assert failure["reason"] == "对方服务器不接受连接（可能没有运行），未发送"
    assert failure["remedy"].startswith("请先用电话等方式通知")
    assert (failure["reply"], failure["settings"]) == (raw, ["WEBMAP_SMTP_HOST", "WEBMAP_SMTP_PORT"])
    (group,) = group_view([record], Phrases("en"), addresses=False)["groups"]
    assert group["failures"][0]["reply"] is None
