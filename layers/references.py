"""Do records that name other records name the right ones? Facilities, their supplies, coal routes, and contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class SoundnessIssue:
    """One thing that is wrong: a code for programs, the id it concerns, a sentence for people."""

    code: str
    element: str
    message: str


def issues_of(code: str, elements: Any, message: str) -> list[SoundnessIssue]:
    """Return one issue for each element, all with the same code and sentence."""
    return [SoundnessIssue(code, str(element), message) for element in elements]


def broken_references(frames: Mapping[str, Any]) -> list[SoundnessIssue]:
    """Check `facilities`, `supplies` and, where given, `coal_routes` and `contacts` against each other and the nodes.

    Codes: `unknown_reference` (the record named is not there, or is of another network), `no_coal_need` (a coal route
    leads to a place that burns no coal), `idle_substitute` (a supply stands in for a need that its facility has not),
    `contact_of_nobody` (an address of no facility, township or unit).
    """
    issues = _nodes_named(frames) + _substitutes(frames["supplies"])
    routes, contacts = frames.get("coal_routes"), frames.get("contacts")
    if routes is not None:
        issues += _routes(routes, frames["facilities"], frames["supplies"])
    return issues if contacts is None else issues + _contacts(contacts, frames["facilities"], frames["townships"])


def _nodes_named(frames: Mapping[str, Any]) -> list[SoundnessIssue]:
    nodes = frames["network_nodes"].set_index("id")["network"]
    facilities, supplies = frames["facilities"], frames["supplies"]
    lost = facilities["source_node"].notna() & ~facilities["source_node"].isin(nodes.index)
    issues = issues_of("unknown_reference", facilities["id"][lost], "the node it feeds does not exist")
    orphan = ~supplies["facility_id"].isin(facilities["id"])
    issues += issues_of("unknown_reference", supplies["id"][orphan], "the facility does not exist")
    named = supplies[supplies["node_id"].notna()]
    found = named["node_id"].map(nodes)
    issues += issues_of("unknown_reference", named["id"][found.isna()], "the node does not exist")
    wrong = found.notna() & (found != named["commodity"])
    return issues + issues_of(
        "unknown_reference", named["id"][wrong], "the node is of another network than the commodity"
    )


def idle_substitutes(supplies: Any) -> Any:
    """Return a mask of the supplies that stand in for a need which their facility does not have."""
    stands_in = supplies["substitutes_for"].notna()
    own = supplies[~stands_in]
    needs = pd.MultiIndex.from_arrays([own["facility_id"], own["commodity"]])
    wanted = pd.MultiIndex.from_arrays([supplies["facility_id"], supplies["substitutes_for"]])
    return stands_in & ~wanted.isin(needs)


def _substitutes(supplies: Any) -> list[SoundnessIssue]:
    message = "the supply stands in for a need that the facility does not have"
    return issues_of("idle_substitute", supplies["id"][idle_substitutes(supplies)], message)


def coal_routes_without_need(routes: Any, supplies: Any) -> Any:
    """Return a mask of the routes whose facility has no need of coal of its own."""
    burning = supplies.loc[(supplies["commodity"] == "coal") & supplies["substitutes_for"].isna(), "facility_id"]
    return ~routes["facility_id"].isin(burning)


def _routes(routes: Any, facilities: Any, supplies: Any) -> list[SoundnessIssue]:
    issues = []
    for column, what in (("facility_id", "plant"), ("source_facility_id", "mine")):
        lost = routes[column].notna() & ~routes[column].isin(facilities["id"])
        issues += issues_of("unknown_reference", routes["id"][lost], f"the {what} does not exist")
    idle = routes["facility_id"].isin(facilities["id"]) & coal_routes_without_need(routes, supplies)
    return issues + issues_of("no_coal_need", routes["id"][idle], "the route leads to a place that burns no coal")


def _contacts(contacts: Any, facilities: Any, townships: Any) -> list[SoundnessIssue]:
    issues = []
    for column, known, what in (
        ("facility_id", facilities["id"], "facility"),
        ("township_code", townships["code"], "township"),
    ):
        lost = contacts[column].notna() & ~contacts[column].isin(known)
        issues += issues_of("unknown_reference", contacts["id"][lost], f"the {what} does not exist")
    nobody = contacts[["facility_id", "township_code", "unit"]].isna().all(axis=1)
    return issues + issues_of("contact_of_nobody", contacts["id"][nobody], "whose contact this is, is not said")
