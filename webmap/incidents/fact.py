"""What every kind of entry says."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from priority.fields import Time
from priority.plans.base import Clause


class Fact(BaseModel):
    """What every entry says: when it happened (with the offset it was entered with), and the plan's clause if any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    happened_at: Time
    clause: Clause | None = None
