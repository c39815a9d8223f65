"""CSV files as text: UTF-8 with or without a byte order mark, or GBK as Excel writes it in China."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from layers.errors import InvalidFile

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file as text, cells stripped; rows without any text are left out.

    An empty file gives no rows. Raises `InvalidFile` if the file is missing or cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InvalidFile(path, "找不到文件 (no such file)", "检查路径 (check the path)") from None
    except OSError as error:
        raise InvalidFile(path, f"文件无法读取 (cannot be read): {error.strerror}", "检查文件与权限") from None
    return parse_rows(path, content)


def parse_rows(path: Path, content: bytes) -> list[list[str]]:
    """Return the rows of a CSV file's content; `path` is for messages alone."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        try:
            rows = csv.reader(io.StringIO(text, newline=""), strict=True)
            return [cells for row in rows if any(cells := [cell.strip() for cell in row])]
        except csv.Error as error:
            raise InvalidFile(path, f"CSV 有误 (not sound CSV): {error}", "检查引号与换行 (check quotes)") from None
    raise InvalidFile(
        path, "编码无法识别 (unknown encoding)", "另存为 UTF-8 或 GBK 的 CSV (save it as CSV in UTF-8 or GBK)"
    )
