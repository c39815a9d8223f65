"""Incidents on the command line: by the beginning of their ids, at moments as they are typed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from webmap.cli.failures import WrongInput, settings_from_environment

if TYPE_CHECKING:
    from webmap.incidents.journal import Journal
    from webmap.incidents.records import IncidentSummary


def open_journal() -> Journal:
    """Return the journal over the database of the environment; raises `MissingLayers` where there are no tables."""
    from layers.errors import MissingLayers  # noqa: PLC0415
    from webmap.cli.database import engine_with_file  # noqa: PLC0415
    from webmap.incidents.journal import Journal  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415
    from webmap.storage.upgrade import require_present_tables  # noqa: PLC0415

    settings = settings_from_environment()
    engine = engine_with_file(settings)
    if not require_present_tables(engine):
        raise MissingLayers("there are no tables")
    return Journal(engine, Runtime(settings.database_url, settings.plans_folder).plan)


def found_incident(journal: Journal, beginning: str) -> IncidentSummary:
    """Return the incident whose id begins so; raises `WrongInput` for none and for several."""
    found = [one for one in journal.incidents() if one.opening.incident_id.startswith(beginning.lower())]
    if len(found) != 1:
        told = "没有这个事件 (no such incident)" if not found else "不止一个事件 (more than one incident)"
        raise WrongInput(f"{told}: {beginning}", "webmap log list 列出全部 (lists all)")
    return found[0]


def given_moment(text: str) -> datetime:
    """Return a moment as it was typed, with its offset; raises `WrongInput`."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    from priority.fields import Time  # noqa: PLC0415

    kind: TypeAdapter[datetime] = TypeAdapter(Time)
    try:
        return kind.validate_python(text)
    except ValidationError:
        raise WrongInput(
            f"不是有效的时间 (no time): {text}", "写成 2026-01-12T08:00:00+08:00，带时区 (with offset)"
        ) from None
