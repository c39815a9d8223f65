"""The restoration plan: switching first, then who repairs what and when, and which unit goes where."""

from __future__ import annotations

import json

import numpy as np
import shapely

from priority.assessment import take_picture
from priority.errors import InvalidCrews, InvalidIncident
from priority.incident import Incident
from priority.picture import Picture
from priority.plans import Language, Plan
from priority.restoration.absence import Absence
from priority.restoration.clock import Deadline
from priority.restoration.coverage import uncovered_places, unit_steps
from priority.restoration.decision import Decision, decide
from priority.restoration.extra_crew import extra_crews
from priority.restoration.forces import deploy
from priority.restoration.horizon import LEAST_HOURS, planned_hours
from priority.restoration.input import Crews
from priority.restoration.levels import Levels
from priority.restoration.notes import notes
from priority.restoration.results import LossLevel, RestorationPlan, RuleRow, Status
from priority.restoration.rules import RULES, impossible_fixings, rule_schedule
from priority.restoration.scenario import Scenario, retake, with_switching
from priority.restoration.spans import spans_of
from priority.restoration.steps import crew_rows, gains_of, in_order, open_faults, repair_steps
from priority.restoration.tasks import repairs_of
from priority.restoration.timing import time_schedule
from priority.restoration.words import summary
from priority.restoration.world import ImpossibleFixings
from priority.results import Assumption, PlanIdentity, SwitchingStep
from priority.switching import switching_plan
from priority.system import SupplySystem
from priority.times import NEVER
from priority.validation import first_problems, problem

#: The part of the time for the plan itself; the rest goes to what one more crew would gain.
_SHARE = 0.75
#: Crews' travel between so many faults still fits a plan's time and memory.
MOST_REPAIRS = 500


def restore(
    system: SupplySystem,
    incident: Incident,
    crews: Crews,
    plan: Plan,
    *,
    language: Language = "zh",
    restricted: bool = False,
) -> RestorationPlan:
    """Plan the restoration of an incident; `crews.seconds` is the time that the search may take.

    `restricted` says whether the viewer may see restricted facilities; without that right they are neither named nor
    counted in the goal. Raises `InvalidIncident` for unknown elements and more than 500 repairs, and `InvalidCrews` for
    unknown sites, faults and impossible fixed steps.
    """
    deadline = Deadline(crews.seconds)
    hours = max(incident.horizon_hours, LEAST_HOURS)
    farther = incident.model_copy(update={"horizon_hours": hours})
    base = take_picture(system, farther, plan, language=language, restricted=restricted)
    switching = switching_plan(base)
    scenario = _scenario(base, switching, crews)
    if (needed := planned_hours(scenario)) > hours:
        base = retake(base, incident.model_copy(update={"horizon_hours": needed}))
        scenario = _scenario(base, switching, crews)
    try:
        decision = decide(scenario, deadline.part(_SHARE))
    except ImpossibleFixings as error:
        raise _refused(scenario, crews, error.tasks) from error
    made = _document(base, switching, scenario, decision, deadline)
    return _with_entered_horizon(made, base, incident)


def _with_entered_horizon(made: RestorationPlan, base: Picture, incident: Incident) -> RestorationPlan:
    """Return the plan with the horizon that people entered in its incident, and a note where it looks farther ahead."""
    planned = base.incident.horizon_hours
    if planned == incident.horizon_hours:
        return made
    values = {"planned": f"{planned:g}", "entered": f"{incident.horizon_hours:g}"}
    text = base.phrases.write("restoration.assumption.horizon", **values)
    document = {key: value for key, value in made.incident.items() if key != "horizon_hours"}
    told = incident.model_dump(mode="json", include={"horizon_hours"}, exclude_defaults=True)
    note = Assumption(code="horizon", text=text)
    return made.model_copy(update={"incident": {**document, **told}, "assumptions": (*made.assumptions, note)})


def _scenario(base: Picture, switching: tuple[SwitchingStep, ...], crews: Crews) -> Scenario:
    """Return the incident with its switching, the repairs and the crews; fixed steps are checked together."""
    picture = retake(base, with_switching(base.incident, switching))
    repairs = repairs_of(picture.system, picture.damages, crews)
    if len(repairs) > MOST_REPAIRS:
        told = {"count": len(repairs), "most": MOST_REPAIRS}
        raise InvalidIncident([problem(picture.phrases, "faults", "too_many_repairs", told)])
    forces = deploy(picture.system, picture.incident, picture.damages, repairs, crews, picture.phrases)
    counted = np.zeros(len(picture.system.facilities.ids), np.bool_)
    for facility in base.shown_facilities.tolist():
        counted[facility] = bool(spans_of(base, facility))
    levels = Levels.of(picture.system, picture.plan, picture.incident, counted, picture.phrases)
    scenario = Scenario(picture, repairs, forces, levels)
    impossible = impossible_fixings(scenario.problem(())) if forces.fixed else ()
    if impossible:
        raise _refused(scenario, crews, impossible)
    return scenario


