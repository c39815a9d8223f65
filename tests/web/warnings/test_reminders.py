"""Reminders of warnings: when they come, what they say, and when there are none."""

from __future__ import annotations

from datetime import timedelta

from tests.db.warning_cases import COMMANDER, DIRECTOR, HEATING, NOW
from tests.web.warnings.lives import HEAD, OFFICE, after, drafted, in_force, submitted
from webmap.warnings.reminders import reminders
from webmap.warnings.state import WarningState
from webmap.warnings.steps import Approved, Lifted, Returned


def test_reminders_come_an_hour_and_a_quarter_before_the_end_and_after_it() -> None:
    state = in_force(HEATING, "general", OFFICE)
    ends = NOW + timedelta(hours=12)
    due = {
        minutes: [(item.code, item.at, item.text("zh")) for item in reminders(state, ends - timedelta(minutes=minutes))]
        for minutes in (61, 60, 16, 15, 0.5, 0, -30)
    }

    def said(minutes: int) -> str:
        return f"还有 {minutes} 分钟失效：请决定更新、解除，还是任其到期"

    hour, quarter = ends - timedelta(minutes=60), ends - timedelta(minutes=15)
    over = ("expired", ends, "已于 2026-01-12 20:00 失效，尚未解除：请更新或解除")
    assert due == {
        61: [],
        60: [("expires_soon", hour, said(60))],
        16: [("expires_soon", hour, said(16))],
        15: [("expires_soon", quarter, said(15))],
        0.5: [("expires_soon", quarter, said(1))],
        0: [over],
        -30: [over],
    }
    lifted = after(state, Lifted(office=OFFICE, reason="恢复", entry=3, identifier="m-2"), DIRECTOR)
    assert reminders(lifted, ends) == ()


def test_reminders_tell_of_who_waits() -> None:
    def codes(state: WarningState, minutes: float) -> list[str]:
        return [item.code for item in reminders(state, NOW + timedelta(minutes=minutes))]

    waiting = submitted(HEATING, "large")
    assert (codes(waiting, 15), codes(waiting, 16)) == ([], ["waiting_submitted"])
    assert codes(after(waiting, Approved(office=HEAD), COMMANDER), 16) == ["waiting_approved"]
    assert codes(drafted(HEATING, "large"), 600) == []
    assert codes(after(waiting, Returned(office=HEAD, remarks="改"), COMMANDER), 600) == []
