"""The register of warnings: their steps, versions and messages in the database. What it answers is stored, for good.

Every step is one transaction. Issuing and lifting write the step, the entry of the incident's log, the message byte for
byte and the deliveries together or not at all. Locks are taken in one order: the warning, its incident, the number of
the message.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, Engine, Row, insert
from sqlalchemy.exc import IntegrityError

from priority.errors import UnknownPlan
from webmap.incidents.admission import require_key
from webmap.incidents.errors import Refused
from webmap.incidents.journal import Journal
from webmap.incidents.moments import now_utc, utc_seconds, written
from webmap.incidents.reading import phase_of, present_of_drill, require_incident
from webmap.incidents.records import Author, Phase
from webmap.languages import Language
from webmap.storage.engine import one_moment
from webmap.storage.tables import WARNING_MESSAGES, WARNINGS
from webmap.warnings.content import Content, Resolved
from webmap.warnings.errors import StepConflict
from webmap.warnings.issuing import Issuing
from webmap.warnings.messages import Message, messages_of
from webmap.warnings.publication import Moments, Publication
from webmap.warnings.repeated import repeated_step, require_same_draft, warning_id_of
from webmap.warnings.state import WarningState
from webmap.warnings.step_rows import find_row, read_state, require_row, rows_of, step_after, store_step
from webmap.warnings.step_rules import Case
from webmap.warnings.steps import Drafted, Revised, StepBody
from webmap.warnings.transitions import require_allowed, require_draftable
from webmap.warnings.wanted import Issue, Lift, Revise, Wanted

if TYPE_CHECKING:
    from priority.plans import Plan

#: Warnings whose steps are kept in memory: more than ever stand at once.
_KEPT = 256

#: `current` are in force and not expired; `planned` have a version in preparation; `past` are everything else.
Which = Literal["all", "current", "planned", "past"]


@dataclass(frozen=True, eq=False)
class Taken:
    """A step that is stored, and the warning after it and all others.

    `is_new` is false where a repeated request found what the first one had written; `number` is the step's.
    """

    state: WarningState
    number: int
    is_new: bool


class Register:
    """Drafts warnings, takes their steps, and reads them. Shared by threads.

    `plan_of` returns the plan of a key (`UnknownPlan` if there is none), `journal` writes the logs, `issuing` makes
    what goes out, `clock` tells the present moment.
    """

    def __init__(
        self,
        engine: Engine,
        plan_of: Callable[[str], Plan],
        journal: Journal,
        issuing: Issuing,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.issuing = issuing
        self._plan_of = plan_of
        self._journal = journal
        self._publication = Publication(journal, issuing)
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[str, WarningState]] = OrderedDict()

    def draft(
        self,
        incident_id: str,
        content: Content,
        resolved: Resolved,
        author: Author,
        *,
        client_key: str | None = None,
        language: Language = "zh",
    ) -> Taken:
        """Begin a warning about an incident with its first version, which may lack anything but a level of the plan.

        With `client_key` a repeated draft by the same author finds the first. The right to draft is asked before
        (`transitions.STEP_RIGHTS`). Raises `UnknownIncident`, `Refused`, `InvalidEntry`, `ClientKeyReused`.
        """
        require_key(client_key, language)
        warning_id = warning_id_of(incident_id, author, client_key)
        try:
            with self._journal.writing() as connection:
                opening, _ = require_incident(connection, incident_id)
                require_draftable(self._plan_of(opening.plan), content)
                if client_key is None or find_row(connection, warning_id) is None:
                    if phase_of(connection, incident_id) == "ended":
                        raise Refused("warning_incident_ended")
                    now = self.clock()
                    about = {"plan": opening.plan, "drill": opening.drill, "created_by": author.id}
                    times = {"created_at": written(now), "updated_at": written(now)}
                    row = {"id": warning_id, "incident_id": incident_id, "length": 0, **about, **times}
                    connection.execute(insert(WARNINGS).values(row))
                    body = Drafted(content=content, resolved=resolved)
                    store_step(connection, warning_id, step_after(None, body, now, author, client_key))
                    return _taken(connection, warning_id, 1)
        except IntegrityError:  # the same draft came twice at once, and the other one was first
            if client_key is None:
                raise
        state = self.read(warning_id)
        require_same_draft(state, content, author)
        return Taken(state, 1, is_new=False)

    def take(
        self,
        warning_id: str,
        wanted: Wanted,
        author: Author,
        *,
        resolved: Resolved | None = None,
        expected: int | None = None,
        client_key: str | None = None,
        language: Language = "zh",
    ) -> Taken:
        """Take a step of a warning and return the warning after it once everything is stored.

        A revision comes with what its content resolves to. `expected` is the number of the last step that the author
        has seen: if others took steps since, `StepConflict` tells which. With `client_key` a repeated request finds
        what the first one wrote. The right to draft is asked before (`transitions.STEP_RIGHTS`); offices are asked
        here, so `author` must have all that the person holds for the warning's plan. Raises `UnknownWarning`,
        `Refused`, `InvalidEntry`, `ClientKeyReused`, and `ValueError` for a revision without `resolved`.
        """
        require_key(client_key, language)
        before = self.read(warning_id)
        if number := repeated_step(before, wanted, author, client_key):
            return Taken(before, number, is_new=False)
        _require_expected(before, expected)
        # What takes time is prepared without a lock, from the warning as it is now.
        going_out = None
        if isinstance(wanted, Issue | Lift):
            require_allowed(self._case(before, author, wanted), wanted)
            going_out = self._publication.prepare(before, wanted, self._plan_for(before, wanted))
        with self._journal.writing() as connection:
            row = require_row(connection, warning_id, lock=True)
            state = self._read(connection, row)
            if number := repeated_step(state, wanted, author, client_key):
                return Taken(state, number, is_new=False)
            _require_expected(state, before.length if going_out else expected)
            now = max(self.clock(), state.steps[-1].at)
            phase = phase_of(connection, state.incident_id, lock=True) if going_out else "reported"
            plan = self._plan_for(state, wanted) if going_out is None else going_out.bulletin.plan
            moment = present_of_drill(connection, state.incident_id) if state.drill else now
            require_allowed(Case(plan, state, author, phase, moment), wanted)
            if going_out is None:
                body = _body_of(wanted, resolved)
            else:
                moments = Moments(now, moment)
                body = self._publication.publish(connection, state, going_out, author, moments, language)
            step = step_after(state, body, now, author, client_key)
            store_step(connection, warning_id, step)
            return _taken(connection, warning_id, step.number)

    def read(self, warning_id: str) -> WarningState:
        """Return a warning with all its steps and versions. Raises `UnknownWarning` and `UnreadableStep`."""
        with one_moment(self.engine) as connection:
            return self._read(connection, require_row(connection, warning_id))

    def list(
        self,
        which: Which = "all",
        *,
        incident_id: str | None = None,
        moment_of: Callable[[WarningState], datetime] | None = None,
        is_over: Callable[[WarningState], bool] = lambda _: False,
    ) -> tuple[WarningState, ...]:
        """Return warnings, the one drafted last first: all, or those of an incident.

        A warning in force with a version in preparation is `current` and `planned`; one that has expired is `past`.
        `moment_of` returns the present of a warning (a drill has its own); without it the clock's counts. `is_over`
        says whether a warning's incident has ended: what is in preparation there is `past`.
        """
        clock = self.clock()
        moments = moment_of or (lambda _: clock)
        with one_moment(self.engine) as connection:
            found = tuple(self._read(connection, row) for row in rows_of(connection, incident_id))
        wanted: dict[Which, Callable[[WarningState], bool]] = {
            "all": lambda _: True,
            "current": lambda item: item.is_in_force_at(moments(item)),
            "planned": lambda item: item.pending is not None and not is_over(item),
            "past": lambda item: not item.is_in_force_at(moments(item)) and (item.pending is None or is_over(item)),
        }
        return tuple(item for item in found if wanted[which](item))

    def phase(self, incident_id: str) -> Phase:
        """Return how far an incident is, as the table of steps asks. Raises `UnknownIncident`."""
        with one_moment(self.engine) as connection:
            require_incident(connection, incident_id)
            return phase_of(connection, incident_id)

    def messages(self, warning_id: str) -> tuple[Message, ...]:
        """Return the messages of a warning in the order in which they went out; none for one never issued."""
        with one_moment(self.engine) as connection:
            return tuple(messages_of(connection, WARNING_MESSAGES.c.warning_id == warning_id))

    def message(self, identifier: str) -> Message | None:
        """Return the message of an identifier, None for none."""
        with one_moment(self.engine) as connection:
            return next(iter(messages_of(connection, WARNING_MESSAGES.c.identifier == identifier)), None)

    def unexpired_messages(self, now: datetime | None = None, *, drills: bool = False) -> tuple[Message, ...]:
        """Return all messages that have not expired, those that lift among them, in the order in which they went out.

        A message that a later one of the same warning replaces is among them. Exercises are left out unless asked for.
        """
        after = WARNING_MESSAGES.c.expires_at > utc_seconds(now or self.clock())
        real = [] if drills else [WARNING_MESSAGES.c.drill.is_(False)]
        with one_moment(self.engine) as connection:
            return tuple(messages_of(connection, after, *real))

    def forget(self) -> None:
        """Read everything anew from here on, as after a start."""
        with self._lock:
            self._kept.clear()

    def plan_kept(self, state: WarningState) -> Plan | None:
        """Return as much of a warning's plan as was kept with its last message, None for none."""
        found = self.messages(state.id) if state.issues else ()
        return found[-1].plan if found else None

    def _plan_for(self, state: WarningState, wanted: Wanted) -> Plan:
        """Return the warning's plan; to lift what is in force by a plan that is gone, what was kept of it."""
        try:
            return self._plan_of(state.plan)
        except UnknownPlan:
            kept = self.plan_kept(state) if isinstance(wanted, Lift) else None
            if kept is None:
                raise
            return kept

    def _case(self, state: WarningState, author: Author, wanted: Wanted) -> Case:
        moment = max(self.clock(), state.steps[-1].at)
        if state.drill:
            with one_moment(self.engine) as connection:
                moment = present_of_drill(connection, state.incident_id)
        return Case(self._plan_for(state, wanted), state, author, self.phase(state.incident_id), moment)

    def _read(self, connection: Connection, row: Row[Any]) -> WarningState:
        """Steps never change: of a warning that was read before with as many steps nothing is read again.

        That it is still the same one (a backup may have been loaded meanwhile) shows by when its last step was taken.
        """
        with self._lock:
            last_at, kept = self._kept.get(row.id, ("", None))
        if kept is not None and (kept.length, last_at) == (row.length, row.updated_at):
            return kept
        state = read_state(connection, row)
        with self._lock:
            self._kept[row.id] = row.updated_at, state
            self._kept.move_to_end(row.id)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return state


def _taken(connection: Connection, warning_id: str, number: int) -> Taken:
    return Taken(read_state(connection, require_row(connection, warning_id)), number, is_new=True)


def _require_expected(state: WarningState, expected: int | None) -> None:
    if expected is not None and expected != state.length:
        raise StepConflict(expected, state.length, [step for step in state.steps if step.number > expected])


def _body_of(wanted: Wanted, resolved: Resolved | None) -> StepBody:
    if not isinstance(wanted, Revise):
        return wanted
    if resolved is None:
        raise ValueError("a revision comes with what its content resolves to")
    return Revised(content=wanted.content, resolved=resolved)
