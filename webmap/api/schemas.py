"""JSON Schemas of the documents that go in and out, made from the models that check and write them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def incident_schema() -> dict[str, Any]:
    """Return the schema of an incident document (in)."""
    from priority.incident import Incident  # noqa: PLC0415  the models take a moment to load

    return _complete("incident", Incident.model_json_schema(mode="validation"))


def assessment_schema() -> dict[str, Any]:
    """Return the schema of an assessment document (out)."""
    from priority.results import Assessment  # noqa: PLC0415

    return _complete("assessment", Assessment.model_json_schema(mode="serialization"))


def crews_schema() -> dict[str, Any]:
    """Return the schema of a document of crews, units and repair times (in)."""
    from priority.restoration.input import Crews  # noqa: PLC0415

    return _complete("crews", Crews.model_json_schema(mode="validation"))


def restoration_schema() -> dict[str, Any]:
    """Return the schema of a restoration plan (out)."""
    from priority.restoration.results import RestorationPlan  # noqa: PLC0415

    return _complete("restoration", RestorationPlan.model_json_schema(mode="serialization"))


def protection_schema() -> dict[str, Any]:
    """Return the schema of a protection list (out)."""
    from priority.protection.results import ProtectionList  # noqa: PLC0415

    return _complete("protection", ProtectionList.model_json_schema(mode="serialization"))


def supply_schema() -> dict[str, Any]:
    """Return the schema of stocks and vehicles to dispatch with (in)."""
    from priority.dispatch.input import Supply  # noqa: PLC0415

    return _complete("dispatch_supply", Supply.model_json_schema(mode="validation"))


def dispatch_schema() -> dict[str, Any]:
    """Return the schema of a dispatch plan (out)."""
    from priority.dispatch.results import DispatchPlan  # noqa: PLC0415

    return _complete("dispatch_plan", DispatchPlan.model_json_schema(mode="serialization"))


def fact_schema() -> dict[str, Any]:
    """Return the schema of a fact that is written into a log (in)."""
    from webmap.api.log import shapes  # noqa: PLC0415

    return _complete("fact", shapes.fact_schema())


def view_schema() -> dict[str, Any]:
    """Return the schema of an incident at a moment (out)."""
    from webmap.api.log import shapes  # noqa: PLC0415

    return _complete("incident_view", shapes.shape_schema(shapes.View))


def entries_schema() -> dict[str, Any]:
    """Return the schema of a part of a log (out)."""
    from webmap.api.log import shapes  # noqa: PLC0415

    return _complete("log_entries", shapes.shape_schema(shapes.Entries))


def incidents_schema() -> dict[str, Any]:
    """Return the schema of the list of incidents (out)."""
    from webmap.api.log import shapes  # noqa: PLC0415

    return _complete("incidents", shapes.shape_schema(shapes.Incidents))


def content_schema() -> dict[str, Any]:
    """Return the schema of what a person decides of a warning (in)."""
    from webmap.warnings.content import Content  # noqa: PLC0415

    return _complete("warning_content", Content.model_json_schema(mode="validation"))


def suggestion_schema() -> dict[str, Any]:
    """Return the schema of what is suggested for a warning (out)."""
    from webmap.api.warnings import shapes  # noqa: PLC0415

    return _complete("warning_suggestion", shapes.Suggestion.model_json_schema(mode="serialization"))


def area_schema() -> dict[str, Any]:
    """Return the schema of the ground that parts make (out)."""
    from webmap.api.warnings import area_shapes  # noqa: PLC0415

    return _complete("warning_area", area_shapes.Area.model_json_schema(mode="serialization"))


def warning_schema() -> dict[str, Any]:
    """Return the schema of one warning (out)."""
    from webmap.api.warnings import warning_shapes  # noqa: PLC0415

    return _complete("warning", warning_shapes.Answer.model_json_schema(mode="serialization"))


def warnings_schema() -> dict[str, Any]:
    """Return the schema of the list of warnings (out)."""
    from webmap.api.warnings import warning_shapes  # noqa: PLC0415

    return _complete("warnings", warning_shapes.Listed.model_json_schema(mode="serialization"))


def briefing_schema() -> dict[str, Any]:
    """Return the schema of what is to be seen before a warning is issued or lifted (out)."""
    from webmap.api.warnings import briefing_shapes  # noqa: PLC0415

    return _complete("warning_briefing", briefing_shapes.Briefing.model_json_schema(mode="serialization"))


def deliveries_schema() -> dict[str, Any]:
    """Return the schema of a warning's deliveries (out)."""
    from webmap.api.warnings import shapes  # noqa: PLC0415

    return _complete("warning_deliveries", shapes.Deliveries.model_json_schema(mode="serialization"))