def _refused(scenario: Scenario, crews: Crews, impossible: tuple[int, ...]) -> InvalidCrews:
    """Return what is told of fixed steps that cannot all be kept; without a name for them, all are named."""
    faults = {scenario.repairs[task].task.fault for task in impossible}
    area = any(item.startswith("area") for item in faults)
    named = [
        number for number, step in enumerate(crews.fixed) if step.fault in faults or (step.fault == "area" and area)
    ]
    phrases = scenario.picture.phrases
    told = named or range(len(crews.fixed))
    problems = [problem(phrases, f"fixed[{number}].position", "fixed_impossible", {}) for number in told]
    return InvalidCrews(first_problems(problems, phrases))


def _document(
    base: Picture, switching: tuple[SwitchingStep, ...], scenario: Scenario, decision: Decision, deadline: Deadline
) -> RestorationPlan:
    final = scenario.after(decision.done_s, decision.sent)
    gains = gains_of(scenario, decision)
    steps = repair_steps(final, scenario, decision, gains)
    still_open = open_faults(final, scenario, decision)
    absence = Absence(scenario, decision, deadline)
    units = unit_steps(final, scenario.forces, decision.sent, absence.picture)
    uncovered = uncovered_places(final, scenario.forces, decision.sent)
    extra = extra_crews(scenario, decision, deadline)
    ties = len(scenario.picture.incident.operations) - len(base.incident.operations)
    told = [(int(decision.done_s[repair]), gains[repair]) for repair in in_order(scenario, decision.done_s)]
    levels = _levels(base, scenario, decision)
    parts = {
        "summary": summary(
            final, steps, told, ties=ties, units=units, open_faults=len(still_open), uncovered=uncovered
        ),
        "levels": levels,
        "gap": next((level.gap for level in levels if level.gap > 0), 0.0),
        "switching": switching,
        "steps": steps,
        "crews": crew_rows(final, scenario, decision),
        "open_faults": still_open,
        "units": units,
        "uncovered": uncovered,
        "extra_crews": extra.rows,
        "rules": _rules(scenario, decision),
        "incident": entered(final.incident),
        "assumptions": notes(
            final, scenario, decision, switched=ties > 0, not_asked=extra.not_asked, together=absence.all_at_once
        ),
    }
    return RestorationPlan.model_validate({**_heading(base, scenario, decision), **parts, "seconds": _spent(deadline)})


def _heading(base: Picture, scenario: Scenario, decision: Decision) -> dict[str, object]:
    """Return what the plan is of, and how it was found."""
    return {
        "plan": PlanIdentity.of(base.plan, base.phrases.language),
        "at": base.incident.at.isoformat(),
        "horizon_hours": base.incident.horizon_hours,
        "data_version": base.system.data_version,
        "synthetic": base.system.synthetic,
        "language": base.phrases.language,
        "status": _status(scenario, decision),
        "method": "" if decision.solution is None else decision.solution.method,
    }


def _spent(deadline: Deadline) -> float:
    return round(deadline.elapsed_s, 3)


def _status(scenario: Scenario, decision: Decision) -> Status:
    if not scenario.repairs:
        return "nothing_to_repair"
    if decision.solution is None:
        return "nobody_to_repair"
    return "optimal" if decision.solution.optimal else "bounded"


def _levels(base: Picture, scenario: Scenario, decision: Decision) -> tuple[LossLevel, ...]:
    """Return the levels with this plan's loss, its bound, and the loss of doing nothing at all, in hours."""
    nothing = np.full(len(scenario.repairs), NEVER)
    idle = Scenario(base, scenario.repairs, scenario.forces, scenario.levels).loss(nothing, ())
    bounds = decision.loss if decision.solution is None else tuple(decision.solution.bound.tolist())
    return tuple(
        LossLevel(
            key=level.key,
            title=level.title,
            clause=level.clause,
            unit=level.unit,
            value=round(value / 3600, 4),
            bound=round(bound / 3600, 4),
            gap=round((value - bound) / value, 6) if value else 0.0,
            without_repairs=round(worst / 3600, 4),
        )
        for level, value, bound, worst in zip(scenario.levels.rows, decision.loss, bounds, idle, strict=True)
    )


def _rules(scenario: Scenario, decision: Decision) -> tuple[RuleRow, ...]:
    """Return what simple rules would lose on each level, with the same units; a rule that ends nowhere is left out."""
    if decision.solution is None:
        return ()
    rows = []
    for rule in RULES:
        try:
            timing = time_schedule(decision.problem, rule_schedule(decision.problem, rule))
        except ImpossibleFixings:
            continue
        loss = decision.problem.losses.evaluate(timing.done_s)
        title = scenario.picture.phrases.write(f"restoration.rule.{rule}")
        rows.append(RuleRow(rule=rule, title=title, values=tuple(round(value / 3600, 4) for value in loss.tolist())))
    return tuple(rows)


def entered(incident: Incident) -> dict[str, object]:
    """Return an incident as a JSON document, with the fields that were given; the area as GeoJSON."""
    document: dict[str, object] = incident.model_dump(mode="json", exclude={"area"}, exclude_defaults=True)
    document["plan"] = incident.plan
    if incident.area is not None:
        document["area"] = json.loads(str(shapely.to_geojson(incident.area)))
    return document
