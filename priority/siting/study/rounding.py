"""How figures are rounded for documents."""

from __future__ import annotations

import math


def distance_figure(distance: float) -> float | None:
    """Return a distance to four digits, None where there is no way.

    It is rounded up, so that who takes a figure for the standard finds that place covered.
    """
    return math.ceil(round(float(distance) * 1e4, 4)) / 1e4 if math.isfinite(distance) else None


def measure_figure(value: float | None) -> float | None:
    """Return a model's measure to six digits, None where there is none or it is infinite."""
    return round(float(value), 6) if value is not None and math.isfinite(value) else None


def weight_figure(weight: float) -> float:
    """Return a weight to three digits."""
    return round(float(weight), 3)


def share_figure(part: float, whole: float) -> float | None:
    """Return part / whole to six digits, None where there is no whole; 1 only if nothing is missing."""
    if whole <= 0:
        return None
    share = round(part / whole, 6)
    return min(share, 0.999999) if part < whole * (1 - 1e-12) else 1.0


def point_figure(point: tuple[float, float]) -> tuple[float, float]:
    """Return longitude and latitude to seven digits, a centimetre."""
    return round(float(point[0]), 7), round(float(point[1]), 7)
