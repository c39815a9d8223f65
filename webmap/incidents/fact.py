"""What every kind of entry says."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from priority.fields import Time
from priority.plans.base import Clause
from webmap.incidents.entry_fields import Id, Name


class Fact(BaseModel):
    """What every entry says: when it happened (with the offset it was entered with), and the plan's clause if any.

    `field_report` is the id of the report from the place that it rests on; none does as a rule.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    happened_at: Time
    clause: Clause | None = None
    field_report: Id | None = Field(default=None, description="The report from the place that it rests on")


class Decision(Fact):
    """A fact that an office of the plan brings about by writing it."""

    office: Name
