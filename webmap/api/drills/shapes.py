"""The shapes of what drills are asked with and answer: from these the published schemas are made."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from priority.fields import Time
from webmap.drills.course import FASTEST, SLOWEST
from webmap.drills.runs import State
from webmap.incidents.entry_fields import Name

Speed = Annotated[float, Field(ge=SLOWEST, le=FASTEST, allow_inf_nan=False)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BeginBody(_Shape):
    """A drill to be begun: the script's key, its own name, how fast it goes, when it begins (now without a time).

    `client_key` makes a repeat find the drill of the first.
    """

    script: Name
    name: Name | None = None
    speed: Speed = 1.0
    begins_at: Time | None = None
    client_key: Name | None = None


class SpeedBody(_Shape):
    """How many times as fast as the clock a drill goes."""

    speed: Speed


class ScriptShape(_Shape):
    """A script as a list tells of it; `length_s` is when its last step is taken, `levels` are those it goes through."""

    key: str
    plan: str
    plan_title: str
    title: str
    about: str
    steps: int
    length_s: int
    levels: list[str]


class BrokenScript(_Shape):
    """A file of the district that is no script, and why."""

    file: str
    message: str


class Scripts(_Shape):
    """The scripts of the plans for which the viewer may open incidents."""

    scripts: list[ScriptShape]
    broken: list[BrokenScript]


class NextStep(_Shape):
    """The step that is taken next: its number from 1, when in the drill, in how many seconds (null while it is held).

    `what` and `said` (the note for who directs the drill) are null for everybody but who began it.
    """

    number: int
    at: str
    in_s: float | None
    what: str | None
    said: str | None


class Drill(_Shape):
    """A drill that plays a script. `position` steps of `steps` were taken; at `now` it stands at `drill_at`."""

    incident: str
    script: str
    title: str
    plan: str
    state: State
    speed: float
    begins_at: str
    now: str
    drill_at: str
    position: int
    steps: int
    next: NextStep | None
    last_said: str | None
    directs: bool
    may_control: bool
    error: dict[str, Any] | None


class DrillAnswer(_Shape):
    """The script that plays in an incident; null where none does."""

    drill: Drill | None
