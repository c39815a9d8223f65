"""From the button to the recipients: a warning that is issued over HTTP reaches a mail server and a platform, once."""

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
from tests.web.warnings.servers import Hook, Postbox, channels, hook, postbox
from webmap.warnings.channels import CHANNELS
from webmap.warnings.dispatch import Dispatcher

__all__ = ["hook", "postbox"]

OFFICE, WATCH = "office@west.example.invalid", "watch@west.example.invalid"


def contacts() -> pd.DataFrame:
    """Two lines of the township's office."""
    shared = {"provenance": "synthetic", "source": "test", "facility_id": None, "township_code": OWN, "unit": None}
    shared |= {"role": "值班室", "person": None, "phone": "0356-0000001", "restricted": False}
    lines = ({"id": f"k{place}", "name": "值班室", "email": email} for place, email in enumerate((OFFICE, WATCH)))
    return pd.DataFrame([{**line, **shared} for line in lines])


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory, postbox: Postbox, hook: Hook) -> Iterator[Headquarters]:
    environment = channels(postbox, hook)
    house = build_house(tmp_path_factory.mktemp("sending"), {**both_counties(), "contacts": contacts()}, **environment)
    house.now = START + timedelta(hours=1)
    parts = house.app.extensions["webmap"]
    dispatcher = Dispatcher(parts.runtime.store.engine, parts.settings, poll_s=0.05, clock=lambda: house.now)
    dispatcher.start()
    yield Headquarters(house)
    dispatcher.stop(30)
    parts.runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture(autouse=True)
def _empty(postbox: Postbox, hook: Hook) -> None:
    postbox.taken.clear()
    postbox.refused.clear()
    hook.requests.clear()


def group(headquarters: Headquarters, warning: Any, channel: str, audience: str = "township_offices") -> Any:
    groups = headquarters.deliveries(warning)["groups"]
    return next(item for item in groups if (item["channel"], item["audience"]) == (channel, audience))


def told(headquarters: Headquarters, warning: Any) -> Any:
    """Wait until nothing is on its way; return the group of the township's mails."""

    def at_rest() -> bool:
        groups = headquarters.deliveries(warning)["groups"]
        return not any(item["by_state"].keys() & {"waiting", "sending"} for item in groups)

    until(at_rest)
    return group(headquarters, warning, "email")


def issue(headquarters: Headquarters, **incident: Any) -> Any:
    return headquarters.issued(headquarters.outage(**incident), level="general", channels=list(CHANNELS))


def test_an_issued_warning_reaches_the_township_and_the_platform(
    headquarters: Headquarters, postbox: Postbox, hook: Hook
) -> None:
    warning = issue(headquarters)
    assert told(headquarters, warning)["by_state"] == {"sent": 2}
    assert {OFFICE, WATCH} <= set(postbox.addresses)
    assert len(postbox.addresses) == len(set(postbox.addresses))
    message = warning["versions"][-1]["message"]
    parsed = message_from_bytes(dict(postbox.taken)[OFFICE], policy=policy.default)
    [attached] = parsed.iter_attachments()  # type: ignore[attr-defined]
    published = headquarters.product(warning, 1, "cap.xml").get_data()
    assert attached.get_payload(decode=True) == published
    assert hook.document()["identifier"] == message["identifier"]
    assert group(headquarters, warning, "webhook", "public")["by_state"] == {"sent": 1}
    assert group(headquarters, warning, "doors", "public")["by_state"] == {"prepared": 1}


def test_what_failed_is_tried_again_and_nobody_gets_it_twice(headquarters: Headquarters, postbox: Postbox) -> None:
    postbox.refused[WATCH] = "450 mailbox busy"
    warning = issue(headquarters)
    found = told(headquarters, warning)
    assert found["by_state"] == {"sent": 1, "failed": 1}
    assert found["can_retry"]
    [failure] = found["failures"]
    assert failure["reason"] == "邮件服务器暂时不收"
    postbox.refused.clear()
    wanted = {"message": found["message"], "channel": "email"}
    answer = headquarters.post(f"/{warning['id']}/deliveries/retry", DUTY, wanted)
    assert answer.status_code == 200
    assert told(headquarters, warning)["by_state"] == {"sent": 2}
    assert sorted(address for address in postbox.addresses if address in {OFFICE, WATCH}) == [OFFICE, WATCH]


def test_a_drill_sends_nothing_to_anybody(headquarters: Headquarters, postbox: Postbox, hook: Hook) -> None:
    warning = issue(headquarters, drill=True)
    lifted = headquarters.taken(warning, "lifted", DIRECTOR, reason="演练结束", reason_en="End of the drill")
    groups = headquarters.deliveries(lifted)["groups"]
    assert {item["channel"] for item in groups} == set(CHANNELS)
    assert all(item["by_state"].keys() <= {"recorded", "no_address"} for item in groups)
    played = [item for item in groups if item["channel"] == "email" and not item["superseded"]]
    missing = [failure for item in played for failure in item["failures"]]
    assert missing
    assert {failure["reason"] for failure in missing} == {"没有这个渠道的地址或号码"}
    assert not any(item["can_retry"] or item["by_other_means"] for item in groups), "nothing is to be done in a drill"
    assert headquarters.deliveries(lifted)["open"] == 0
    # A real one that follows goes out past them, so that they had their turn.
    real = issue(headquarters)
    assert told(headquarters, real)["by_state"] == {"sent": 2}
    drills = {item["message"] for item in groups}
    assert not [content for _, content in postbox.taken if any(drill.encode() in content for drill in drills)]
    assert len(hook.requests) == 1
