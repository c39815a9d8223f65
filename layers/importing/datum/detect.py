"""Which datum coordinates are in: by what the file declares, by the numbers, and by what is loaded already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.importing.datum.conversion import to_stored
from layers.importing.datum.declared import declared_datum
from layers.importing.datum.names import BD09, GCJ02, STORED, datum_title, epsg_of, is_degrees
from layers.importing.datum.plausible import DEGREE_DATUMS, Evidence, Sample, add_old, add_suspicion, compare, direction
from layers.importing.datum.zones import old_system, same_zone_of, zones_of
from layers.importing.issues import Issue, IssueBook
from layers.schema import Title

#: West, south, east, north of China in degrees, for a database that is still empty.
_CHINA = (73.0, 3.0, 136.0, 54.0)
#: How far around what is loaded new places are expected, in degrees: about 20 km.
_AROUND_DEG = 0.2
#: Share of places that must lie where they are expected.
_ENOUGH = 0.5
_SAME_DEGREES = frozenset({4490, 4326})


@dataclass(frozen=True)
class Detected:
    """A datum proposed, None where it must be asked for, with the reason, and others to choose from."""

    datum: str | None
    swap_axes: bool
    because: Title
    alternatives: tuple[str, ...]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, eq=False)
class _Look:
    """What is looked at: the sample, its points, and where they are expected."""

    sample: Sample
    points: NDArray[np.float64]
    box: tuple[float, float, float, float]
    is_loaded: bool

    def share(self, datum: str, *, swap: bool) -> float:
        """Return the share of points that lie where they are expected, read in a datum."""
        x, y = (self.points[:, 1], self.points[:, 0]) if swap else (self.points[:, 0], self.points[:, 1])
        longitude, latitude = to_stored(x, y, datum)
        west, south, east, north = self.box
        # Comparisons with NaN are false: what has no place in the datum is not where it is expected.
        return float(((longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)).mean())


def detect(sample: Sample, declared: str | None, current: Mapping[str, Any], hint: str | None = None) -> Detected:
    """Return the datum of a sample whose places are as the file has them.

    `declared` is what the file says (`EPSG:n` or WKT); `hint` is what names of columns or of the file say (`bd09`).
    What is declared counts unless the places lie elsewhere by it. Nothing is proposed where numbers fit several.
    """
    points = sample.points[np.isfinite(sample.points).all(axis=1)]
    said = declared_datum(declared) if declared else None
    if len(points) == 0:
        because = Title("没有可看的坐标", "there are no coordinates to look at")
        return Detected(said, False, _declared_because(said) if said else because, DEGREE_DATUMS)
    box, is_loaded = expected_box(current)
    look = _Look(sample, points, box, is_loaded)
    found = _by_declaration(look, said) if said else None
    found = found or _by_numbers(look, said)
    if found.datum is not None and epsg_of(found.datum) in _SAME_DEGREES:
        found = _by_comparison(found, look, current, hint, explicit=said == STORED)
    return _with_warnings(found, sample.layer)


def expected_box(current: Mapping[str, Any]) -> tuple[tuple[float, float, float, float], bool]:
    """Return where new places are expected (west, south, east, north), and whether that is from what is loaded."""
    for key in ("counties", "townships", "roads", "network_lines", "network_nodes", "facilities"):
        frame = current.get(key)
        if frame is not None and len(frame):
            west, south, east, north = (float(edge) for edge in frame.total_bounds)
            return (west - _AROUND_DEG, south - _AROUND_DEG, east + _AROUND_DEG, north + _AROUND_DEG), True
    return _CHINA, False


def _declared_because(datum: str) -> Title:
    title = datum_title(datum)
    return Title(f"文件标明 {title.zh}", f"the file says {title.en}")


def _by_declaration(look: _Look, said: str) -> Detected | None:
    because = _declared_because(said)
    others = tuple(dict.fromkeys((*same_zone_of(said), *(DEGREE_DATUMS if is_degrees(said) else ()))))
    others = tuple(datum for datum in others if datum != said)
    if look.share(said, swap=False) >= _ENOUGH:
        return Detected(said, False, because, others)
    if look.share(said, swap=True) >= _ENOUGH:
        swapped = Title(
            f"{because.zh}；两轴对调后才落在本地区", f"{because.en}; places fit only with the axes exchanged"
        )
        return Detected(said, True, swapped, others)
    return None


def _by_numbers(look: _Look, said: str | None) -> Detected:
    """The datum by the size of the coordinates, and by where they are expected."""
    fitting = [(datum, swap) for datum, swap in _candidates(look) if look.share(datum, swap=swap) >= _ENOUGH]
    names = tuple(dict.fromkeys(datum for datum, _ in fitting))
    if not fitting or (len(names) > 1 and not look.is_loaded):
        return _undecided(look, said, names)
    datum, swap = max(fitting, key=lambda pair: look.share(pair[0], swap=pair[1]))
    issues: tuple[Issue, ...] = ()
    if said is not None:
        book = IssueBook(look.sample.layer)
        declared, title = datum_title(said), datum_title(datum)
        book.add(
            "datum_contradicted",
            declared_zh=declared.zh,
            declared_en=declared.en,
            datum_zh=title.zh,
            datum_en=title.en,
        )
        issues = book.issues()
    others = tuple(dict.fromkeys((*names, *same_zone_of(datum), *(DEGREE_DATUMS if is_degrees(datum) else ()))))
    others = tuple(other for other in others if other != datum)
    return Detected(datum, swap, _numbers_because(look, datum, swap=swap), others, issues)


def _candidates(look: _Look) -> list[tuple[str, bool]]:
    """Every datum that numbers of this size can be in, with and without the axes exchanged."""
    x, y = np.median(look.points, axis=0)
    if abs(x) <= 180 and abs(y) <= 180:
        return [(STORED, swap) for swap in (False, True)]
    near = look.box[0], look.box[2]
    plain = [(datum, False) for datum in zones_of(x, y, near)]
    return plain + [(datum, True) for datum in zones_of(y, x, near)]


def _numbers_because(look: _Look, datum: str, *, swap: bool) -> Title:
    title = datum_title(datum)
    if is_degrees(datum):
        zh, en = "坐标是度", "coordinates are degrees"
    elif look.points[0, 1 if swap else 0] >= 13_000_000 and epsg_of(datum) != 3857:
        number = int(look.points[0, 1 if swap else 0] // 1_000_000)
        zh, en = f"东坐标带有带号 {number}：{title.zh}", f"eastings begin with the zone {number}: {title.en}"
    else:
        zh, en = f"坐标是米，按 {title.zh} 落在本地区", f"coordinates are metres and fit the district as {title.en}"
    if swap:
        return Title(f"{zh}；两轴对调（X 为北、Y 为东）", f"{en}; axes exchanged (x is north, y is east)")
    return Title(zh, en)


def _undecided(look: _Look, said: str | None, names: tuple[str, ...]) -> Detected:
    if said is not None and not names:
        # Far from the district, but the file is definite; the checks of records say how far.
        return Detected(said, False, _declared_because(said), same_zone_of(said))
    book = IssueBook(look.sample.layer)
    x, y = np.median(look.points, axis=0)
    book.add("datum_unknown", example=f"{x:.6g}, {y:.6g}")
    zh = "坐标是米，不带带号，几个带都可能" if names else "坐标不像任何已知的坐标系"
    en = "metres without a zone number fit several zones" if names else "coordinates fit no known datum"
    return Detected(None, False, Title(zh, en), names, book.issues())


def _by_comparison(
    found: Detected, look: _Look, current: Mapping[str, Any], hint: str | None, *, explicit: bool
) -> Detected:
    """Degrees: true ones or those of a web map, by what is loaded and what names say."""
    given = look.sample
    if found.swap_axes:
        given = replace(given, points=given.points[:, ::-1], ends=given.ends[:, ::-1])
    evidence = compare(given, current)
    if evidence is not None and evidence.datum != STORED:
        if not explicit:
            return replace(
                found, datum=evidence.datum, because=_evidence_because(evidence), alternatives=_not(evidence.datum)
            )
        book = IssueBook(look.sample.layer)
        add_suspicion(book, evidence)
        return replace(found, alternatives=_not(STORED), issues=(*found.issues, *book.issues()))
    if evidence is not None:
        fits = _evidence_because(evidence)
        because = Title(f"{found.because.zh}；{fits.zh}", f"{found.because.en}; {fits.en}")
        return replace(found, because=because, alternatives=_not(str(found.datum)))
    if hint in {GCJ02, BD09} and not explicit:
        title = datum_title(hint)
        because = Title(f"列名或文件名写明 {title.zh}", f"a name of a column or of the file says {title.en}")
        return replace(found, datum=hint, because=because, alternatives=_not(hint))
    unsure = Title(
        f"{found.because.zh}；库里没有可比对的，暂按真实经纬度：若取自高德、腾讯、百度地图，请改选",
        f"{found.because.en}; nothing loaded to compare with, taken as true: choose GCJ-02 or BD-09 if from a web map",
    )
    return replace(found, because=unsure, alternatives=_not(str(found.datum)))


def _evidence_because(evidence: Evidence) -> Title:
    title, other = datum_title(evidence.datum), datum_title(evidence.compared)
    where = direction(evidence.east_m, evidence.north_m)
    return Title(
        f"{evidence.reference.zh}：按 {title.zh}，{evidence.pairs} 处的中位距离是 {evidence.after_m:.0f} 米；"
        f"按 {other.zh} 则是 {evidence.before_m:.0f} 米（偏{where.zh}）",
        f"{evidence.reference.en}: as {title.en} the median distance at {evidence.pairs} places is "
        f"{evidence.after_m:.0f} m; as {other.en} {evidence.before_m:.0f} m ({where.en})",
    )


def _not(datum: str) -> tuple[str, ...]:
    return tuple(other for other in DEGREE_DATUMS if other != datum)


def _with_warnings(found: Detected, layer: str) -> Detected:
    if found.datum is None or old_system(found.datum) is None:
        return found
    book = IssueBook(layer)
    add_old(book, found.datum)
    return replace(found, issues=(*found.issues, *book.issues()))
