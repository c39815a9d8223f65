"""The documentation of the API holds what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask

from priority.area import MAX_POINTS
from priority.incident import Incident
from webmap.api.schemas import SCHEMAS, schema_text, write_schemas
from webmap.documents import TooManyValues
from webmap.errors import ERROR_TABLE, HTTP_ERRORS, INTERNAL_ERROR
from webmap.settings import Limits

DOCS = Path(__file__).resolve().parents[2] / "docs"
API = (DOCS / "api.md").read_text(encoding="utf-8")
BLOCKS: list[Any] = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", API, re.DOTALL)]


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_the_schemas_under_docs_are_current(name: str) -> None:
    kept = (DOCS / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    assert kept == schema_text(SCHEMAS[name]()), "run: python -m webmap.api.schemas docs/schemas"


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


def test_writing_the_schemas_makes_one_file_each(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "schemas")
    assert sorted(path.name for path in written) == ["assessment.json", "incident.json"]
    assert all(json.loads(path.read_text(encoding="utf-8"))["$schema"] for path in written)


def test_the_incident_example_is_accepted() -> None:
    (example,) = [block for block in BLOCKS if "faults" in block]
    jsonschema.validate(example, SCHEMAS["incident"](), jsonschema.Draft202012Validator)
    incident = Incident.parse(example)
    assert len(incident.faults) == 2
    assert set(example) == set(SCHEMAS["incident"]()["properties"]), "the example shows every field"


def test_the_assessment_example_keeps_to_the_schema() -> None:
    (example,) = [block for block in BLOCKS if "ranking" in block]
    jsonschema.validate(example, SCHEMAS["assessment"](), jsonschema.Draft202012Validator)


def test_the_error_codes_are_documented_and_no_others() -> None:
    rows = re.findall(r"^\| (\d{3}) \| (.+?) \|", API, re.MULTILINE)
    documented = {(int(status), code) for status, codes in rows for code in re.findall(r"`(\w+)`", codes)}
    assert documented == {
        (rule.status, rule.code) for rule in (*ERROR_TABLE.values(), *HTTP_ERRORS.values(), INTERNAL_ERROR)
    }


def test_the_limits_told_are_the_limits_kept() -> None:
    limits = Limits()
    megabytes = limits.body_bytes // 1024**2
    for text in (API, str(HTTP_ERRORS[413])):
        assert f"{megabytes} MB" in text
    for text in (API, str(ERROR_TABLE[TooManyValues])):
        assert f"{limits.json_values:,}" in text
    assert f"{MAX_POINTS:,}" in API


def test_every_route_is_documented(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        address = rule.rule.partition("<")[0]
        assert rule.endpoint in {"static", "map.index", "map.basemap_file"} or address in API, rule.rule
