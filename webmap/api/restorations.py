"""From an incident and the crews at hand to a restoration plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    from priority.restoration.input import Crews


@dataclass(frozen=True)
class PlanningRequest:
    """A checked request for a plan: the incident with its plan, the crews, the language of the answer."""

    incident: Incident
    crews: Crews
    plan: Plan
    language: Language


def restore_request(runtime: Runtime, limits: Limits, workload: Workload) -> Planned:
    """Plan the restoration that the current request's body asks for, as its viewer may see it and in its language.

    Raises what `request_document` and `read_planning_request` raise, `InvalidQuery`, `MissingLayers` and `TooBusy`.
    """
    document = request_document(limits)
    language = query_language()
    asked = read_planning_request(document, runtime.plans, language, most_seconds=limits.restore_seconds)

    def make(snapshot: Snapshot, restricted: bool) -> dict[str, Any]:
        return restoration_document(snapshot, asked, restricted=restricted)

    return plan_once("restoration", document, language, asked.crews.seconds, make, runtime, workload)


def read_planning_request(
    document: object, plans: Mapping[str, Plan], language: Language, most_seconds: float | None = None
) -> PlanningRequest:
    """Check a document of the keys `incident` and `crews`.

    A longer search than `most_seconds` is cut to that. Raises `InvalidCrews` if the crews alone are wrong, else
    `InvalidIncident`; either names the wrong fields of both parts, as `crews.units[0].kind`.
    """
    from priority.restoration.input import Crews  # noqa: PLC0415  the models take a moment to load

    incident, crews = read_two_parts(document, "crews", Crews.parse, plans, language)
    if most_seconds is not None and crews.seconds > most_seconds:
        crews = crews.model_copy(update={"seconds": float(most_seconds)})
    return PlanningRequest(incident, crews, plans[incident.plan], language)


def restoration_document(snapshot: Snapshot, asked: PlanningRequest, *, restricted: bool = False) -> dict[str, Any]:
    """Return the restoration plan as a document; raises `InvalidIncident` and `InvalidCrews` for unknown records."""
    from priority.restoration.plan import restore  # noqa: PLC0415  numba is needed from here on, not before

    with naming_part("crews"):
        result = restore(
            snapshot.system(), asked.incident, asked.crews, asked.plan, language=asked.language, restricted=restricted
        )
    document: dict[str, Any] = result.document()
    return document
