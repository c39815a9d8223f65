"""A layer of the present data as a file for other software: the records that the viewer may see, and what they are."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Response

from layers.exporting.formats import FORMATS
from layers.exporting.marks import SAMPLE_MARK
from layers.exporting.model import LayerExport
from layers.records import layer_of
from webmap.exports.attachments import attachment
from webmap.exports.tables import in_language
from webmap.languages import Language
from webmap.runtime import Snapshot

#: How long the largest layer may take to write; others are told by it when to come back.
LAYER_FILE_S = 30.0


def layer_export(snapshot: Snapshot, key: str, *, restricted: bool) -> LayerExport:
    """Return what is to be written; raises `UnknownLayer`, and `PersonalLayer` whoever asks."""
    layer_of(key)
    frame = snapshot.visible(key, restricted=restricted)
    return LayerExport(key, frame, snapshot.data_version, snapshot.synthetic)


def layer_content(export: LayerExport, format_: str) -> bytes:
    """Return the file of a format of `layers.exporting.FORMATS`; raises `ExportTooLarge`."""
    chosen = FORMATS[format_]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"layer{chosen.ending}"
        chosen.write(export, path)
        return path.read_bytes()


def layer_answer(export: LayerExport, format_: str, content: bytes, language: Language) -> Response:
    """Return the file to save, named like `示例数据-管线-7-0123456789ab.gpkg` after its data version."""
    chosen = FORMATS[format_]
    marks = [in_language(SAMPLE_MARK, language)] if export.synthetic else []
    parts = [*marks, in_language(export.layer.title, language), export.data_version]
    return attachment(content, chosen.media_type, f"{export.key}{chosen.ending}", parts)
