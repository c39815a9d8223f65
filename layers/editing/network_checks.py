"""What an edit does to the networks: problems that were not there before it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import shapely

from layers.editing.changes import Changes
from layers.editing.problems import Problem, Severity
from layers.editing.words import NETWORK_CODES
from layers.references import SoundnessIssue
from layers.soundness import check_networks

#: Codes that keep a change from being stored, and those that are only worth knowing.
_SEVERITIES: Mapping[str, Severity] = {"missing_node": "error", "other_network": "error", "population": "note"}
_LAYERS_WITH_IDS = ("network_nodes", "network_lines", "supplies", "facilities", "coal_routes", "contacts", "townships")
_ABOUT_NETWORKS = frozenset({"network_nodes", "network_lines", "supplies", "facilities", "coal_routes", "contacts"})


def touched_networks(changes: Changes) -> frozenset[str]:
    """Return the networks of which a node, a line or a supply changes."""
    column = {"network_nodes": "network", "network_lines": "network", "supplies": "commodity"}
    return frozenset(
        str(record.values[column[layer]])
        for (layer, _), change in changes.records.items()
        if layer in column
        for record in (change.before, change.after)
        if record is not None
    )


def issues_in(frames: Mapping[str, pd.DataFrame], networks: frozenset[str]) -> frozenset[SoundnessIssue]:
    """Return what is unsound in some networks and in what refers to them."""
    # What the counties count as a whole no edit of a network changes.
    part = {**frames, "counties": frames["counties"].iloc[:0]}
    for layer, column in (("network_nodes", "network"), ("network_lines", "network")):
        frame = frames[layer]
        part[layer] = frame[frame[column].isin(networks)].reset_index(drop=True)
    supplies = frames["supplies"]
    part["supplies"] = supplies[supplies["commodity"].isin(networks | {"coal"})].reset_index(drop=True)
    # What a plant feeds may lie in a network that was not touched.
    known = set(part["network_nodes"]["id"])
    facilities = frames["facilities"].copy()
    facilities["source_node"] = facilities["source_node"].where(facilities["source_node"].isin(known))
    part["facilities"] = facilities
    return frozenset(check_networks(part))


def network_problems(
    changes: Changes,
    before: frozenset[SoundnessIssue],
    after: frozenset[SoundnessIssue],
    frames: Mapping[str, pd.DataFrame],
) -> list[Problem]:
    """Return what the changes bring about: issues of after that were not there before, in order.

    `frames` are those of after, in which the elements are looked up.
    """
    known = {(issue.code, issue.element) for issue in before}
    found = [issue for issue in after if (issue.code, issue.element) not in known and issue.code in NETWORK_CODES]
    return [_problem(issue, frames) for issue in sorted(found, key=lambda issue: (issue.code, issue.element))]


def is_about_networks(changes: Changes) -> bool:
    """Whether anything changes that the networks' checks look at."""
    return any(layer in _ABOUT_NETWORKS for layer in changes.layers)


def _problem(issue: SoundnessIssue, frames: Mapping[str, pd.DataFrame]) -> Problem:
    severity = _SEVERITIES.get(issue.code, "warning")
    for layer in _LAYERS_WITH_IDS:
        rows = frames[layer][frames[layer]["id"] == issue.element]
        if len(rows):
            place = None
            if "geometry" in rows:
                x, y = shapely.get_coordinates(shapely.point_on_surface(rows["geometry"].iloc[0]))[0]
                place = (float(x), float(y))
            names, detail = (str(rows["name"].iloc[0]),), _detail(str(rows["name"].iloc[0]))
            return Problem(issue.code, layer, issue.element, None, severity, detail, names, place)
    return Problem(issue.code, "", issue.element, None, severity, _detail(issue.element), (issue.element,))


def _detail(name: str) -> dict[str, object]:
    return {"name": name, "field": "", "value": name, "target": ""}
