"""Who may use which route and see which records: one table, checked on every request.

A route that is not in the table is refused, so a new view cannot be opened to the world by forgetting it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, abort, g, request


class Role(StrEnum):
    """What a person is to the product. Everybody is at least anonymous."""

    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Viewer:
    """The person behind a request, as far as rights go."""

    roles: frozenset[Role] = frozenset({Role.ANONYMOUS})

    @property
    def sees_restricted(self) -> bool:
        """Whether restricted records (defence) may be shown. No role has that right yet."""
        return False

    @property
    def audience(self) -> str:
        """Name of the group of viewers who see the same records; a part of every cache key."""
        return "restricted" if self.sees_restricted else "public"


_EVERYBODY = frozenset({Role.ANONYMOUS})

#: Endpoint -> roles of which a viewer needs at least one.
ROUTE_ROLES: dict[str, frozenset[Role]] = {
    "static": _EVERYBODY,
    "health.healthz": _EVERYBODY,
    "map.index": _EVERYBODY,
    "map.basemap_file": _EVERYBODY,
    "map.notices": _EVERYBODY,
    "api.catalog": _EVERYBODY,
    "api.layer": _EVERYBODY,
    "api.assess": _EVERYBODY,
    "api.protection": _EVERYBODY,
    "api.restore": _EVERYBODY,
    "api.schema": _EVERYBODY,
    "api.vulnerability": _EVERYBODY,
    "exports.assessment": _EVERYBODY,
    "exports.restoration": _EVERYBODY,
    "plans.document": _EVERYBODY,
    "plans.level": _EVERYBODY,
    "plans.page": _EVERYBODY,
}


def current_viewer() -> Viewer:
    """Return who is asking. Without accounts everybody is anonymous."""
    viewer = g.get("viewer")
    return viewer if isinstance(viewer, Viewer) else Viewer()


def guard_routes(app: Flask) -> None:
    """Refuse every request whose route does not list a role of the viewer."""

    @app.before_request
    def check_role() -> None:
        if request.endpoint is None:
            return  # no such route: the router answers 404 or 405
        if not ROUTE_ROLES.get(request.endpoint, frozenset()) & current_viewer().roles:
            abort(403)
