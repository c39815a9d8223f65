"""A warning goes out, or is lifted: what is made before the lock, and what is written under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert

from priority.errors import UnknownPlan
from priority.warnings.recipients import Recipient
from webmap.incidents.entries import WarningIssued, WarningLifted
from webmap.incidents.entry_fields import seen
from webmap.incidents.errors import Refused
from webmap.incidents.journal import Journal
from webmap.incidents.records import Author
from webmap.languages import Language
from webmap.storage.tables import DELIVERIES, WARNING_MESSAGES
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.cap.signature import SigningKey
from webmap.warnings.content import Content
from webmap.warnings.issuing import (
    CHINA,
    Issuing,
    addressed,
    message_bytes,
    references_of,
    to_the_second,
    type_of_issue,
)
from webmap.warnings.messages import message_of, messages_of, next_serial, store_message
from webmap.warnings.state import Version, WarningState
from webmap.warnings.steps import Issued, Lifted, StepBody
from webmap.warnings.told_before import told_before
from webmap.warnings.wanted import Issue, Lift

if TYPE_CHECKING:
    from priority.plans import Plan

#: The log's own bound on a text.
_LONGEST = 2_000


@dataclass(frozen=True, eq=False)
class GoingOut:
    """What was made ready of a warning: the bulletin without identifier, whom it goes to, the key to sign with."""

    wanted: Issue | Lift
    bulletin: Bulletin
    content: Content
    recipients: Sequence[Recipient]
    key: SigningKey | None


@dataclass(frozen=True)
class Moments:
    """When a step is taken by the clock, and when it happens in the incident: in a drill at the drill's present."""

    written: datetime
    happened: datetime


class Publication:
    """Makes messages and writes them with everything that belongs to them."""

    def __init__(self, journal: Journal, issuing: Issuing) -> None:
        self._journal = journal
        self._issuing = issuing

    def prepare(self, state: WarningState, wanted: Issue | Lift, plan: Plan) -> GoingOut:
        """Work out what goes out of a warning as it is now, whether or not it may. `Refused` for an unusable key."""
        key = self._issuing.key()
        if isinstance(wanted, Lift):
            version = state.told
            reason: Mapping[Language, str] = {"zh": wanted.reason, "en": wanted.reason_en or wanted.reason}
            bulletin = self._issuing.draft(plan, state, version, "Cancel", reason)
        else:
            version = state.latest
            bulletin = self._issuing.draft(plan, state, version)
        return GoingOut(wanted, bulletin, version.content, self._recipients(bulletin, version), key)

    def _recipients(self, bulletin: Bulletin, version: Version) -> Sequence[Recipient]:
        try:
            return self._issuing.recipients(bulletin, version)
        except UnknownPlan:  # who was told of it is told that it is over all the same
            return ()

    def publish(
        self,
        connection: Connection,
        state: WarningState,
        ready: GoingOut,
        author: Author,
        moments: Moments,
        language: Language,
    ) -> StepBody:
        """Write log entry, message and deliveries, and return the step that says so. The warning's row is locked."""
        sent = to_the_second(moments.happened)
        fact = _fact(state, ready, sent)
        entry = self._journal.append_for_register(
            connection, state.incident_id, fact, author, not_before=moments.written, language=language
        ).entry
        earlier = messages_of(connection, WARNING_MESSAGES.c.warning_id == state.id)
        draft = ready.bulletin
        if draft.message_type != "Cancel":
            draft = replace(draft, message_type=type_of_issue(earlier, sent))
        references = references_of(earlier, draft.message_type, sent)
        serial = next_serial(connection)
        identifier = self._issuing.identifier(draft.plan, sent.astimezone(CHINA), serial)
        bulletin = addressed(draft, identifier, sent)
        sender = self._issuing.cap.sender
        xml = message_bytes(bulletin, references, sender, ready.key)
        store_message(connection, message_of(bulletin, serial, sender, xml))
        before = told_before(connection, state.id)
        rows = self._issuing.deliveries(bulletin, ready.content, ready.recipients, before)
        if rows:
            connection.execute(insert(DELIVERIES), [dict(row) for row in rows])
        return _body(state, ready.wanted, entry.number, identifier)


def _body(state: WarningState, wanted: Issue | Lift, entry: int, identifier: str) -> StepBody:
    if isinstance(wanted, Lift):
        return Lifted(**wanted.model_dump(), entry=entry, identifier=identifier)
    approved_by = None if state.pending is None else state.pending.approved_by
    return Issued(office=wanted.office, approved_by=approved_by, entry=entry, identifier=identifier)


def _fact(state: WarningState, ready: GoingOut, sent: datetime) -> WarningIssued | WarningLifted:
    """Return what the log says of it, in the plan's language."""
    wanted, happened_at, plan = ready.wanted, sent.astimezone(CHINA), ready.bulletin.plan
    if isinstance(wanted, Lift):
        if state.in_force is None:
            raise Refused("warning_not_in_force", plan.warnings.lifting_clause)
        clause, number = plan.warnings.lifting_clause, state.in_force.entry
        return WarningLifted(
            happened_at=happened_at, clause=clause, office=wanted.office, warning=number, reason=wanted.reason
        )
    texts = ready.bulletin.texts["zh"]
    names = "、".join(names["zh"] for _, names in ready.bulletin.townships)
    level = next(item for item in plan.warnings.levels if item.key == ready.content.level)
    said = "；".join(f"{name}：{texts[name]}" for name in plan.warnings.required_content if texts.get(name))
    return WarningIssued(
        happened_at=happened_at,
        clause=level.clause,
        office=wanted.office,
        level=level.key,
        scope=_cut(ready.bulletin.part("place") or names or plan.county_name.zh),
        text=_cut(said or level.name),
        approved_by=None if state.pending is None else state.pending.approved_by,
        replaces=None if state.in_force is None else state.in_force.entry,
        expires_at=ready.content.expires_at,
        warning_id=state.id,
    )


def _cut(text: str) -> str:
    text = seen(text)  # the version may be from before such signs were refused
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
