"""Lives of warnings, step by step and without a database."""

from __future__ import annotations

from datetime import datetime

from tests.db.warning_cases import COMMANDER, DEPUTY, DIRECTOR, DUTY, NOW, content, resolved
from webmap.incidents.records import Author
from webmap.warnings.state import WarningState, state_of
from webmap.warnings.step_rows import step_after
from webmap.warnings.steps import Drafted, Issued, StepBody, Submitted

HEAD, DEPUTIES, OFFICE = "指挥长", "副指挥长", "办公室主任"
#: Somebody of each office who has no part in any draft.
PEOPLE = {HEAD: COMMANDER, DEPUTIES: DEPUTY, OFFICE: DIRECTOR}


def after(state: WarningState, body: StepBody, author: Author = DUTY, at: datetime = NOW) -> WarningState:
    return state_of(state, [step_after(state if state.steps else None, body, at, author, None)])


def drafted(plan: str, level: str, author: Author = DUTY) -> WarningState:
    bare = WarningState("w", "i", "首站停运", plan, False)
    return after(bare, Drafted(content=content(level), resolved=resolved(level)), author)


def submitted(plan: str, level: str, author: Author = DUTY) -> WarningState:
    return after(drafted(plan, level, author), Submitted(), author)


def in_force(plan: str, level: str, office: str) -> WarningState:
    return after(submitted(plan, level), Issued(office=office, entry=2, identifier="m-1"), PEOPLE[office])
