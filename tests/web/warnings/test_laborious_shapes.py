"""Laborious shapes are worked out a few at a time, so that everybody else is still served."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from shapely.geometry import Point

from priority.warnings import SendingShape, WarningArea, sending_shape
from webmap.warnings.sending_shapes import SendingShapes
from webmap.workload import TooBusy


def ragged(west: float) -> WarningArea:
    """A round of a thousand points, too many to be sent as they are."""
    return WarningArea.drawn([Point(west, 35.5).buffer(0.02, quad_segs=250)])


def test_beside_a_laborious_shape_small_ones_are_made_and_others_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(area: WarningArea) -> SendingShape:
        if area.shape.bounds[0] < 112.7:
            begun.set()
            assert may_end.wait(10)
        return sending_shape(area)

    monkeypatch.setattr("webmap.warnings.sending_shapes.sending_shape", slowly)
    shapes = SendingShapes(1)
    with ThreadPoolExecutor(2) as pool:
        first: Any = pool.submit(shapes.of, ragged(112.6))
        assert begun.wait(10)
        assert shapes.of(WarningArea.drawn([Point(112.9, 35.5).buffer(0.02)])).pieces
        with pytest.raises(TooBusy):
            shapes.of(ragged(112.9))
        same: Any = pool.submit(shapes.of, ragged(112.6))
        may_end.set()
        assert first.result(10) is same.result(10)
    assert shapes.of(ragged(112.9)).tolerance_m > 0
    assert shapes.of(ragged(112.9)) is shapes.of(ragged(112.9))
