"""What a zip archive is: Shapefiles, a workbook, a KMZ, a geodatabase, or one file that was packed to be sent."""

from __future__ import annotations

import csv
import io
import shutil
from collections import defaultdict
from itertools import islice
from pathlib import Path

from layers.exporting.geodata import FIELDS_FILE
from layers.importing.source.archive import Archive, Member
from layers.importing.source.geodatabase import open_geodatabase
from layers.importing.source.kml import open_kml
from layers.importing.source.model import Limits
from layers.importing.source.notes import Notes
from layers.importing.source.opened import Opened
from layers.importing.source.refusals import refusal
from layers.importing.source.shapefile import PARTS, Parts, encoding_of, open_shapefiles
from layers.importing.source.xlsx_book import WORKBOOK
from layers.importing.source.xlsx_sheet import open_xlsx

_FIELDS = f".{FIELDS_FILE}"
_SINGLE = frozenset({".geojson", ".json", ".gpkg", ".csv", ".txt", ".tsv", ".dxf", ".kml"})
_PACKED = frozenset({".zip", ".kmz", ".xlsx", ".rar", ".7z", ".gz"})
_MOST_FIELDS_BYTES = 2**18
#: Geometry lies in a folder of its own, without the .dbf: its records are read by us.
_FOLDERS = {".shp": "shapes", ".shx": "shapes"}
#: Workbooks of other software, by a member that they alone have.
_OTHER_BOOKS = frozenset({"xl/workbook.bin", "content.xml"})


def open_bundle(archive: Archive, path: Path, work: Path, encoding: str, limits: Limits, notes: Notes) -> Opened | Path:
    """Open what an archive holds, or return the one file of another kind that was in it, unpacked."""
    names = {member.name for member in archive.members}
    folder = work / "unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    if WORKBOOK in names:
        workbook, tables = open_xlsx(archive, folder, limits, notes)
        return Opened("xlsx", None, (), tables, workbook)
    if names & _OTHER_BOOKS:
        raise refusal(
            "unsupported",
            zh="其他格式的电子表格",
            en="a workbook of another format",
            remedy_zh="另存为 .xlsx",
            remedy_en="save it as .xlsx",
        )
    kinds = _kinds(archive)
    if len(kinds) > 1:
        raise refusal("several_formats", names="、".join(sorted(kinds)))
    if "FileGDB" in kinds:
        geodatabase, tables = open_geodatabase(_geodatabase(kinds["FileGDB"], archive, folder), limits)
        return Opened("filegdb", None, (), tables, geodatabase)
    if "Shapefile" in kinds:
        found = _shapefiles(kinds["Shapefile"], archive, folder)
        shapefiles, tables, encodings = open_shapefiles(found, limits, encoding, notes)
        return Opened("shapefile", encoding_of(shapefiles), encodings, tables, shapefiles)
    if "KML" in kinds:
        member = _main_kml(kinds["KML"])
        kml, tables = open_kml(archive.unpack(member, folder / "doc.kml"), path.stem, limits)
        return Opened("kml", None, (), tables, kml)
    return _single(kinds, archive, folder)


def _kinds(archive: Archive) -> dict[str, list[Member]]:
    """Members that are data, by kind; files that go along with data (pictures, notes) are left aside."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in archive.members:
        if any(part.lower().endswith(".gdb") for part in member.path.parts[:-1]):
            found["FileGDB"].append(member)
        elif member.suffix in PARTS:
            found["Shapefile"].append(member)
        elif member.suffix == ".kml":
            found["KML"].append(member)
        elif member.suffix in _SINGLE:
            found[member.suffix].append(member)
    # A note beside data is no data.
    for note in (".txt", ".json"):
        if note in found and len(found) > 1:
            del found[note]
    # So is the table of whole names that goes along with an exported Shapefile.
    if "Shapefile" in found and all(member.name.endswith(_FIELDS) for member in found.get(".csv", ())):
        found.pop(".csv", None)
    if "Shapefile" in found and not any(member.suffix in (".shp", ".dbf") for member in found["Shapefile"]):
        del found["Shapefile"]
    return found


def _shapefiles(members: list[Member], archive: Archive, folder: Path) -> list[Parts]:
    groups: dict[str, dict[str, Member]] = defaultdict(dict)
    for member in members:
        groups[str(member.path.with_suffix(""))].setdefault(member.suffix, member)
    stems = [Path(name).name for name in groups]
    found = []
    for number, (name, parts) in enumerate(sorted(groups.items()), start=1):
        if not {".shp", ".dbf"} & parts.keys():
            continue
        places = {
            suffix: archive.unpack(
                part, folder / ("shapes" if suffix in (".shp", ".shx") else "parts") / f"{number}{suffix}"
            )
            for suffix, part in parts.items()
        }
        stem = Path(name).name
        title = stem if stems.count(stem) == 1 else name
        whole = _whole_names(f"{name}{_FIELDS}", archive)
        shp, dbf, prj, cpg = (places.get(suffix) for suffix in (".shp", ".dbf", ".prj", ".cpg"))
        found.append(Parts(title, shp, dbf, prj, cpg, whole))
    return found


def _whole_names(name: str, archive: Archive) -> dict[str, str]:
    """Read the table of whole names that an exported Shapefile has beside it; empty without one."""
    member = next((member for member in archive.members if member.name == name), None)
    if member is None or member.info.file_size > _MOST_FIELDS_BYTES:
        return {}
    lines = csv.reader(io.StringIO(archive.head(member, _MOST_FIELDS_BYTES).decode("utf-8-sig", "replace")))
    return {line[0]: line[1] for line in islice(lines, 1, None) if len(line) > 1 and line[0] and line[1]}


def _geodatabase(members: list[Member], archive: Archive, folder: Path) -> Path:
    roots = set()
    for member in members:
        place = next(number for number, part in enumerate(member.path.parts) if part.lower().endswith(".gdb"))
        roots.add(member.path.parts[: place + 1])
        if len(member.path.parts) != place + 2:
            raise refusal("unsafe_path", name=member.name)
    if len(roots) > 1:
        raise refusal("several_formats", names="、".join(sorted("/".join(root) for root in roots)))
    target = folder / "1.gdb"
    archive.unpack_all(members, target)
    return target


def _main_kml(members: list[Member]) -> Member:
    """A KMZ has one document at its top; others are parts that it refers to."""
    return min(members, key=lambda member: (len(member.path.parts), member.path.name != "doc.kml", member.name))


def _single(kinds: dict[str, list[Member]], archive: Archive, folder: Path) -> Path:
    members = [member for group in kinds.values() for member in group]
    if len(members) == 1:
        member = members[0]
        # Named by its own name as far as that is safe: it becomes the name of the table.
        stem = "".join(sign for sign in member.path.stem if sign.isalnum() or sign in "-_ ")[:80] or "data"
        return archive.unpack(member, folder / f"{stem}{member.suffix}")
    if members:
        raise refusal("several_formats", names="、".join(member.name for member in members[:5]))
    packed = next((member for member in archive.members if member.suffix in _PACKED), None)
    if packed is not None:
        raise refusal("nested_archive", name=packed.name)
    raise refusal("no_tables")
