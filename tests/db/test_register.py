"""The register of warnings on both databases: what it answers is stored, with everything that belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from tests.db.conftest import upgraded_engine as engine
from tests.db.warning_cases import (
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    ENERGY,
    HEATING,
    NOW,
    Desk,
    content,
    desk,
    lift,
    resolved,
    step,
)
from webmap.incidents.errors import ClientKeyReused, InvalidEntry, Refused, UnknownIncident
from webmap.incidents.records import Author
from webmap.storage.tables import DELIVERIES, ENTRIES, WARNING_MESSAGES, WARNING_STEPS, WARNINGS
from webmap.storage.upgrade import upgrade
from webmap.warnings.cap import check_message, read_alert
from webmap.warnings.errors import Incomplete, StepConflict, UnknownWarning
from webmap.warnings.messages import bulletin_of
from webmap.warnings.state import WarningState

__all__ = ["engine"]

BY_OFFICE = "办公室主任"


@pytest.fixture
def at_desk(engine: Engine, tmp_path: Path) -> Desk:
    upgrade(engine)
    return desk(engine, tmp_path)


def counted(desk: Desk) -> dict[str, int]:
    """Return how many rows each table has that a warning is written to."""
    with desk.engine.connect() as connection:
        tables = (WARNINGS, WARNING_STEPS, WARNING_MESSAGES, DELIVERIES, ENTRIES)
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        }


def issued(desk: Desk, *, drill: bool = False) -> WarningState:
    """Return a warning of the first level that the director drafted and issued."""
    drafted = desk.register.draft(desk.incident(drill=drill), content(), resolved(), DIRECTOR)
    return desk.register.take(drafted.state.id, step("issued", office=BY_OFFICE), DIRECTOR).state


def test_a_draft_is_read_back_with_its_content(at_desk: Desk) -> None:
    incident = at_desk.incident()
    taken = at_desk.register.draft(incident, content(), resolved(), DUTY)
    at_desk.register.forget()
    state = at_desk.register.read(taken.state.id)
    assert (state.incident_id, state.incident_name, state.plan, state.drill) == (incident, "首站停运", HEATING, False)
    assert (state.length, state.latest.number, state.latest.author_name) == (1, 1, DUTY.name)
    assert state.latest.content == content()
    assert state.latest.resolved == resolved()
    assert state.status_at(NOW) == "draft"
    assert taken.is_new


def test_a_warning_about_nothing_or_of_no_level_is_refused(at_desk: Desk) -> None:
    with pytest.raises(UnknownIncident):
        at_desk.register.draft("i-none", content(), resolved(), DUTY)
    with pytest.raises(UnknownWarning):
        at_desk.register.read("w-none")
    with pytest.raises(Refused, match="no warning level"):
        at_desk.register.draft(at_desk.incident(), content("red"), resolved(), DUTY)
    with pytest.raises(InvalidEntry):
        at_desk.register.draft(at_desk.incident(), content(), resolved(), DUTY, client_key="a\nb")
    assert counted(at_desk)["warnings"] == 0


def test_every_version_stays_readable(at_desk: Desk) -> None:
    register = at_desk.register
    state = register.draft(at_desk.incident(), content(), resolved(), DUTY).state
    changed = content(contact="0356-0000001", reason="乙")
    at_desk.clock.forward(minutes=3)
    wanted = step("revised", content=changed.model_dump(mode="json"))
    state = register.take(state.id, wanted, DIRECTOR, resolved=resolved("large", known=7), expected=1).state
    assert [(version.number, version.author_id) for version in state.versions.values()] == [
        (1, DUTY.id),
        (2, DIRECTOR.id),
    ]
    assert state.versions[1].content == content()
    assert state.versions[2].content == changed
    assert (state.versions[1].resolved.known, state.versions[2].resolved.known) == (1, 7)
    assert state.pending is not None
    assert state.pending.authors == {DUTY.id, DIRECTOR.id}
    with pytest.raises(ValueError, match="resolves to"):
        register.take(state.id, wanted, DIRECTOR)


def test_the_whole_way_of_a_level_that_needs_approval(at_desk: Desk) -> None:
    register = at_desk.register
    state = register.draft(at_desk.incident(), content("large", reason="蔓延"), resolved(), DUTY).state
    state = register.take(state.id, step("submitted"), DUTY).state
    state = register.take(state.id, step("approved", office="副指挥长", remarks="同意"), DEPUTY).state
    assert state.status_at(NOW) == "approved"
    state = register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR).state
    assert state.status_at(NOW) == "issued"
    assert state.in_force is not None
    log = at_desk.journal.read(state.incident_id)
    fact = log.entries[state.in_force.entry - 1].fact
    told = {name: getattr(fact, name) for name in ("kind", "level", "office", "approved_by", "warning_id", "replaces")}
    assert told == {
        "kind": "warning_issued",
        "level": "large",
        "office": BY_OFFICE,
        "approved_by": "副指挥长",
        "warning_id": state.id,
        "replaces": None,
    }
    assert [step.body.kind for step in state.steps] == ["drafted", "submitted", "approved", "issued"]


def test_issuing_writes_step_entry_message_and_deliveries(at_desk: Desk) -> None:
    state = issued(at_desk)
    assert counted(at_desk) == {
        "warnings": 1,
        "warning_steps": 2,
        "warning_messages": 1,
        "deliveries": 3,
        "entries": 2,
    }
    (message,) = at_desk.register.messages(state.id)
    assert check_message(message.xml) == ()
    alert = read_alert(message.xml)
    assert (alert.identifier, alert.message_type, alert.status) == (message.identifier, "Alert", "Actual")
    assert alert.sent == message.sent == NOW
    assert alert.infos[0].expires == message.expires_at == state.told.content.expires_at
    assert at_desk.register.message(message.identifier) is not None
    assert at_desk.register.message("m-none") is None
    with at_desk.engine.connect() as connection:
        told = {(row.channel, row.state) for row in connection.execute(select(DELIVERIES))}
    # No mail server is set, and text messages are sent by people.
    assert told == {("sms", "prepared"), ("email", "failed"), ("cap_feed", "recorded")}
    assert at_desk.journal.verify(state.incident_id)[1] == []


def test_the_bulletin_of_a_message_can_be_made_again(at_desk: Desk) -> None:
    state = issued(at_desk)
    (message,) = at_desk.register.messages(state.id)
    plan = at_desk.plan_of(state.plan)
    again = bulletin_of(message, plan)
    fresh = at_desk.register.issuing.draft(plan, state, state.told)
    assert (again.identifier, again.sent, again.level, again.texts) == (
        message.identifier,
        NOW,
        "general",
        fresh.texts,
    )
    assert [piece.equals(other) for piece, other in zip(again.shape.pieces, fresh.shape.pieces, strict=True)]
    assert again.shape.shape.equals(fresh.shape.shape)
    assert (fresh.identifier, fresh.sent) == (None, None)
    assert again.townships[-1] == ("140525100", {"zh": "南村镇", "en": "南村镇"})


def test_updates_and_the_lifting_name_every_message_that_has_not_expired(at_desk: Desk) -> None:
    register, state = at_desk.register, issued(at_desk)
    for hours in (6, 14):
        at_desk.clock.forward(hours=1)
        ends = {"expires_at": at_desk.clock.after(hours=hours), "starts_at": at_desk.clock.after()}
        wanted = step("revised", content=content(**ends).model_dump(mode="json"))
        state = register.take(state.id, wanted, DUTY, resolved=resolved()).state
        assert state.status_at(at_desk.clock()) in {"issued", "updated"}
        assert state.pending is not None
        state = register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR).state
    # The first ends at 20:00, the second at 15:00, the third at 24:00; at 16:00 the second has ended.
    at_desk.clock.forward(hours=6)
    register.take(state.id, lift(BY_OFFICE), DIRECTOR)
    first, second, third, last = register.messages(state.id)
    referred = {one.identifier: [item.identifier for item in read_alert(one.xml).references] for one in
                (first, second, third, last)}  # fmt: skip
    assert referred == {
        first.identifier: [],
        second.identifier: [first.identifier],
        third.identifier: [first.identifier, second.identifier],
        last.identifier: [first.identifier, third.identifier],
    }
    assert [one.type for one in (first, second, third, last)] == ["Alert", "Update", "Update", "Cancel"]
    log = at_desk.journal.read(state.incident_id)
    assert [getattr(entry.fact, "replaces", None) for entry in log.entries] == [None, None, 2, 3, None]
    assert log.entries[-1].fact.warning == 4  # type: ignore[attr-defined]
    assert at_desk.journal.verify(state.incident_id)[1] == []


def test_an_expired_warning_can_be_issued_anew_and_lifted(at_desk: Desk) -> None:
    register, state = at_desk.register, issued(at_desk)
    at_desk.clock.forward(hours=13)
    assert register.read(state.id).status_at(at_desk.clock()) == "expired"
    assert [item.id for item in register.list("past")] == [state.id]
    ends = {"expires_at": at_desk.clock.after(hours=1), "starts_at": at_desk.clock.after()}
    wanted = step("revised", content=content(**ends).model_dump(mode="json"))
    register.take(state.id, wanted, DIRECTOR, resolved=resolved())
    state = register.take(state.id, step("issued", office=BY_OFFICE), DIRECTOR).state
    assert state.status_at(at_desk.clock()) == "updated"
    at_desk.clock.forward(hours=2)
    state = register.take(state.id, lift(BY_OFFICE), DIRECTOR).state
    assert state.status_at(at_desk.clock()) == "lifted"
    # Nothing that could be updated was in force any more: it was an alert of its own.
    assert [message.type for message in register.messages(state.id)] == ["Alert", "Alert", "Cancel"]
    assert all(check_message(message.xml) == () for message in register.messages(state.id))


def test_lists_are_by_what_is_in_force_and_what_is_in_preparation(at_desk: Desk) -> None:
    register, running = at_desk.register, issued(at_desk)
    at_desk.clock.forward(minutes=1)
    planned = register.draft(at_desk.incident(ENERGY), content(), resolved(), DUTY).state
    at_desk.clock.forward(minutes=1)
    over = issued(at_desk)
    register.take(over.id, lift(BY_OFFICE), DIRECTOR)
    assert [item.id for item in register.list()] == [over.id, planned.id, running.id]
    assert [item.id for item in register.list("current")] == [running.id]
    assert [item.id for item in register.list("planned")] == [planned.id]
    assert [item.id for item in register.list("past")] == [over.id]
    assert [item.id for item in register.list(incident_id=planned.incident_id)] == [planned.id]


def test_a_drill_is_an_exercise_and_reaches_nobody(at_desk: Desk) -> None:
    state = issued(at_desk, drill=True)
    (message,) = at_desk.register.messages(state.id)
    alert = read_alert(message.xml)
    assert (alert.status, message.drill) == ("Exercise", True)
    assert (alert.note or "").startswith("演练 EXERCISE: 首站停运 示例数据")
    with at_desk.engine.connect() as connection:
        assert set(connection.scalars(select(DELIVERIES.c.state))) == {"recorded"}
    assert at_desk.register.unexpired_messages() == ()
    assert [item.identifier for item in at_desk.register.unexpired_messages(drills=True)] == [message.identifier]


def test_unexpired_messages_are_those_that_a_feed_shows(at_desk: Desk) -> None:
    one, other = issued(at_desk), issued(at_desk)
    at_desk.register.take(other.id, lift(BY_OFFICE), DIRECTOR)
    types = [(item.warning_id, item.type) for item in at_desk.register.unexpired_messages()]
    assert types == [(one.id, "Alert"), (other.id, "Alert"), (other.id, "Cancel")]
    at_desk.clock.forward(hours=13)
    assert at_desk.register.unexpired_messages() == ()


def test_a_repeated_request_finds_the_first(at_desk: Desk) -> None:
    register, incident = at_desk.register, at_desk.incident()
    first = register.draft(incident, content(), resolved(), DIRECTOR, client_key="k")
    # The ground may have been worked out anew meanwhile; what the person said is the same.
    again = register.draft(incident, content(), resolved(known=9), DIRECTOR, client_key="k")
    assert (again.state.id, again.is_new, again.state.latest.resolved.known) == (first.state.id, False, 1)
    with pytest.raises(ClientKeyReused):
        register.draft(incident, content(contact="x"), resolved(), DIRECTOR, client_key="k")
    wanted = step("issued", office=BY_OFFICE)
    register.take(first.state.id, wanted, DIRECTOR, client_key="i", expected=1)
    before = counted(at_desk)
    repeated = register.take(first.state.id, wanted, DIRECTOR, client_key="i", expected=1)
    assert (repeated.number, repeated.is_new) == (2, False)
    with pytest.raises(ClientKeyReused):
        register.take(first.state.id, lift(BY_OFFICE), DIRECTOR, client_key="i")
    with pytest.raises(ClientKeyReused):
        register.take(first.state.id, wanted, Author("other", "别人", DIRECTOR.offices), client_key="i")
    assert counted(at_desk) == before


def test_who_did_not_see_the_last_step_is_told_of_it(at_desk: Desk) -> None:
    register = at_desk.register
    state = register.draft(at_desk.incident(), content(), resolved(), DUTY).state
    register.take(state.id, step("submitted"), DUTY, expected=1)
    for wanted in (step("withdrawn", reason="不再需要"), step("issued", office=BY_OFFICE)):
        with pytest.raises(StepConflict) as told:
            register.take(state.id, wanted, DIRECTOR, expected=1)
        assert [(item.number, item.body.kind) for item in told.value.steps] == [(2, "submitted")]
    with pytest.raises(StepConflict) as ahead:
        register.take(state.id, step("withdrawn", reason="不再需要"), DUTY, expected=5)
    assert ahead.value.steps == ()


def test_what_is_missing_is_told_item_by_item(at_desk: Desk) -> None:
    register = at_desk.register
    empty = content(texts={"zh": {"预警级别": "一般"}, "en": {"应采取的措施": "Stay warm"}})
    state = register.draft(at_desk.incident(), empty, resolved(), DIRECTOR).state
    for wanted in (step("submitted"), step("issued", office=BY_OFFICE)):
        with pytest.raises(Incomplete) as told:
            register.take(state.id, wanted, DIRECTOR)
        assert len(told.value.missing("zh")) == 7
        assert "缺少“应采取的措施”（3.3(1) 要求写明）。" in told.value.message("zh")
        assert "3.3(1)" in told.value.message("en")
        assert told.value.remedy("en")
    assert register.read(state.id).length == 1


def test_a_clock_set_back_turns_no_order(at_desk: Desk) -> None:
    state = issued(at_desk)
    at_desk.clock.forward(hours=-3)
    state = at_desk.register.take(state.id, lift(BY_OFFICE), DIRECTOR).state
    assert [item.at for item in state.steps] == sorted(item.at for item in state.steps)
    assert [item.sent for item in at_desk.register.messages(state.id)] == [NOW, NOW]
    assert at_desk.journal.verify(state.incident_id)[1] == []


def test_the_wrong_office_does_not_lift(at_desk: Desk) -> None:
    state = issued(at_desk)
    with pytest.raises(Refused) as other:
        at_desk.register.take(state.id, lift("指挥长"), COMMANDER)
    assert (other.value.code, other.value.clause) == ("warning_lifted_by", "3.4")
    assert "谁发布" in (other.value.quotation or "")
    with pytest.raises(Refused) as held:
        at_desk.register.take(state.id, lift(BY_OFFICE), COMMANDER)
    assert held.value.code == "office_not_held"
    assert at_desk.register.take(state.id, lift(BY_OFFICE), DIRECTOR).state.ended == "lifted"


def test_lifting_gives_up_what_is_in_preparation(at_desk: Desk) -> None:
    state = issued(at_desk)
    wanted = step("revised", content=content().model_dump(mode="json"))
    at_desk.register.take(state.id, wanted, DUTY, resolved=resolved())
    state = at_desk.register.take(state.id, lift(BY_OFFICE), DIRECTOR).state
    assert (state.pending, state.in_force, state.ended) == (None, None, "lifted")
    for kind, fields in (("submitted", {}), ("revised", {"content": content().model_dump(mode="json")})):
        with pytest.raises(Refused) as told:
            at_desk.register.take(state.id, step(kind, **fields), DUTY, resolved=resolved())
        assert told.value.code == "warning_is_lifted"
