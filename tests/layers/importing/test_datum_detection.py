"""The datum of a file without a word about it: told by numbers and by the sample district, or left open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.importing.datum.conversion import from_stored
from layers.importing.datum.detect import detect
from layers.importing.datum.plausible import Sample, compare, plausible, sample_of

GEO = Path(__file__).parents[3] / "data" / "geo"


@pytest.fixture(scope="module")
def district() -> dict[str, Any]:
    return {key: gpd.read_file(GEO / f"{key}.geojson") for key in ("counties", "roads", "facilities")}


def unknown(frame: Any, datum: str, *, layer: str = "facilities", swap: bool = False) -> Sample:
    """Records under names of their own, with places as a file in that datum has them."""
    shapes = shapely.transform(
        np.asarray(frame.geometry, dtype=object),
        lambda given: np.column_stack(from_stored(given[:, 0], given[:, 1], datum)),
    )
    if swap:
        shapes = shapely.transform(shapes, lambda given: given[:, ::-1])
    numbers = [f"新{place}" for place in range(len(frame))]
    table = pd.DataFrame({"id": numbers, "name": numbers}, dtype=object)
    table["geometry"] = pd.Series(shapes, dtype=object)
    return sample_of(layer, table)


@pytest.mark.parametrize("datum", ["EPSG:4490", "gcj02", "bd09"])
def test_offsets_of_web_maps_are_told_by_roads_with_figures(district: dict[str, Any], datum: str) -> None:
    roads = {key: district[key] for key in ("counties", "roads")}
    found = detect(unknown(district["facilities"], datum), None, roads)
    assert found.datum == datum
    assert "道路" in found.because.zh
    assert "米" in found.because.zh
    assert set(found.alternatives) == {"EPSG:4490", "gcj02", "bd09"} - {datum}


def test_a_declaration_of_wgs_84_gives_way_to_evidence_and_one_of_cgcs2000_is_kept_with_a_warning(
    district: dict[str, Any],
) -> None:
    sample = unknown(district["facilities"], "gcj02")
    assert detect(sample, "EPSG:4326", district).datum == "gcj02"
    kept = detect(sample, "EPSG:4490", district)
    assert kept.datum == "EPSG:4490"
    (issue,) = kept.issues
    assert issue.code == "datum_suspect"
    assert "东 55" in issue.message.zh
    assert "GCJ-02" in issue.remedy.zh


def test_a_datum_chosen_wrongly_is_told_after_conversion_and_a_right_one_is_not(district: dict[str, Any]) -> None:
    true, moved = unknown(district["facilities"], "EPSG:4490"), unknown(district["facilities"], "gcj02")
    assert plausible(true, "EPSG:4490", district) == ()
    assert [issue.code for issue in plausible(moved, "EPSG:4490", district)] == ["datum_suspect"]
    # True places taken for those of a web map lie 550 m west.
    west = unknown(district["facilities"], "EPSG:4490")
    x, y = west.points.T
    east_x, east_y = from_stored(x, y, "gcj02")
    wrong = Sample(
        west.layer, np.column_stack([2 * x - east_x, 2 * y - east_y]), west.points, west.ids, west.names, west.networks
    )
    wrong = Sample(wrong.layer, wrong.points, wrong.points, wrong.ids, wrong.names, wrong.networks)
    (issue,) = plausible(wrong, "gcj02", district)
    assert issue.code == "datum_suspect"
    assert "西 55" in issue.message.zh


def test_nothing_is_said_where_the_data_does_not_tell(district: dict[str, Any]) -> None:
    chance = np.random.default_rng(11)
    points = np.column_stack([chance.uniform(112.7, 113.1, 200), chance.uniform(35.3, 35.7, 200)])
    names = np.array([f"点{place}" for place in range(200)], dtype=object)
    sample = Sample("facilities", points, points, names, names, np.full(200, None, dtype=object))
    assert compare(sample, district) is None
    assert plausible(sample, "EPSG:4490", district) == ()
    few = Sample("facilities", points[:2], points[:2], names[:2], names[:2], np.full(2, None, dtype=object))
    assert compare(few, district) is None
    assert compare(sample, {}) is None


def test_a_common_shift_of_known_records_is_told_when_no_web_map_explains_it(district: dict[str, Any]) -> None:
    places = district["facilities"].copy()
    places["geometry"] = places.geometry.translate(0.001, -0.0005)
    (issue,) = plausible(sample_of("facilities", pd.DataFrame(places)), "EPSG:4547", district)
    assert issue.code == "datum_shifted"
    assert "东 91 米、南 55 米" in issue.message.zh


@pytest.mark.parametrize("datum", ["EPSG:4547", "EPSG:4526", "EPSG:4497", "EPSG:3857", "EPSG:4508"])
@pytest.mark.parametrize("swap", [False, True])
def test_metres_without_a_word_are_recognised_by_the_district(
    district: dict[str, Any], datum: str, *, swap: bool
) -> None:
    found = detect(unknown(district["facilities"], datum, swap=swap), None, district)
    # The 3- and the 6-degree zone of one meridian have the same numbers.
    assert found.datum == ("EPSG:4546" if datum == "EPSG:4508" else datum)
    assert found.swap_axes is swap
    assert found.because.zh
    assert found.because.en


def test_swapped_degrees_are_recognised(district: dict[str, Any]) -> None:
    found = detect(unknown(district["facilities"], "gcj02", swap=True), None, district)
    assert (found.datum, found.swap_axes) == ("gcj02", True)


def test_a_zone_number_is_enough_without_a_district_and_bare_eastings_are_not(district: dict[str, Any]) -> None:
    numbered = detect(unknown(district["facilities"], "EPSG:4526"), None, {})
    assert numbered.datum == "EPSG:4526"
    assert {"EPSG:2362", "EPSG:2414"} <= set(numbered.alternatives)
    bare = detect(unknown(district["facilities"], "EPSG:4547"), None, {})
    assert bare.datum is None
    assert "EPSG:4547" in bare.alternatives
    assert [issue.code for issue in bare.issues] == ["datum_unknown"]


def test_a_declaration_that_the_numbers_contradict_is_told(district: dict[str, Any]) -> None:
    found = detect(unknown(district["facilities"], "EPSG:4526"), "EPSG:4547", district)
    assert found.datum == "EPSG:4526"
    assert [issue.code for issue in found.issues] == ["datum_contradicted"]
    degrees = detect(unknown(district["facilities"], "EPSG:4490"), "EPSG:4547", district)
    assert degrees.datum == "EPSG:4490"


def test_an_old_system_is_named_with_its_unknown_shift(district: dict[str, Any]) -> None:
    found = detect(unknown(district["facilities"], "EPSG:2383"), "EPSG:2383", district)
    assert found.datum == "EPSG:2383"
    assert [issue.code for issue in found.issues] == ["datum_old"]
    assert "西安 80" in found.issues[0].message.zh


def test_a_local_grid_is_asked_about(district: dict[str, Any]) -> None:
    chance = np.random.default_rng(3).uniform(1_000, 90_000, (50, 2))
    names = np.full(50, "a", dtype=object)
    found = detect(Sample("facilities", chance, chance, names, names, names), None, district)
    assert found.datum is None
    assert [issue.code for issue in found.issues] == ["datum_unknown"]


def test_a_hint_of_names_counts_where_nothing_is_loaded(district: dict[str, Any]) -> None:
    sample = unknown(district["facilities"], "bd09")
    assert detect(sample, None, {}, hint="bd09").datum == "bd09"
    assert detect(sample, None, {}).datum == "EPSG:4490"
