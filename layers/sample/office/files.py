"""Writes the files: each in another format, encoding and reference system, with the faults that such files have."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from layers.crs import METRIC_EPSG, to_metric, to_storage
from layers.sample.office import network
from layers.sample.office.network import ANCHOR, Device, Drawn
from layers.sample.reading import read_sample_layer

#: The 3-degree zone of Jincheng with its number before the eastings, as many offices write them.
PREFIXED_EPSG = 4526
_SUBDISTRICTS = ("140502001", "140502002", "140502003", "140502004")
_ABOUT = """本文件夹里的管网、设备和单位都是虚构的，只供练习导入；乡镇街道界线来自示例数据，来源见其说明。
The networks and places in this folder are invented, for practising an import; outlines are those of the sample.
"""


@dataclass(frozen=True)
class OfficeFile:
    """A file of the folder: its name, what it holds and how, and what writes it."""

    name: str
    about: str
    write: Callable[[Path], None]


def write_office_files(folder: Path) -> list[Path]:
    """Write all files into a folder, which is made; return their paths. Existing files are written over.

    Raises `FileNotFoundError` if the sample is not there, and `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "说明.txt").write_text(_ABOUT, encoding="utf-8")
    for file in FILES:
        # GDAL adds to some formats instead of writing them anew.
        (folder / file.name).unlink(missing_ok=True)
        file.write(folder / file.name)
    return [folder / file.name for file in FILES]


def _metres(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return places (metres from the anchor) in EPSG:4547, metres."""
    east, north = to_metric().transform(*ANCHOR)
    return [(east + x, north + y) for x, y in points]


def _degrees(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return places (metres from the anchor) in EPSG:4490, degrees."""
    return [to_storage().transform(*place) for place in _metres(points)]


def _write_areas(path: Path) -> None:
    """Outlines in EPSG:4547, text in GBK, and nothing that says so."""
    townships, counties = read_sample_layer("townships"), read_sample_layer("counties")
    named = {"code": "区划代码", "name": "名称", "county_code": "县区代码", "kind": "类型", "population": "人口"}
    kinds = {"subdistrict": "街道", "town": "镇", "township": "乡", "city_district": "市辖区", "county": "县"}

    def table(frame: gpd.GeoDataFrame, codes: Sequence[str]) -> gpd.GeoDataFrame:
        chosen = frame[frame["code"].isin(codes)]
        columns = chosen[[*named, "geometry"]].rename(columns=named)
        return columns.assign(类型=columns["类型"].map(kinds)).to_crs(METRIC_EPSG)

    tables = {"县区界": table(counties, ("140502",)), "乡镇街道界": table(townships, _SUBDISTRICTS)}
    _write_shapefiles(path, tables, with_prj=True)


def _write_heat_lines(path: Path) -> None:
    """Lines without ends' numbers and without a reference system, eastings with the zone's number, text in GBK."""
    drawn = list(network.heat_lines())
    table = gpd.GeoDataFrame(
        {
            "管线编号": [line.number for line in drawn],
            "管线名称": [line.name for line in drawn],
            "类别": [line.kind for line in drawn],
            "管径": [f"DN{line.diameter_mm:.0f}" for line in drawn],
        },
        geometry=_lines(drawn),
        crs=METRIC_EPSG,
    )
    _write_shapefiles(path, {"供热管线": table.to_crs(PREFIXED_EPSG)}, with_prj=False)


def _lines(drawn: Iterable[Drawn]) -> list[shapely.LineString]:
    return [shapely.LineString(_metres(line.points_m)) for line in drawn]


def _write_shapefiles(path: Path, tables: dict[str, gpd.GeoDataFrame], *, with_prj: bool) -> None:
    """Zip Shapefiles with GBK text as older software writes them, without a .cpg."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            table.to_file(Path(folder) / "t.shp", engine="pyogrio", encoding="GBK")
            for part in ("shp", "shx", "dbf", *(["prj"] if with_prj else [])):
                archive.write(Path(folder) / f"t.{part}", f"{name}.{part}")


def _write_heat_devices(path: Path) -> None:
    """A sheet with a title above and heads that span columns; eastings with the zone's number."""
    from openpyxl import Workbook  # noqa: PLC0415  only for this file

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  a new book has a sheet
    sheet.title = "供热设备"
    sheet.append(["2025 年供热设备台账（示例）"])
    sheet.append(["编号", "设备名称", "设备类型", "平面坐标", None, "常开", "热负荷(kW)", "户数", "人口"])
    sheet.append([None, None, None, "X", "Y", None, None, None, None])
    for merged in ("A1:I1", "D2:E2", *(f"{column}2:{column}3" for column in "ABCFGHI")):
        sheet.merge_cells(merged)
    devices = list(network.heat_devices())
    places = gpd.GeoSeries([shapely.Point(place) for place in _places(devices)], crs=METRIC_EPSG).to_crs(PREFIXED_EPSG)
    for device, east_m, north_m in zip(devices, places.x, places.y, strict=True):
        sheet.append([*_named(device), round(east_m, 3), round(north_m, 3), *_figures(device)])
    book.save(path)


def _places(devices: Iterable[Device]) -> list[tuple[float, float]]:
    return _metres([(device.east_m, device.north_m) for device in devices])


def _named(device: Device) -> list[str]:
    return [device.number, device.name, device.kind]


def _figures(device: Device) -> list[Any]:
    return ["是" if device.is_normally_open else "否", device.load_kw, device.customers, device.people]


def _write_power_devices(path: Path, devices: Sequence[Device] | None = None) -> None:
    """A table in GBK with places as a web map shows them (BD-09)."""
    from layers.importing.datum.bd09 import to_bd09  # noqa: PLC0415  only for this file

    devices = devices or list(network.power_devices())
    places = np.asarray(_degrees([(device.east_m, device.north_m) for device in devices]))
    lon, lat = to_bd09(places[:, 0], places[:, 1])
    rows = [["设备编号", "设备名称", "设备类型", "百度经度", "百度纬度", "常开", "负荷(kW)", "用户数", "人口"]]
    for device, x, y in zip(devices, lon, lat, strict=True):
        rows.append([*_named(device), f"{x:.8f}", f"{y:.8f}", *map(_cell, _figures(device))])
    path.write_text("".join(",".join(row) + "\r\n" for row in rows), encoding="gbk", newline="")


def _write_power_devices_a_year_later(path: Path) -> None:
    """The same table as it comes the next year."""
    _write_power_devices(path, list(network.power_devices_a_year_later()))


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _write_power_lines(path: Path) -> None:
    """A drawing in EPSG:4547, which does not say so."""
    drawn = list(network.power_lines())
    table = gpd.GeoDataFrame({"Layer": ["10kV线路"] * len(drawn)}, geometry=_lines(drawn), crs=METRIC_EPSG)
    table.to_file(path, driver="DXF", engine="pyogrio")


def _write_places(path: Path) -> None:
    """Placemarks with their attributes as extended data, zipped."""
    marks = "".join(_placemark(place) for place in network.places())
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
    text = f"{head}<Document>{marks}</Document></kml>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", text)


def _placemark(place: network.Place) -> str:
    ((lon, lat),) = _degrees([(place.east_m, place.north_m)])
    told = {"编号": place.number, "类别": place.kind, "人数": place.people, "供出节点": place.feeds or ""}
    data = "".join(f'<Data name="{name}"><value>{value}</value></Data>' for name, value in told.items())
    point = f"<Point><coordinates>{lon:.8f},{lat:.8f}</coordinates></Point>"
    return f"<Placemark><name>{place.name}</name><ExtendedData>{data}</ExtendedData>{point}</Placemark>"


def _write_supplies(path: Path) -> None:
    """A sheet without places: who hangs on which device, and for how long they have their own."""
    from openpyxl import Workbook  # noqa: PLC0415  only for this file

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  a new book has a sheet
    sheet.append(["单位编号", "单位名称", "供应种类", "接入节点", "备用时间(小时)", "必需"])
    for row in _supply_rows():
        sheet.append(row)
    book.save(path)


def _supply_rows() -> Iterator[list[Any]]:
    for place in network.places():
        for commodity, device, hours in place.needs:
            yield [place.number, place.name, commodity, device, "不详" if hours is None else hours, "是"]


#: The files in the order in which they are imported.
FILES = (
    OfficeFile("01 行政区划.zip", "县区界、乡镇街道界：GBK 的 Shapefile，EPSG:4547", _write_areas),
    OfficeFile("02 供热设备.xlsx", "热源、阀门、换热站、楼栋：合并表头，带带号坐标 (EPSG:4526)", _write_heat_devices),
    OfficeFile(
        "03 供热管线.zip", "供热管线：GBK 的 Shapefile，没有坐标系，端点不接，一根短了 2.4 米", _write_heat_lines
    ),
    OfficeFile("04 配电设备.csv", "变电站、开关、台区：GBK，百度坐标 (BD-09)", _write_power_devices),
    OfficeFile("05 配电线路.dxf", "10 kV 线路：CAD 图，没有坐标系", _write_power_lines),
    OfficeFile("06 重点单位.kmz", "重点保障单位：KMZ，扩展数据", _write_places),
    OfficeFile("07 供应与备用.xlsx", "供应关系与备用时间；有一行的接入节点写错", _write_supplies),
    OfficeFile("08 配电设备（次年）.csv", "与 04 同样的表，两个台区增容", _write_power_devices_a_year_later),
)
