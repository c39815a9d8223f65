"""What was foreseen of places on reserves, against what happened to them.

The forecast is the one that the log would have given: of the first moment at which what was written by then showed the
place on a reserve. In a drill, whose clock is not the one on the wall, everything counts as written when it happened.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from webmap.incidents.effective import Effective
from webmap.incidents.entries import Correction, DeviceOperated, Repaired, RoadClosed, UnitPlaced
from webmap.incidents.fold import is_damage
from webmap.incidents.moments import as_entered
from webmap.reviews.material import Material
from webmap.reviews.results import ReserveOutcome, ReserveRow
from webmap.reviews.rules import minutes_between

#: Nearer than this a failure came as foreseen.
TOLERANCE_MINUTES = 15
#: A picture takes a tenth of a second and more.
MOST_PICTURES = 20
#: What changes when a place fails, beside damage and repairs.
_BEARING = frozenset({"repaired", "device_operated", "unit_placed", "reserve_reported", "road_closed"})


@dataclass(frozen=True)
class Spell:
    """The first time a place lived on a reserve: since when, and what came then (`state` None: it still does)."""

    facility: str
    begins: datetime
    ends: datetime | None
    state: str | None


@dataclass(frozen=True)
class Forecast:
    """When it was made, and when the place was to fail; None: not while the reserve lasted."""

    at: datetime
    fails_at: datetime | None


@dataclass
class Gallery:
    """The pictures that were taken for a review, each once. `full` once there are too many."""

    material: Material
    taken: dict[tuple[datetime, datetime], dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    full: bool = False

    def rows(self, at: datetime, known_at: datetime) -> dict[str, Mapping[str, Any]]:
        """Return the facilities' rows by id; none when there are too many pictures already."""
        key = (at, known_at)
        if key not in self.taken:
            if self.material.pictures is None or len(self.taken) >= MOST_PICTURES:
                self.full = True
                return {}
            picture = self.material.pictures(at, known_at)
            self.taken[key] = {row["id"]: row for row in picture["facilities"]}
        return self.taken[key]


def reserve_rows(material: Material) -> tuple[list[ReserveRow], int]:
    """Return a row for each place that lived on a reserve, in the order of doing so, and the count of those left out.

    Left out are places for which too many pictures would be needed; all of them where no picture can be taken.
    """
    if material.impact is None:
        return [], 0
    gallery = Gallery(material)
    facilities = {item["id"]: item for item in material.impact["facilities"]}
    rows, left_out = [], 0
    for spell in sorted(_spells(material.impact), key=lambda item: _place(item, facilities)):
        gallery.full = False
        forecast = _forecast(material, gallery, spell)
        if forecast is None and gallery.full:
            left_out += 1
        else:
            rows.append(_row(material, facilities[spell.facility], spell, forecast))
    return rows, left_out


def _place(spell: Spell, facilities: Mapping[str, Any]) -> tuple[datetime, float, str]:
    tier = facilities[spell.facility]["tier"]
    return spell.begins, math.inf if tier is None else tier, spell.facility


def _spells(impact: Mapping[str, Any]) -> Iterator[Spell]:
    course: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for change in impact["reserve_course"]:
        course[change["facility"]].append((datetime.fromisoformat(change["at"]), change["state"]))
    for facility, changes in course.items():
        begun = next((place for place, (_, state) in enumerate(changes) if state == "on_reserve"), None)
        if begun is None:
            continue
        after = changes[begun + 1] if begun + 1 < len(changes) else (None, None)
        yield Spell(facility, changes[begun][0], *after)


def _forecast(material: Material, gallery: Gallery, spell: Spell) -> Forecast | None:
    for at, known_at in _looks(material, spell):
        row = gallery.rows(at, known_at).get(spell.facility)
        if row is not None and row["state"] == "on_reserve":
            fails_at = row["fails_at"]
            return Forecast(at, None if fails_at is None else datetime.fromisoformat(fails_at))
    return None


