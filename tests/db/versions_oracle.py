"""What the layers must be after each write, told in the simplest way: a whole copy of everything for every version."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import shapely
from hypothesis import strategies as st
from shapely import LineString, Point

from layers.records import empty_frame, layer_of
from tests.typed_frames import typed_frame

#: A record's values in the catalogue's order, geometry as well-known binary last; unknown values are None.
Values = tuple[Any, ...]
Content = dict[str, dict[str, Values]]
KEYS = ("network_nodes", "network_lines", "contacts")
#: References: column of the lines -> nodes.
_ENDS = ("from_node", "to_node")


class Refused(Exception):
    """The write breaks a rule."""


@dataclass
class Oracle:
    """The content after each version, and for each record now the number of the version that wrote it."""

    now: Content = field(default_factory=lambda: {key: {} for key in KEYS})
    since: dict[str, dict[str, int]] = field(default_factory=lambda: {key: {} for key in KEYS})
    versions: dict[str, Content] = field(default_factory=dict)

    def write(self, wanted: Mapping[str, dict[str, Values]]) -> Content:
        """Return everything after these layers became as wanted; `Refused` if a line's end would be missing."""
        after = deepcopy({**self.now, **wanted})
        ends = {value for line in _values("network_lines", after) for value in line}
        if not ends <= after["network_nodes"].keys():
            raise Refused
        return after

    def written(self, version: str, after: Content) -> None:
        number = int(version.split("-", maxsplit=1)[0])
        self.since = {
            key: {
                one: self.since[key][one] if self.now[key].get(one) == values else number
                for one, values in after[key].items()
            }
            for key in KEYS
        }
        self.now = after
        self.versions[version] = deepcopy(after)


def counted(before: Content, after: Content, key: str) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of a layer's records that are new, other, and gone."""
    old, new = before[key], after[key]
    changed = sorted(one for one in old.keys() & new.keys() if old[one] != new[one])
    return sorted(new.keys() - old.keys()), changed, sorted(old.keys() - new.keys())


def contents(key: str, frame: pd.DataFrame) -> dict[str, Values]:
    """Return a frame's records to the last bit: floats by their digits, geometry by its bytes."""
    plain = [frame[name].astype(object).where(frame[name].notna(), None) for name in layer_of(key).columns]
    exact = [[repr(value) for value in column] for column in plain]
    if layer_of(key).geometry is not None:
        exact.append(list(shapely.to_wkb(frame["geometry"].to_numpy(), byte_order=1)))
    return {one: values for one, *values in zip(frame["id"], *map(list, exact), strict=True)}  # type: ignore[misc]


def _values(key: str, content: Content) -> list[Any]:
    places = [layer_of(key).columns.index(name) for name in _ENDS]
    return [[values[place].strip("'") for place in places] for values in content[key].values()]


def frame_of(key: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return typed_frame(key, rows) if rows else empty_frame(key)


_texts = st.sampled_from(
    [
        "甲",
        "a b",
        " blanks ",
        'a"b',
        "it's",
        "x,y\n\\.\nz",
        "\\N",
        "NULL",
        "\\",
        "🗺",
        "𠀀",
        "line\r\n",
        "null",
        "é",
        "é",
    ]
)
_maybe_text = st.none() | _texts | st.just("")
_amounts = st.none() | st.floats(0, 4000, allow_subnormal=True).map(lambda value: value + 0.0)
_counts = st.none() | st.integers(0, 2**31 - 1)
_degrees = st.floats(-80, 80)
_common = {"name": _texts, "provenance": st.just("synthetic"), "source": _texts}
_NODES = tuple("abcd")

_NODE = st.fixed_dictionaries(
    {
        **_common,
        "id": st.sampled_from(_NODES),
        "network": st.just("heat"),
        "kind": st.just("junction"),
        "normally_open": st.booleans(),
        "in_service": st.booleans(),
        "demand_kw": _amounts,
        "customers": _counts,
        "geometry": st.builds(Point, _degrees, _degrees),
    }
)
_LINE = st.fixed_dictionaries(
    {
        **_common,
        "id": st.sampled_from(["l1", "l2", "l3", "行1"]),
        "network": st.just("heat"),
        "kind": st.just("trunk"),
        "from_node": st.sampled_from(_NODES),
        "to_node": st.sampled_from(_NODES),
        "in_service": st.booleans(),
        "diameter_mm": _amounts,
        "geometry": st.lists(st.tuples(_degrees, _degrees), min_size=2, max_size=4, unique=True).map(LineString),
    }
)
_CONTACT = st.fixed_dictionaries(
    {
        **_common,
        "id": st.sampled_from(["c1", "c2", "c3"]),
        "unit": _maybe_text,
        "person": _maybe_text,
        "phone": _maybe_text,
        "restricted": st.booleans(),
    }
)
_ROWS = {"network_nodes": _NODE, "network_lines": _LINE, "contacts": _CONTACT}


def rows_of(key: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(_ROWS[key], max_size=4, unique_by=lambda row: row["id"])


_layers = st.fixed_dictionaries({}, optional={key: rows_of(key) for key in KEYS}).filter(bool)
_removed = st.fixed_dictionaries({}, optional={key: st.sets(st.integers(0, 3), max_size=2) for key in KEYS})
#: One write: what is done, the records of the layers, and which of those there are removed (by place), or restored to.
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("replace"), _layers, st.none()),
        st.tuples(st.just("change"), _layers, _removed),
        st.tuples(st.just("load"), _layers, st.sampled_from(["replace", "merge"])),
        st.tuples(st.just("restore"), st.none(), st.integers(0, 20)),
    ),
    min_size=2,
    max_size=7,
)
