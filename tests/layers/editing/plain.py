"""Editing done over again, slowly: every record a dictionary, every rule a loop over all of them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pandas as pd

from layers.catalog import CATALOG
from layers.editing.changes import Changes

Town = dict[str, dict[str, dict[str, Any]]]
_END = {"from": ("from_node", 0), "to": ("to_node", -1)}


def plain_of(frames: Mapping[str, pd.DataFrame]) -> Town:
    """Return frames as dictionaries by layer and id; points and lines have their corners under `at`."""
    town: Town = {}
    for key, frame in frames.items():
        town[key] = {}
        for row in frame.to_dict("records"):
            record = {name: None if pd.isna(row[name]) else row[name] for name in CATALOG[key].columns}
            if "geometry" in row:
                shape = row["geometry"]
                line = shape.exterior if shape.geom_type == "Polygon" else shape
                record["at"] = [tuple(corner) for corner in line.coords]
            town[key][row["id"]] = record
    return town


def after_changes(town: Town, changes: Changes) -> Town:
    """Return the town after changes."""
    after = {layer: dict(records) for layer, records in town.items()}
    for (layer, identifier), change in changes.records.items():
        if change.after is None:
            del after[layer][identifier]
        else:
            shape = change.after.geometry
            at = {} if shape is None else {"at": [tuple(corner) for corner in shape.coords]}
            after[layer][identifier] = {**change.after.values, **at}
    return after


def edited(town: Town, operation: dict[str, Any]) -> Town:
    """Return the town after an operation of those that always apply here; as it was where it would be refused."""
    after = copy.deepcopy(town)
    return after if globals()["_" + operation["op"]](after, operation) else town


def _users(town: Town, layer: str, identifier: str) -> list[tuple[str, str, str]]:
    return [
        (key, record["id"], field.name)
        for key, records in town.items()
        for record in records.values()
        for field in CATALOG[key].fields
        if field.references == layer and record[field.name] == identifier
    ]


def _move(town: Town, operation: dict[str, Any]) -> bool:
    layer, identifier = operation["layer"], operation["id"]
    record, to = town[layer].get(identifier), tuple(operation["to"])
    if record is None:
        return False
    record["at"] = [to]
    for line in town["network_lines"].values() if layer == "network_nodes" else ():
        for column, position in _END.values():
            if line[column] == identifier:
                line["at"][position] = to
        if len(line["at"]) == 2 and line["at"][0] == line["at"][1]:
            return False
    return True


def _attributes(town: Town, operation: dict[str, Any]) -> bool:
    record = town[operation["layer"]].get(operation["id"])
    if record is None:
        return False
    record.update(operation["values"])
    return True


def _join(town: Town, operation: dict[str, Any]) -> bool:
    line, node = town["network_lines"].get(operation["id"]), town["network_nodes"].get(operation["node"])
    if line is None or node is None or node["network"] != line["network"]:
        return False
    column, position = _END[operation["end"]]
    line[column] = operation["node"]
    line["at"][position] = node["at"][0]
    return line["from_node"] != line["to_node"] and not (len(line["at"]) == 2 and line["at"][0] == line["at"][1])


def _remove(town: Town, operation: dict[str, Any]) -> bool:
    layer, identifier = operation["layer"], operation["id"]
    if identifier not in town[layer] or (_users(town, layer, identifier) and not operation["together"]):
        return False
    del town[layer][identifier]
    for key, user, column in _users(town, layer, identifier):
        if column == "source_node":
            town[key][user][column] = None
        elif user in town[key]:
            _remove(town, {"layer": key, "id": user, "together": True})
    return True
