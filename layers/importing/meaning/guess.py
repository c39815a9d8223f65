"""A first plan for a table of another office, with the reasons, for a person to look through and change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from layers.catalog import CATALOG
from layers.importing.datum.detect import Detected, detect
from layers.importing.datum.names import datum_title, is_degrees
from layers.importing.datum.plausible import sample_of
from layers.importing.issues import Issue
from layers.importing.meaning.content import loaded, look_at
from layers.importing.meaning.convert import raw_places
from layers.importing.meaning.headers import read_header
from layers.importing.meaning.layering import Candidate, candidate, candidates
from layers.importing.meaning.matching import Table, assign
from layers.importing.meaning.plan import Building, ImportPlan
from layers.importing.meaning.proposals import Proposal, propose
from layers.importing.meaning.sum_rows import without_sums
from layers.importing.meaning.topics import datum_in
from layers.importing.meaning.unused_identifiers import unused_identifiers
from layers.importing.source import read_batches
from layers.importing.source.model import Batch, Source, SourceTable
from layers.schema import Title

#: How many rows are looked at.
_ROWS = 2_000
#: What lines without nodes are joined within, in metres, unless a person says otherwise.
_TOLERANCE_M = 1.0
#: How many other layers and columns are offered.
_OFFERED = 4


@dataclass(frozen=True)
class Alternative:
    """Another value for an entry of the plan, and why it is offered."""

    value: str
    because: Title


@dataclass(frozen=True)
class Guess:
    """A plan proposed for a table, with reasons and alternatives by entry (`layer`, `datum`, `mapping.name`, ...)."""

    plan: ImportPlan
    because: Mapping[str, Title]
    alternatives: Mapping[str, tuple[Alternative, ...]]
    issues: tuple[Issue, ...]

    def document(self, language: Literal["zh", "en"]) -> dict[str, Any]:
        """Return the guess for JSON with its words in one language."""
        return {
            "plan": self.plan.document(),
            "because": {what: getattr(title, language) for what, title in self.because.items()},
            "alternatives": {
                what: [{"value": item.value, "because": getattr(item.because, language)} for item in others]
                for what, others in self.alternatives.items()
            },
            "issues": [issue.document(language) for issue in self.issues],
        }


def guess(
    source: Source,
    table: str,
    layer: str | None,
    current: Mapping[str, Any],
    sample: Batch | None = None,
    file_name: str | None = None,
) -> Guess:
    """Return a plan for a table of a file: its layer (if not given), columns, values for all rows, units, datum.

    `current` holds the frames that are loaded, by layer; `sample` the first rows of the table, which are read if not
    given; `file_name` is what people call the file, if its path does not say. Where the data comes from is never
    proposed: a person says it. `KeyError` for an unknown table or layer.
    """
    described = source.table(table)
    if layer is not None and layer not in CATALOG:
        raise KeyError(layer)
    first, _ = without_sums(sample if sample is not None else _first_rows(source, table))
    looked = look_at_table(first)
    present = loaded(current)
    stem = Path(file_name or source.path).stem
    name = f"{stem} {described.name}"
    others = candidates(looked, described.geometry, name, present)
    chosen = candidate(layer, looked, described.geometry, name, present) if layer else None
    if chosen is None:
        chosen = others[0] if others else candidate("facilities", looked, described.geometry, name, present)
    proposal = propose(chosen.layer, looked, assign(chosen.found), (stem, described.name), first.columns)
    plan = _plan(source, described, chosen, proposal)
    plan, detected = _with_datum(plan, described, first, current, " ".join((name, *looked.headers)))
    because = {"layer": chosen.because, **proposal.because, **_reasons(source, plan, chosen, detected)}
    if layer is not None:
        because["layer"] = Title("您选的图层", "the layer that you chose")
    alternatives = _alternatives(chosen, plan, others, detected)
    _tell_unused(looked, plan, because, alternatives)
    return Guess(plan, because, alternatives, detected.issues if detected else ())


def _first_rows(source: Source, table: str) -> Batch:
    for batch in read_batches(source, table, source.encoding or "auto", _ROWS):
        return batch
    columns = pd.DataFrame({name: pd.Series([], dtype=object) for name in source.table(table).columns})
    return Batch(np.zeros(0, dtype=np.int64), columns, None)


def look_at_table(batch: Batch) -> Table:
    """Return what is known of a batch's columns, of its first rows alone if it is long."""
    names = [str(name) for name in batch.columns.columns]
    return Table(
        {name: read_header(name) for name in names},
        {name: look_at(batch.columns[name].head(_ROWS)) for name in names},
    )


