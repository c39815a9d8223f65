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
from priority.dispatch.input import Supply
from priority.incident import Incident
from priority.plans import plan_book
from priority.restoration.input import Crews
from tests.web.published import hold_to
from webmap.api.log.bodies import read_opening
from webmap.api.schemas import SCHEMAS, schema_text, write_schemas
from webmap.api.siting.bodies import StartBody, read_study
from webmap.api.warnings.bodies import DraftBody
from webmap.api.warnings.products import PRODUCTS
from webmap.documents import TooManyValues
from webmap.errors import ERROR_TABLE
from webmap.http_errors import HTTP_ERRORS, INTERNAL_ERROR
from webmap.incidents.entries import KINDS
from webmap.log_errors import OWN_CODES
from webmap.settings import InvalidSettings, Limits, Settings
from webmap.siting.errors import RULES
from webmap.siting.runs import STATES
from webmap.warnings.reading import read_as
from webmap.warnings.wanted import WANTED_KINDS

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
    names = {"assessment", "command", "crews", "incident", "protection", "restoration", "takeover", "attention"}
    names |= {"fact", "incident_view", "incidents", "incident_data", "log_entries"}
    names |= {"warning_content", "warning_suggestion", "warning_area", "warning", "warnings", "warning_deliveries"}
    names |= {"warning_briefing"}
    names |= {"impact", "review", "statistics"}
    names |= {"dispatch_supply", "dispatch_plan"}
    names |= {"import", "imports", "import_mappings"}
    names |= {"drill_script", "drill_scripts", "drill", "film"}
    names |= {"siting_study", "siting_survey", "siting_plan", "siting_run", "siting_runs"}
    names |= {"field_report", "field_reports", "field_elements", "field_start"}
    names |= {"data_versions", "data_comparison", "data_restored", "data_draft", "data_drafts", "data_record"}
    assert {path.name for path in written} == {f"{name}.json" for name in names}
    assert all(json.loads(path.read_text(encoding="utf-8"))["$schema"] for path in written)


def test_the_incident_example_is_accepted() -> None:
    (example,) = [block for block in BLOCKS if "faults" in block]
    hold_to("incident", example)
    incident = Incident.parse(example)
    assert len(incident.faults) == 2
    assert set(example) == set(SCHEMAS["incident"]()["properties"]), "the example shows every field"


def test_the_opening_example_is_accepted() -> None:
    (example,) = [block for block in BLOCKS if "facts" in block]
    for fact in example["facts"]:
        hold_to("fact", fact)
    asked = read_opening(example, "zh")
    assert [fact.kind for fact in asked.wanted.facts] == ["reported", "fault_located", "level_started"]


def test_the_example_of_a_warning_is_accepted_and_shows_every_field() -> None:
    (example,) = [block for block in BLOCKS if "content" in block]
    asked = read_as(DraftBody, example, "zh")
    assert [part.kind for part in asked.content.area.parts] == ["outage", "townships", "strip"]
    schema = SCHEMAS["warning_content"]()
    jsonschema.validate(example["content"], schema, jsonschema.Draft202012Validator)
    assert set(example["content"]) == set(schema["properties"])
    assert [name for name in PRODUCTS if f"`{name}`" not in API] == []
    assert [kind for kind in WANTED_KINDS if f"`{kind}`" not in API] == []


def test_the_example_of_a_siting_study_is_accepted() -> None:
    (example,) = [block for block in BLOCKS if "study" in block]
    hold_to("siting_study", example["study"])
    asked = read_as(StartBody, example, "zh")
    assert read_study(asked.study, plan_book(), "zh", Limits().siting_seconds, "study").question.sites == 3
    assert [state for state in STATES if f"`{state}`" not in API] == []
    assert [rule for rule in RULES if f"`{rule}`" not in API] == []


def test_the_longest_siting_study_is_the_same_everywhere() -> None:
    longest = SCHEMAS["siting_study"]()["properties"]["seconds"]["maximum"]
    assert Limits().siting_seconds == longest
    with pytest.raises(InvalidSettings):
        Settings.from_environment({"WEBMAP_SITING_SECONDS": f"{longest + 1:.0f}"})


def test_every_kind_of_entry_is_documented() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in API] == []


def test_the_assessment_example_keeps_to_the_schema() -> None:
    (example,) = [block for block in BLOCKS if "ranking" in block]
    hold_to("assessment", example)


def test_the_crews_example_is_accepted_and_shows_every_field() -> None:
    (example,) = [block for block in BLOCKS if "fixed" in block]
    schema = SCHEMAS["crews"]()
    jsonschema.validate(example, schema, jsonschema.Draft202012Validator)
    assert set(example) == set(schema["properties"])
    for part, model in (("crews", "CrewInput"), ("units", "UnitInput"), ("fixed", "FixedStep")):
        shown = {field for row in example[part] for field in row}
        assert shown | {"site", "available_at"} >= set(schema["$defs"][model]["properties"]), part
    assert Crews.parse(example).seconds == 10


def test_the_supply_example_is_accepted_and_shows_every_field() -> None:
    (example,) = [block for block in BLOCKS if "keep_hours" in block]
    schema = SCHEMAS["dispatch_supply"]()
    jsonschema.validate(example, schema, jsonschema.Draft202012Validator)
    assert set(example) == set(schema["properties"])
    assert {field for row in example["vehicles"] for field in row} | {"site"} == set(
        schema["$defs"]["VehicleInput"]["properties"]
    )
    assert Supply.parse(example).keep_hours == 24


@pytest.mark.parametrize(
    ("name", "mark"), [("restoration", "steps"), ("dispatch_plan", "trips"), ("protection", "guard")]
)
def test_the_examples_of_plans_keep_to_their_schemas(name: str, mark: str) -> None:
    (example,) = [block for block in BLOCKS if mark in block]
    hold_to(name, example)
    lists = {key: value for key, value in example.items() if isinstance(value, list)}
    assert all(lists.values()), "every list shows a row"


def test_the_incident_in_the_restoration_example_is_one() -> None:
    (example,) = [block for block in BLOCKS if "steps" in block]
    assert len(Incident.parse(example["incident"]).repairs) == len(example["steps"])


def test_the_longest_search_is_the_same_everywhere() -> None:
    assert f"`WEBMAP_RESTORE_SECONDS`（默认 {Limits().restore_seconds}）" in API
    longest = SCHEMAS["crews"]()["properties"]["seconds"]["maximum"]
    assert f"0 < s ≤ {longest:.0f}" in API
    with pytest.raises(InvalidSettings):
        Settings.from_environment({"WEBMAP_RESTORE_SECONDS": f"{longest + 1:.0f}"})


def test_the_error_codes_are_documented_and_no_others() -> None:
    rows = re.findall(r"^\| (\d{3}) \| (.+?) \|", API, re.MULTILINE)
    documented = {(int(status), code) for status, codes in rows for code in re.findall(r"`(\w+)`", codes)}
    rules = (*ERROR_TABLE.values(), *HTTP_ERRORS.values(), INTERNAL_ERROR)
    assert documented == {(rule.status, rule.code) for rule in rules} | set(OWN_CODES.values())


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
