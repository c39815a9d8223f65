"""What came of a check: how many rows, what is wrong, what would be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd
import shapely

from layers.importing.comparing import Comparer
from layers.importing.issues import Issue
from layers.importing.meaning.plan import ImportPlan
from layers.importing.source.model import Source
from layers.importing.stage import Stage
from layers.records import conform, layer_of

_PREVIEWED = 5
_REPORT = "report"


@dataclass(frozen=True)
class Outcome:
    """What was read: by which plan, of which file, what was found; `blocked` where nothing of it may be written."""

    plan: ImportPlan
    source: Source
    issues: tuple[Issue, ...]
    rows: int
    blocked: bool


@dataclass(frozen=True)
class Report:
    """The report of a check, as a document for JSON; words in both languages."""

    held: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """Return the report."""
        return dict(self.held)

    def issues(self) -> tuple[Issue, ...]:
        """Return what was found."""
        return tuple(map(Issue.from_record, self.held["issues"]))


def finish_report(outcome: Outcome, stage: Stage, comparer: Comparer) -> Report:
    """Count what is staged, keep the report in the stage, and return it.

    `accepted` and `rejected` are rows of the file; a row may become several records, and lines may be cut.
    """
    plan = outcome.plan
    layers = {key: {**stage.count(key), "removed": 0} for key in stage.layers()}
    mine = layers.setdefault(plan.layer, {**stage.count(plan.layer), "removed": 0})
    if plan.mode == "replace":
        mine["removed"] = len(comparer.gone(stage.ids(plan.layer)))
    rejected = stage.rejected_count()
    bounds = stage.bounds(plan.layer)
    held = {
        "layer": plan.layer,
        "table": plan.table,
        "rows": outcome.rows,
        "accepted": outcome.rows - rejected,
        "rejected": rejected,
        "encoding": plan.encoding if plan.encoding != "auto" else outcome.source.encoding,
        "datum": plan.datum,
        "bounds": None if bounds is None else list(bounds),
        "preview": _preview(stage, plan.layer),
        "issues": [issue.record() for issue in outcome.issues],
        "mode": plan.mode,
        **mine,
        "layers": layers,
        "changes": stage.change_counts(),
        "blocked": outcome.blocked,
    }
    stage.put("layer", plan.layer)
    stage.put("mode", plan.mode)
    stage.put(_REPORT, held)
    return Report(held)


def _preview(stage: Stage, key: str) -> list[dict[str, Any]]:
    """The first records as they would be stored, as GeoJSON features in EPSG:4490."""
    for batch in stage.batches(key, 100):
        frame = conform(key, batch)
        order = {name: place for place, name in enumerate(batch["id"])}
        found = sorted(frame.to_dict("records"), key=lambda record: order[record["id"]])
        return [_feature(key, record) for record in islice(found, _PREVIEWED)]
    return []


def _feature(key: str, record: Mapping[Any, Any]) -> dict[str, Any]:
    shape = record.get("geometry")
    return {
        "type": "Feature",
        "id": record["id"],
        "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        "properties": {name: _plain(record[name]) for name in layer_of(key).columns},
    }


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value
