"""Whatever is exported can be imported again, and is the same; spreadsheets never run what is in it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.catalog import CATALOG
from layers.exporting.formats import FORMATS
from layers.exporting.formulas import guarded, unguarded
from layers.exporting.geodata import short_names
from layers.exporting.model import LayerExport, PersonalLayer
from layers.importing.meaning.convert import convert
from layers.importing.meaning.plan import ImportPlan
from layers.importing.source import open_source, read_batches
from layers.records import conform, empty_frame
from layers.schema import Field

EXPORTED = [key for key, layer in CATALOG.items() if not layer.personal]
#: Formulas and escapes among them; full-width signs and blanks around are tidied by every import, and none here.
TEXTS = st.one_of(
    st.sampled_from(["=1+1", "'=1", "''x", "-5", "+8618", "@a", 'a,b;c"d"', "007", "1e5", "高平 城区", "_x0041_"]),
    # A sign at the end: dashes alone mean "nothing" to every import.
    st.text(st.sampled_from("甲乙电气abc01_-='"), max_size=12).map(lambda text: f"{text}号"),
)


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.values:
        known: st.SearchStrategy[Any] = st.sampled_from([choice.key for choice in field.values])
    elif field.kind == "boolean":
        known = st.booleans()
    elif field.kind == "integer":
        known = st.integers(0, 10**9)
    elif field.kind == "number":
        top = 1e6 if field.maximum is None else field.maximum
        known = st.floats(0 if field.minimum is None else field.minimum, top, allow_subnormal=False)
    else:
        known = TEXTS
    return known if field.required else st.none() | known


def shapes(kind: str) -> st.SearchStrategy[Any]:
    places = st.tuples(st.floats(112, 113), st.floats(35, 36))
    if kind == "Point":
        return st.builds(shapely.Point, places)
    if kind == "LineString":
        return st.lists(places, min_size=2, max_size=6, unique=True).map(shapely.LineString)
    boxes = places.map(lambda place: shapely.box(*place, place[0] + 0.05, place[1] + 0.02))
    return boxes | boxes.map(lambda box: shapely.MultiPolygon([box, shapely.affinity.translate(box, 1, 1)]))


@st.composite
def frames(draw: st.DrawFn, key: str) -> pd.DataFrame:
    layer = CATALOG[key]
    fields = {field.name: values(field) for field in layer.fields}
    if layer.geometry is not None:
        fields["geometry"] = shapes(layer.geometry)
    rows = draw(st.lists(st.fixed_dictionaries(fields), max_size=3))
    if not rows:
        return empty_frame(key)
    named = [{**row, "id": f"{number}-{row['id']}"} for number, row in enumerate(rows)]
    return conform(key, gpd.GeoDataFrame(named, crs=4490) if layer.geometry else pd.DataFrame(named))


def imported(path: Path, key: str, work: Path) -> pd.DataFrame:
    """Read a file back by a plan that names every column as it is."""
    source = open_source(path, work)
    if not any(table.rows for table in source.tables if table.name != "about"):
        return empty_frame(key)
    table = next(table for table in source.tables if "id" in table.columns)
    layer = CATALOG[key]
    present = set(table.columns)
    places = {"x": "longitude", "y": "latitude"} if "longitude" in present else {}
    places |= {"wkt": "wkt"} if "wkt" in present else {}
    plan = ImportPlan(
        layer=key,
        table=table.name,
        mapping={name: name for name in layer.columns if name in present},
        datum="EPSG:4490" if layer.geometry else None,
        id_from="column",
        **places,
    )
    found = [convert(batch, plan) for batch in read_batches(source, table.name)]
    assert [(problem.code, problem.column, problem.values) for part in found for problem in part.problems] == []
    frame = pd.concat([part.frame for part in found], ignore_index=True)
    return conform(key, gpd.GeoDataFrame(frame, geometry="geometry", crs=4490) if layer.geometry else frame)


def write(frame: pd.DataFrame, key: str, format_: str, folder: Path, *, synthetic: bool = True) -> Path:
    path = folder / f"{key}{FORMATS[format_].ending}"
    FORMATS[format_].write(LayerExport(key, frame, "7-abc", synthetic), path)
    return path


@pytest.mark.parametrize("format_", ["geojson", "gpkg", "csv", "xlsx", "shp"])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_the_import_of_an_export_gives_the_same_records(format_: str, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(EXPORTED))
    frame = data.draw(frames(key))
    with tempfile.TemporaryDirectory() as folder:
        back = imported(write(frame, key, format_, Path(folder)), key, Path(folder) / "work")
    assert list(back.columns) == list(frame.columns)
    # A workbook writes 16 digits of a number, a .dbf 15 decimals; the other formats all that there are.
    nearly = {"xlsx": {"rtol": 1e-15, "atol": 0.0}, "shp": {"rtol": 1e-9, "atol": 1e-9}}.get(format_)
    plain = [name for name in frame.columns if name != "geometry"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(back[plain]), pd.DataFrame(frame[plain]), **(nearly or {"check_exact": True})
    )
    if CATALOG[key].geometry is not None:
        ours, theirs = (np.asarray(table["geometry"], object) for table in (frame, back))
        # A Shapefile turns rings and makes a multi-part of one part simple.
        kept = shapely.equals(ours, theirs) if format_ == "shp" else shapely.equals_exact(ours, theirs, 1e-13)
        assert kept.all()


@given(TEXTS | st.text())
@settings(max_examples=150, deadline=None)
def test_the_guard_against_formulas_can_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert guarded(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


def nodes(**changes: Any) -> pd.DataFrame:
    row = {
        "id": "n1",
        "name": "=cmd|' /C calc'!A0",
        "provenance": "synthetic",
        "source": "\t=1",
        "network": "gas",
        "kind": "valve",
        "normally_open": False,
        "in_service": True,
        "geometry": shapely.Point(112.8, 35.5),
    }
    return conform("network_nodes", gpd.GeoDataFrame([{**row, **changes}], crs=4490))


def test_no_spreadsheet_runs_what_is_exported(tmp_path: Path) -> None:
    text = write(nodes(), "network_nodes", "csv", tmp_path).read_bytes().decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells and "'\t=1" in cells
    book = openpyxl.load_workbook(write(nodes(), "network_nodes", "xlsx", tmp_path))
    found = [cell for row in book["network_nodes"].iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in found if cell.data_type == "f"]
    formula = next(cell for cell in found if cell.value == "=cmd|' /C calc'!A0")
    assert formula.quotePrefix


@pytest.mark.parametrize("format_", list(FORMATS))
def test_made_up_data_is_called_so_in_every_file(tmp_path: Path, format_: str) -> None:
    readers: dict[str, Callable[[Path], str]] = {
        "xlsx": lambda path: str(openpyxl.load_workbook(path)["network_nodes"]["A1"].value),
        "shp": lambda path: zipfile.ZipFile(path).read("README.txt").decode("utf-8-sig"),
    }
    read = readers.get(format_, lambda path: path.read_bytes().decode("utf-8", "replace"))
    (tmp_path / "made").mkdir()
    (tmp_path / "own").mkdir()
    own = nodes(provenance="surveyed")
    assert "示例数据" in read(write(nodes(), "network_nodes", format_, tmp_path / "made"))
    assert "示例数据" not in read(write(own, "network_nodes", format_, tmp_path / "own", synthetic=False))


def test_a_shapefile_tells_the_whole_names_of_its_columns(tmp_path: Path) -> None:
    path = write(nodes(customers=3), "network_nodes", "shp", tmp_path)
    names = short_names(CATALOG["network_nodes"])
    assert max(len(name) for name in names.values()) <= 10 and len(set(names.values())) == len(names)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("network_nodes.cpg").decode().strip() == "UTF-8"
        table = archive.read("network_nodes.fields.csv").decode("utf-8-sig")
    assert "demand_m32" not in table and "demand_m3_,demand_m3_per_h,用量" in table
    columns = open_source(path, tmp_path / "work").tables[0].columns
    assert "demand_m3_per_h" in columns and "demand_kw" in columns


def test_texts_too_long_for_a_dbf_are_cut_between_signs_and_told(tmp_path: Path) -> None:
    path = write(nodes(name="电" * 100), "network_nodes", "shp", tmp_path)
    source = open_source(path, tmp_path / "work")
    assert source.tables[0].samples["name"] == ("电" * 84,)
    assert "1" in zipfile.ZipFile(path).read("README.txt").decode("utf-8-sig").splitlines()[-1]


def test_a_geometry_too_long_for_a_cell_is_named_in_the_workbook(tmp_path: Path) -> None:
    common = {name: nodes().iloc[0][name] for name in ("id", "name", "provenance", "source", "network", "in_service")}
    kind = CATALOG["network_lines"].field("kind").values[0].key
    places = shapely.LineString([(112 + number / 10_000, 35.5) for number in range(3000)])
    row = {**common, "kind": kind, "from_node": "a", "to_node": "b", "geometry": places}
    lines = conform("network_lines", gpd.GeoDataFrame([row], crs=4490))
    book = openpyxl.load_workbook(write(lines, "network_lines", "xlsx", tmp_path))
    assert book["network_lines"].cell(3, book["network_lines"].max_column).value is None
    assert "n1" in [cell.value for cell in book["about"]["A"]]


def test_geojson_names_its_reference_system(tmp_path: Path) -> None:
    document = json.loads(write(nodes(), "network_nodes", "geojson", tmp_path).read_text(encoding="utf-8"))
    assert document["crs"]["properties"]["name"].endswith(":4490") and document["synthetic"] is True
    assert document["features"][0]["properties"]["demand_kw"] is None


def test_persons_are_in_no_export() -> None:
    personal = next(key for key, layer in CATALOG.items() if layer.personal)
    with pytest.raises(PersonalLayer):
        LayerExport(personal, empty_frame(personal), "1-a", synthetic=False)
