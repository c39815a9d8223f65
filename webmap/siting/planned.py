"""What choosing an answer makes of the layer `sites`, and what taking it back does. Pure functions of frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from layers.crs import STORAGE_EPSG
from webmap.incidents.entry_fields import one_line
from webmap.siting.errors import SitingRefused

#: A record that lies farther off than this (degrees, about 1 m) is not where it was when the answer was computed.
_SAME_PLACE = 1e-5


@dataclass(frozen=True)
class ChosenSite:
    """A site of a choice: its id in the layer, and its status without any choice; None: no record at all."""

    id: str
    name: str
    before: str | None

    def document(self) -> dict[str, Any]:
        """Return the site as it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Origin:
    """What new records say of themselves: an id begins with `prefix`."""

    prefix: str
    source: str
    provenance: str


def choose(
    answer: Mapping[str, Any],
    frames: Mapping[str, pd.DataFrame],
    standing: Sequence[ChosenSite],
    origin: Origin,
) -> tuple[pd.DataFrame, list[ChosenSite]]:
    """Return the layer `sites` with the new sites of an answer planned, and these.

    `frames` are `sites` and `facilities` as they are now, `standing` the sites of other choices that stand. Raises
    `SitingRefused`: there is nothing to choose, a place is not as it was, or is restricted.
    """
    new = [site for site in answer["sites"] if site["new"]]
    if not new:
        raise SitingRefused("nothing_new")
    sites = frames["sites"]
    _require_open(new, frames["facilities"])
    _require_as_it_was(new, answer["kind"], sites, frames["facilities"])
    known = {site.id: site.before for site in standing}
    status = dict(zip(sites["id"], sites["status"], strict=True))
    chosen, rows = [], []
    for number, site in enumerate(new, start=1):
        identifier = site["id"] if site["origin"] == "layer" else f"{origin.prefix}-{number}"
        before = known.get(identifier, status.get(identifier))
        chosen.append(ChosenSite(identifier, site["name"], before))
        if identifier not in status:
            rows.append(_record(identifier, site, answer["kind"], origin))
    planned = sites["id"].isin([site.id for site in chosen])
    kept = sites.assign(status=sites["status"].mask(planned, "planned"))
    return _with_rows(kept, rows), chosen


def take_back(
    chosen: Sequence[ChosenSite], sites: pd.DataFrame, standing: Sequence[ChosenSite]
) -> tuple[pd.DataFrame, list[ChosenSite]]:
    """Return the layer `sites` without what a choice did, and the sites concerned.

    What other choices that stand (`standing`) rely on stays planned, and so does what was made of a site since.
    """
    elsewhere = {site.id for site in standing}
    planned = set(sites.loc[sites["status"] == "planned", "id"])
    undone = [site for site in chosen if site.id in planned - elsewhere]
    gone = [site.id for site in undone if site.before is None]
    before = {site.id: site.before for site in undone if site.before is not None}
    restored = sites["id"].map(before)
    changed = sites.assign(status=sites["status"].where(restored.isna(), restored))
    return changed[~changed["id"].isin(gone)], undone


def _require_open(new: Sequence[Mapping[str, Any]], facilities: pd.DataFrame) -> None:
    """Sites are seen by all, and a record made of a place tells where that place is."""
    restricted = set(facilities.loc[facilities["restricted"].astype(bool), "id"])
    hidden = [site["name"] for site in new if site["origin"] == "facility" and site["id"] in restricted]
    if hidden:
        raise SitingRefused("restricted_place", hidden)


def _require_as_it_was(
    new: Sequence[Mapping[str, Any]], kind: str, sites: pd.DataFrame, facilities: pd.DataFrame
) -> None:
    of_kind = sites[(sites["kind"] == kind) & (sites["status"] != "existing")]
    places = {
        "layer": dict(zip(of_kind["id"], of_kind["geometry"], strict=True)),
        "facility": dict(zip(facilities["id"], facilities["geometry"], strict=True)),
    }

    def is_gone(site: Mapping[str, Any]) -> bool:
        if site["origin"] == "entered":
            return False
        place = places[site["origin"]].get(site["id"])
        return place is None or place.distance(Point(site["point"])) > _SAME_PLACE

    if gone := [site["name"] for site in new if is_gone(site)]:
        raise SitingRefused("site_gone", gone)


def _record(identifier: str, site: Mapping[str, Any], kind: str, origin: Origin) -> dict[str, Any]:
    return {
        "id": identifier,
        "name": one_line(site["name"]) or identifier,
        "provenance": origin.provenance,
        "source": origin.source,
        "kind": kind,
        "status": "planned",
        "capacity": site["capacity"],
        "cost": site["cost"],
        "geometry": Point(site["point"]),
    }


def _with_rows(sites: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return sites
    added = gpd.GeoDataFrame(rows, geometry="geometry", crs=STORAGE_EPSG)
    records = [*sites.to_dict("records"), *added.to_dict("records")]
    return gpd.GeoDataFrame(records, geometry="geometry", crs=STORAGE_EPSG)
