"""What to guard before anything breaks, as a document."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from flask import request

from webmap.access import current_viewer
from webmap.api.asked_data import asked_snapshot
from webmap.api.incidents import query_language
from webmap.documents import write_document
from webmap.errors import InvalidQuery
from webmap.languages import Language
from webmap.runtime import Runtime, Snapshot
from webmap.workload import Workload

if TYPE_CHECKING:
    from priority.plans import Plan

DEFAULT_HORIZON_HOURS = 72.0
#: How a moment and a horizon are written, for people who wrote something else.
MOMENT_FORM = "2026-01-12T08:00:00+08:00"
HORIZON_FORM = "0 < h ≤ 720"
#: No list of the sample takes longer; told to those who are turned away.
_SECONDS = 10
_CHINA = timezone(timedelta(hours=8))


def protection_request(runtime: Runtime, workload: Workload) -> bytes:
    """Return the protection list that the current request's query asks for, as JSON text.

    Raises `InvalidQuery`, `UnknownPlan`, `MissingLayers` and `TooBusy`.
    """
    language = query_language()
    plan = runtime.plan(request.args.get("plan") or next(iter(runtime.plans)))
    at, horizon_hours = _query_moment(), _query_horizon()
    snapshot, viewer = asked_snapshot(runtime), current_viewer()

    def make() -> bytes:
        restricted = viewer.sees_restricted
        return write_document(protection_document(snapshot, plan, at, horizon_hours, language, restricted=restricted))

    moment = at.isoformat()
    key = ("protection", snapshot.data_version, viewer.audience, language, plan.key, moment, horizon_hours)
    return workload.answer(key, _SECONDS, make)


def protection_document(
    snapshot: Snapshot,
    plan: Plan,
    at: datetime,
    horizon_hours: float,
    language: Language,
    *,
    restricted: bool = False,
) -> dict[str, Any]:
    """Return the protection list of a moment as a document."""
    from priority.protection.lists import protect  # noqa: PLC0415  numba is needed from here on, not before

    system = snapshot.system()
    listed = protect(system, plan, at=at, horizon_hours=horizon_hours, language=language, restricted=restricted)
    document: dict[str, Any] = listed.document()
    return document


def this_hour() -> datetime:
    """Return the present hour in China: a list asked for twice within the hour is the same."""
    return datetime.now(UTC).astimezone(_CHINA).replace(minute=0, second=0, microsecond=0)


def moment_of(text: str) -> datetime:
    """Return the moment that an ISO 8601 text with offset names; raises ValueError."""
    from pydantic import TypeAdapter  # noqa: PLC0415

    from priority.fields import Time  # noqa: PLC0415

    moment: datetime = TypeAdapter(Time).validate_python(text)
    return moment


def horizon_of(text: str) -> float:
    """Return the hours that a text names; raises ValueError outside 0 to 720."""
    from pydantic import TypeAdapter  # noqa: PLC0415

    from priority.incident import Hours  # noqa: PLC0415

    hours: float = TypeAdapter(Hours).validate_python(float(text))
    return hours


def _query_moment() -> datetime:
    given = request.args.get("at")
    if not given:
        return this_hour()
    try:
        # In a query a plus sign stands for a blank; who forgot to write %2B means the offset all the same.
        return moment_of(given.replace(" ", "+"))
    except ValueError:
        raise InvalidQuery("at", given, (MOMENT_FORM,)) from None


def _query_horizon() -> float:
    given = request.args.get("horizon_hours")
    if not given:
        return DEFAULT_HORIZON_HOURS
    try:
        return horizon_of(given)
    except ValueError:
        raise InvalidQuery("horizon_hours", given, (HORIZON_FORM,)) from None
