"""The practice files are as offices have them: what they keep silent about, and what is wrong in them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from layers.sample.office import FILES, write_office_files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written twice, as somebody does who begins anew."""
    folder = tmp_path_factory.mktemp("office")
    write_office_files(folder)
    assert [path.name for path in write_office_files(folder)] == [file.name for file in FILES]
    return folder


@pytest.mark.parametrize(("name", "says_where"), [("01 行政区划.zip", True), ("03 供热管线.zip", False)])
def test_shapefiles_are_gbk_and_do_not_say_so(folder: Path, name: str, says_where: bool) -> None:
    with zipfile.ZipFile(folder / name) as archive:
        suffixes = {Path(part).suffix for part in archive.namelist()}
        texts = [archive.read(part) for part in archive.namelist() if part.endswith(".dbf")]
    assert suffixes == {".shp", ".shx", ".dbf"} | ({".prj"} if says_where else set())
    for text in texts:
        assert "名称".encode("gbk") in text
        assert "名称".encode() not in text


def test_the_sheet_has_a_title_above_a_heading_of_two_rows(folder: Path) -> None:
    sheet = load_workbook(folder / "02 供热设备.xlsx").active
    assert sheet is not None
    assert {"A1:I1", "D2:E2"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    eastings = [str(row[3]) for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert len(eastings) == 16
    assert all(easting.startswith("38395") or easting.startswith("38396") for easting in eastings)


def test_one_row_names_a_device_that_there_is_not(folder: Path) -> None:
    devices = {row[0] for row in rows(folder / "02 供热设备.xlsx")}
    devices |= {line.split(",")[0] for line in table(folder / "04 配电设备.csv")}
    assert [row[3] for row in rows(folder / "07 供应与备用.xlsx")[1:] if row[3] not in devices] == ["LD92"]


def test_the_table_of_the_next_year_differs_in_two_rows(folder: Path) -> None:
    before, after = table(folder / "04 配电设备.csv"), table(folder / "08 配电设备（次年）.csv")
    changed = [new.split(",")[0] for new, old in zip(after, before, strict=True) if new != old]
    assert changed == ["TQ13", "TQ24"]


def rows(path: Path) -> list[tuple[object, ...]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def table(path: Path) -> list[str]:
    return path.read_bytes().decode("gbk").splitlines()
