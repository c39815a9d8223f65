"""From an incident and what there is to bring to a dispatch plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from webmap.api.asked_data import asked_snapshot
from webmap.api.incidents import query_language, request_document
from webmap.api.planning import Planned, plan_once
from webmap.api.two_parts import naming_part, read_two_parts
from webmap.documents import write_document
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot
from webmap.settings import Limits
from webmap.workload import Workload

if TYPE_CHECKING:
    from priority.dispatch.input import Supply
    from priority.incident import Incident
    from priority.plans import Plan


@dataclass(frozen=True)
class DispatchRequest:
    """A checked request for a plan: the incident with its plan, the supply, the language of the answer."""

    incident: Incident
    supply: Supply
    plan: Plan
    language: Language


def dispatch_request(runtime: Runtime, limits: Limits, workload: Workload) -> Planned:
    """Plan the dispatch that the current request's body asks for, as its viewer may see it and in its language.

    Raises what `request_document` and `read_dispatch_request` raise, `InvalidQuery`, `MissingLayers` and `TooBusy`.
    """
    document = request_document(limits)
    language = query_language()
    asked = read_dispatch_request(document, runtime.plans, language, most_seconds=limits.restore_seconds)

    def make(snapshot: Snapshot, restricted: bool) -> dict[str, Any]:
        return dispatch_document(snapshot, asked, restricted=restricted)

    return plan_once("dispatch", document, language, asked.supply.seconds, make, runtime, workload)


def suggestion_request(runtime: Runtime) -> bytes:
    """Return what the data suggest to dispatch with, as JSON text in the current request's language."""
    language = query_language()
    snapshot = asked_snapshot(runtime)
    content: bytes = snapshot.once(
        ("dispatch supply", language), lambda: write_document(suggestion_document(snapshot, language))
    )
    return content


def suggestion_document(snapshot: Snapshot, language: Language) -> dict[str, Any]:
    """Return a supply as a document: the stocks of existing sites, and vehicles that are assumed."""
    from priority.dispatch.suggestion import suggest_supply  # noqa: PLC0415  numba is needed from here on, not before

    return suggest_supply(snapshot.system(), language).model_dump(mode="json", exclude_none=True)


def read_dispatch_request(
    document: object, plans: Mapping[str, Plan], language: Language, most_seconds: float | None = None
) -> DispatchRequest:
    """Check a document of the keys `incident` and `supply`.

    A longer search than `most_seconds` is cut to that. Raises `InvalidSupply` if the supply alone is wrong, else
    `InvalidIncident`; either names the wrong fields of both parts, as `supply.vehicles[0].load`.
    """
    from priority.dispatch.input import Supply  # noqa: PLC0415  the models take a moment to load

    incident, supply = read_two_parts(document, "supply", Supply.parse, plans, language)
    if most_seconds is not None and supply.seconds > most_seconds:
        supply = supply.model_copy(update={"seconds": float(most_seconds)})
    return DispatchRequest(incident, supply, plans[incident.plan], language)


def dispatch_document(snapshot: Snapshot, asked: DispatchRequest, *, restricted: bool = False) -> dict[str, Any]:
    """Return the dispatch plan as a document; raises `InvalidIncident` and `InvalidSupply` for unknown records."""
    from priority.dispatch.plan import dispatch  # noqa: PLC0415  numba is needed from here on, not before

    with naming_part("supply"):
        result = dispatch(
            snapshot.system(), asked.incident, asked.supply, asked.plan, language=asked.language, restricted=restricted
        )
    document: dict[str, Any] = result.document()
    return document
