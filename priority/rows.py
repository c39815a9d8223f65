"""The base of typed rows that go out as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """A frozen row; a field that the model does not name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
