"""A study written back as the document that people send."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from priority.incident import Incident
    from priority.siting.study.input import SitingStudy


def study_document(study: SitingStudy) -> dict[str, Any]:
    """Return a study with every field, as JSON that parses to the same study."""
    document = study.model_dump(mode="json", exclude={"incident": True, "scenarios": True, "excluded": {"areas"}})
    document["incident"] = _incident_document(study.incident)
    document["scenarios"] = [
        {"name": item.name, "incident": _incident_document(item.incident)} for item in study.scenarios
    ]
    document["excluded"]["areas"] = [json.loads(str(shapely.to_geojson(area))) for area in study.excluded.areas]
    return document


def _incident_document(incident: Incident | None) -> dict[str, Any] | None:
    """An incident with the fields that were given; the area as GeoJSON."""
    if incident is None:
        return None
    document: dict[str, Any] = incident.model_dump(mode="json", exclude={"area"}, exclude_defaults=True)
    document["plan"] = incident.plan
    if incident.area is not None:
        document["area"] = json.loads(str(shapely.to_geojson(incident.area)))
    return document
