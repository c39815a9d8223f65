"""Halves of characters that escapes spell: joined where they belong together, replaced where they stand alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.importing.source import open_source, read_batches
from layers.importing.source.surrogates import whole_text


@pytest.mark.parametrize(
    ("given", "whole"),
    [("换热站", "换热站"), ("\ud83d\ude00", "😀"), ("a\ud800b", "a\ufffdb"), ("\udc00\ud800", "\ufffd\ufffd")],
)
def test_texts_are_made_whole(given: str, whole: str) -> None:
    assert whole_text(given) == whole


def test_a_half_in_a_file_leaves_a_text_that_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n\\udc00": "x\\ud800y"}, '
        '"geometry": {"type": "Point", "coordinates": [112.8, 35.5]}}]}'
    )
    source = open_source(path, tmp_path / "work")
    batch = next(iter(read_batches(source, source.tables[0].name)))
    assert {name: list(cells) for name, cells in batch.columns.items()} == {"n\ufffd": ["x\ufffdy"]}