def _looks(material: Material, spell: Spell) -> Iterator[tuple[datetime, datetime]]:
    """Yield the moments at which more was known while the place lived on its reserve, with the moment of writing."""
    zone = material.at.tzinfo
    begins = spell.begins.astimezone(zone)
    if material.log.opening.drill:
        yield begins, material.written_by(begins)
        return
    told = sorted({entry.written_at for entry in material.log.entries if _bears(entry.fact)})
    if any(moment <= begins for moment in told):
        yield begins, begins
    end = material.at if spell.ends is None else spell.ends
    for moment in told:
        if begins < moment <= end:
            yield moment.astimezone(zone).replace(microsecond=0), moment


def _bears(fact: Any) -> bool:
    if isinstance(fact, Correction):
        return True
    return is_damage(fact) or fact.kind in _BEARING


def _row(material: Material, facility: Mapping[str, Any], spell: Spell, forecast: Forecast | None) -> ReserveRow:
    outcome, error = _outcome(spell, forecast)
    saved = _saved_by(material, spell) if outcome == "saved" else None
    zone = material.at.tzinfo

    def told(moment: datetime | None) -> str | None:
        return None if moment is None else as_entered(moment.astimezone(zone))

    return ReserveRow(
        facility=spell.facility,
        name=facility["name"],
        tier=facility["tier"],
        commodity=_commodity(facility),
        on_reserve_from=as_entered(spell.begins.astimezone(zone)),
        forecast_at=None if forecast is None else told(forecast.at),
        forecast_fails_at=None if forecast is None else told(forecast.fails_at),
        failed_at=told(spell.ends if spell.state == "failed" else None),
        back_at=told(spell.ends if spell.state != "failed" else _back(facility)),
        error_minutes=error,
        outcome=outcome,
        outcome_title=material.phrases.write(f"review.outcome.{outcome}", minutes=TOLERANCE_MINUTES),
        saved_by=None if saved is None else material.said(saved.corrected_by or saved.number, saved.fact),
        saved_by_entry=None if saved is None else saved.number,
    )


def _back(facility: Mapping[str, Any]) -> datetime | None:
    """When the place came back after its last failure."""
    return None if facility["back_at"] is None else datetime.fromisoformat(facility["back_at"])


def _commodity(facility: Mapping[str, Any]) -> str | None:
    used = max(facility["reserves"], key=lambda item: item["used_hours"], default=None)
    return None if used is None else str(used["commodity"])


def _outcome(spell: Spell, forecast: Forecast | None) -> tuple[ReserveOutcome, float | None]:
    if forecast is None:
        return "not_forecast", None
    if spell.ends is None:
        return "still_on_reserve", None
    if spell.state != "failed":
        return ("lasted_as_forecast" if forecast.fails_at is None else "saved"), None
    if forecast.fails_at is None:
        return "failed_earlier", None
    error = minutes_between(forecast.fails_at, spell.ends)
    if abs(error) <= TOLERANCE_MINUTES:
        return "failed_as_forecast", error
    return ("failed_earlier" if error < 0 else "failed_later"), error


def _saved_by(material: Material, spell: Spell) -> Effective | None:
    """The last thing done that can have brought supply back to a place; a unit at the place itself comes first."""
    assert spell.ends is not None  # noqa: S101  it came back
    done = [item for item in material.past if item.fact.happened_at <= spell.ends and _can_save(item, spell)]
    return max(
        done, key=lambda item: (item.fact.happened_at, isinstance(item.fact, UnitPlaced), item.number), default=None
    )


def _can_save(item: Effective, spell: Spell) -> bool:
    fact = item.fact
    if isinstance(fact, UnitPlaced):
        return fact.facility == spell.facility
    if fact.happened_at <= spell.begins:
        return False
    if isinstance(fact, DeviceOperated):
        return fact.outcome == "done"
    return isinstance(fact, Repaired) or (isinstance(fact, RoadClosed) and not fact.closed)
