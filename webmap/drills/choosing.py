"""Choosing places: the record of a layer that a selector means in the data of this district.

Restricted records are never chosen: a script's texts name its places, and everybody in the drill reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from webmap.api.incidents import assess_document
from webmap.drills.filling import Place
from webmap.drills.measuring import county_customers, distances_m, measured
from webmap.drills.selector import Selector
from webmap.incidents.moments import as_entered, now_utc
from webmap.languages import DEFAULT_LANGUAGE
from webmap.runtime import Snapshot

if TYPE_CHECKING:
    from priority.plans import Plan

#: Layer -> the column that `kind` of a selector speaks of, and that of its identity.
_IDENTITY = {"townships": "code"}


class NotFound(Exception):
    """Fewer places fit than the rank asks for; `count` is how many."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"{count} places")


@dataclass
class Chooser:
    """Chooses places one after the other; later ones may be found by earlier ones."""

    snapshot: Snapshot
    plan: Plan
    found: dict[str, Place] = field(default_factory=dict)
    _shapes: dict[str, Any] = field(default_factory=dict)
    _assessed: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)

    def choose(self, key: str, selector: Selector) -> Place:
        """Return the place that a selector means and remember it by its key.

        Raises `NotFound`, also where it is found by a place that there is not.
        """
        if not set(selector.others) <= self.found.keys():
            raise NotFound(0)
        frame = self._fitting(selector)
        if len(frame) < selector.rank:
            raise NotFound(len(frame))
        row = self._ordered(frame, selector).iloc[selector.rank - 1]
        identifier = str(row[_IDENTITY.get(selector.layer, "id")])
        self._shapes[key] = row["geometry"]
        self.found[key] = place = Place(identifier, str(row["name"]))
        return place

    def _fitting(self, selector: Selector) -> pd.DataFrame:
        frame = self.snapshot.visible(selector.layer, restricted=False)
        if frame.empty:
            return frame
        fits = pd.Series(data=True, index=frame.index)
        for column in ("network", "kind", "category", "status"):
            wanted = getattr(selector, column)
            if wanted is not None and column in frame:
                fits &= frame[column] == wanted
        if selector.name_has is not None:
            fits &= frame["name"].str.contains(selector.name_has, regex=False)
        if selector.voltage_kv is not None:
            fits &= self._voltage_kv(frame, selector.layer) == selector.voltage_kv
        if selector.layer in {"network_nodes", "network_lines"} and "in_service" in frame:
            fits &= frame["in_service"].astype(bool)
        wanted_ids = self._wanted_ids(selector)
        if wanted_ids is not None:
            fits &= frame[_IDENTITY.get(selector.layer, "id")].isin(wanted_ids)
        # Places stand once, even where a script finds them by rule.
        taken = [place.id for place in self.found.values()]
        frame = frame[fits & ~frame[_IDENTITY.get(selector.layer, "id")].isin(taken)]
        return frame[self._in_county(frame, selector)]

    def _voltage_kv(self, frame: pd.DataFrame, layer: str) -> pd.Series:
        if layer == "network_lines":
            return frame["voltage_kv"]
        lines = self.snapshot.frames["network_lines"]
        ends = pd.concat([lines.set_index(column)["voltage_kv"] for column in ("from_node", "to_node")])
        return frame["id"].map(ends.groupby(level=0).max())

    def _in_county(self, frame: pd.DataFrame, selector: Selector) -> pd.Series:
        if selector.county is None or frame.empty:
            return pd.Series(data=True, index=frame.index)
        code = self.plan.county_code if selector.county == "plan" else selector.county
        if "county_code" in frame:
            return frame["county_code"] == code
        townships = self.snapshot.system().townships
        points = np.array([_middle(shape) for shape in frame["geometry"]], dtype=object)
        return pd.Series(townships.in_county(code)[townships.locate(points)], index=frame.index)

    def _wanted_ids(self, selector: Selector) -> list[str] | None:
        """The ids that the pictures of faults, or what places need, leave; None for all."""
        if selector.isolates is not None or selector.restores is not None:
            return self._operated(selector)
        wanted: list[str] | None = None
        if selector.hit_by:
            wanted = self._hit(selector)
        if selector.needs is not None:
            supplies = self.snapshot.visible("supplies", restricted=False)
            needing = supplies.loc[supplies["commodity"] == selector.needs, "facility_id"].tolist()
            wanted = needing if wanted is None else [one for one in wanted if one in set(needing)]
        return wanted

    def _hit(self, selector: Selector) -> list[str]:
        assessed = self._assess(*selector.hit_by)
        if selector.layer == "facilities":
            return [str(row["id"]) for row in assessed["ranking"]]
        return [
            str(row["code"])
            for row in assessed["townships"]
            if any(
                told["customers_out"] > 0
                for commodity, told in row["commodities"].items()
                if selector.network in (None, commodity)
            )
        ]

    def _operated(self, selector: Selector) -> list[str]:
        if selector.isolates is not None:
            isolation = self._assess(selector.isolates)["isolation"]
            return [str(device["id"]) for fault in isolation for device in fault["devices_to_open"]]
        assert selector.restores is not None  # noqa: S101  the caller has asked
        steps = self._assess(selector.restores)["switching"]
        return [str(step["id"]) for step in steps if step["action"] == "close"]

    def _assess(self, *keys: str) -> dict[str, Any]:
        faults = tuple(sorted(self.found[key].id for key in keys))
        if faults not in self._assessed:
            document = {
                "plan": self.plan.key,
                "at": as_entered(now_utc()),
                "faults": [{"element": element} for element in faults],
            }
            plans = {self.plan.key: self.plan}
            self._assessed[faults] = assess_document(self.snapshot, plans, document, DEFAULT_LANGUAGE)
        return self._assessed[faults]

    def _ordered(self, frame: pd.DataFrame, selector: Selector) -> pd.DataFrame:
        identity = _IDENTITY.get(selector.layer, "id")
        if selector.isolates is not None or selector.restores is not None:
            place = {identifier: number for number, identifier in enumerate(self._operated(selector))}
            return frame.assign(_key=frame[identity].map(place)).sort_values("_key")
        values = self._values(frame, selector)
        # What nobody knows comes last, whichever way the order goes.
        least = selector.order == "least" or (selector.order is None and selector.by == "reserve_hours")
        ascending = least or (selector.near is not None and selector.order != "most")
        keyed = frame.assign(_key=values).sort_values(identity, kind="stable")
        return keyed.sort_values("_key", ascending=ascending, kind="stable", na_position="last")

    def _values(self, frame: pd.DataFrame, selector: Selector) -> pd.Series:
        if selector.near is not None:
            return distances_m(frame, self._shapes[selector.near])
        if selector.by == "county_customers":
            return county_customers(self.snapshot, self.plan.county_code, frame, selector.layer)
        if selector.by is None:
            return pd.Series(0.0, index=frame.index)
        return measured(self.snapshot, self.plan, frame, selector)


def _middle(shape: Any) -> Any:
    return shape if shape.geom_type == "Point" else shapely.line_interpolate_point(shape, 0.5, normalized=True)


def choose_all(
    snapshot: Snapshot, plan: Plan, selectors: Mapping[str, Selector]
) -> tuple[dict[str, Place], dict[str, int]]:
    """Return the places by key, and for those that there are not how many fit."""
    chooser = Chooser(snapshot, plan)
    missing: dict[str, int] = {}
    for key, selector in selectors.items():
        try:
            chooser.choose(key, selector)
        except NotFound as error:
            missing[key] = error.count
    return chooser.found, missing
