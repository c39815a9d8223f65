"""Which places are out, and why, in words: by hand, in a drawn area, hit by the incident, without electricity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from priority.network.kernels import BoolArray
from priority.siting.study.cases import Case
from priority.siting.study.feeds import Feed, Feeds
from priority.siting.study.places import Place
from priority.siting.study.results import Exclusion
from priority.siting.study.setting import Setting

_ELECTRICITY = "electricity"


@dataclass(frozen=True)
class Verdict:
    """Why a place is out, with the reason in a sentence; `excluded` None where it is not."""

    excluded: Exclusion | None = None
    reason: str | None = None


IN = Verdict()


def verdicts_for_all(setting: Setting, places: Sequence[Place]) -> list[Verdict]:
    """Return what is out whatever happens: left out by hand, in a drawn area."""
    without = set(setting.study.candidates.without)
    inside = _inside(setting, places)
    write = setting.phrases.write
    found = []
    for place, area in zip(places, inside.tolist(), strict=True):
        if place.id in without:
            found.append(Verdict("by_hand", write("siting.excluded.by_hand")))
        elif area:
            found.append(Verdict("area", write("siting.excluded.area", number=area)))
        else:
            found.append(IN)
    return found


def verdicts_of(case: Case, places: Sequence[Place], feeds: Feeds) -> list[Verdict]:
    """Return what is out in one case: affected by its incident, or without electricity through it."""
    if case.picture is None:
        return [IN] * len(places)
    excluded = case.setting.study.excluded
    drawn = _drawn(case, places)
    found = []
    for place, inside in zip(places, drawn.tolist(), strict=True):
        verdict = _affected(case, place, feeds, inside=inside) if excluded.affected else IN
        if verdict is IN and excluded.failed_network:
            verdict = _without_electricity(case, place, feeds)
        found.append(verdict)
    return found


def without_power(case: Case, places: Sequence[Place], feeds: Feeds) -> list[Place]:
    """Return the places that the incident itself leaves without electricity or lets fail, excluded or not."""
    if case.picture is None:
        return []
    return [place for place in places if _without_electricity(case, place, feeds) is not IN]


def undecided(case: Case, places: Sequence[Place], feeds: Feeds) -> int:
    """Count the places of which nobody can say what feeds them, and so whether the incident takes that out."""
    excluded = case.setting.study.excluded
    networks = {
        *(case.setting.networks if excluded.affected else ()),
        *((_ELECTRICITY,) if excluded.failed_network else ()),
    }
    if case.picture is None or not networks:
        return 0
    return sum(all(feeds.of(case, place, network) is None for network in networks) for place in places)


def _inside(setting: Setting, places: Sequence[Place]) -> np.ndarray:
    """The number from 1 of the first drawn area that holds each place, 0 where none does; edges count as inside."""
    points = shapely.points(np.array([place.point for place in places]).reshape(-1, 2))
    inside = np.zeros(len(places), np.int64)
    for number, area in reversed(list(enumerate(setting.study.excluded.areas, 1))):
        inside[shapely.intersects(area, points)] = number
    return inside


def _drawn(case: Case, places: Sequence[Place]) -> BoolArray:
    """Which places lie in the incident's drawn area and townships."""
    points = shapely.points(np.array([place.point for place in places]).reshape(-1, 2))
    area = None if case.picture is None else case.picture.area
    if area is None:
        return np.zeros(len(places), np.bool_)
    return np.asarray(shapely.intersects(area, points), dtype=np.bool_)


def _affected(case: Case, place: Place, feeds: Feeds, *, inside: bool) -> Verdict:
    """In the drawn area, or where a supply that the sites stand in for is lost."""
    if inside:
        return Verdict("affected", case.setting.phrases.write("siting.excluded.drawn"))
    for network in case.setting.networks:
        feed = feeds.of(case, place, network)
        if feed is not None and feed.out:
            return Verdict("affected", _told(case, feed, "affected"))
    return IN


def _without_electricity(case: Case, place: Place, feeds: Feeds) -> Verdict:
    """A facility that fails, or a place whose electricity is lost."""
    if place.facility >= 0 and case.facilities_failing[place.facility]:
        return Verdict("failed_network", case.setting.phrases.write("siting.excluded.facility_fails"))
    feed = feeds.of(case, place, _ELECTRICITY)
    if feed is not None and feed.out:
        return Verdict("failed_network", _told(case, feed, "failed"))
    return IN


def _told(case: Case, feed: Feed, key: str) -> str:
    setting = case.setting
    network = setting.phrases.write(f"siting.network.{feed.network}")
    if feed.node < 0:
        return setting.phrases.write(f"siting.excluded.{key}_own", network=network)
    name = str(setting.system.element_names[feed.node])
    length = setting.phrases.number(feed.distance_m).strip()
    return setting.phrases.write(f"siting.excluded.{key}_nearest", network=network, name=name, distance=length)
