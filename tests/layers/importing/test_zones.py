"""Gauss-Kruger zones by eastings and by declarations, with the projection library as the judge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from layers.importing.datum.conversion import from_stored, to_stored
from layers.importing.datum.declared import declared_datum
from layers.importing.datum.names import crs_of, datum_title
from layers.importing.datum.zones import old_system, same_zone_of, zone_datum, zones_of

CGCS = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,'
    '298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def projected(name: str, easting: float, meridian: float, degrees: str = CGCS, method: str = "Gauss_Kruger") -> str:
    """The WKT that desktop software writes into a .prj, which names no authority."""
    return (
        f'PROJCS["{name}",{degrees},PROJECTION["{method}"],PARAMETER["False_Easting",{easting}],'
        f'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1.0],'
        f'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )


XIAN = (
    'GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]]'
)


@pytest.mark.parametrize(
    ("wkt", "datum"),
    [
        (projected("CGCS2000_3_Degree_GK_CM_114E", 500000.0, 114.0), "EPSG:4547"),
        (projected("CGCS2000_3_Degree_GK_Zone_38", 38500000.0, 114.0), "EPSG:4526"),
        (projected("CGCS2000_GK_CM_111E", 500000.0, 111.0), "EPSG:4546"),
        (projected("CGCS2000_GK_Zone_19", 19500000.0, 111.0), "EPSG:4497"),
        (projected("Unknown", 38500000.0, 114.0, method="Transverse_Mercator"), "EPSG:4526"),
        (projected("自定义", 37500000.0, 111.0, CGCS.replace("D_China_2000", "D_unknown")), "EPSG:4525"),
        (projected("Xian_1980_3_Degree_GK_CM_114E", 500000.0, 114.0, XIAN), "EPSG:2383"),
        (projected("晋城独立坐标系", 500000.0, 112.85), None),
        (projected("带号不符", 38500000.0, 111.0), None),
        (CGCS, "EPSG:4490"),
        (CGCS.replace("GCS_China_Geodetic_Coordinate_System_2000", "China_2000"), "EPSG:4490"),
        (XIAN, "EPSG:4610"),
        ("EPSG:4326", "EPSG:4326"),
        ("nonsense", None),
    ],
)
def test_a_declaration_is_recognised_with_and_without_an_authority(wkt: str, datum: str | None) -> None:
    found = declared_datum(wkt)
    if datum == "EPSG:4546":  # the 6-degree zone of that meridian has the same numbers
        assert found in {"EPSG:4546", "EPSG:4508"}
    else:
        assert found == datum


@pytest.mark.parametrize("family", ["CGCS2000", "Xian 1980", "Beijing 1954"])
@pytest.mark.parametrize(("wide", "numbered"), [(False, False), (False, True), (True, False), (True, True)])
def test_every_zone_has_the_meridian_and_false_easting_that_the_registry_gives_it(
    family: str, *, wide: bool, numbered: bool
) -> None:
    for meridian in range(75, 136, 6 if wide else 3):
        datum = zone_datum(family, meridian, wide=wide, numbered=numbered)
        crs = CRS.from_string(str(datum))
        values = {item.name: item.value for item in crs.coordinate_operation.params}
        number = (meridian + 3) // 6 if wide else meridian // 3
        assert crs.name.startswith(family)
        assert values["Longitude of natural origin"] == meridian
        assert values["False easting"] == 500_000 + (number * 1_000_000 if numbered else 0)
    assert zone_datum(family, 76, wide=wide, numbered=numbered) is None


@settings(max_examples=60, deadline=None)
@given(st.floats(76.0, 134.0), st.floats(19.0, 50.0))
def test_an_easting_with_its_number_is_recognised_and_converted(longitude: float, latitude: float) -> None:
    narrow = round(longitude / 3)
    wide = int(longitude // 6) + 1
    for datum in (
        zone_datum("CGCS2000", narrow * 3, wide=False, numbered=True),
        zone_datum("CGCS2000", wide * 6 - 3, wide=True, numbered=True),
    ):
        assert datum is not None
        easting, northing = Transformer.from_crs(4490, datum, always_xy=True).transform(longitude, latitude)
        assert datum in zones_of(easting, northing)
        x, y = to_stored(np.array([easting]), np.array([northing]), datum)
        assert (x[0], y[0]) == pytest.approx((longitude, latitude), abs=1e-7)


def test_an_easting_without_a_number_can_be_in_every_zone_and_a_local_grid_in_none() -> None:
    assert {"EPSG:4547", "EPSG:4546", "EPSG:32649"} <= set(zones_of(400_000, 3_930_000))
    assert zones_of(12_345, 6_789) == ()
    assert zones_of(12_560_000, 4_230_000) == ("EPSG:3857",)


def test_old_systems_are_named_and_have_the_same_numbers() -> None:
    assert [old_system(datum) for datum in ("EPSG:2383", "EPSG:21419", "EPSG:4214", "EPSG:4547", "gcj02")] == [
        "Xian 1980",
        "Beijing 1954",
        "Beijing 1954",
        None,
        None,
    ]
    assert same_zone_of("EPSG:4526") == ("EPSG:2362", "EPSG:2414")
    assert same_zone_of("EPSG:4326") == ()
    assert datum_title("EPSG:2362").zh == "西安 80 3 度带，第 38 带（EPSG:2362）"
    assert datum_title("EPSG:4547").zh == "CGCS2000 3 度带，中央经线 114°（EPSG:4547）"
    assert datum_title("EPSG:4490").zh == "CGCS2000 经纬度（EPSG:4490）"
    assert "GCJ-02" in datum_title("gcj02").en


def test_degrees_of_other_systems_come_back_from_storage() -> None:
    x, y = np.array([112.85, 113.2]), np.array([35.49, 35.6])
    for datum in ("EPSG:4547", "EPSG:4526", "EPSG:3857", "EPSG:4326", "gcj02", "bd09"):
        back = to_stored(*from_stored(x, y, datum), datum)
        assert np.allclose(back, (x, y), atol=1e-8)


def test_a_place_that_a_zone_does_not_have_is_no_place() -> None:
    x, _ = to_stored(np.array([112.85]), np.array([35.49]), "EPSG:4526")
    assert np.isnan(x[0])
    assert crs_of(5773) is None
