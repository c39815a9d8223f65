"""From a file and a plan to a stage: rows read, converted, checked, compared with what stands, in bounded memory.

Nothing is written to the database here. Lines that get a topology are held whole while it is built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.importing.assumed import flags_assumed
from layers.importing.checks import Checked, CheckState, check_rows, check_whole
from layers.importing.comparing import Comparer, conform_in_order
from layers.importing.datum.plausible import plausible, sample_of
from layers.importing.issues import Issue, IssueBook, in_order
from layers.importing.joining import Joined, join_lines, join_nodes
from layers.importing.kept_cuts import SAME_DRAWING_M, KeptCuts
from layers.importing.meaning.convert import Converted, convert, record
from layers.importing.meaning.guess import look_at_table, used_columns
from layers.importing.meaning.plan import ImportPlan
from layers.importing.meaning.sum_rows import without_sums
from layers.importing.meaning.unused_identifiers import unused_identifiers
from layers.importing.network_stage import check_staged_network, staged_for_whole
from layers.importing.progress import Cancelled, Progress
from layers.importing.report import Outcome, Report, finish_report
from layers.importing.setting_aside import SettingAside
from layers.importing.source.model import Batch, Limits, Source
from layers.importing.source.opening import open_source, read_batches
from layers.importing.stage import Stage
from layers.records import layer_of

STAGE = "stage.sqlite"
#: Records of each batch whose places are compared with what is loaded, to tell another datum.
_PLACES = 100
_LINES = "network_lines"


@dataclass
class _Running:
    """What is known while rows are read."""

    plan: ImportPlan
    stage: Stage
    book: IssueBook
    state: CheckState
    comparer: Comparer
    rejected: SettingAside
    rows: int = 0
    places: list[pd.DataFrame] = field(default_factory=list)
    drawn: list[tuple[pd.DataFrame, NDArray[np.int64]]] = field(default_factory=list)
    cuts: KeptCuts | None = None


def prepare(
    path: Path,
    plan: ImportPlan,
    current: Mapping[str, pd.DataFrame],
    work: Path,
    limits: Limits,
    progress: Progress = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
    told: Iterable[Issue] = (),
) -> Report:
    """Read a file by a plan, check it, and leave what it becomes in `work/stage.sqlite`.

    `current` are the layers as they stand (conforming frames by key). Rows with an error are set aside, the others are
    accepted. Raises `UnusableFile`, `InvalidPlan` (the plan names columns that are not there, or leaves the datum
    open) and `Cancelled`. A file without rows gives an empty stage. `told` are issues found before, for the report.
    """
    progress("opening", 0, None)
    source = open_source(path, work, limits, plan.encoding)
    with Stage.made(work / STAGE) as stage:
        book = IssueBook(plan.layer)
        builds = plan.topology is not None
        state = CheckState(plan.layer, current, plan.mode, builds_topology=builds, book=book)
        comparer = Comparer(plan.layer, current[plan.layer])
        running = _Running(plan, stage, book, state, comparer, SettingAside(stage, plan.layer))
        if plan.layer == _LINES and plan.mode == "merge" and not builds:
            running.cuts = KeptCuts(current[_LINES], current["network_nodes"], SAME_DRAWING_M, book)
        _read(running, source, progress, cancelled)
        state.finish()
        found = [*_plausible(running, source, current), *_ungrounded(plan, current)]
        joined = Joined()
        if plan.topology is not None:
            progress("topology", 0, None)
            joined = _joined(running, current)
            found += joined.issues
        if cancelled():
            raise Cancelled
        progress("checking", running.rows, running.rows)
        found += check_staged_network(stage, plan, current)
        whole = check_whole(plan.layer, staged_for_whole(stage, plan.layer), current, plan.mode)
        issues = in_order([*told, *flags_assumed(plan), *source.notes, *book.issues(), *found, *whole])
        blocked = joined.failed or any(issue.severity == "error" for issue in whole)
        return finish_report(Outcome(plan, source, issues, running.rows, blocked=blocked), stage, comparer)


def _read(running: _Running, source: Source, progress: Progress, cancelled: Callable[[], bool]) -> None:
    plan = running.plan
    expected = next((table.rows for table in source.tables if table.name == plan.table), None)
    progress("reading", 0, expected)
    for batch in read_batches(source, plan.table, plan.encoding):
        if cancelled():
            raise Cancelled
        records = _records(running, batch)
        converted = convert(records, plan)
        record(converted, running.book)
        checked = check_rows(plan.layer, converted, running.state)
        _keep(running, records, converted, checked)
        running.rows += len(records.rows)
        progress("reading", running.rows, expected)


def _records(running: _Running, batch: Batch) -> Batch:
    """The rows of a batch that are no sums; of the first one a look at what could be identifiers."""
    plan, book = running.plan, running.book
    places = tuple(name for name in (plan.x, plan.y, plan.wkt) if name is not None)
    kept, sums = without_sums(batch, places)
    if len(sums):
        book.add("sum_row", rows=sums.tolist())
    if plan.id_from == "made" and not running.rows:
        for unused in unused_identifiers(look_at_table(kept), plan.layer, used_columns(plan)):
            zh, en = unused.because.zh, unused.because.en
            book.add("id_column_unused", unused=unused.column, because_zh=zh, because_en=en)
    return kept


def _keep(running: _Running, batch: Batch, converted: Converted, checked: Checked) -> None:
    running.rejected.add(batch, converted, checked)
    # A row of several parts is kept whole or not at all.
    accepted = checked.accepted & ~np.isin(checked.rows, checked.rows[~checked.accepted])
    if not accepted.any():
        return
    key = running.plan.layer
    frame, rows = checked.frame.loc[accepted].reset_index(drop=True), checked.rows[accepted]
    if layer_of(key).geometry is not None:
        # A copy: a view would keep the whole batch.
        running.places.append(frame.iloc[:: max(1, len(frame) // _PLACES)].copy())
    if running.plan.topology is not None and key == _LINES:
        running.drawn.append((frame, rows))
        return
    if running.cuts is not None:
        frame, rows, aside = running.cuts.kept(frame, rows)
        running.stage.reject(aside)
        if not len(frame):
            return
    conforming = conform_in_order(key, frame)
    running.stage.add(key, conforming, rows, running.comparer.whats(conforming))


def _joined(running: _Running, current: Mapping[str, pd.DataFrame]) -> Joined:
    if running.plan.layer == _LINES:
        return join_lines(running.stage, running.plan, running.drawn, current, running.book)
    return join_nodes(running.stage, running.plan, current)


def _ungrounded(plan: ImportPlan, current: Mapping[str, pd.DataFrame]) -> tuple[Issue, ...]:
    """Tell where places could not be compared with the district, because nobody has loaded it yet."""
    book = IssueBook(plan.layer)
    is_ground = plan.layer in {"counties", "townships"}
    if layer_of(plan.layer).geometry is not None and not is_ground and not len(current["townships"]):
        book.add("no_townships")
    return book.issues()


def _plausible(running: _Running, source: Source, current: Mapping[str, pd.DataFrame]) -> tuple[Issue, ...]:
    if not running.places or running.plan.datum is None:
        return ()
    plan = running.plan
    is_declared = source.table(plan.table).crs is not None
    return plausible(
        sample_of(plan.layer, pd.concat(running.places)), str(plan.datum), current, is_declared=is_declared
    )
