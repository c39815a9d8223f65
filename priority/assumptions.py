"""What a result rests on and does not know, said with every result."""

from __future__ import annotations

from priority.cascade import NEVER
from priority.coal import coal_assumptions
from priority.facilities import UNKNOWN_RESERVE
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.results import Assumption

#: How many facilities an assumption names.
_NAMED = 5


def assumptions(picture: Picture) -> tuple[Assumption, ...]:
    """Return the assumptions that matter for this picture, those about the data first."""
    return (*_about_data(picture), *_about_method(picture), *_about_plan(picture))


def _note(picture: Picture, code: str, clause: str | None = None, **values: object) -> Assumption:
    return Assumption(code=code, text=picture.phrases.write(f"assumption.{code}", **values), clause=clause)


def _about_data(picture: Picture) -> list[Assumption]:
    system = picture.system
    notes = []
    if system.synthetic:
        notes.append(_note(picture, "synthetic"))
    if system.estimated:
        notes.append(_note(picture, "estimated"))
    if system.unsupplied_in_data:
        notes.append(_note(picture, "unsupplied_in_data", count=system.unsupplied_in_data))
    later = picture.lost_nodes(picture.horizon_s)
    for code, mask in (
        ("unknown_customers", system.loads.customers_unknown),
        ("unknown_demand", system.loads.demand_unknown),
    ):
        unknown = int((later & mask).sum())
        if unknown:
            notes.append(_note(picture, code, count=unknown))
    unfed = [system.facilities.names[number] for number in picture.shown_facilities if picture.unfed[number]]
    if unfed:
        names = picture.phrases.join(unfed[:_NAMED])
        notes.append(_note(picture, "unfed_in_data", count=len(unfed), names=names))
    if not picture.restricted and system.facilities.restricted.any():
        notes.append(_note(picture, "restricted"))
    return notes


def _about_method(picture: Picture) -> list[Assumption]:
    facilities = picture.system.facilities
    hours = picture.phrases.duration(picture.horizon_s)
    notes = [
        _note(picture, "isolation"),
        _repairs(picture, hours),
        _note(picture, "reserve"),
        _note(picture, "population"),
    ]
    shown = set(picture.shown_facilities.tolist())
    told = {facilities.needs[item.need].facility for item in picture.cascade.actions.reported} & shown
    if told:
        notes.append(_note(picture, "reserve_reported", count=len(told)))
    lost_s = picture.cascade.need_spells.begins_s
    unknown = sum(
        picture.reserve_s(number, int(lost_s[number])) == UNKNOWN_RESERVE
        and need.required
        and lost_s[number] != NEVER
        and need.facility in shown
        for number, need in enumerate(facilities.needs)
    )
    if unknown:
        notes.append(_note(picture, "reserve_unknown", count=unknown))
    notes += _about_help(picture)
    if any(need.commodity == "coal" and not need.nodes and need.facility in shown for need in facilities.needs):
        notes.append(_note(picture, "coal_stock", "4.5.5" if "heat" in picture.plan.commodities else None))
        notes += coal_assumptions(picture.system.coal, picture.phrases, restricted=picture.restricted)
    if picture.area is not None:
        hit = any(damage.kind == "area" for damage in picture.damages)
        notes.append(_note(picture, "area_facilities" if hit else "area_hits_nothing"))
    notes += _without_effect(picture)
    return notes


def _repairs(picture: Picture, hours: str) -> Assumption:
    repaired = sum(damage.ends_s != NEVER for damage in picture.damages)
    if not repaired:
        return _note(picture, "no_repair", horizon=hours)
    return _note(picture, "repairs_entered", count=repaired, total=len(picture.damages))


def _about_help(picture: Picture) -> list[Assumption]:
    """Say how units, operated devices and fuels that stand in for others are counted, where there are any."""
    notes = []
    actions, substitution = picture.cascade.actions, picture.plan.fuel_substitution
    if actions.placed:
        notes.append(_note(picture, "placed", count=len(actions.placed)))
    if actions.operated:
        notes.append(_note(picture, "operated", count=len(actions.operated)))
    shown = set(picture.shown_facilities.tolist())
    standing_in = sum(
        bool(need.substitute_nodes) and need.facility in shown for need in picture.system.facilities.needs
    )
    if substitution is not None and standing_in:
        notes.append(_note(picture, "substitution", substitution.clause, count=standing_in))
    return notes


def _without_effect(picture: Picture) -> list[Assumption]:
    """Name every damage that struck nothing in service."""
    notes = []
    for damage, isolation in zip(picture.damages, picture.cascade.isolations, strict=True):
        if isolation is not None and not (isolation.nodes.size or isolation.lines.size or isolation.damaged.size):
            notes.append(_note(picture, "fault_without_effect", name=picture.damage_name(damage)))
    return notes


def _about_plan(picture: Picture) -> list[Assumption]:
    notes = []
    tier_order = picture.plan.interpretation("tier_order")
    if tier_order is not None:
        text = tier_order.text.in_language(picture.phrases.language)
        notes.append(Assumption(code="tier_order", text=text, clause=tier_order.clause))
    if picture.incident.priority_order is not None:
        notes.append(_note(picture, "priority_reordered", reason=picture.incident.priority_order.reason))
    inside = picture.system.townships.in_county(picture.plan.county_code)
    hit = picture.tally_now.hit(list(range(len(NETWORK_KEYS))))
    outside = int((hit & ~inside)[:-1].sum())  # the last place stands for "in no township"
    if outside:
        language = picture.phrases.language
        plan, county = picture.plan.title.in_language(language), picture.plan.county_name.in_language(language)
        notes.append(_note(picture, "not_in_plan_county", plan=plan, county=county, count=outside))
    return notes
