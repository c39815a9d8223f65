"""Entries about the data that an incident is assessed on."""

from __future__ import annotations

from typing import Literal

from webmap.incidents.entry_fields import Id, Text
from webmap.incidents.fact import Fact


class DataAdopted(Fact):
    """From this entry on the incident is assessed on another version of the data, past moments as well."""

    kind: Literal["data_adopted"] = "data_adopted"
    data_version: Id
    reason: Text | None = None
