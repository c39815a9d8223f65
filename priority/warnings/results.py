"""What is suggested for a warning, as typed rows. Nothing here decides: the officer changes anything, with a reason."""

from __future__ import annotations

from typing import Literal

from priority.levels.evaluation import Outcome
from priority.plans.conditions import Value
from priority.rows import Row


class MissingFigure(Row):
    """A figure that nobody has told and that could still decide."""

    key: str
    title: str


class WarningOutcome(Row):
    """A warning level weighed: the plan's criteria, how we read them, the outcome, figures seen and missing."""

    key: str
    name: str
    clause: str
    criteria: str
    reading: str | None
    outcome: Outcome
    observed: dict[str, Value]
    missing: tuple[MissingFigure, ...]


class ContentItem(Row):
    """One item of the content that the plan asks for: `name` in its words, `text` None while it is not known.

    `basis` says whose words they are: quoted from the plan, reckoned from the data, or put by us.
    """

    name: str
    title: str
    clause: str
    text: str | None
    basis: Literal["plan", "data", "ours"]


class Authority(Row):
    """Who approves and issues by the plan, and how it is made known; empty where the plan names nobody or nothing.

    `action` is what the plan's own units then do (预警行动). `remarks` say what the plan leaves open. Everything is in
    the plan's words except the remarks.
    """

    clause: str
    approved_by: tuple[str, ...]
    issued_by: str
    channels: tuple[str, ...]
    targeted_notice: str | None
    procedure: str | None
    action: str | None
    lifting_clause: str
    lifting: str
    remarks: tuple[str, ...]


class Suggestion(Row):
    """The level that the plan's rules suggest, None where none is met; `levels` run from the lowest to the highest.

    `could_rise_to` is the highest level that the figures in `could_rise_by` could still cause. Authority and content
    are those of the level suggested, absent without one.
    """

    plan: str
    level: str | None
    level_name: str | None
    why: str
    could_rise_to: str | None
    could_rise_by: tuple[MissingFigure, ...]
    levels: tuple[WarningOutcome, ...]
    authority: Authority | None
    content: tuple[ContentItem, ...]
    synthetic: bool
