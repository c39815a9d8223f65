"""A warning as it stands: the fold of its steps. Every version that was ever drafted stays readable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from webmap.warnings.content import Content, Resolved
from webmap.warnings.steps import Approved, Drafted, Issued, Lifted, Referred, Returned, Revised, Step, Withdrawn

PendingStatus = Literal["draft", "submitted", "returned", "approved"]
#: How a warning's life ends.
Ended = Literal["lifted", "referred", "withdrawn"]
Status = Literal[
    "draft", "submitted", "returned", "approved", "issued", "updated", "lifted", "expired", "referred", "withdrawn"
]


@dataclass(frozen=True, eq=False)
class Version:
    """One version of the content with what the server made of it, and who wrote it when (UTC)."""

    number: int
    content: Content
    resolved: Resolved
    at: datetime
    author_id: str
    author_name: str


@dataclass(frozen=True)
class InForce:
    """A version that was issued: entry `entry` of the incident's log and message `identifier` say so.

    `level` is the key of its level, `office` issued it. Whether it has expired is a question of the moment.
    """

    version: int
    entry: int
    identifier: str
    office: str
    level: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Pending:
    """A version in preparation, in its status since `since`.

    `authors` are the ids of everyone who drafted, revised or submitted since the last issue: none of them approves it.
    `approved_by` is the office that approved it, None until one did.
    """

    version: int
    status: PendingStatus
    since: datetime
    authors: frozenset[str]
    approved_by: str | None = None


@dataclass(frozen=True, eq=False)
class WarningState:
    """A warning after its steps (the first has number 1, none are missing). `drill` is for ever.

    `versions` are all by number, `issues` all that were issued, the first first. `in_force` is the last of them unless
    it was lifted, and stays so when it has expired. `pending` is in preparation beside it, None for none. `ended` says
    how the life of a warning ended of which nothing is in force or in preparation any more.
    """

    id: str
    incident_id: str
    incident_name: str
    plan: str
    drill: bool
    steps: tuple[Step, ...] = ()
    versions: Mapping[int, Version] = field(default_factory=dict)
    issues: tuple[InForce, ...] = ()
    in_force: InForce | None = None
    pending: Pending | None = None
    ended: Ended | None = None
    #: Who drafted, revised or submitted since the last issue, whatever became of it.
    authors: frozenset[str] = frozenset()

    @property
    def length(self) -> int:
        """The number of the last step: what a client has seen, and sends as `expected`."""
        return len(self.steps)

    @property
    def latest(self) -> Version:
        """The version that was written last."""
        return self.versions[max(self.versions)]

    @property
    def told(self) -> Version:
        """The version that the warning is known by: what is in force, else what was issued last, else the latest."""
        return self.versions[self.issues[-1].version] if self.issues else self.latest

    def status_at(self, now: datetime) -> Status:
        """Return the status at a moment; of a version in preparation beside one in force `pending` tells."""
        if self.in_force is not None:
            if self.in_force.expires_at <= now:
                return "expired"
            return "updated" if len(self.issues) > 1 else "issued"
        if self.pending is not None:
            return self.pending.status
        assert self.ended is not None  # noqa: S101  a first step begins a preparation
        return self.ended

    def is_in_force_at(self, now: datetime) -> bool:
        """Whether a version is in force and has not expired."""
        return self.in_force is not None and self.in_force.expires_at > now


def state_of(begun: WarningState, steps: Sequence[Step]) -> WarningState:
    """Return a warning after more steps, in their order. Steps are taken as they stand: rules were asked before."""
    state = begun
    for step in steps:
        state = _after(replace(state, steps=(*state.steps, step)), step)
    return state


def _after(state: WarningState, step: Step) -> WarningState:  # noqa: PLR0911  one answer for each kind
    body = step.body
    match body:
        case Drafted() | Revised():
            version = Version(step.version, body.content, body.resolved, step.at, step.author_id, step.author_name)
            authors = state.authors | {step.author_id}
            pending = Pending(step.version, "draft", step.at, authors)
            versions = {**state.versions, step.version: version}
            return replace(state, versions=versions, pending=pending, authors=authors)
        case Returned():
            return _prepared(state, step, "returned")
        case Approved():
            return _prepared(state, step, "approved", body.office)
        case Issued():
            return _issued(state, step, body)
        case Lifted():
            return replace(state, in_force=None, pending=None, ended="lifted", authors=frozenset())
        case Referred() | Withdrawn():
            return replace(state, pending=None, ended=None if state.in_force else body.kind)
        case _:  # submitted
            authors = state.authors | {step.author_id}
            return _prepared(replace(state, authors=authors), step, "submitted")


def _prepared(state: WarningState, step: Step, status: PendingStatus, office: str | None = None) -> WarningState:
    assert state.pending is not None  # noqa: S101  the table of steps says so
    pending = replace(state.pending, status=status, since=step.at, authors=state.authors, approved_by=office)
    return replace(state, pending=pending)


def _issued(state: WarningState, step: Step, body: Issued) -> WarningState:
    content = state.versions[step.version].content
    issue = InForce(
        version=step.version,
        entry=body.entry,
        identifier=body.identifier,
        office=body.office,
        level=content.level,
        issued_at=step.at,
        expires_at=content.expires_at,
    )
    return replace(state, issues=(*state.issues, issue), in_force=issue, pending=None, authors=frozenset())
