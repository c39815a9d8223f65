"""A film as typed rows. Lists of numbers point into `nodes`, `lines`, `facilities` and `townships`."""

from __future__ import annotations

from priority.results import PlanIdentity
from priority.rows import Row


class FilmFacility(Row):
    """A facility whose state changes, or is not `supplied` at the begin. `tier` is None outside the plan's list."""

    id: str
    name: str
    category: str
    tier: int | None


class FilmTownship(Row):
    """A township; `code` is None for what lies in none. Customers, and consumer points without a figure, by network."""

    code: str | None
    name: str
    county_code: str | None
    customers: tuple[int, ...]
    customers_unknown: tuple[int, ...]


class FilmFigures(Row):
    """The headline figures: townships hit (of them in the plan's county), places of the plan's list by state.

    `customers`, `customers_unknown` (by network) are out of supply.
    """

    townships: int
    inside: int
    failed: int
    on_reserve: int
    unknown: int
    customers: tuple[int, ...]
    customers_unknown: tuple[int, ...]


class FilmMoment(Row):
    """What changes `s` seconds after the begin. What a field does not tell of stays as it was.

    `nodes`, `lines`: those that lose supply or get it back (each turns to the other state), ascending, every number
    told as its distance from the one before. `facilities`: number, state (0 supplied, 1 on reserve, 2 failed, 3
    unknown), when it fails or failed (s; None: not foreseen), whether nobody knows its reserve. `townships`: number,
    network, customers out, consumer points out without a figure, people. `ranking`: the first places of the plan's list
    to protect, None where they stay.
    """

    s: int
    nodes: tuple[int, ...]
    lines: tuple[int, ...]
    facilities: tuple[tuple[int, int, int | None, bool], ...]
    townships: tuple[tuple[int, int, int, int, int], ...]
    figures: FilmFigures | None
    ranking: tuple[int, ...] | None


class Film(Row):
    """What an incident's log makes of every moment from `begin` for `length_s` seconds.

    Before the first moment nothing is out. `networks` are the keys in the order of their numbers.
    """

    plan: PlanIdentity
    begin: str
    length_s: int
    data_version: str
    synthetic: bool
    networks: tuple[str, ...]
    nodes: tuple[str, ...]
    lines: tuple[str, ...]
    facilities: tuple[FilmFacility, ...]
    townships: tuple[FilmTownship, ...]
    moments: tuple[FilmMoment, ...]
