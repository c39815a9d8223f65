"""Answers held to the published schemas; a schema is read and checked once for all answers."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema

from webmap.api.schemas import SCHEMAS


def hold_to(name: str, document: Any) -> Any:
    """Fail unless the document is as its published schema says, and return it."""
    error = jsonschema.exceptions.best_match(_validator(name).iter_errors(document))
    if error is not None:
        raise error
    return document


@cache
def _validator(name: str) -> Any:
    schema = SCHEMAS[name]()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)
