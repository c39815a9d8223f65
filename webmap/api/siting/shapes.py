"""The shapes of what the routes of siting answer, for the published schemas; the tests hold every answer to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.siting.runs import State

Deed = Literal["cancel", "name", "put_away", "choose", "take_back"]
_BRIEF = Field(
    description="The study with numbers in place of what may be large: entered points, places left out by hand, areas, "
    "closed roads, scenarios, and of the incident all but its time; runs of earlier versions lack some of it"
)
_STUDY = Field(description="The whole study with every field: see siting_study.json")
_ANSWER = Field(description="The answer: see siting_plan.json; null where there is none")
_ERROR = Field(description="Why it could not be computed, as errors are answered; null where nothing went wrong")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Progress(_Shape):
    """How far a run is: seconds since it began, its best objective so far, the bound, and the relative gap."""

    elapsed_s: float
    objective: float | None
    bound: float | None
    gap: float | None


class Told(_Shape):
    """An answer in a sentence."""

    status: Literal["optimal", "gap", "infeasible", "unknown"]
    sentence: str
    covered_share: float | None
    new_sites: int


class Site(_Shape):
    """A record of the layer `sites`."""

    id: str
    name: str


class Choice(_Shape):
    """The answer is chosen: its new sites are planned."""

    at: str
    author: str
    sites: list[Site]
    can_take_back: bool


class _Run(_Shape):
    id: str
    name: str | None
    kind: str
    plan: str
    state: State
    state_title: str
    stage: str | None
    stage_title: str | None
    progress: Progress | None
    cancel_requested: bool
    created_at: str
    started_at: str | None
    ended_at: str | None
    author: str
    data_version: str
    current: bool = Field(description="Whether the data are as they were, but for what was chosen of this very run")
    put_away: bool
    summary: Told | None
    choice: Choice | None
    may: list[Deed] = Field(description="What the viewer may do with it as it stands")


class ListedRun(_Run):
    """A run in a list."""

    study: dict[str, Any] = _BRIEF


class Run(_Run):
    """A run whole."""

    study: dict[str, Any] = _STUDY
    plan_document: dict[str, Any] | None = _ANSWER
    error: dict[str, Any] | None = _ERROR


class Runs(_Shape):
    """The latest runs under the plans for which the viewer may study, the last one first; `more` were left out."""

    runs: list[ListedRun]
    more: int
    now: str
