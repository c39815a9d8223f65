"""From an incident and heat suppliers that stop to who could take their homes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from webmap.api.incidents import query_language, request_document
from webmap.api.planning import Planned, plan_once
from webmap.api.two_parts import naming_part, read_two_parts
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot
from webmap.settings import Limits
from webmap.workload import Workload

if TYPE_CHECKING:
    from priority.incident import Incident
    from priority.plans import Plan

#: A trace for each part of the area: a moment, even where a network of a million lines falls into many parts.
_SECONDS = 10.0


def takeover_request(runtime: Runtime, limits: Limits, workload: Workload) -> Planned:
    """Answer the current request's body, `incident` and `stopped`, as its viewer may see it and in its language.

    Raises what `request_document` raises, `InvalidIncident`, `InvalidStop`, `InvalidQuery`, `MissingLayers` and
    `TooBusy`.
    """
    document = request_document(limits)
    language = query_language()
    incident, stopped = read_takeover_request(document, runtime.plans, language)
    plan = runtime.plan(incident.plan)

    def make(snapshot: Snapshot, restricted: bool) -> dict[str, Any]:
        from priority.takeover import take_over  # noqa: PLC0415  numba is needed from here on, not before

        system = snapshot.system()
        with naming_part("stopped"):
            return take_over(system, incident, plan, stopped, language=language, restricted=restricted).document()

    return plan_once("takeover", document, language, _SECONDS, make, runtime, workload)


def read_takeover_request(
    document: object, plans: Mapping[str, Plan], language: Language
) -> tuple[Incident, tuple[str, ...]]:
    """Check a document of the keys `incident` and `stopped`; `InvalidIncident` or `InvalidStop` names wrong fields."""
    from priority.takeover.input import parse_stopped  # noqa: PLC0415  the models take a moment to load

    return read_two_parts(document, "stopped", parse_stopped, plans, language)
