"""The route of an incident's film. `progress=1` makes it and tells line by line how far that is; it is then fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response

from webmap.access import current_viewer
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.answers import prepared_answer
from webmap.api.incidents import query_language
from webmap.api.log.reader import reader_of
from webmap.api.queries import chosen
from webmap.api.reports.streaming import told_while_made
from webmap.documents import write_document
from webmap.film import MODES, Mode, film_document
from webmap.incidents.journal import Journal
from webmap.incidents.kept import KeptLogs
from webmap.reports.opening import Sources
from webmap.reports.progress import Progress, untold
from webmap.reports.stages_told import stage_title
from webmap.runtime import Runtime
from webmap.workload import Workload

#: A film of a long incident takes this long at the most; who comes meanwhile is told by it when to try again.
_SECONDS = 30.0


def film_blueprint(runtime: Runtime, workload: Workload, journal: Journal, logs: KeptLogs) -> Blueprint:
    """Return the route below /api/incidents/<id>."""
    blueprint = Blueprint("film_api", __name__, url_prefix="/api/incidents")
    sources = Sources(runtime, journal.clock)

    @blueprint.get("/<incident_id>/film")
    def film(incident_id: str) -> Response:
        language = query_language()
        making = _making(incident_id, cast(Mode, chosen("mode", MODES)))
        if chosen("progress", ("0", "1")) == "0":
            return prepared_answer(making(untold))
        return told_while_made(lambda tell: _made(making(tell)), language, lambda stage: stage_title(stage, language))

    def _making(incident_id: str, mode: Mode) -> Callable[[Progress], bytes]:
        """Return what makes the film as text, once for all who may see the same of it."""
        viewer, language = current_viewer(), query_language()
        look = logs.look(incident_id)
        plan = look.log.opening.plan
        require_right(viewer, Action.SEE_LOG, plan)
        reader = reader_of(runtime, viewer, language, plan, look.log)
        asked = sources.asked(look, None, None, None)
        key = ("film", incident_id, asked.at, look.length, viewer.audience, language, runtime.data_version(), mode)

        def making(progress: Progress) -> bytes:
            def make() -> bytes:
                return write_document(film_document(sources.open(look, reader, asked, progress), mode))

            return workload.answer(key, _SECONDS, make)

        return making

    return blueprint


def _made(film: bytes) -> dict[str, object]:
    """Return the last line of the telling: the film itself is fetched, and packed on its way."""
    return {"answer": {"bytes": len(film)}}
