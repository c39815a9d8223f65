"""What a code is: the vocabulary in which the tables of this folder are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from layers.schema import Title

#: A row with an `error` is set aside; one with a `warning` is accepted and told; a `note` is only told.
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Code:
    """One kind of finding.

    `message` and `remedy` are templates for `str.format`. They may use `{column}` (title of the column), `{count}`,
    `{values}` (first offending values) and figures of their own. `folds` says how a figure of several findings becomes
    one (`max`, `min`, ...); a figure that is not in it stays as it was first told.
    """

    code: str
    severity: Severity
    title: Title
    message: Title
    remedy: Title
    folds: Mapping[str, Callable[[Any, Any], Any]] = field(default_factory=dict)


def code(
    name: str,
    severity: Severity,
    title: tuple[str, str],
    message: tuple[str, str],
    remedy: tuple[str, str],
    **folds: Callable[[Any, Any], Any],
) -> Code:
    """Return a code from pairs (Chinese, English)."""
    return Code(name, severity, Title(*title), Title(*message), Title(*remedy), folds)
