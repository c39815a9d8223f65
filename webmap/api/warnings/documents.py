"""A warning as a document: for who works with it everything, for who is warned what was issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from priority.plans import Plan
from priority.warnings.agreement import names_any
from priority.wording import Phrases
from webmap.api.log.view_document import CHINA
from webmap.api.warnings.stored_areas import StoredAreas
from webmap.incidents.fold import DAMAGE_KINDS
from webmap.incidents.moments import as_entered
from webmap.incidents.offices import office_name
from webmap.incidents.records import Entry
from webmap.runtime import Snapshot
from webmap.warnings.errors import missing_items, places_of
from webmap.warnings.messages import Message
from webmap.warnings.reminders import reminders as reminders_of
from webmap.warnings.state import InForce, Version, WarningState
from webmap.warnings.steps import Step
from webmap.warnings.transitions import Possibility

_NAMED = 3
#: Entries after which an outage's ground may be another.
_CHANGING = frozenset({*DAMAGE_KINDS, "repaired", "device_operated", "unit_placed"})
_PRODUCTS = ("notice.html", "sms.txt", "broadcast.txt", "phone.csv", "doors.csv")


@dataclass(frozen=True, eq=False)
class Telling:
    """What a warning is told with: language, moment, data, the areas at hand, the plan (None: taken away since).

    `now` is the incident's present; `clock` is the clock's time where that is another, as in a drill.
    """

    phrases: Phrases
    now: datetime
    snapshot: Snapshot
    areas: StoredAreas
    plan: Plan | None
    clock: datetime | None = None

    def moment(self, moment: datetime) -> str:
        """Write a moment with the offset of the place."""
        return as_entered(moment.astimezone(CHINA))

    def names(self, codes: Sequence[str]) -> list[str]:
        """Return townships by name, those that are gone by code."""
        names = self.areas.township_names(self.snapshot)
        return [names.get(code, code) for code in codes]

    def level_name(self, key: str) -> str:
        """Return the name of a level; its key where the plan has it no more."""
        levels = () if self.plan is None else self.plan.warnings.levels
        return next((item.in_language(self.phrases.language) for item in levels if item.key == key), key)

    def status(self, status: str, level: str) -> str:
        """Return what a status of a warning of a level is called; where nobody approves, it waits to be issued."""
        levels = () if self.plan is None else self.plan.warnings.levels
        alone = any(item.key == level and not item.approved_by for item in levels)
        waits = status == "submitted" and alone
        return self.phrases.write("warning_status.submitted_to_issue" if waits else f"warning_status.{status}")


def head_document(state: WarningState, version: Version, telling: Telling) -> dict[str, Any]:
    """Return what list and detail share, of the version that is told."""
    status = state.status_at(telling.now)
    level_name = telling.level_name(version.content.level)
    return {
        "id": state.id,
        "plan": state.plan,
        "drill": state.drill,
        "status": status,
        "status_title": telling.status(status, version.content.level),
        "level": version.content.level,
        "level_name": level_name,
        "title": _title(level_name, telling.names(version.resolved.townships), telling.phrases),
        "length": state.length,
        "in_force": _in_force(state.in_force, telling),
    }


def summary_document(state: WarningState, telling: Telling, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return a warning as the list tells of it to who may read the log; `entries` are the log's, none if not known."""
    version = state.told
    return {
        **head_document(state, version, telling),
        **_when_and_where(version, telling),
        "incident": incident_document(state),
        "pending": _pending(state, telling),
        "reminders": list(reminders(state, telling, entries)),
    }


def public_document(state: WarningState, telling: Telling) -> dict[str, Any]:
    """Return an issued warning for who may not read the log: nothing of the incident or of what is in preparation."""
    version = state.told
    return {
        **head_document(state, version, telling),
        **_when_and_where(version, telling),
        "length": 0,
        "incident": {"id": "", "name": "", "plan": state.plan, "drill": state.drill},
        "pending": None,
        "reminders": [],
    }


def warning_document(
    state: WarningState,
    telling: Telling,
    may: Sequence[Possibility],
    messages: Sequence[Message],
    entries: Sequence[Entry],
) -> dict[str, Any]:
    """Return a warning with all its versions and steps; `may` says what the viewer can do next."""
    return {
        **head_document(state, state.latest if state.pending else state.told, telling),
        "incident": incident_document(state),
        "pending": _pending(state, telling),
        "versions": [_version(state, item, telling, messages) for _, item in sorted(state.versions.items())],
        "steps": [step_document(item, telling) for item in state.steps],
        "may": [_possibility(item, telling) for item in may],
        "reminders": list(reminders(state, telling, entries)),
        "synthetic": any(item.resolved.synthetic for item in state.versions.values()),
    }


def step_document(step: Step, telling: Telling) -> dict[str, Any]:
    """Return a step as a sentence with what it says."""
    body, phrases = step.body, telling.phrases
    office = getattr(body, "office", None)
    reason = getattr(body, "reason", None)
    if getattr(body, "reason_en", None) and phrases.language == "en":
        reason = getattr(body, "reason_en", None)
    told = {
        "by": step.author_name,
        "version": step.version,
        "office": "" if office is None else office_name(office, phrases),
        "reason": reason or "",
        "to": getattr(body, "to", ""),
    }
    return {
        "number": step.number,
        "kind": body.kind,
        "at": telling.moment(step.at),
        "by": step.author_name,
        "office": office,
        "version": step.version,
        "said": phrases.write(f"warning_step.{body.kind}", **told),
        "remarks": getattr(body, "remarks", None),
    }


