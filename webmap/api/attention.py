"""The route of notices inside the product."""

from __future__ import annotations

from flask import Blueprint, Response

from webmap.access import current_viewer
from webmap.answers import json_answer
from webmap.api.incidents import query_language
from webmap.api.log.recommendation import Recommender
from webmap.api.warnings.rooms import Rooms
from webmap.attention.gathering import Attention
from webmap.attention.recommended import RecommendedLevels
from webmap.attention.running import RunningIncidents
from webmap.field.reports import FieldReports
from webmap.runtime import Runtime
from webmap.workload import Workload


def attention_of(runtime: Runtime, workload: Workload, rooms: Rooms) -> Attention:
    """Put together what says what needs whom; the database is not touched."""
    return Attention(
        rooms.register.engine,
        RunningIncidents(rooms.journal, rooms.logs, rooms.register, runtime.plan),
        RecommendedLevels(runtime, Recommender(runtime, workload)),
        FieldReports(rooms.register.engine),
        lambda: runtime.plans,
    )


def attention_blueprint(attention: Attention, rooms: Rooms) -> Blueprint:
    """Return the route /api/attention."""
    blueprint = Blueprint("attention_api", __name__)

    @blueprint.get("/api/attention")
    def notices() -> Response:
        found = attention.of(current_viewer(), query_language(), rooms.journal.clock())
        return json_answer(found.model_dump(mode="json"))

    return blueprint
