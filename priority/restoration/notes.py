"""What a restoration plan rests on and does not know, said with every plan."""

from __future__ import annotations

from priority.picture import Picture
from priority.restoration.decision import Decision
from priority.restoration.distant import distant
from priority.restoration.scenario import Scenario
from priority.results import Assumption
from priority.roads.network import DETOUR_FACTOR, STRAIGHT_KPH


def notes(
    picture: Picture, scenario: Scenario, decision: Decision, *, switched: bool, not_asked: bool, together: bool
) -> tuple[Assumption, ...]:
    """Return the assumptions that matter for this plan, those about the data first.

    `not_asked`: time was up before every kind of extra crew was tried; `together`: before each unit was left out alone.
    """
    assumed = sum(item.assumed for item in scenario.repairs)
    already = len(picture.damages) - len(scenario.repairs)
    straight = picture.system.roads.assumed
    to_come = _to_come(picture)
    reported = len({item.facility for item in picture.incident.reserves})
    told: list[tuple[bool, str, dict[str, object]]] = [
        (bool(assumed), "hours", {"count": assumed}),
        (straight, "straight", {"factor": DETOUR_FACTOR, "speed": round(STRAIGHT_KPH)}),
        (not straight, "roads", {}),
        (bool(scenario.repairs), "crews", {}),
        (switched, "switching", {}),
        (bool(decision.sent or picture.incident.placements), "mobile", {}),
        (True, "reserve", {}),
        (bool(reported), "reserve_reported", {"count": reported}),
        (decision.solution is not None, "bound", {}),
        (not decision.all_tried, "units_searched", {}),
        (together, "units_together", {}),
        (not_asked, "extra_not_asked", {}),
        (bool(already), "entered", {"count": already}),
        (bool(to_come), "to_come", {"count": to_come}),
    ]
    for name, travel_s in distant(scenario):
        told.append((True, "distant", {"name": name, "travel": picture.phrases.duration(travel_s)}))
    found = [
        Assumption(code=code, text=picture.phrases.write(f"restoration.assumption.{code}", **values))
        for holds, code, values in told
        if holds
    ]
    if picture.system.synthetic:
        found.insert(0, Assumption(code="synthetic", text=picture.phrases.write("assumption.synthetic")))
    return (*found, *_about_plan(picture))


def _to_come(picture: Picture) -> int:
    """Count the faults of networks that happen after `at`: switching is only planned for those that have begun."""
    pairs = zip(picture.damages, picture.cascade.isolations, strict=True)
    return sum(isolation is not None and not damage.begun for damage, isolation in pairs)


def _about_plan(picture: Picture) -> list[Assumption]:
    found = []
    tier_order = picture.plan.interpretation("tier_order")
    if tier_order is not None:
        text = tier_order.text.in_language(picture.phrases.language)
        found.append(Assumption(code="tier_order", text=text, clause=tier_order.clause))
    order = picture.incident.priority_order
    if order is not None:
        text = picture.phrases.write("assumption.priority_reordered", reason=order.reason)
        found.append(Assumption(code="priority_reordered", text=text))
    if not picture.restricted and picture.system.facilities.restricted.any():
        found.append(Assumption(code="restricted", text=picture.phrases.write("assumption.restricted")))
    return found
