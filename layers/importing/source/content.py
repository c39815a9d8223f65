"""What a file is, by its first bytes; its name is only compared with that."""

from __future__ import annotations

import re
from pathlib import Path

from layers.importing.source.errors import UnusableFile
from layers.importing.source.refusals import refusal

_HEAD_BYTES = 65_536
#: How formats are called, and the extension they should have.
NAMES = {
    "shapefile": ("Shapefile", "Shapefile", ".shp"),
    "dbf": ("dBASE 表", "a dBASE table", ".dbf"),
    "zip": ("压缩包", "a zip archive", ".zip"),
    "sqlite": ("GeoPackage", "a GeoPackage", ".gpkg"),
    "json": ("JSON 文件", "JSON", ".geojson"),
    "kml": ("KML 文件", "KML", ".kml"),
    "dxf": ("DXF 图形", "a DXF drawing", ".dxf"),
    "text": ("文本", "plain text", ".csv"),
}
_EXTENSIONS = {
    ".shp": {"shapefile"},
    ".dbf": {"dbf"},
    ".zip": {"zip"},
    ".kmz": {"zip"},
    ".xlsx": {"zip"},
    ".xlsm": {"zip"},
    ".gpkg": {"sqlite"},
    ".geojson": {"json"},
    ".json": {"json"},
    ".kml": {"kml"},
    ".dxf": {"dxf"},
    ".csv": {"text"},
    ".txt": {"text"},
    ".tsv": {"text"},
}
#: Known by their first bytes, and not read: what they are, and what to do instead.
_OTHERS: tuple[tuple[bytes, str, str, str, str], ...] = (
    (b"%PDF", "PDF 文档", "a PDF document", "从制图软件导出数据文件", "export the data from the mapping software"),
    (b"\xd0\xcf\x11\xe0", "旧版 Excel（.xls）或加密的文档", "an old Excel file (.xls) or an encrypted one",
     "用 Excel 或 WPS 另存为不加密的 .xlsx", "save it as .xlsx without a password"),
    (b"AC10", "DWG 图形", "a DWG drawing", "在 CAD 软件中另存为 DXF", "save it as DXF"),
    (b"AutoCAD Binary DXF", "二进制 DXF", "a binary DXF", "另存为文本（ASCII）DXF", "save it as a DXF in text (ASCII)"),
    (b"Rar!", "RAR 压缩包", "a RAR archive", "改用 zip 压缩", "pack it as zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "a 7z archive", "改用 zip 压缩", "pack it as zip"),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive", "改用 zip 压缩", "pack it as zip"),
    (b"\x89PNG", "图片", "a picture", "选择数据文件", "choose a file of data"),
    (b"\xff\xd8\xff", "图片", "a picture", "选择数据文件", "choose a file of data"),
    (b"II*\x00", "影像（TIFF）", "a raster image (TIFF)", "选择矢量数据文件", "choose a file of vector data"),
    (b"PAR1", "Parquet 文件", "a Parquet file", "另存为 GeoPackage", "save it as GeoPackage"),
    (b"MZ", "程序", "a program", "选择数据文件", "choose a file of data"),
    (b"\x7fELF", "程序", "a program", "选择数据文件", "choose a file of data"),
    (b"fgb\x03", "FlatGeobuf 文件", "a FlatGeobuf file", "另存为 GeoPackage", "save it as GeoPackage"),
)  # fmt: skip
_ROOTS = {b"kml": "kml"}
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_DXF = re.compile(rb"^(\s*999\s*\r?\n[^\n]*\n)*\s*0\s*\r?\nSECTION", re.IGNORECASE)
#: Languages of GDAL's own, which name other files: never data.
_POINTERS = (b"<OGRVRTDataSource", b"<VRTDataset", b"gdal_streamed_alg", b"<WMS_", b"<OGRWFSDataSource")
_CONTROLS = bytes(sign for sign in range(1, 32) if sign not in b"\t\n\r\f\x1a")
_DBF_VERSIONS = frozenset({0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8B, 0x8C, 0xF5})


def content_of(path: Path) -> str:
    """Return what the file is, a key of `NAMES`. Raises `UnusableFile` for what cannot be imported."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(b"\0 \r\n\t"):
        raise refusal("empty")
    if any(mark in head for mark in _POINTERS):
        raise _unsupported("指向其他文件的描述文件", "a description that points at other files",
                           "直接提供数据文件", "give the file of data itself")  # fmt: skip
    for magic, zh, en, remedy_zh, remedy_en in _OTHERS:
        if head.startswith(magic):
            raise _unsupported(zh, en, remedy_zh, remedy_en)
    return _binary(head) or _textual(head)


def check_name(path: Path, content: str) -> None:
    """Raise `UnusableFile` if the name of a file says that it is something else. Unknown extensions say nothing."""
    suffix = path.suffix.lower()
    expected = _EXTENSIONS.get(suffix)
    if suffix in (".xls", ".et", ".dwg", ".pdf", ".doc", ".docx", ".rar", ".7z"):
        expected = set()
    if expected is not None and content not in expected:
        zh, en, right = NAMES[content]
        raise refusal("wrong_extension", suffix=suffix, zh=zh, en=en, right=right)


def _binary(head: bytes) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head.startswith(b"\x00\x00\x27\x0a"):
        return "shapefile"
    is_dbf = head[0] in _DBF_VERSIONS and len(head) > 32 and b"\r" in head[32:] and b"\0" in head[:32]
    return "dbf" if is_dbf and 1 <= head[2] <= 12 and 1 <= head[3] <= 31 else None


def _textual(head: bytes) -> str:
    # UTF-16 has NULs between its letters; the look at the beginning does without them.
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    plain = (head[2:].replace(b"\0", b"") if is_wide else head).removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain[:1] in (b"{", b"["):
        return "json"
    if plain[:1] == b"<":
        return _xml(plain)
    if _DXF.match(plain):
        return "dxf"
    if b"\0" in head and not is_wide:
        raise refusal("nul_bytes") if _mostly_text(head) else refusal("unknown_format")
    return "text"


def _mostly_text(head: bytes) -> bool:
    """Say whether it is text but for some NULs: signs that no text has are rare."""
    odd = len(head) - len(head.translate(None, _CONTROLS))
    return odd * 200 <= len(head) and head.count(0) * 4 <= len(head)


def _xml(plain: bytes) -> str:
    found = _ROOT.search(plain)
    root = found[1].rsplit(b":")[-1].lower() if found else b""
    if root in _ROOTS:
        return _ROOTS[root]
    if root in (b"html", b"table", b"head", b"body"):
        raise _unsupported("网页", "a web page", "在网页中下载数据，或另存为 .xlsx", "save its table as .xlsx")
    raise _unsupported("XML 文件", "an XML file", "导出为 KML 或 GeoPackage", "export it as KML or GeoPackage")


def _unsupported(zh: str, en: str, remedy_zh: str, remedy_en: str) -> UnusableFile:
    return refusal("unsupported", zh=zh, en=en, remedy_zh=remedy_zh, remedy_en=remedy_en)
