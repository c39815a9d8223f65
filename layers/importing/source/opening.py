"""Opening a file: what it is, whether it may be read, which tables it holds."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from layers.importing.source.archive import Archive
from layers.importing.source.bundle import open_bundle
from layers.importing.source.content import check_name, content_of
from layers.importing.source.csv_sheet import open_csv
from layers.importing.source.drawing import open_dxf
from layers.importing.source.encoding import candidates_of_file, normal_name
from layers.importing.source.geojson import open_geojson
from layers.importing.source.geopackage import open_geopackage
from layers.importing.source.kml import open_kml
from layers.importing.source.model import Batch, Limits, Source
from layers.importing.source.notes import Notes
from layers.importing.source.opened import Opened
from layers.importing.source.refusals import megabytes, refusal
from layers.importing.source.shapefile import PARTS, Parts, encoding_of, open_shapefiles

_CHUNK = 2**20


def open_source(path: Path, work: Path, limits: Limits | None = None, encoding: str = "auto") -> Source:
    """Look into a file: format by content, encoding, tables with their columns and samples.

    `work` is a folder that may be written to and must stay while the source is read; archives are unpacked there, and
    nothing of it is kept in the source's name. Raises `UnusableFile` for what cannot be read or is not read because it
    could do harm. Memory is bounded by the largest record, whatever the file's size.
    """
    limits = limits or Limits()
    size = _size(path, limits)
    if encoding != "auto":
        encoding = normal_name(encoding)
    content = content_of(path)
    check_name(path, content)
    notes = Notes()
    work.mkdir(parents=True, exist_ok=True)
    opened = _open(content, _Given(path, work, encoding, limits, notes))
    return Source(
        path,
        opened.format,
        opened.encoding,
        opened.encodings,
        opened.tables,
        _sha256(path),
        size,
        notes.issues(),
        opened.reader,
    )


def read_batches(source: Source, table: str, encoding: str = "auto", batch_rows: int = 20_000) -> Iterator[Batch]:
    """Yield the rows of a table, `batch_rows` at a time. Raises `UnusableFile`, also for a table that is not there."""
    names = [known.name for known in source.tables]
    if table not in names:
        raise refusal("unknown_table", table=table, names="、".join(names))
    return source.reader.batches(table, encoding, batch_rows)


@dataclass(frozen=True)
class _Given:
    path: Path
    work: Path
    encoding: str
    limits: Limits
    notes: Notes = field(repr=False)


def _open(content: str, given: _Given) -> Opened:
    if content == "zip":
        return _packed(given)
    return _OPENERS[content](given)


def _packed(given: _Given) -> Opened:
    with Archive(given.path, given.limits) as archive:
        inner = open_bundle(archive, given.path, given.work, given.encoding, given.limits, given.notes)
    if isinstance(inner, Opened):
        return inner
    # One file of another kind that was packed to be sent.
    content = content_of(inner)
    if content == "zip":
        raise refusal("nested_archive", name=inner.name)
    check_name(inner, content)
    return _OPENERS[content](replace(given, path=inner))


def _shapefile(given: _Given) -> Opened:
    parts = _beside(given.path, given.work)
    reader, tables, encodings = open_shapefiles([parts], given.limits, given.encoding, given.notes)
    return Opened("shapefile", encoding_of(reader), encodings, tables, reader)


def _geopackage(given: _Given) -> Opened:
    reader, tables = open_geopackage(given.path, given.limits, given.notes)
    return Opened("geopackage", None, (), tables, reader)


def _kml(given: _Given) -> Opened:
    reader, tables = open_kml(given.path, given.path.stem, given.limits)
    return Opened("kml", None, (), tables, reader)


def _dxf(given: _Given) -> Opened:
    reader, tables, encodings = open_dxf(given.path, given.work, given.encoding, given.limits)
    return Opened("dxf", reader.encoding, encodings, tables, reader)


def _csv(given: _Given) -> Opened:
    reader, tables, encodings = open_csv(given.path, given.path.stem, given.encoding, given.limits, given.notes)
    return Opened("csv", reader.encoding, encodings, tables, reader)


def _json(given: _Given) -> Opened:
    encodings = candidates_of_file(given.path)
    chosen = given.encoding if given.encoding != "auto" else next(iter(encodings), "UTF-8")
    reader, tables = open_geojson(given.path, given.path.stem, chosen, given.limits, given.notes)
    return Opened("geojson", chosen, encodings or (chosen,), tables, reader)


#: By what the content is; archives are looked into first.
_OPENERS: dict[str, Callable[[_Given], Opened]] = {
    "shapefile": _shapefile,
    "dbf": _shapefile,
    "sqlite": _geopackage,
    "kml": _kml,
    "dxf": _dxf,
    "json": _json,
    "text": _csv,
}


def _size(path: Path, limits: Limits) -> int:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise refusal("missing") from None
    except (OSError, ValueError):
        raise refusal("unreadable") from None
    if not stat.S_ISREG(found.st_mode):
        raise refusal("not_a_file")
    if found.st_size > limits.file_bytes:
        raise refusal("too_large", found=megabytes(found.st_size), limit=megabytes(limits.file_bytes))
    return found.st_size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _beside(path: Path, work: Path) -> Parts:
    """The parts of a Shapefile that lie beside one of them, whatever the case of their extensions."""
    found = {
        other.suffix.lower(): other
        for other in sorted(path.parent.iterdir())
        if other.stem == path.stem and other.suffix.lower() in PARTS and other.is_file()
    }
    shp = None
    if ".shp" in found:
        # Geometry alone, under a name of ours: GDAL makes a missing index beside it.
        shp = _linked(found[".shp"], work / "shapes" / "1.shp")
        if ".shx" in found:
            _linked(found[".shx"], work / "shapes" / "1.shx")
    return Parts(path.stem, shp, found.get(".dbf"), found.get(".prj"), found.get(".cpg"))


def _linked(path: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.symlink_to(path.resolve())
    return target
