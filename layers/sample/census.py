"""Sharing whole people out so that the parts always add up to the census."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.sample.sources import District


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Split `total` into whole parts in proportion to `weights` by largest remainder; ties go to the earlier part.

    The parts add up to `total` exactly. No weights give an empty list; weights that are all zero count as equal.
    """
    if not len(weights):
        return []
    shares = np.asarray(weights, dtype=float)
    if shares.sum() <= 0:
        shares = np.ones(len(shares))
    exact = shares * (total / shares.sum())
    parts = np.floor(exact + 1e-9).astype(int)
    short = total - int(parts.sum())
    order = sorted(range(len(parts)), key=lambda index: (-round(float(exact[index] - parts[index]), 9), index))
    for index in order[:short]:
        parts[index] += 1
    return [int(part) for part in parts]


def township_census(district: District) -> dict[str, tuple[int, int]]:
    """Population and households (2020) of each township: the county's figure shared out by villages and communities."""
    result: dict[str, tuple[int, int]] = {}
    for county in sorted({item.county_code for item in district.townships}):
        members = [item for item in district.townships if item.county_code == county]
        weights = [float(item.villages) for item in members]
        people = share_out(district.census_figure(county, "pop_2020"), weights)
        households = share_out(district.census_figure(county, "households_2020"), weights)
        result |= {item.code: pair for item, pair in zip(members, zip(people, households, strict=True), strict=True)}
    return result
