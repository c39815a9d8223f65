"""What people see of deliveries and do about them: try again, tick off, decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from priority.wording import Phrases
from tests.db.conftest import MakeEngine
from tests.db.conftest import upgraded_engine as engine
from tests.db.delivery_senders import settings_for
from tests.web.warnings.bulletins import street_bulletin
from tests.web.warnings.issued import WARNING_ID, columns, issue, states, until
from tests.web.warnings.servers import Postbox, mail_server
from tests.web.warnings.told import FULL, TOLD
from webmap.storage.backup import load_backup, save_backup
from webmap.storage.tables import DELIVERIES
from webmap.storage.upgrade import upgrade
from webmap.warnings.channels import CHANNELS, Outcome
from webmap.warnings.claims import Claims
from webmap.warnings.content import Content
from webmap.warnings.deliveries import Deliveries
from webmap.warnings.delivery_details import said_of
from webmap.warnings.delivery_groups import group_view
from webmap.warnings.delivery_rows import deliveries_for
from webmap.warnings.dispatch import Dispatcher

__all__ = ["engine"]

FOUR = [f"{number}@township.example" for number in range(4)]
MESSAGE = "140525-0001"


@pytest.fixture
def database(engine: Engine) -> Engine:
    upgrade(engine)
    return engine


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server(Postbox()) as running:
        yield running


def put(engine: Engine, address: str, state: str, code: str = "refused_for_now") -> None:
    detail = f'{{"code": "{code}"}}' if state in {"failed", "unknown"} else None
    with engine.begin() as connection:
        changed = update(DELIVERIES).where(DELIVERIES.c.address == address)
        connection.execute(changed.values(state=state, detail=detail))


def send_all(engine: Engine, postbox: Postbox) -> None:
    dispatcher = Dispatcher(engine, settings_for(postbox.port), poll_s=0.05)
    dispatcher.start()
    try:
        until(lambda: not states(engine).keys() & {"waiting", "sending"})
    finally:
        dispatcher.stop(30)


def test_a_retry_reaches_those_that_failed_and_nobody_twice(database: Engine, postbox: Postbox) -> None:
    postbox.refused[FOUR[0]] = "450 come again"
    postbox.drop.add(FOUR[1])
    issue(database, FOUR)
    send_all(database, postbox)
    assert states(database) == {"failed": 1, "unknown": 1, "sent": 2}
    postbox.refused.clear()
    postbox.drop.clear()
    assert Deliveries(database).retry(MESSAGE, "email", "张三") == 1
    assert Deliveries(database).retry(MESSAGE, "email", "张三") == 0
    send_all(database, postbox)
    assert states(database) == {"unknown": 1, "sent": 3}
    assert sorted(postbox.addresses) == FOUR
    assert columns(database, FOUR[0]).attempts == 2


def test_a_mail_that_is_tried_again_has_the_same_id(database: Engine, postbox: Postbox) -> None:
    postbox.drop.add(FOUR[0])
    issue(database, FOUR[:1])
    send_all(database, postbox)
    postbox.drop.clear()
    row = columns(database, FOUR[0])
    deliveries = Deliveries(database)
    assert deliveries.decide(row.id, "张三", sent=False)
    assert deliveries.retry(MESSAGE, "email", "张三") == 1
    send_all(database, postbox)
    first, again = (content for _, content in postbox.taken)
    assert first == again


@pytest.mark.parametrize("state", ["sent", "unknown", "sending", "waiting", "done"])
def test_who_has_it_by_another_delivery_or_may_is_not_tried_again(database: Engine, state: str) -> None:
    issue(database, FOUR[:2])
    with database.begin() as connection:
        connection.execute(update(DELIVERIES).values(recipient_key="unit:a"))
    put(database, FOUR[0], "failed")
    put(database, FOUR[1], state)
    assert Deliveries(database).retry(MESSAGE, "email", "张三") == 0


def test_some_of_the_failed_can_be_tried_again(database: Engine) -> None:
    issue(database, FOUR)
    for address in FOUR:
        put(database, address, "failed")
    chosen = [columns(database, address).id for address in FOUR[:2]]
    deliveries = Deliveries(database)
    assert deliveries.retry(MESSAGE, "email", "张三", chosen) == 2
    assert deliveries.retry(MESSAGE, "webhook", "张三") == 0
    assert deliveries.retry(MESSAGE, "email", "张三", []) == 0
    assert states(database) == {"waiting": 2, "failed": 2}


@pytest.mark.parametrize("code", ["no_address", "no_mobile", "bad_address", "refused", "expired", "superseded"])
def test_what_another_try_cannot_mend_is_not_tried(database: Engine, code: str) -> None:
    issue(database, FOUR[:1])
    put(database, FOUR[0], "failed", code)
    assert Deliveries(database).retry(MESSAGE, "email", "张三") == 0


@pytest.mark.parametrize(("sent", "state"), [(True, "sent"), (False, "failed")])
def test_a_person_decides_what_nobody_knows_once(database: Engine, sent: bool, state: str) -> None:
    issue(database, FOUR[:2])
    put(database, FOUR[0], "unknown", "abandoned")
    row = columns(database, FOUR[0])
    deliveries = Deliveries(database)
    assert deliveries.decide(row.id, "张三", sent=sent)
    assert not deliveries.decide(row.id, "李四", sent=not sent)
    assert not deliveries.decide(columns(database, FOUR[1]).id, "李四", sent=True)
    assert not deliveries.decide("nothing", "李四", sent=True)
    decided = columns(database, FOUR[0])
    assert (decided.state, decided.by) == (state, "张三")


def issue_to_all(engine: Engine) -> list[dict[str, Any]]:
    """Issue the first message to recipients by every channel, as issuing does."""
    message = issue(engine)
    now = datetime.now(UTC)
    content = Content(level="general", starts_at=now, expires_at=now + timedelta(hours=1), channels=tuple(CHANNELS))
    rows = deliveries_for(street_bulletin(identifier=message), content, TOLD, FULL)
    with engine.begin() as connection:
        connection.execute(insert(DELIVERIES), rows)
    return rows


def groups(engine: Engine, language: Any = "zh", *, addresses: bool = True) -> dict[str, Any]:
    return group_view(Deliveries(engine).of_warning(WARNING_ID), Phrases(language), addresses=addresses)


def group(engine: Engine, channel: str, audience: str, **options: Any) -> dict[str, Any]:
    found = groups(engine, **options)["groups"]
    return next(item for item in found if (item["channel"], item["audience"]) == (channel, audience))


def test_a_warning_that_was_not_issued_has_no_groups(database: Engine) -> None:
    assert groups(database) == {"groups": [], "open": 0}


def test_groups_tell_how_far_each_audience_is(database: Engine) -> None:
    rows = issue_to_all(database)
    found = groups(database)
    assert sum(item["total"] for item in found["groups"]) == len(rows)
    # By hand: telephone, doors twice, broadcast, notice; without address: e-mail, text messages, telephone.
    assert found["open"] == 5 + 3
    email = group(database, "email", "township_offices")
    assert (email["title"], email["audience_title"], email["total"]) == ("电子邮件", "镇（街道）", 3)
    assert email["by_state"] == {"waiting": 2, "no_address": 1}
    assert (email["can_retry"], email["by_hand"], email["product"]) == (False, False, None)
    [missing] = email["failures"]
    assert (missing["recipient"], missing["address"]) == ("单位unit:c", None)
    assert missing["reason"] == "没有这个渠道的地址或号码"
    doors = group(database, "doors", "vulnerable")
    assert (doors["by_hand"], doors["product"], doors["by_state"]) == (True, "doors.csv", {"prepared": 1})


def test_a_failure_says_why_in_both_languages_and_the_servers_words(database: Engine, postbox: Postbox) -> None:
    postbox.refused[FOUR[0]] = "550 no such user"
    issue(database, FOUR[:1])
    send_all(database, postbox)
    for language, reason in (("zh", "邮件服务器拒收"), ("en", "The mail server refused it")):
        found = group(database, "email", "township_offices", language=language)
        [failure] = found["failures"]
        # Sent again it would be refused again.
        assert (found["can_retry"], failure["can_retry"]) == (False, False)
        assert (found["by_other_means"], failure["by_other_means"]) == (True, True)
        assert (failure["reason"], failure["reply"], failure["address"]) == (reason, "550 no such user", FOUR[0])
        assert failure["remedy"]
        assert failure["attempts"] == 1


def test_addresses_are_not_for_everybody(database: Engine, postbox: Postbox) -> None:
    postbox.refused[FOUR[0]] = f"550 no such user {FOUR[0]}"
    issue(database, FOUR[:1])
    send_all(database, postbox)
    assert FOUR[0] not in str(group(database, "email", "township_offices", addresses=False)["failures"][0]["reason"])
    told = group(database, "email", "township_offices", addresses=False)
    told["failures"][0].pop("id")
    assert FOUR[0] not in str(told)
    assert told["by_state"] == {"failed": 1}


def test_a_person_ticks_off_one_audience_with_name_and_note(database: Engine) -> None:
    issue_to_all(database)
    deliveries = Deliveries(database)
    assert deliveries.done(MESSAGE, "doors", "张三", audience="vulnerable", note="由社区网格员上门") == 1
    assert group(database, "doors", "vulnerable")["by_state"] == {"done": 1}
    said = group(database, "doors", "vulnerable")["done"]
    assert (said["by"], said["note"]) == ("张三", "由社区网格员上门")
    assert group(database, "doors", "public")["by_state"] == {"prepared": 1}
    assert group(database, "doors", "public")["done"] is None
    assert deliveries.done(MESSAGE, "doors", "李四", audience="vulnerable") == 0
    assert deliveries.done(MESSAGE, "doors", "李四", audience="public") == 1


def test_ticking_off_leaves_those_whom_the_channel_cannot_reach(database: Engine) -> None:
    issue_to_all(database)
    deliveries = Deliveries(database)
    assert deliveries.done(MESSAGE, "phone", "张三", audience="township_offices") == 1
    assert group(database, "phone", "township_offices")["by_state"] == {"done": 1, "no_address": 2}
    assert groups(database)["open"] == 7
    assert deliveries.told_otherwise(MESSAGE, "phone", "李四", "township_offices", "派人送达") == 2
    told = group(database, "phone", "township_offices")
    assert told["by_state"] == {"done": 3}
    assert (told["done"]["by"], told["done"]["note"], told["done"]["by_other_means"]) == ("李四", "派人送达", True)
    assert groups(database)["open"] == 6


@pytest.mark.parametrize("code", ["no_address", "no_mobile", "bad_address", "refused", "unreadable"])
def test_whom_no_further_try_reaches_can_be_told_by_other_means(database: Engine, code: str) -> None:
    issue(database, FOUR[:2])
    put(database, FOUR[0], "failed", code)
    put(database, FOUR[1], "failed")
    assert group(database, "email", "township_offices")["by_other_means"]
    assert Deliveries(database).told_otherwise(MESSAGE, "email", "张三", "township_offices", "电话通知") == 1
    assert group(database, "email", "township_offices")["by_state"] == {"failed": 1, "done": 1}


@pytest.mark.parametrize("code", ["expired", "superseded"])
def test_what_was_never_told_is_not_ticked_off(database: Engine, code: str) -> None:
    issue(database, FOUR[:1])
    put(database, FOUR[0], "failed", code)
    deliveries = Deliveries(database)
    assert not group(database, "email", "township_offices")["by_other_means"]
    assert deliveries.told_otherwise(MESSAGE, "email", "张三", "township_offices", "电话通知") == 0
    assert deliveries.done(MESSAGE, "email", "张三", "township_offices") == 0
    assert states(database) == {"failed": 1}


def test_all_that_people_did_about_a_delivery_is_kept(database: Engine, postbox: Postbox) -> None:
    postbox.drop.add(FOUR[0])
    postbox.refused[FOUR[1]] = "450 come again"
    issue(database, FOUR[:2])
    send_all(database, postbox)
    postbox.refused[FOUR[0]] = postbox.refused[FOUR[1]] = "550 no such user"
    postbox.drop.clear()
    deliveries = Deliveries(database)
    assert deliveries.decide(columns(database, FOUR[0]).id, "张三", sent=False)
    assert deliveries.retry(MESSAGE, "email", "李四") == 2
    send_all(database, postbox)
    assert deliveries.told_otherwise(MESSAGE, "email", "王五", "township_offices", "电话通知") == 2
    both = {record.delivery.address: record.history for record in deliveries.of_warning(WARNING_ID)}
    acts = {address: [(act["act"], act["by"]) for act in history] for address, history in both.items()}
    assert acts == {
        FOUR[0]: [("decided_failed", "张三"), ("retried", "李四"), ("told_otherwise", "王五")],
        FOUR[1]: [("retried", "李四"), ("told_otherwise", "王五")],
    }
    said = group(database, "email", "township_offices")["done"]
    assert said["history"][-1]["note"] == "电话通知"
    assert group(database, "email", "township_offices", addresses=False)["done"]["history"] == []


def test_a_server_that_is_down_or_a_sender_that_is_gone_does_not_erase_what_people_did(database: Engine) -> None:
    issue(database, FOUR)
    for address in FOUR:
        put(database, address, "failed")
    deliveries = Deliveries(database)
    deliveries.retry(MESSAGE, "email", "张三")
    sender = Claims(database, lease_s=0.0)
    claimed = sender.take("email")
    assert claimed is not None
    assert sender.give_up("email", Outcome("failed", "unreachable")) == 3
    assert Claims(database, lease_s=-1.0).abandon() == 1
    assert states(database) == {"failed": 3, "unknown": 1}
    assert [record.history[0]["by"] for record in deliveries.of_warning(WARNING_ID)] == ["张三"] * 4


def test_nothing_is_left_to_do_about_a_message_that_was_replaced(database: Engine) -> None:
    issue(database, FOUR[:1])
    put(database, FOUR[0], "failed")
    assert groups(database)["open"] == 1
    issue(database, FOUR[1:2])
    put(database, FOUR[1], "unknown")
    found = groups(database)
    assert found["open"] == 1
    first, second = found["groups"]
    assert (first["superseded"], second["superseded"]) == (True, False)
    assert not first["can_retry"]
    assert not first["by_other_means"]
    assert first["failures"][0]["remedy"] == "不必处理：以最新的报文为准"


def test_every_reason_that_is_kept_has_words(database: Engine) -> None:
    issue_to_all(database)
    with database.connect() as connection:
        codes = {said_of(row)[0] for row in connection.execute(select(DELIVERIES)).all()}
    for code in codes - {""}:
        assert Phrases("zh").write(f"delivery.{code}")


def test_things_to_do_are_counted_and_not_recipients(database: Engine) -> None:
    issue(database, FOUR)
    assert groups(database)["open"] == 0
    for address, state in zip(FOUR, ("failed", "failed", "unknown", "unknown"), strict=True):
        put(database, address, state)
    assert groups(database)["open"] == 1 + 2
    for address in FOUR:
        put(database, address, "prepared")
    assert groups(database)["open"] == 1


@pytest.mark.parametrize(
    ("code", "state"),
    [("unreachable", "unknown"), ("decided_failed", "unknown"), ("refused", "failed"), ("no_address", "failed")],
)
def test_what_had_failed_when_a_backup_was_made_may_have_been_sent_since(
    database: Engine, make_engine: MakeEngine, tmp_path: Path, code: str, state: str
) -> None:
    issue(database, FOUR[:1])
    put(database, FOUR[0], "failed", code)
    save_backup(database, tmp_path / "backup.zip")
    other = make_engine("sqlite")
    load_backup(other, tmp_path / "backup.zip")
    assert states(other) == {state: 1}
    assert Deliveries(other).retry(MESSAGE, "email", "张三") == 0


def test_what_waited_when_a_backup_was_made_is_not_sent_after_loading_it(
    database: Engine, make_engine: MakeEngine, tmp_path: Path, postbox: Postbox
) -> None:
    issue(database, FOUR[:3])
    put(database, FOUR[1], "sending")
    put(database, FOUR[2], "failed", "expired")
    save_backup(database, tmp_path / "backup.zip")
    other = make_engine("sqlite")
    load_backup(other, tmp_path / "backup.zip")
    send_all(other, postbox)
    assert states(other) == {"unknown": 2, "failed": 1}
    assert not postbox.taken
    found = group_view(Deliveries(other).of_warning(WARNING_ID), Phrases("zh"), addresses=True)
    assert "备份" in found["groups"][0]["failures"][0]["reason"]
