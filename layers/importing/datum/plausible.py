"""Do places lie where what is loaded says they should? Offsets of web maps, told by comparison and never by guess.

Two kinds of evidence. Records that are loaded already, under the same identifier or name: how far is each from itself?
And lines that places should lie along: pipes, cables and devices follow roads and each other. Each candidate datum
moves all places; the one by which they fit is named only if the data tells it clearly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.importing.datum.conversion import from_stored, to_stored
from layers.importing.datum.names import BD09, GCJ02, STORED, datum_title, epsg_of
from layers.importing.datum.references import Lines, lines_for, local_m, middles, partners
from layers.importing.datum.zones import old_system
from layers.importing.issues import Issue, IssueBook
from layers.schema import Title

#: What degrees from an unknown source can be in.
DEGREE_DATUMS = (STORED, GCJ02, BD09)
#: Least numbers of places that say anything: with themselves, and with lines.
_LEAST_PAIRS, _LEAST_POINTS = 3, 20
#: What fits must be this much nearer than what does not, and this near, in metres.
_RATIO = 0.6
_NEAR_LINES_M, _NEAR_SELF_M = 60.0, 120.0
#: Share of places that must be nearer under the better datum: this at least, and so far above one half that chance
#: reaches it about once in a thousand (over three standard deviations of a coin thrown for each place).
_SHARE, _DEVIATIONS = 0.68, 1.6
#: From where on, in metres, a common shift is told, and how much of it the places' scatter may be.
_SHIFT_M, _SCATTER = 25.0, 0.3


@dataclass(frozen=True, eq=False)
class Sample:
    """Some records to look at: their layer, where they are, and what names them.

    `points` (n, 2) are in the datum's own degrees: the middle of a line, the centroid of an area. `ends` are the same
    but for lines, of which they are first points: those lie at devices and along roads.
    """

    layer: str
    points: NDArray[np.float64]
    ends: NDArray[np.float64]
    ids: NDArray[np.object_]
    names: NDArray[np.object_]
    networks: NDArray[np.object_]


@dataclass(frozen=True)
class Evidence:
    """What comparison says: `datum` fits best, and `compared` was looked at instead.

    `before_m` is the median distance under `compared`, `after_m` under `datum`; `east_m` and `north_m` are the median
    shift between the two readings, or of the places against themselves. `reference` says what was compared with.
    """

    datum: str
    compared: str
    pairs: int
    before_m: float
    after_m: float
    east_m: float
    north_m: float
    reference: Title


def compare(sample: Sample, current: Mapping[str, Any], compared: str = STORED) -> Evidence | None:
    """Return which reading of degrees fits what is loaded; None where the data does not tell.

    The result's datum is `compared` itself where that fits clearly better than the offsets of web maps would.
    """
    points = sample.points[np.isfinite(sample.points).all(axis=1)]
    if len(points) < _LEAST_PAIRS:
        return None
    found = _by_partners(sample, _readings(sample.points), current, compared)
    if found is not None:
        return found
    ends = _readings(sample.ends)
    for lines in lines_for(sample.layer, sample.networks, current, points):
        evidence = _by_lines(ends, lines, compared)
        if evidence is not None:
            return evidence
    return None


def _readings(points: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """The places in EPSG:4490 under each datum of degrees."""
    x, y = points[:, 0], points[:, 1]
    return {datum: np.column_stack(to_stored(x, y, datum)) for datum in DEGREE_DATUMS}


def plausible(sample: Sample, datum: str, current: Mapping[str, Any], *, is_declared: bool = True) -> tuple[Issue, ...]:
    """Return what speaks against a datum: `sample` has places in EPSG:4490 as converted from it.

    A datum whose shift is not published is told always; else nothing where the places fit, or the data does not tell.
    Degrees of which the file itself does not say what they are (not `is_declared`) are told where nothing loaded tells.
    """
    book = IssueBook(sample.layer)
    if old_system(datum) is not None:
        add_old(book, datum)
    if datum in {GCJ02, BD09} or epsg_of(datum) in {4490, 4326}:
        reading = datum if datum in {GCJ02, BD09} else STORED
        evidence = compare(_as_given(sample, reading), current, reading)
        if evidence is not None and evidence.datum != reading:
            add_suspicion(book, evidence)
            return book.issues()
        if evidence is None and not is_declared and reading == STORED:
            book.add("datum_unchecked")
    shift = _own_shift(sample, current)
    if shift is not None:
        east_m, north_m, pairs = shift
        book.add(
            "datum_shifted",
            count=pairs,
            pairs=pairs,
            before_m=float(np.hypot(east_m, north_m)),
            where_zh=direction(east_m, north_m).zh,
            where_en=direction(east_m, north_m).en,
        )
    return book.issues()


def _as_given(sample: Sample, datum: str) -> Sample:
    """The sample with its places as the file has them."""
    points, ends = (
        np.column_stack(from_stored(places[:, 0], places[:, 1], datum)) for places in (sample.points, sample.ends)
    )
    return replace(sample, points=points, ends=ends)


def add_old(book: IssueBook, datum: str) -> None:
    """Put the warning that the shift of an old datum is not known into a book of issues."""
    title = datum_title(datum)
    book.add("datum_old", datum_zh=title.zh, datum_en=title.en)


def add_suspicion(book: IssueBook, evidence: Evidence) -> None:
    """Put the finding that another datum fits better into a book of issues."""
    where = direction(evidence.east_m, evidence.north_m)
    candidate = datum_title(evidence.datum)
    book.add(
        "datum_suspect",
        count=evidence.pairs,
        pairs=evidence.pairs,
        before_m=evidence.before_m,
        after_m=evidence.after_m,
        where_zh=where.zh,
        where_en=where.en,
        reference_zh=evidence.reference.zh,
        reference_en=evidence.reference.en,
        candidate_zh=candidate.zh,
        candidate_en=candidate.en,
    )


def direction(east_m: float, north_m: float) -> Title:
    """Return a shift in words: `东 550 米、南 20 米` (550 m east, 20 m south). Parts below a metre are left out."""
    parts = [(east_m, "东" if east_m > 0 else "西", "east" if east_m > 0 else "west")]
    parts.append((north_m, "北" if north_m > 0 else "南", "north" if north_m > 0 else "south"))
    told = [(abs(size), zh, en) for size, zh, en in parts if abs(size) >= 1]
    return Title(
        "、".join(f"{zh} {size:.0f} 米" for size, zh, _ in told) or "不到 1 米",
        ", ".join(f"{size:.0f} m {en}" for size, _, en in told) or "less than a metre",
    )


def _by_partners(
    sample: Sample, readings: Mapping[str, NDArray[np.float64]], current: Mapping[str, Any], compared: str
) -> Evidence | None:
    """Records that are loaded already, under the same identifier or name."""
    mine, theirs, reference = partners(sample.layer, sample.ids, sample.names, current)
    known = np.isfinite(sample.points[mine]).all(axis=1)
    mine, theirs = mine[known], theirs[known]
    if len(mine) < _LEAST_PAIRS:
        return None
    steps = {datum: local_m(theirs, places[mine]) for datum, places in readings.items()}
    distances = {datum: np.hypot(*step.T) for datum, step in steps.items()}
    best = min(distances, key=lambda datum: float(np.median(distances[datum])))
    other = compared if best != compared else _second(distances, best)
    if not _clear(distances[best], distances[other], _NEAR_SELF_M):
        return None
    east_m, north_m = np.median(steps[other], axis=0)
    before_m, after_m = float(np.median(distances[other])), float(np.median(distances[best]))
    return Evidence(best, other, len(mine), before_m, after_m, float(east_m), float(north_m), reference)


def _by_lines(readings: Mapping[str, NDArray[np.float64]], lines: Lines, compared: str) -> Evidence | None:
    """How far places are from lines that they should lie along."""
    distances = {datum: lines.distances_m(places) for datum, places in readings.items()}
    kept = np.logical_and.reduce([np.isfinite(distance) for distance in distances.values()])
    if kept.sum() < _LEAST_POINTS:
        return None
    distances = {datum: distance[kept] for datum, distance in distances.items()}
    best = min(distances, key=lambda datum: float(np.median(distances[datum])))
    other = compared if best != compared else _second(distances, best)
    if not _clear(distances[best], distances[other], _NEAR_LINES_M):
        return None
    step = local_m(readings[best][kept], readings[other][kept])
    east_m, north_m = np.median(step, axis=0)
    before_m, after_m = float(np.median(distances[other])), float(np.median(distances[best]))
    return Evidence(best, other, int(kept.sum()), before_m, after_m, float(east_m), float(north_m), lines.title)


def _clear(better: NDArray[np.float64], worse: NDArray[np.float64], near_m: float) -> bool:
    """Whether one reading fits so much better than another that chance does not explain it."""
    medians = float(np.median(better)), float(np.median(worse))
    needed = min(max(_SHARE, 0.5 + _DEVIATIONS / np.sqrt(len(better))), 1.0)
    return medians[0] <= near_m and medians[0] <= _RATIO * medians[1] and float((better < worse).mean()) >= needed


def _second(distances: Mapping[str, NDArray[np.float64]], best: str) -> str:
    return min((datum for datum in distances if datum != best), key=lambda datum: float(np.median(distances[datum])))


def _own_shift(sample: Sample, current: Mapping[str, Any]) -> tuple[float, float, int] | None:
    """The median shift of places against themselves, in metres, where it is large against their scatter."""
    mine, theirs, _ = partners(sample.layer, sample.ids, sample.names, current)
    known = np.isfinite(sample.points[mine]).all(axis=1)
    if known.sum() < _LEAST_PAIRS:
        return None
    steps = local_m(theirs[known], sample.points[mine][known])
    middle = np.median(steps, axis=0)
    size = float(np.hypot(*middle))
    scatter = float(np.median(np.hypot(*(steps - middle).T)))
    if size < _SHIFT_M or scatter > _SCATTER * size:
        return None
    return float(middle[0]), float(middle[1]), int(known.sum())


def sample_of(layer: str, frame: pd.DataFrame, most: int = 500) -> Sample:
    """Return up to `most` records of a converted frame to look at, spread over it evenly; lines give their middle."""
    shapes = frame["geometry"].to_numpy(dtype=object)
    usable = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
    chosen = usable[np.linspace(0, len(usable) - 1, min(most, len(usable))).astype(int)] if len(usable) else usable
    rows = frame.iloc[chosen]
    networks = rows["network"] if "network" in rows else pd.Series([None] * len(rows), dtype=object)
    lines = shapely.get_type_id(shapes[chosen]) == 1
    points = middles(shapes[chosen])
    ends = points.copy()
    ends[lines] = shapely.get_coordinates(shapely.get_point(shapes[chosen][lines], 0))
    return Sample(
        layer,
        points,
        ends,
        rows["id"].to_numpy(dtype=object),
        rows["name"].to_numpy(dtype=object),
        networks.to_numpy(dtype=object),
    )