def _plan(source: Source, described: SourceTable, chosen: Candidate, proposal: Proposal) -> ImportPlan:
    topology = None
    if chosen.layer == "network_lines" and not {"from_node", "to_node"} <= proposal.mapping.keys():
        topology = Building(_TOLERANCE_M)
    return ImportPlan(
        layer=chosen.layer,
        table=described.name,
        mapping=proposal.mapping,
        constants=proposal.constants,
        choices=proposal.choices,
        units=proposal.units,
        x=chosen.place.x,
        y=chosen.place.y,
        wkt=chosen.place.wkt,
        encoding=source.encoding or "auto",
        topology=topology,
        id_from="column" if "id" in proposal.mapping else "made",
    )


def _with_datum(
    plan: ImportPlan, described: SourceTable, first: Batch, current: Mapping[str, Any], names: str
) -> tuple[ImportPlan, Detected | None]:
    if CATALOG[plan.layer].geometry is None:
        return plan, None
    frame = raw_places(first, plan)
    hint = datum_in(names)
    detected = detect(sample_of(plan.layer, frame), described.crs, current, hint[0] if hint else None)
    plan = plan.with_changes(datum=detected.datum)
    if not detected.swap_axes:
        return plan, detected
    if plan.x is not None:
        return plan.with_changes(x=plan.y, y=plan.x), detected
    return plan.with_changes(swap_axes=True), detected


def _reasons(source: Source, plan: ImportPlan, chosen: Candidate, detected: Detected | None) -> dict[str, Title]:
    reasons = {"mode": Title("加入已有数据，同编号的更新", "added to what is there; the same identifiers are updated")}
    if source.encoding is not None:
        reasons["encoding"] = Title(
            f"按 {source.encoding} 能读出全部文字", f"all texts can be read as {source.encoding}"
        )
    if plan.id_from == "made":
        reasons["id_from"] = Title(
            "没有可靠的编号列，由内容生成", "no column of reliable identifiers: made of the content"
        )
    if chosen.place.because is not None:
        reasons["place"] = chosen.place.because
    if detected is not None:
        reasons["datum"] = detected.because
    if plan.topology is not None:
        reasons["topology"] = Title("没有起点、终点列，按图形连接", "no columns of ends: joined by geometry")
    return reasons


def _alternatives(
    chosen: Candidate, plan: ImportPlan, others: list[Candidate], detected: Detected | None
) -> dict[str, tuple[Alternative, ...]]:
    found: dict[str, tuple[Alternative, ...]] = {
        "layer": tuple(Alternative(item.layer, item.because) for item in others if item.layer != plan.layer)[:_OFFERED]
    }
    for match in chosen.found:
        key = f"mapping.{match.field}"
        if plan.mapping.get(match.field) != match.column and len(found.get(key, ())) < _OFFERED:
            found[key] = (*found.get(key, ()), Alternative(match.column, match.because))
    if detected is not None and detected.alternatives:
        found["datum"] = tuple(Alternative(datum, _datum_because(datum)) for datum in detected.alternatives)
    return {key: items for key, items in found.items() if items}


def _tell_unused(
    looked: Table, plan: ImportPlan, because: dict[str, Title], alternatives: dict[str, tuple[Alternative, ...]]
) -> None:
    """Where identifiers are made although a column looks like them: offer it, and say why it was not taken."""
    if plan.id_from != "made":
        return
    unused = unused_identifiers(looked, plan.layer, used_columns(plan))
    if not unused:
        return
    alternatives["mapping.id"] = tuple(Alternative(item.column, item.because) for item in unused)[:_OFFERED]
    first = unused[0]
    because["id_from"] = Title(
        f"“{first.column}”像编号（{first.because.zh}），没有采用：由内容生成",
        f"“{first.column}” looks like identifiers ({first.because.en}) but was not taken: made of the content",
    )


def used_columns(plan: ImportPlan) -> frozenset[str]:
    """Return the columns of the file from which a plan takes a field or the place."""
    return frozenset({*plan.mapping.values(), *(name for name in (plan.x, plan.y, plan.wkt) if name)})


def _datum_because(datum: str) -> Title:
    title = datum_title(datum)
    kind = Title("度", "degrees") if is_degrees(datum) else Title("米", "metres")
    return Title(f"{title.zh}，{kind.zh}", f"{title.en}, {kind.en}")
