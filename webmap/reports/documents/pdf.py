"""A document as PDF, set by Typst with fonts inside, so that it looks and prints the same everywhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from webmap.reports.documents.as_data import block_data, runs_data
from webmap.reports.documents.model import Block, Document, Figure, shown
from webmap.reports.documents.numbering import numbered

_TEMPLATE = Path(__file__).with_name("official.typ")


def to_pdf(document: Document) -> bytes:
    """Return the document as PDF 1.7 with embedded Noto Serif SC and Noto Sans SC, tagged, its text searchable.

    It is compiled in a temporary folder. Raises `typst.TypstError` for a picture that is no PNG.
    """
    files: dict[str, bytes] = {"main.typ": _TEMPLATE.read_bytes()}
    blocks = [_block(block, number, files) for block, number in numbered(document.blocks)]
    files["document.json"] = json.dumps(_document(document, blocks), ensure_ascii=False).encode()
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        made: Any = typst.compile(
            str(Path(folder) / "main.typ"),
            root=folder,
            font_paths=[_font_folder()],
            ignore_system_fonts=True,
            timestamp=round(document.made_at.timestamp()),
        )
    return bytes(made)


@cache
def _font_folder() -> str:
    import pylopdf_fonts_zh_cn  # noqa: PLC0415  a package of files alone, looked up when the first PDF is made

    return str(Path(str(pylopdf_fonts_zh_cn.__file__)).parent)


def _document(document: Document, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    marks = [shown(mark) for mark in document.marks]
    return {
        "title": document.shown_title,
        "title_lines": "\n".join(document.title_lines),
        "subtitle": None if document.subtitle is None else shown(document.subtitle),
        "author": shown(document.author),
        "keywords": marks,
        "brief": document.brief,
        "marks": marks,
        "head": [[shown(label), runs_data(runs)] for label, runs in document.head],
        "blocks": blocks,
        "notes": [shown(note) for note in document.notes],
    }


def _block(block: Block, number: str, files: dict[str, bytes]) -> dict[str, Any]:
    """Return a block as data; a picture is put among the files."""
    made = block_data(block, number)
    if isinstance(block, Figure):
        made["file"] = f"figure-{len(files)}.png"
        files[made["file"]] = block.png
    return made
