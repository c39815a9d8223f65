"""Colours that everybody can tell apart: simulated colour vision after Machado, Oliveira and Fernandes (2009)."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from webmap.reports.maps import palette

_VISION = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: str, vision: str) -> np.ndarray:
    """Return a colour in CIE L*a*b* (D65) as it is seen."""
    coded = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    xyz = _TO_XYZ @ np.clip(np.array(_VISION[vision]) @ linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", _VISION)
def test_no_two_colours_of_a_map_are_taken_for_each_other(vision: str) -> None:
    square = [palette.ZERO, *(colour for row in palette.BIVARIATE for colour in row)]
    for colours, least in ((square, 13), ([palette.ZERO, *palette.LOSS_RAMP, palette.RUNNING], 8)):
        seen = [lab(colour, vision) for colour in colours]
        assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) > least


@pytest.mark.parametrize("vision", _VISION)
def test_more_loss_is_always_darker(vision: str) -> None:
    for count in range(1, palette.MOST_CLASSES + 1):
        lightness = [lab(colour, vision)[0] for colour in (palette.ZERO, *palette.loss_colours(count))]
        assert lightness == sorted(lightness, reverse=True)
        assert len(palette.loss_colours(count)) == count
