"""What is sent about an import, checked field by field."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from webmap.incidents.entry_fields import Name, Text


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


#: Names of tables, layers and encodings, as files and people write them.
_Word = Annotated[str, Field(min_length=1, max_length=300)]


class InspectBody(_Body):
    """What to look at anew: another table of the file, for another layer, read with another encoding."""

    layer: _Word | None = None
    table: _Word | None = None
    encoding: _Word | None = None


class CheckBody(_Body):
    """The plan by which a file is checked; `save_as` keeps it as a mapping under a name as well."""

    plan: Any
    save_as: Name | None = None


class CommitBody(_Body):
    """A note for the history of the data."""

    note: Text | None = None


class MappingBody(_Body):
    """A plan to be kept under a name. `layer` is that of the plan, and may be left out."""

    plan: Any
    layer: _Word | None = None
