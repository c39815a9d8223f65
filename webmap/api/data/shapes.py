"""The shapes of what is asked and answered about versions of the data: from these the published schemas are made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.incidents.entry_fields import Name


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RestoreBody(_Shape):
    """Back to a version, with a note for the history.

    `base` is the data version that was looked at: if others have written since, nothing is done.
    """

    note: Annotated[str, Field(max_length=500)] = ""
    base: Name | None = None


class Amounts(_Shape):
    """How many records of a layer were added, changed and removed."""

    added: int
    changed: int
    removed: int


class Version(_Shape):
    """One write of layers. What was not written down when it was made is null; `written_at` is in UTC.

    `layers` are those that it wrote, `changes` counts their records that became other; `kept` says whether the data can
    still be read, and brought back, as they were after it.
    """

    version: str
    sequence: int
    written_at: str | None
    author_name: str | None
    kind: Literal["sample", "import", "edit", "undo", "sites", "load"] | None
    note: str
    detail: dict[str, Any]
    layers: list[str] | None
    changes: dict[str, Amounts] | None
    kept: bool


class Versions(_Shape):
    """Versions, newest first; `more` says whether earlier ones follow, which are asked for with the last `sequence`."""

    versions: list[Version]
    more: bool


class Identifiers(_Shape):
    """Ids of the first records (sorted); empty for who may not see restricted records."""

    added: list[str]
    changed: list[str]
    removed: list[str]


class LayerComparison(Amounts):
    """What became of a layer's records from one version to another."""

    ids: Identifiers


# `from` is a word of Python's own.
class Comparison(_Shape):
    """What is different in the version `to` from the version `from`; layers without a difference are left out."""

    from_version: Annotated[str, Field(alias="from")]
    to: str
    layers: dict[str, LayerComparison]


class Restored(_Shape):
    """The new version, whose content is that of `restored`."""

    version: Version
    restored: str
