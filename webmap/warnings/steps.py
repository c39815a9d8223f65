"""The steps of a warning's life, one type for each kind. Steps are added and never changed; the state is their fold.

drafted ─ revised* ─ submitted ─ approved ─ issued ─ (revised ─ submitted ─ approved ─ issued)* ─ lifted
              ╰─ returned ─╯         referred: beyond the office's powers, prepared for the superior
              withdrawn: the draft is given up, nothing was issued, or the version in force stays
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from webmap.incidents.entry_fields import Name, Number, Text
from webmap.warnings.content import Content, Resolved


class StepBody(BaseModel):
    """What every step says beside who took it when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str


class Drafted(StepBody):
    """The warning's first version; also the first version of an update (`revised` after `issued`)."""

    kind: Literal["drafted"] = "drafted"
    content: Content
    resolved: Resolved


class Revised(StepBody):
    """A new version of the content. A version that was submitted or approved is then a draft again."""

    kind: Literal["revised"] = "revised"
    content: Content
    resolved: Resolved


class Submitted(StepBody):
    """The latest version is complete and waits for who approves or issues it."""

    kind: Literal["submitted"] = "submitted"


class Returned(StepBody):
    """Who approves sends the version back to be changed."""

    kind: Literal["returned"] = "returned"
    office: Name
    remarks: Text


class Approved(StepBody):
    """The office that the plan names approved the version."""

    kind: Literal["approved"] = "approved"
    office: Name
    remarks: Text | None = None


class Issued(StepBody):
    """The version was issued: entry `entry` of the incident's log and message `identifier` say so."""

    kind: Literal["issued"] = "issued"
    office: Name
    approved_by: Name | None = None
    entry: Number
    identifier: Name


class Lifted(StepBody):
    """The warning in force was lifted by who issued it (谁发布谁解除)."""

    kind: Literal["lifted"] = "lifted"
    office: Name
    reason: Text
    reason_en: Text | None = None
    entry: Number
    identifier: Name


class Referred(StepBody):
    """It goes beyond the office's own powers and was prepared for the superior `to` (heating plan 3.3(3))."""

    kind: Literal["referred"] = "referred"
    office: Name
    to: Name
    reason: Text


class Withdrawn(StepBody):
    """The version in preparation was given up."""

    kind: Literal["withdrawn"] = "withdrawn"
    reason: Text


Body = Annotated[
    Drafted | Revised | Submitted | Returned | Approved | Issued | Lifted | Referred | Withdrawn,
    Field(discriminator="kind"),
]
#: Reads a stored step.
STEP: TypeAdapter[StepBody] = TypeAdapter(Body)
_MODELS: tuple[type[StepBody], ...] = get_args(get_args(Body)[0])
#: Every kind, in the order above.
STEP_KINDS: tuple[str, ...] = tuple(model.model_fields["kind"].default for model in _MODELS)


class Step(BaseModel):
    """A step as it is stored: numbered from 1 within its warning. `version` is the content's after the step."""

    model_config = ConfigDict(frozen=True)

    number: int
    version: int
    body: Body
    at: datetime
    author_id: str
    author_name: str
    client_key: str | None = None
