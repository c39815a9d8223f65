"""From a request with an incident document to its assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from webmap.access import current_viewer
from webmap.api.asked_data import asked_snapshot
from webmap.documents import read_document
from webmap.errors import InvalidQuery
from webmap.languages import LANGUAGES, Language, as_language, language_of
from webmap.runtime import Runtime, Snapshot
from webmap.settings import Limits
from webmap.workload import Workload

if TYPE_CHECKING:
    from priority.plans import Plan

#: More faults than this take seconds: about one for 2,000, and for as many as are allowed:
_MANY_FAULTS = 2_000
_MANY_FAULTS_S = 10


@dataclass(frozen=True)
class Assessed:
    """An assessment document with the snapshot it was computed from, so that both tell of the same moment."""

    document: dict[str, Any]
    snapshot: Snapshot
    language: Language


def assess_request(runtime: Runtime, limits: Limits, workload: Workload) -> Assessed:
    """Assess the incident in the current request's body, as its viewer may see it and in its language.

    Very many faults make it a long computation. Raises what `request_document` raises, `InvalidQuery`,
    `InvalidIncident` and `TooBusy`.
    """
    document = request_document(limits)
    language = query_language()
    snapshot = asked_snapshot(runtime)
    restricted = current_viewer().sees_restricted

    assessed = assess_bounded(snapshot, runtime.plans, document, language, workload, restricted=restricted)
    return Assessed(assessed, snapshot, language)


def assess_bounded(
    snapshot: Snapshot,
    plans: Mapping[str, Plan],
    document: object,
    language: Language,
    workload: Workload,
    *,
    restricted: bool,
) -> dict[str, Any]:
    """Return the assessment of an incident document; one of very many faults as a long computation.

    Raises what `assess_document` raises, and `TooBusy`.
    """

    def make() -> dict[str, Any]:
        return assess_document(snapshot, plans, document, language, restricted=restricted)

    return workload.admit(_MANY_FAULTS_S, make) if _has_many_faults(document) else make()


def _has_many_faults(document: object) -> bool:
    faults = document.get("faults") if isinstance(document, dict) else None
    return isinstance(faults, list) and len(faults) > _MANY_FAULTS


def request_document(limits: Limits) -> object:
    """Return the JSON in the current request's body.

    Raises `UnsupportedMediaType`, `RequestEntityTooLarge`, `MalformedJson`, `DocumentTooDeep` and `TooManyValues`.
    """
    if not request.is_json:
        raise UnsupportedMediaType
    return read_document(request.get_data(cache=False), limits.json_depth, limits.json_values)


def assess_document(
    snapshot: Snapshot,
    plans: Mapping[str, Plan],
    document: object,
    language: Language,
    *,
    restricted: bool = False,
) -> dict[str, Any]:
    """Return the assessment document of an incident document; raises `InvalidIncident` and `MissingLayers`."""
    from priority.assessment import assess  # noqa: PLC0415  numba is needed from here on, not before
    from priority.incident import Incident  # noqa: PLC0415

    incident = Incident.parse(document, language, plans.keys())
    plan = plans[incident.plan]
    system = snapshot.system()
    result: dict[str, Any] = assess(system, incident, plan, language=language, restricted=restricted).document()
    return result


def query_language() -> Language:
    """Return the language that the request asks for; raises `InvalidQuery` for one that there is not."""
    given = request.args.get("lang")
    if given is not None and as_language(given) is None:
        raise InvalidQuery("lang", given, LANGUAGES)
    return language_of(request)