def siting_study_schema() -> dict[str, Any]:
    """Return the schema of a siting study (in)."""
    from priority.siting.study.input import SitingStudy  # noqa: PLC0415

    return _complete("siting_study", SitingStudy.model_json_schema(mode="validation"))


def siting_plan_schema() -> dict[str, Any]:
    """Return the schema of the answer to a siting study (out)."""
    from priority.siting.study.results import SitingPlan  # noqa: PLC0415

    return _complete("siting_plan", SitingPlan.model_json_schema(mode="serialization"))


def siting_survey_schema() -> dict[str, Any]:
    """Return the schema of a survey of a siting study's inputs (out)."""
    from priority.siting.study.results import SitingSurvey  # noqa: PLC0415

    return _complete("siting_survey", SitingSurvey.model_json_schema(mode="serialization"))


def siting_run_schema() -> dict[str, Any]:
    """Return the schema of a run of a siting study (out)."""
    from webmap.api.siting import shapes  # noqa: PLC0415

    return _complete("siting_run", shapes.Run.model_json_schema(mode="serialization"))


def siting_runs_schema() -> dict[str, Any]:
    """Return the schema of the list of runs (out)."""
    from webmap.api.siting import shapes  # noqa: PLC0415

    return _complete("siting_runs", shapes.Runs.model_json_schema(mode="serialization"))


def impact_schema() -> dict[str, Any]:
    """Return the schema of what an incident cost over time (out)."""
    from priority.aftermath import Impact  # noqa: PLC0415

    return _complete("impact", Impact.model_json_schema(mode="serialization"))


def review_schema() -> dict[str, Any]:
    """Return the schema of a response's review against its plan (out)."""
    from webmap.reviews import Review  # noqa: PLC0415

    return _complete("review", Review.model_json_schema(mode="serialization"))


def statistics_schema() -> dict[str, Any]:
    """Return the schema of statistics over many incidents (out)."""
    from webmap.reviews import Statistics  # noqa: PLC0415

    return _complete("statistics", Statistics.model_json_schema(mode="serialization"))


#: Name in the address -> how the schema is made.
SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "incident": incident_schema,
    "assessment": assessment_schema,
    "crews": crews_schema,
    "restoration": restoration_schema,
    "protection": protection_schema,
    "dispatch_supply": supply_schema,
    "dispatch_plan": dispatch_schema,
    "siting_study": siting_study_schema,
    "siting_plan": siting_plan_schema,
    "siting_survey": siting_survey_schema,
    "siting_run": siting_run_schema,
    "siting_runs": siting_runs_schema,
    "fact": fact_schema,
    "incident_view": view_schema,
    "log_entries": entries_schema,
    "incidents": incidents_schema,
    "warning_content": content_schema,
    "warning_suggestion": suggestion_schema,
    "warning_area": area_schema,
    "warning": warning_schema,
    "warnings": warnings_schema,
    "warning_briefing": briefing_schema,
    "warning_deliveries": deliveries_schema,
    "impact": impact_schema,
    "review": review_schema,
    "statistics": statistics_schema,
}


def _complete(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": _DIALECT, "$id": f"/api/schemas/{name}.json", **schema}


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`, one file each, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in SCHEMAS.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(schema_text(make()), encoding="utf-8")
    return paths


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as the text that is kept under docs/."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    # python -m webmap.api.schemas docs/schemas
    write_schemas(Path(sys.argv[1]))
