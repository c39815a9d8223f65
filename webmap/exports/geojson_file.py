"""The map of an assessment as GeoJSON: what is hit, what is dead, what to open, which places are in trouble."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from webmap.api.layer_payload import geometry_texts
from webmap.documents import write_document
from webmap.runtime import Snapshot

_Properties = dict[str, Any]
_COMMON = ("id", "name", "provenance", "source")


def geojson_file(
    assessment: Mapping[str, Any], snapshot: Snapshot, *, restricted: bool, incident: _Properties | None = None
) -> bytes:
    """Return a FeatureCollection of affected townships, dead lines, unsupplied nodes, devices to open and facilities.

    Every feature tells its `role`, the `provenance` of its place, and whether what is said of it rests on `synthetic`
    data: the outline of a township is estimated, but the outage in it follows from made-up lines. The collection tells
    plan, time and data version. An incident that hits nothing gives the facilities alone. `incident` is told by the
    collection and every feature.
    """
    synthetic = bool(assessment["synthetic"])

    def features(role: str, layer: str, wanted: Mapping[str, _Properties], key: str = "id") -> list[str]:
        marked = {name: {"synthetic": synthetic, **(incident or {}), **facts} for name, facts in wanted.items()}
        return _features(role, snapshot.visible(layer, restricted=restricted), marked, key)

    parts = [
        *features("affected_township", "townships", _townships(assessment), "code"),
        *features("dead_line", "network_lines", _by_network(assessment, "dead_lines")),
        *features("unsupplied_node", "network_nodes", _by_network(assessment, "unsupplied_nodes")),
        *features("isolating_device", "network_nodes", _devices(assessment)),
        *features("facility", "facilities", _facilities(assessment)),
    ]
    head = {name: assessment[name] for name in ("plan", "at", "horizon_hours", "data_version", "synthetic", "language")}
    head = {"type": "FeatureCollection", **head, **(incident or {}), "situation": assessment["situation"]}
    return write_document(head)[:-1] + b',"features":[' + ",".join(parts).encode("utf-8", "replace") + b"]}"


def _features(role: str, frame: pd.DataFrame, wanted: Mapping[str, _Properties], key: str) -> list[str]:
    chosen = frame[frame[key].isin(list(wanted))]
    shapes = geometry_texts(chosen["geometry"].to_numpy())
    columns = [chosen[name].tolist() for name in _COMMON]
    return [
        _feature(role, {**dict(zip(_COMMON, record, strict=True)), **wanted[value]}, shape)
        for record, value, shape in zip(zip(*columns, strict=True), chosen[key], shapes, strict=True)
    ]


def _feature(role: str, properties: _Properties, shape: str) -> str:
    """Write one feature. The role is part of its id, because a device can be unsupplied and to be opened."""
    told = {"role": role, **properties}
    identifier = json.dumps(f"{role}:{properties['id']}", ensure_ascii=False)
    inner = json.dumps(told, ensure_ascii=False, allow_nan=False)
    return f'{{"type":"Feature","id":{identifier},"properties":{inner},"geometry":{shape}}}'


def _townships(assessment: Mapping[str, Any]) -> dict[str, _Properties]:
    return {
        record["code"]: {
            "code": record["code"],
            "customers_out": {key: part.get("customers_out", 0) for key, part in record["commodities"].items()},
            "share_out": {key: part.get("share") for key, part in record["commodities"].items()},
            "population_affected": record["population_affected"],
            "facilities_failed": record["facilities_failed"],
            "facilities_on_reserve": record["facilities_on_reserve"],
        }
        for record in assessment["townships"]
        if _is_affected(record)
    }


def _is_affected(township: Mapping[str, Any]) -> bool:
    customers_out = sum(part.get("customers_out", 0) for part in township["commodities"].values())
    counts = (customers_out, township["population_affected"], township["facilities_failed"])
    return any(counts) or bool(township["facilities_on_reserve"])


def _by_network(assessment: Mapping[str, Any], name: str) -> dict[str, _Properties]:
    return {
        identifier: {"network": network}
        for network, outage in assessment["outages"].items()
        for identifier in outage.get(name, [])
    }


def _devices(assessment: Mapping[str, Any]) -> dict[str, _Properties]:
    """Devices to open with the faults they isolate and their order among the devices of each."""
    devices: dict[str, _Properties] = {}
    for isolation in assessment["isolation"]:
        for device in isolation["devices_to_open"]:
            entry = devices.setdefault(device["id"], {"kind": device["kind"], "isolates": []})
            entry["isolates"].append({"fault": isolation["fault"], "order": device["order"]})
    return devices


def _facilities(assessment: Mapping[str, Any]) -> dict[str, _Properties]:
    names = (
        "category",
        "tier",
        "township",
        "state",
        "fails_at",
        "back_at",
        "hours_left",
        "reserve_unknown",
        "lost",
        "causes",
    )
    return {record["id"]: {name: record[name] for name in names} for record in assessment["facilities"]}
