"""The texts that somebody reads in a file, whatever its format."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pypdfium2


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return "\n".join(archive.read(name).decode() for name in names)


def _tables(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode('utf-8-sig')}" for name in archive.namelist())


def _xlsx(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def _gpkg(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.gpkg"
        path.write_bytes(content)
        connection = sqlite3.connect(path)
        try:
            tables = [row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents")]
            rows = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
            about = connection.execute("SELECT identifier, description FROM gpkg_contents").fetchall()
        finally:
            connection.close()
    return f"{rows}\n{about}"


def _json(content: bytes) -> str:
    return json.dumps(json.loads(content), ensure_ascii=False)


def _plain(content: bytes) -> str:
    return content.decode("utf-8-sig")


#: Ending -> the texts in a file. Of pictures the name alone says it in text; their words are drawn.
READERS: Mapping[str, Callable[[bytes], str]] = {
    "pdf": _pdf,
    "docx": _docx,
    "html": _plain,
    "csv.zip": _tables,
    "csv": _plain,
    "xlsx": _xlsx,
    "gpkg": _gpkg,
    "geojson": _json,
    "json": _json,
    "txt": _plain,
    "xml": _plain,
}
