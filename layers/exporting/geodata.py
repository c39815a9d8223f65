"""A layer as GeoJSON, GeoPackage and zipped Shapefile. Geometry stays as it is stored: EPSG:4490, unrounded."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from layers.crs import STORAGE_EPSG
from layers.exporting.model import SAMPLE_COLUMN, LayerExport
from layers.schema import Layer

_CHUNK = 5_000
_CRS = f"EPSG:{STORAGE_EPSG}"
_GPKG_TYPES = {"Point": "Point", "LineString": "LineString", "Polygon": "Unknown"}
_SHAPE_TYPES = {"Point": "Point", "LineString": "LineString", "Polygon": "Polygon"}
_TYPES: dict[str, Any] = {"text": "object", "integer": "Int64", "number": "Float64", "boolean": "bool"}
#: A .dbf holds ten bytes of a name and 254 of a text.
_NAME_BYTES, _TEXT_BYTES = 10, 254
#: The time within archives: the same records make the same file.
_STAMP = (1980, 1, 1, 0, 0, 0)
FIELDS_FILE = "fields.csv"


def write_geojson(export: LayerExport, path: Path) -> None:
    """Write a FeatureCollection that names its reference system, its data version, and whether data is made up."""
    columns = export.columns()
    names = list(columns)
    head = {
        "type": "FeatureCollection",
        "name": export.key,
        "crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{STORAGE_EPSG}"}},
        "data_version": export.data_version,
        "synthetic": export.synthetic,
        "about": export.about(),
    }
    with path.open("w", encoding="utf-8", errors="replace") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
        for first in range(0, len(export.frame), _CHUNK):
            places = range(first, min(first + _CHUNK, len(export.frame)))
            shapes = _geojson(export.shapes[first : first + _CHUNK], len(places))
            for place, shape in zip(places, shapes, strict=True):
                properties: dict[str, object] = {name: columns[name][place] for name in names}
                if export.synthetic:
                    properties[SAMPLE_COLUMN] = export.mark
                text = json.dumps(properties, ensure_ascii=False, allow_nan=False)
                separator = ",\n" if place else "\n"
                file.write(f'{separator}{{"type": "Feature", "properties": {text}, "geometry": {shape}}}')
        file.write("]}\n")


def _geojson(shapes: Any, count: int) -> list[str]:
    return [str(text) for text in shapely.to_geojson(shapes)] if len(shapes) else ["null"] * count


def write_gpkg(export: LayerExport, path: Path) -> None:
    """Write a GeoPackage 1.2 with one table named as the layer; its description says what it is of."""
    frame = _frame(export, {name: name for name in export.layer.columns}, export.marks())
    kind = export.layer.geometry
    spatial = {} if kind is None else {"geometry_type": _GPKG_TYPES[kind]}
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    pyogrio.write_dataframe(
        frame,
        path,
        layer=export.key,
        driver="GPKG",
        dataset_options={"VERSION": "1.2"},
        layer_options={"IDENTIFIER": export.layer.title.zh, "DESCRIPTION": export.about(), "FID": "fid"},
        **spatial,
    )


def write_shapefile(export: LayerExport, path: Path) -> None:
    """Write a zip archive with a Shapefile in UTF-8 (.cpg), a table of whole names of its columns, and a note.

    A layer without geometry is a .dbf alone. Texts end after 254 bytes, as the format has it; the note says how many.
    """
    names = short_names(export.layer)
    marks = {"sample": export.mark} if export.mark else {}
    frame = _frame(export, names, marks)
    cut = _cut(frame)
    kind = export.layer.geometry
    spatial = {} if kind is None else {"geometry_type": _SHAPE_TYPES[kind]}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # GDAL warns of every number with more digits than a column shows; all that a double holds are written.
        warnings.simplefilter("ignore")
        target = Path(folder) / f"{export.key}.{'dbf' if kind is None else 'shp'}"
        pyogrio.write_dataframe(frame, target, driver="ESRI Shapefile", encoding="UTF-8", **spatial)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                _put(archive, part.name, part.read_bytes())
            _put(archive, f"{export.key}.{FIELDS_FILE}", _fields(export.layer, names))
            _put(archive, "README.txt", _note(export, cut))


def short_names(layer: Layer) -> dict[str, str]:
    """Return the name in a .dbf of each column: ten bytes, each once."""
    found: dict[str, str] = {}
    for name in layer.columns:
        short, number = name[:_NAME_BYTES], 1
        while short in found.values():
            number += 1
            short = f"{name[: _NAME_BYTES - 1]}{number}"
        found[name] = short
    return found


def _frame(export: LayerExport, names: dict[str, str], marks: dict[str, str]) -> pd.DataFrame:
    columns = export.columns()
    data: dict[str, Any] = {}
    for field in export.layer.fields:
        data[names[field.name]] = pd.Series(columns[field.name], dtype=object).astype(_TYPES[field.kind])
    for name, value in marks.items():
        data[name] = pd.Series([value] * len(export.frame), dtype=object)
    if export.layer.geometry is None:
        return pd.DataFrame(data)
    return gpd.GeoDataFrame(data, geometry=export.shapes, crs=_CRS)


def _cut(frame: pd.DataFrame) -> int:
    """Cut texts to what a .dbf holds, between two signs; return how many were."""
    count = 0
    for name in frame.columns:
        if name == "geometry" or frame[name].dtype != object:
            continue
        long = frame[name].map(lambda value: isinstance(value, str) and len(value.encode()) > _TEXT_BYTES)
        count += int(long.sum())
        frame.loc[long, name] = frame.loc[long, name].map(
            lambda value: value.encode()[:_TEXT_BYTES].decode("utf-8", "ignore")
        )
    return count


def _fields(layer: Layer, names: dict[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("short", "column", "列名", "title", "unit"))
    for field in layer.fields:
        writer.writerow((names[field.name], field.name, field.title.zh, field.title.en, field.unit or ""))
    return text.getvalue().encode("utf-8-sig")


def _note(export: LayerExport, cut: int) -> bytes:
    lines = [
        export.about(),
        f"列名最长 10 个字节，全名见 {export.key}.{FIELDS_FILE} (names of columns are cut, see that file)",
    ]
    if cut:
        lines.append(f"{cut} 处文字超过 254 字节，已截短 (texts longer than 254 bytes were cut: {cut})")
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
