"""What an answer rests on and does not know, and what a planner should look at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from priority.results import Assumption
from priority.roads.network import DETOUR_FACTOR, STRAIGHT_KPH
from priority.siting.study.demand import FACILITY, PEOPLE, POINT, chosen_townships
from priority.siting.study.exclusions import without_power
from priority.siting.study.feeds import NEAR_M
from priority.siting.study.ground import Ground, Layout
from priority.siting.study.nobody import nobody_words
from priority.siting.study.outcome import Outcome
from priority.siting.study.words import share_words

_NAMED = 5


def assumptions_of(layout: Layout, ground: Ground) -> tuple[Assumption, ...]:
    """Return what the figures rest on, those about the data first."""
    return (
        *_about_data(layout),
        *_about_demand(layout, ground),
        *_about_incident(layout, ground),
        *_about_distances(layout, ground),
        *_about_sites(layout),
        *_about_plan(layout, ground),
    )


def _note(layout: Layout, code: str, **values: object) -> Assumption:
    return Assumption(code=code, text=layout.setting.phrases.write(f"siting.assumption.{code}", **values))


def _shared(layout: Layout, code: str, **values: object) -> Assumption:
    return Assumption(code=code, text=layout.setting.phrases.write(f"assumption.{code}", **values))


def _about_data(layout: Layout) -> Iterator[Assumption]:
    system = layout.setting.system
    if system.synthetic:
        yield _shared(layout, "synthetic")
    if system.estimated:
        yield _shared(layout, "estimated")
    if not layout.setting.restricted and system.facilities.restricted.any():
        yield _shared(layout, "restricted")


def _about_demand(layout: Layout, ground: Ground) -> Iterator[Assumption]:
    demand, setting, phrases = ground.demand, layout.setting, layout.setting.phrases
    asked = setting.study.demand
    if (demand.kind == PEOPLE).any():
        keys = setting.people_networks
        networks = phrases.join([phrases.write(f"siting.network.{key}") for key in keys])
        yield _note(layout, "people_networks" if len(keys) > 1 else "people", networks=networks)
        if asked.share_in_need < 1:
            yield _note(layout, "share_in_need", share=share_words(asked.share_in_need))
    if demand.in_people and (demand.kind == PEOPLE).any() and (demand.kind == FACILITY).any():
        yield _note(layout, "people_twice")
    if demand.people_unknown:
        yield _note(layout, "people_unknown", count=demand.people_unknown)
    if demand.weight_unknown:
        yield _note(layout, "facility_people_unknown", count=demand.weight_unknown)
    if demand.grouped:
        yield _note(layout, "grouped", count=demand.grouped, groups=int((demand.kind == PEOPLE).sum()))
    townships = chosen_townships(ground.case)
    inside = setting.system.townships.in_county(setting.plan.county_code)
    used = np.unique(demand.township)
    outside = int((townships & ~inside)[:-1][used[used < inside.size - 1]].sum())
    if outside:
        county = setting.plan.county_name.in_language(phrases.language)
        yield _note(layout, "outside_county", county=county, count=outside)


def _about_incident(layout: Layout, ground: Ground) -> Iterator[Assumption]:
    study, phrases, picture = layout.setting.study, layout.setting.phrases, ground.case.picture
    if picture is None:
        return
    if study.demand.where == "incident":
        yield _note(layout, "incident", horizon=phrases.duration(picture.horizon_s))
    entered = study.incident if not study.scenarios else None
    if entered is not None and entered.plan != layout.setting.plan.key:
        yield _note(layout, "other_plan")
    if study.excluded.affected or study.excluded.failed_network:
        distance = phrases.number(NEAR_M).strip()
        yield _note(layout, "fed_by", distance=distance, horizon=phrases.duration(picture.horizon_s))
        if layout.undecided:
            yield _note(layout, "feed_unknown", count=layout.undecided, distance=distance)


def _about_distances(layout: Layout, ground: Ground) -> Iterator[Assumption]:
    by, closed = layout.setting.study.distance.by, ground.case.closed_roads
    if by == "matrix":
        yield _note(layout, "matrix")
    elif by == "straight":
        yield _note(layout, "straight")
    elif ground.distances.straight:
        yield _note(layout, "no_roads", factor=DETOUR_FACTOR, speed=round(STRAIGHT_KPH))
    else:
        known = len(closed & set(layout.setting.system.roads.road_ids))
        yield _note(layout, "roads_closed" if known else "roads", count=known)


def _about_sites(layout: Layout) -> Iterator[Assumption]:
    study = layout.setting.study
    stays = int(layout.stays.sum())
    out = sum(place.stays and verdict.excluded is not None for place, verdict in _verdicts(layout))
    if stays:
        yield _note(layout, "existing", count=stays)
    if out:
        yield _note(layout, "existing_out", count=out)
    if not study.existing:
        yield _note(layout, "existing_ignored")
    if study.capacities:
        unknown = sum(place.capacity is None for place in layout.sites)
        yield _note(layout, "capacity_shared" if study.question.shared else "capacity_whole")
        if unknown:
            yield _note(layout, "capacity_unknown", count=unknown)


def _verdicts(layout: Layout) -> Iterator[tuple]:  # type: ignore[type-arg]
    return zip(layout.places, layout.verdicts, strict=True)


def _about_plan(layout: Layout, ground: Ground) -> Iterator[Assumption]:
    plan, phrases = layout.setting.plan, layout.setting.phrases
    tier_order = plan.interpretation("tier_order")
    if not (ground.demand.kind == FACILITY).any():
        return
    if tier_order is not None:
        text = tier_order.text.in_language(phrases.language)
        yield Assumption(code="tier_order", text=text, clause=tier_order.clause)
    order = None if ground.case.incident is None else ground.case.incident.priority_order
    if order is not None:
        yield _shared(layout, "priority_reordered", reason=order.reason)


def problems_ahead(layout: Layout) -> tuple[str, ...]:
    """Return what stands in the way of an answer, or of a useful one, before anything is solved.

    Of several scenarios what does not hold for all is told with the scenario's name.
    """
    if len(layout.grounds) == 1:
        return tuple(_ahead(layout, layout.grounds[0]))
    write = layout.setting.phrases.write
    by_case = [(ground.case.name, list(_ahead(layout, ground))) for ground in layout.grounds]
    common = [text for text in by_case[0][1] if all(text in texts for _, texts in by_case)]
    alone = [
        write("siting.note.in_scenario", name=name, text=text)
        for name, texts in by_case
        for text in texts
        if text not in common
    ]
    return (*common, *alone)


def _ahead(layout: Layout, ground: Ground) -> Iterator[str]:
    setting, demand = layout.setting, ground.demand
    write, question = setting.phrases.write, setting.study.question
    candidates = int((~layout.stays).sum())
    if not len(demand):
        yield write("siting.note.no_demand", told=nobody_words(ground))
    if not candidates:
        yield write("siting.note.no_candidates", excluded=sum(v.excluded is not None for v in layout.verdicts))
    elif question.sites is not None and question.sites > candidates:
        yield write("siting.note.few_candidates", asked=question.sites, count=candidates)
    if len(demand) and ground.whole:
        yield from _out_of_reach(layout, ground)
    yield from _too_large(layout, ground)
    yield from _astray(layout)
    unknown = [place for place in layout.sites if not place.stays and place.cost is None]
    if question.budget is not None and unknown:
        yield write("siting.note.cost_unknown", count=len(unknown))


def _out_of_reach(layout: Layout, ground: Ground) -> Iterator[str]:
    """How many no place at all reaches, and how many none reaches within the standard where all must be."""
    write, question = layout.setting.phrases.write, layout.setting.study.question
    everywhere = np.ones(ground.distances.sites, np.bool_)
    nearest = ground.distances.nearest(everywhere)[1]
    gone = int((~np.isfinite(nearest)).sum())
    if gone:
        yield write("siting.note.cut_off", count=gone)
    if question.standard is not None and question.model in ("lscp", "mclp"):
        beyond = int((np.isfinite(nearest) & (nearest > question.standard * (1 + 1e-12))).sum())
        if beyond:
            yield write(f"siting.note.beyond_{question.model}", count=beyond)


def _astray(layout: Layout) -> Iterator[str]:
    """Entered points outside all townships: longitude or latitude may be mistyped."""
    study, townships = layout.setting.study, layout.setting.system.townships
    entered = [(item.name, item.point) for item in study.demand.points]
    entered += [(item.name, item.point) for item in study.candidates.points]
    if not entered or not townships.outside:
        return
    points = np.array([point for _, point in entered], dtype=np.float64).reshape(-1, 2)
    located = townships.locate(np.asarray(shapely.points(points), dtype=object))
    away = np.flatnonzero(located == townships.outside).tolist()
    if away:
        names = layout.setting.phrases.join([entered[number][0] for number in away[:_NAMED]])
        yield layout.setting.phrases.write("siting.note.astray", count=len(away), names=names)


def _too_large(layout: Layout, ground: Ground) -> Iterator[str]:
    """Demands that no site can hold whole, and too little capacity in all."""
    study = layout.setting.study
    if not study.capacities or not layout.sites:
        return
    write, number = layout.setting.phrases.write, layout.setting.phrases.number
    room = [np.inf if place.capacity is None else place.capacity for place in layout.sites]
    large = int((ground.demand.weight > max(room)).sum())
    if large and not study.question.shared:
        yield write("siting.note.too_large", count=large)
    if sum(room) < ground.demand.weight.sum():
        total = number(float(ground.demand.weight.sum()))
        yield write("siting.note.little_capacity", capacity=number(sum(room)), weight=total)


def _about_answer(layout: Layout, ground: Ground, outcome: Outcome, *, proven: bool) -> Iterator[str]:
    """Fewer sites than asked for, backup, and open sites that the incident itself takes the electricity from."""
    question, write = layout.setting.study.question, layout.setting.phrases.write
    new = int((outcome.opened & ~layout.stays).sum())
    if (
        proven
        and len(ground.demand)
        and question.model != "lscp"
        and question.sites is not None
        and new < question.sites
        and question.budget is None
    ):
        yield write("siting.note.fewer", asked=question.sites, count=new)
    if question.backup and ground.demand.weight.sum() > 0:
        yield write(
            "siting.note.backed_up", share=share_words(_backed_up(layout, ground, outcome)), count=question.backup
        )
    opened = [layout.sites[number] for number in np.flatnonzero(outcome.opened).tolist()]
    dark = without_power(ground.case, opened, layout.feeds)
    if dark:
        names = layout.setting.phrases.join([place.name for place in dark[:_NAMED]])
        yield write("siting.note.dark", count=len(dark), names=names)


def _backed_up(layout: Layout, ground: Ground, outcome: Outcome) -> float:
    """The share of the weight that has so many open sites as asked for within the standard, beside the first."""
    question, distances, weight = layout.setting.study.question, ground.distances, ground.demand.weight
    near = distances.within(float(question.standard or 0.0)) & outcome.opened[distances.site]
    times = np.bincount(distances.demand[near], minlength=len(ground.demand))
    return float(weight[times > question.backup].sum() / weight.sum())


def notes_of(
    layout: Layout, ground: Ground, outcome: Outcome | None, *, proven: bool, all_curve: bool, stopped: bool
) -> tuple[str, ...]:
    """Return what a planner should look at in an answer, or where there is none.

    `proven`: the answer is the best; `all_curve`: the curve is complete; `stopped`: somebody cancelled.
    """
    study, write = layout.setting.study, layout.setting.phrases.write
    told = list(_ahead(layout, ground))
    asked = study.question.sites
    if study.question.model == "lscp" and (asked is not None or study.question.budget is not None):
        told.append(write("siting.note.lscp_number"))
    if outcome is not None:
        told += _about_answer(layout, ground, outcome, proven=proven)
    if study.scenarios and study.incident is not None:
        told.append(write("siting.note.own_incident"))
    known = {place.id for place in layout.places}
    unknown = [identifier for identifier in study.candidates.without if identifier not in known]
    if unknown:
        told.append(write("siting.note.without_unknown", names=layout.setting.phrases.join(unknown[:5])))
    if not ground.whole:
        told.append(write("siting.note.not_whole"))
    if stopped:
        told.append(write("siting.note.cancelled"))
    elif not all_curve:
        told.append(write("siting.note.curve_cut"))
    if (ground.demand.kind == POINT).any() and (ground.demand.kind != POINT).any():
        told.append(write("siting.note.points_added"))
    return tuple(told)
