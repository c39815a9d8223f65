"""What changed in the data since the version that an incident is assessed on: for who may go on with the new ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from layers.catalog import CATALOG
from layers.history import DataVersion
from layers.schema import Layer, Title
from webmap.api.log.places import Places, places_of
from webmap.api.log.reader import Reader
from webmap.incidents.mentions import elements_named
from webmap.incidents.records import Log
from webmap.languages import Language
from webmap.runtime import Runtime

#: Later versions that are listed, the latest first.
_MOST_LATER = 20
#: Places that are named where the present data no longer have them; the others are counted.
_MOST_NAMED = 12


def data_changes(runtime: Runtime, reader: Reader, log: Log) -> dict[str, Any]:
    """Return on which data a log rests, what changed since, and what it names that the present data do not have.

    The document is empty of changes where it rests on the present ones. Raises `MissingLayers`.
    """
    present = runtime.snapshot()
    assert reader.data is not None  # noqa: S101  there are layers, and the reader is of an incident
    said = reader.data
    is_older = said.version != said.present
    compared = runtime.store.compare(said.version, said.present, limit=0) if is_older else {}
    gone = _gone(reader, places_of(present, restricted=reader.viewer.sees_restricted), log)
    return {
        **said.document(),
        "layers": [
            {"key": key, "title": _title(layer.title, reader.language), **asdict(compared[key].counts)}
            for key, layer in CATALOG.items()
            if key in compared and (reader.viewer.sees_restricted or _is_open(layer))
        ],
        "later": [_version(one) for one in _later(runtime.store.history(_MOST_LATER), said.version)],
        "gone": [{"id": one, "name": reader.places.names.get(one, one)} for one in gone[:_MOST_NAMED]],
        "gone_count": len(gone),
    }


def _is_open(layer: Layer) -> bool:
    """How many records changed tells of those that a viewer may not know of as well."""
    return layer.restricted_by is None and not layer.restricted_through and not layer.personal


def _title(title: Title, language: Language) -> str:
    return title.zh if language == "zh" else title.en


def _later(versions: Iterable[DataVersion], version: str) -> list[DataVersion]:
    number = int(version.partition("-")[0] or 0)
    return [one for one in versions if one.sequence > number]


def _version(one: DataVersion) -> dict[str, Any]:
    return {
        "version": one.version,
        "written_at": one.written_at,
        "author": one.author_name,
        "kind": one.kind,
        "note": one.note,
    }


def _gone(reader: Reader, present: Places, log: Log) -> list[str]:
    """What the log names and the reader may know of, and the present data do not have."""
    named = {name for entry in log.entries for name in elements_named(entry.fact)}
    known = reader.places.knows_of
    return sorted(name for name in named if known(name) and not present.knows_of(name) and not reader.hides(name))
