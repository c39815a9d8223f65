"""Records that name others: whether these are there, and of the network that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from layers.catalog import CATALOG
from layers.importing.checks.findings import Findings
from layers.schema import Layer
from layers.vocabulary import COMMODITIES

#: Columns with a township's or county's code: in which layer it is `code`, and how many digits it has.
_CODES = {
    ("contacts", "township_code"): ("townships", 9),
    ("townships", "county_code"): ("counties", 6),
    ("townships", "code"): (None, 9),
    ("counties", "code"): (None, 6),
}
_KNOWN = [choice.key for choice in COMMODITIES]
#: Which column says of what network a node must be that another column names.
_NETWORK = {
    ("network_lines", "from_node"): "network",
    ("network_lines", "to_node"): "network",
    ("supplies", "node_id"): "commodity",
}


class References:
    """What records of a layer may name, as loaded now."""

    def __init__(self, layer: Layer, current: Mapping[str, Any], skipped: frozenset[str]) -> None:
        self._layer = layer
        self._named = [field for field in layer.fields if field.references and field.name not in skipped]
        wanted = {str(field.references) for field in self._named}
        self._ids = {key: pd.Index(_column(current, key, "id")) for key in wanted}
        self._network = _column(current, "network_nodes", "network")
        self._codes = {
            column: (digits, pd.Index(_column(current, target, "code")) if target else None)
            for (key, column), (target, digits) in _CODES.items()
            if key == layer.key
        }

    def check(self, findings: Findings) -> None:
        """Mark records that name what is not there."""
        for field in self._named:
            if field.name in findings.frame:
                self._check_field(field.name, str(field.references), findings)
        for column, (digits, known) in self._codes.items():
            if column in findings.frame:
                _check_codes(column, digits, known, findings)
        if self._layer.key == "contacts":
            whose = [name for name in ("facility_id", "township_code", "unit") if name in findings.frame]
            findings.mark("contact_of_nobody", findings.frame[whose].isna().all(axis=1).to_numpy())

    def _check_field(self, column: str, target: str, findings: Findings) -> None:
        values = findings.frame[column]
        given = values.notna().to_numpy()
        at = self._ids[target].get_indexer(pd.Index(values.astype(object)))
        title = CATALOG[target].title
        findings.mark("unknown_reference", given & (at < 0), column=column, target_zh=title.zh, target_en=title.en)
        network = _NETWORK.get((self._layer.key, column))
        if network is not None and network in findings.frame and len(self._network):
            wanted = findings.frame[network].to_numpy(dtype=object)
            # What is no network at all is told as such: it is not also another one.
            other = given & (at >= 0) & (self._network[at] != wanted) & np.isin(wanted.astype(str), _KNOWN)
            findings.mark("other_network", other, column=column)


def _column(current: Mapping[str, Any], key: str, column: str) -> Any:
    frame = current.get(key)
    return np.empty(0, dtype=object) if frame is None else frame[column].to_numpy(dtype=object)


def _check_codes(column: str, digits: int, known: pd.Index[Any] | None, findings: Findings) -> None:
    values = findings.frame[column]
    given = values.notna().to_numpy()
    formed = values.astype("str").str.fullmatch(rf"[0-9]{{{digits}}}").fillna(value=False).to_numpy(dtype=bool)
    findings.mark("code_form", given & ~formed, column=column, digits=digits)
    if known is not None and len(known):
        there = pd.Index(values.astype(object)).isin(known)
        findings.mark("unknown_township", given & formed & ~there, column=column)
