"""The shapes of what the routes of imports answer, for the published schemas; the tests hold every answer to them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from webmap.imports.states import State

Deed = Literal["inspect", "check", "commit", "cancel", "discard", "preview", "rejected"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ImportIssue(_Shape):
    """What is wrong with rows of the file. `rows` are the first 1000, as a person counts them; `count` is of all.

    `places` are (longitude, latitude) in EPSG:4490. Rows with an error are set aside, others are accepted.
    """

    code: str
    severity: Literal["error", "warning", "note"]
    layer: str | None
    column: str | None
    rows: list[int]
    count: int
    title: str
    message: str
    remedy: str
    places: list[list[float]]
    ids: list[str]


class SourceTable(_Shape):
    """A table of the file, as it is in the file. `rows` is null where it is not known before all is read."""

    name: str
    rows: int | None
    columns: list[str]
    geometry: str | None
    crs: str | None
    samples: dict[str, list[Any]]


class ImportSource(_Shape):
    """What is in the file: its format by content, the encoding read with, and all in which it can be read."""

    format: str
    encoding: str | None
    encodings: list[str]
    sha256: str
    bytes: int
    tables: list[SourceTable]
    notes: list[ImportIssue]


class ImportFile(_Shape):
    """The file; `kept` is false when it was cleaned away."""

    name: str
    bytes: int
    sha256: str
    kept: bool
    format: str | None


class ImportProgress(_Shape):
    """How far the work is; `of` is null where it is not known."""

    step: str
    title: str
    done: int
    of: int | None


class ImportFailure(_Shape):
    """Why the last piece of work went wrong. Nothing was written."""

    code: str
    message: str
    remedy: str


class LayerCounts(_Shape):
    """How many records would be added, changed, left as they are, and removed."""

    added: int
    changed: int
    same: int
    removed: int


class ImportReport(LayerCounts):
    """What a check found. `accepted` and `rejected` are rows of the file; the counts are of records of the layer.

    `bounds` are west, south, east, north as stored; `preview` the first five records as stored. `layers` counts for all
    layers that would be written, `changes` what building a topology did. `blocked`: nothing of it may be written.
    """

    layer: str
    table: str
    rows: int
    accepted: int
    rejected: int
    encoding: str | None
    datum: str | None
    bounds: list[float] | None
    preview: list[dict[str, Any]]
    issues: list[ImportIssue]
    mode: Literal["replace", "merge"]
    layers: dict[str, LayerCounts]
    changes: dict[str, int]
    blocked: bool


class ListedImport(_Shape):
    """An import as a list tells of it. `fresh` is false where the data was changed since the check: check again."""

    id: str
    state: State
    state_title: str
    file: ImportFile
    layer: str | None
    table: str | None
    created_at: str
    updated_at: str
    author: str
    mine: bool
    progress: ImportProgress | None
    cancel_wanted: bool
    failure: ImportFailure | None
    note: str | None
    base_version: str | None
    data_version: str
    committed_version: str | None
    fresh: bool
    may: list[Deed]


class Import(ListedImport):
    """An import with everything."""

    source: ImportSource | None
    guess: dict[str, Any] | None = Field(
        description="What the table was taken for: plan, because, alternatives, issues, likelier"
    )
    plan: dict[str, Any] | None = Field(description="The plan by which the file was checked last")
    report: ImportReport | None


class Imports(_Shape):
    """The latest imports, the last first; `more` is how many older ones there are.

    `limit_bytes` is what one file may have, `free_bytes` what it may have at present; `layers_missing` are the layers
    without records, in the order in which they can be filled.
    """

    imports: list[ListedImport]
    more: int
    limit_bytes: int
    free_bytes: int
    layers_missing: list[str]


class KeptMapping(_Shape):
    """A plan kept by name for the next file of its kind."""

    name: str
    layer: str
    plan: dict[str, Any]
    author: str
    updated_at: str


class Mappings(_Shape):
    """The plans kept by name."""

    mappings: list[KeptMapping]
