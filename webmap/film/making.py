"""From a report's source to the film's document: the pictures of its stages, and what the log says beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from webmap.film.course import course_rows, entry_rows
from webmap.film.telling import Mode, Telling, telling_of, told_at
from webmap.incidents.entries import Correction
from webmap.incidents.fold import fold_of
from webmap.incidents.moments import as_entered

if TYPE_CHECKING:
    from priority.incident import Incident
    from webmap.reports.source import ReportSource

#: What is written longer after the end of an incident is not waited for.
_LONGEST_AFTER = timedelta(hours=24)


def film_document(source: ReportSource, mode: Mode) -> dict[str, Any]:
    """Return an incident's film for the source's reader, from its first moment until the source's.

    Of what the reader may not know of it shows nothing, and of what the data no longer hold neither. Raises
    `MissingLayers`, and `Cancelled` where the source's progress does.
    """
    from priority.film import film_of  # noqa: PLC0415  numba is needed from here on, not before

    telling = telling_of(source.log, mode)
    begin = _begin(source)
    until = _until(source, begin)
    stages = _stages(source, telling, until)
    film = film_of(
        source.snapshot.system(),
        stages,
        source.plan,
        begin,
        until,
        language=source.language,
        restricted=source.restricted,
        progress=lambda done, total: source.progress("film", done, total),
    )
    opening = source.opening
    return {
        "incident": {"id": opening.incident_id, "name": opening.name, "drill": opening.drill},
        "mode": mode,
        "known": source.known,
        **film.model_dump(mode="json"),
        "until": as_entered(until),
        "entries": entry_rows(source, mode, begin, until),
        "course": course_rows(source, telling, begin, until),
        "gone": list(source.gone),
    }


def _begin(source: ReportSource) -> datetime:
    """Return the first moment that any entry tells of, or ever told of: the same in both modes."""
    facts = [entry.fact for entry in source.log.entries]
    facts += [fact.replacement for fact in facts if isinstance(fact, Correction) and fact.replacement is not None]
    moments = [fact.happened_at for fact in facts]
    return min(moments, default=source.at).replace(microsecond=0)


def _until(source: ReportSource, begin: datetime) -> datetime:
    """Return the source's moment, or that of the last entry where this is later, but not by days."""
    last = max(told_at(source.log), default=source.at)
    until = max(source.at, min(last, source.at + _LONGEST_AFTER))
    return max(until.astimezone(begin.tzinfo).replace(microsecond=0), begin)


def _stages(source: ReportSource, telling: Telling, until: datetime) -> list[tuple[datetime, Incident]]:
    """Return each incident document that differs from the one before it in more than its time, with when it begins."""
    from priority.incident import Incident  # noqa: PLC0415

    found = []
    before: Mapping[str, Any] = {}
    for moment in telling.picture_moments:
        if moment > until:
            break
        document = source.shown(fold_of(source.log, telling.facts_at(moment), moment).document)
        # Reported figures change the level that is recommended, and nothing that a film shows.
        picture = {key: value for key, value in document.items() if key not in ("at", "figures")}
        if picture != before:
            found.append((moment, Incident.parse({**picture, "at": document["at"]}, source.language, source.plan_keys)))
        before = picture
    return found