def incident_document(state: WarningState) -> dict[str, Any]:
    """Return which incident a warning is of."""
    return {"id": state.incident_id, "name": state.incident_name, "plan": state.plan, "drill": state.drill}


def message_document(state: WarningState, message: Message, telling: Telling) -> dict[str, Any]:
    """Return a message and where its texts are; what the public gets stands at a public address."""
    base = f"/api/warnings/{state.id}/versions/{message.version}"
    chosen = f"?message={message.identifier}"
    public = None if message.drill else f"/feeds/warnings/{message.identifier}.xml"
    urls = {name.partition(".")[0]: f"{base}/{name}{chosen}" for name in _PRODUCTS}
    return {
        "identifier": message.identifier,
        "type": message.type,
        "sent": telling.moment(message.sent),
        "urls": {"cap": public or f"{base}/cap.xml{chosen}", **urls},
    }


def reminders(state: WarningState, telling: Telling, entries: Sequence[Entry]) -> Iterator[dict[str, str]]:
    """Yield what somebody has to look at now; of a drill too, so that it is practised."""
    for due in reminders_of(state, telling.now, telling.clock):
        yield {"code": due.code, "text": due.text(telling.phrases.language), "at": telling.moment(due.at)}
    if state.in_force is not None:
        known = state.versions[state.in_force.version].resolved.known
        if changed := [entry for entry in entries if entry.number > known and entry.fact.kind in _CHANGING]:
            yield _reminder("picture_went_on", changed[-1].written_at, telling, count=len(changed))
    if state.pending is None:
        return
    version = state.versions[state.pending.version]
    if state.pending.status == "returned":
        yield _reminder("returned", state.pending.since, telling, version=version.number)
    count = sum(entry.number > version.resolved.known for entry in entries)
    if count:
        yield _reminder("log_went_on", version.at, telling, version=version.number, count=count)
    names = telling.names(version.resolved.townships)
    if version.content.texts.zh and not names_any(names, places_of(version.content)):
        yield _reminder("place_unnamed", version.at, telling, version=version.number, names=telling.phrases.join(names))
    if version.resolved.data_version != telling.snapshot.data_version:
        yield _reminder("data_changed", version.at, telling, version=version.number)


def _reminder(code: str, at: datetime, telling: Telling, **told: object) -> dict[str, str]:
    return {
        "code": code,
        "text": telling.phrases.write(f"warning_reminder.{code}", **told),
        "at": telling.moment(at),
    }


def _when_and_where(version: Version, telling: Telling) -> dict[str, Any]:
    content = version.content
    return {
        "townships": telling.names(version.resolved.townships),
        "starts_at": as_entered(content.starts_at),
        "expires_at": as_entered(content.expires_at),
        "expires_in_s": int((content.expires_at - telling.now).total_seconds()),
        "shape": telling.areas.outline(version.resolved),
    }


def _title(level_name: str, names: Sequence[str], phrases: Phrases) -> str:
    if not names:
        return phrases.write("warning_view.title_nowhere", level=level_name)
    places = phrases.join(names[:_NAMED])
    if len(names) > _NAMED:
        places = phrases.write("warning_view.places_more", names=places, count=len(names))
    return phrases.write("warning_view.title", level=level_name, places=places)


def _in_force(issue: InForce | None, telling: Telling) -> dict[str, Any] | None:
    if issue is None:
        return None
    return {
        "version": issue.version,
        "entry": issue.entry,
        "identifier": issue.identifier,
        "office": issue.office,
        "issued_at": telling.moment(issue.issued_at),
        "expires_at": as_entered(issue.expires_at),
    }


def _pending(state: WarningState, telling: Telling) -> dict[str, Any] | None:
    pending = state.pending
    if pending is None:
        return None
    title = telling.status(pending.status, state.versions[pending.version].content.level)
    return {"version": pending.version, "status": pending.status, "status_title": title}


def _version(state: WarningState, version: Version, telling: Telling, messages: Sequence[Message]) -> dict[str, Any]:
    resolved = version.resolved
    own = [item for item in messages if item.version == version.number]
    sent = [message_document(state, item, telling) for item in own]
    return {
        "version": version.number,
        "content": version.content.model_dump(mode="json"),
        "resolved": {
            "townships": list(resolved.townships),
            "suggested": resolved.suggested,
            "known": resolved.known,
            "data_version": resolved.data_version,
            "synthetic": resolved.synthetic,
        },
        "area": telling.areas.document(version, telling.snapshot, telling.phrases),
        "missing": _missing(version, telling),
        "by": version.author_name,
        "at": telling.moment(version.at),
        "message": next((item for item in sent if item["type"] != "Cancel"), None),
        "lifting": next((item for item in sent if item["type"] == "Cancel"), None),
    }


def _missing(version: Version, telling: Telling) -> list[str]:
    if telling.plan is None or telling.level_name(version.content.level) == version.content.level:
        return []
    return list(missing_items(telling.plan, version.content, telling.phrases.language))


def _possibility(item: Possibility, telling: Telling) -> dict[str, Any]:
    language, refusal = telling.phrases.language, item.refusal
    told: Mapping[str, Any] | None = None
    if refusal is not None:
        told = {
            "message": refusal.message(language),
            "remedy": refusal.remedy(language),
            "clause": refusal.clause,
            "quotation": refusal.quotation,
        }
    return {
        "kind": item.kind,
        "offices": list(item.offices),
        "mine": list(item.mine),
        "allowed": item.allowed,
        "refusal": told,
    }
