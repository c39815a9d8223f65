"""What the product wrote comes back as it was: the sample under the catalogue's own column names."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.importing.meaning.convert import convert
from layers.importing.meaning.guess import guess
from layers.importing.meaning.reading import open_questions
from layers.importing.source import open_source, read_batches
from layers.records import conform

GEO = Path(__file__).parents[3] / "data" / "geo"
PLACED = ["facilities", "network_nodes", "network_lines", "roads", "townships", "counties", "sites", "coal_routes"]


@pytest.mark.parametrize("key", PLACED)
def test_records_with_places_as_text_come_back_without_a_word_from_people(tmp_path: Path, key: str) -> None:
    records = gpd.read_file(GEO / f"{key}.geojson", rows=500)
    table = pd.DataFrame(records.drop(columns="geometry"))
    table["wkt"] = shapely.to_wkt(np.asarray(records.geometry, dtype=object), rounding_precision=-1)
    path = tmp_path / f"{key}.csv"
    table.to_csv(path, index=False)
    source = open_source(path, tmp_path / "work")
    plan = guess(source, source.tables[0].name, None, {}).plan
    assert (plan.layer, plan.datum, plan.id_from) == (key, "EPSG:4490", "column")
    assert open_questions(plan, has_geometry=False) == ()
    frame = pd.concat([convert(batch, plan).frame for batch in read_batches(source, source.tables[0].name)])
    back, expected = conform(key, frame), conform(key, records)
    for column in expected.columns:
        if column != "geometry":
            assert back[column].equals(expected[column]), column
    shapes = (np.asarray(frame["geometry"], dtype=object) for frame in (back, expected))
    assert shapely.equals_exact(*shapes, tolerance=0).all()


@pytest.mark.parametrize("key", ["supplies", "contacts"])
def test_records_without_places_come_back(tmp_path: Path, key: str) -> None:
    source = open_source(GEO / f"{key}.csv", tmp_path)
    plan = guess(source, source.tables[0].name, None, {}).plan
    assert plan.layer == key
    frame = pd.concat([convert(batch, plan).frame for batch in read_batches(source, source.tables[0].name)])
    expected = pd.read_csv(GEO / f"{key}.csv", dtype={"phone": str, "township_code": str})
    pd.testing.assert_frame_equal(conform(key, frame), conform(key, expected))
