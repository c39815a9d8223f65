"""JSON Schemas of the documents that go in and out, made from the models that check and write them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Make = Callable[[], dict[str, Any]]


def _taken(module: str, model: str) -> _Make:
    """Return what makes the schema of a document that is taken in; models take a moment to load."""
    return lambda: _model(module, model).model_json_schema(mode="validation")


def _given(module: str, model: str) -> _Make:
    """Return what makes the schema of a document that is given out."""
    return lambda: _model(module, model).model_json_schema(mode="serialization")


def _model(module: str, model: str) -> type[BaseModel]:
    found: type[BaseModel] = getattr(import_module(module), model)
    return found


def _shape(name: str) -> _Make:
    """Return what makes the schema of a part of a log, given out."""

    def make() -> dict[str, Any]:
        from webmap.api.log import shapes  # noqa: PLC0415

        return shapes.shape_schema(getattr(shapes, name))

    return make


def _fact() -> dict[str, Any]:
    from webmap.api.log import shapes  # noqa: PLC0415

    return shapes.fact_schema()


_MAKERS: Mapping[str, _Make] = {
    "incident": _taken("priority.incident", "Incident"),
    "assessment": _given("priority.results", "Assessment"),
    "crews": _taken("priority.restoration.input", "Crews"),
    "restoration": _given("priority.restoration.results", "RestorationPlan"),
    "protection": _given("priority.protection.results", "ProtectionList"),
    "dispatch_supply": _taken("priority.dispatch.input", "Supply"),
    "dispatch_plan": _given("priority.dispatch.results", "DispatchPlan"),
    "siting_study": _taken("priority.siting.study.input", "SitingStudy"),
    "siting_plan": _given("priority.siting.study.results", "SitingPlan"),
    "siting_survey": _given("priority.siting.study.results", "SitingSurvey"),
    "siting_run": _given("webmap.api.siting.shapes", "Run"),
    "siting_runs": _given("webmap.api.siting.shapes", "Runs"),
    "fact": _fact,
    "incident_view": _shape("View"),
    "log_entries": _shape("Entries"),
    "incidents": _shape("Incidents"),
    "incident_data": _shape("DataChanges"),
    "drill_script": _taken("webmap.drills.script", "Script"),
    "drill_scripts": _given("webmap.api.drills.shapes", "Scripts"),
    "drill": _given("webmap.api.drills.shapes", "DrillAnswer"),
    "field_report": _given("webmap.api.field.shapes", "FieldReport"),
    "field_reports": _given("webmap.api.field.shapes", "FieldReports"),
    "field_elements": _given("webmap.api.field.shapes", "Elements"),
    "field_start": _given("webmap.api.field.shapes", "Start"),
    "warning_content": _taken("webmap.warnings.content", "Content"),
    "warning_suggestion": _given("webmap.api.warnings.shapes", "Suggestion"),
    "warning_area": _given("webmap.api.warnings.area_shapes", "Area"),
    "warning": _given("webmap.api.warnings.warning_shapes", "Answer"),
    "warnings": _given("webmap.api.warnings.warning_shapes", "Listed"),
    "warning_briefing": _given("webmap.api.warnings.briefing_shapes", "Briefing"),
    "warning_deliveries": _given("webmap.api.warnings.shapes", "Deliveries"),
    "takeover": _given("priority.takeover", "Takeover"),
    "import": _given("webmap.api.imports.shapes", "Import"),
    "imports": _given("webmap.api.imports.shapes", "Imports"),
    "import_mappings": _given("webmap.api.imports.shapes", "Mappings"),
    "data_versions": _given("webmap.api.data.shapes", "Versions"),
    "data_comparison": _given("webmap.api.data.shapes", "Comparison"),
    "data_restored": _given("webmap.api.data.shapes", "Restored"),
    "data_draft": _given("webmap.api.editing.shapes", "Draft"),
    "data_drafts": _given("webmap.api.editing.shapes", "Drafts"),
    "data_record": _given("webmap.api.editing.shapes", "RecordNow"),
    "film": _given("webmap.api.film.shapes", "FilmAnswer"),
    "impact": _given("priority.aftermath", "Impact"),
    "review": _given("webmap.reviews", "Review"),
    "command": _given("webmap.command", "Command"),
    "statistics": _given("webmap.reviews", "Statistics"),
    "attention": _given("webmap.attention.items", "Notices"),
}


def schema(name: str) -> dict[str, Any]:
    """Return the schema of that name in the address; KeyError if there is none."""
    return {"$schema": _DIALECT, "$id": f"/api/schemas/{name}.json", **_MAKERS[name]()}


#: Name in the address -> how the schema is made.
SCHEMAS: Mapping[str, _Make] = {name: partial(schema, name) for name in _MAKERS}


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
