"""What must hold between the parts of a plan: names that exist, keys that stand once, scales that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from priority.plans.conditions import Comparison, Expression, Value, comparisons, grades_named
from priority.plans.models import BELOW_ALL_GRADES, Figure, Plan
from priority.plans.warning_figures import NO_RESPONSE, RUNNING_LEVEL, WARNING_FIGURES

#: Where in the file something stands, as keys and numbers from the top.
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Disagreement:
    """Two parts of a plan that contradict each other, and where the second of them stands."""

    place: Place
    message: str


def disagreements(plan: Plan) -> Iterator[Disagreement]:
    """Yield everything in which parts of the plan contradict each other; nothing for a sound plan."""
    yield from _repeated_keys(plan)
    yield from _unknown_names(plan)
    yield from _foreign_groups(plan)
    yield from _warning_tests(plan)
    yield from _unknown_recipients(plan)
    yield from _overlaps([item for item in _expressions(plan) if item[0][0] == "levels"])
    yield from _overlaps([item for item in _expressions(plan) if item[0][0] == "grades"])


def _repeated_keys(plan: Plan) -> Iterator[Disagreement]:
    lists: tuple[tuple[Place, list[str]], ...] = (
        (("priority_list",), [item.category for item in plan.priority_list]),
        (("figures",), [item.key for item in plan.figures]),
        (("grades",), [item.key for item in plan.grades]),
        (("levels",), [item.level for item in plan.levels]),
        (("cause_measures",), [item.key for item in plan.cause_measures]),
        (("organisation", "groups"), [item.key for item in plan.organisation.groups]),
        (("interpretations",), [item.key for item in plan.interpretations]),
    )
    for place, keys in lists:
        for number, key in enumerate(keys):
            if key in keys[:number]:
                yield Disagreement((*place, number), f"{place[-1]} names {key} more than once")
    seen: set[str] = set()
    for number, level in enumerate(plan.levels):
        for position, condition in enumerate(level.conditions):
            if condition.clause in seen:
                place = ("levels", number, "conditions", position, "clause")
                yield Disagreement(place, f"conditions names {condition.clause} more than once")
            seen.add(condition.clause)


def _expressions(plan: Plan) -> Iterator[tuple[Place, str, Expression]]:
    """Yield place, owner (level, grade or interpretation) and test of everything that tests figures."""
    for number, level in enumerate(plan.levels):
        for position, condition in enumerate(level.conditions):
            yield ("levels", number, "conditions", position, "test"), level.level, condition.test
    for number, grade in enumerate(plan.grades):
        yield ("grades", number, "test"), grade.key, grade.test
    for number, ruling in enumerate(plan.interpretations):
        if ruling.when is not None:
            yield ("interpretations", number, "when"), ruling.key, ruling.when


def _unknown_names(plan: Plan) -> Iterator[Disagreement]:
    figures = {figure.key: figure for figure in plan.figures}
    grades = {BELOW_ALL_GRADES, *(grade.key for grade in plan.grades)}
    for place, _, expression in _expressions(plan):
        for comparison in comparisons(expression):
            figure = figures.get(comparison.figure)
            if figure is None:
                yield Disagreement(place, f"no figure {comparison.figure!r}")
            elif figure.kind == "choice":
                yield from _foreign_choices(place, figure, comparison)
        for grade in grades_named(expression):
            if grade not in grades:
                yield Disagreement(place, f"no grade {grade!r}")
    for number, ruling in enumerate(plan.interpretations):
        if ruling.level is not None and plan.rank_of(ruling.level) < 0:
            yield Disagreement(("interpretations", number, "level"), f"no level {ruling.level!r}")


def _warning_tests(plan: Plan) -> Iterator[Disagreement]:
    levels = (NO_RESPONSE, *(item.level for item in plan.levels))
    grades = {BELOW_ALL_GRADES, *(grade.key for grade in plan.grades)}
    for number, warning in enumerate(plan.warnings.levels):
        if warning.test is None:
            continue
        place = ("warnings", "levels", number, "test")
        for comparison in comparisons(warning.test):
            if comparison.figure not in WARNING_FIGURES and plan.figure(comparison.figure) is None:
                yield Disagreement(place, f"no figure {comparison.figure!r}")
            if comparison.figure == RUNNING_LEVEL:
                foreign = [value for value in _values(comparison) if value not in levels]
                yield from (Disagreement(place, f"no level {value!r}") for value in foreign)
        yield from (Disagreement(place, f"no grade {key!r}") for key in grades_named(warning.test) if key not in grades)


def _unknown_recipients(plan: Plan) -> Iterator[Disagreement]:
    members = {unit.name for unit in plan.organisation.units}
    for number, telephone in enumerate(plan.organisation.telephones):
        if telephone.member is not None and telephone.member not in members:
            place = ("organisation", "telephones", number, "member")
            yield Disagreement(place, f"no unit {telephone.member!r}")
    levels = {level.key for level in plan.warnings.levels}
    for number, told in enumerate(plan.warnings.recipients):
        for key in told.levels:
            if key not in levels:
                yield Disagreement(("warnings", "recipients", number, "levels"), f"no warning level {key!r}")


def _values(comparison: Comparison) -> tuple[Value, ...]:
    return comparison.one_of or ((comparison.is_,) if comparison.is_ is not None else ())


def _foreign_choices(place: Place, figure: Figure, comparison: Comparison) -> Iterator[Disagreement]:
    for value in _values(comparison):
        if value not in figure.choices:
            yield Disagreement(place, f"{figure.key} has no choice {value!r}")


def _foreign_groups(plan: Plan) -> Iterator[Disagreement]:
    groups = {group.key for group in plan.organisation.groups}
    places: list[tuple[Place, str | None]] = [
        (("levels", number, "measures", position, part), group)
        for number, level in enumerate(plan.levels)
        for position, measure in enumerate(level.measures)
        for part, group in (("group", measure.group), ("suits", measure.suits))
    ]
    places += [
        (("cause_measures", number, "steps", position, "group"), step.group)
        for number, cause in enumerate(plan.cause_measures)
        for position, step in enumerate(cause.steps)
    ]
    places += [
        (("warnings", "actions", number, "group"), action.group) for number, action in enumerate(plan.warnings.actions)
    ]
    for place, group in places:
        if group is not None and group not in groups:
            yield Disagreement(place, f"no working group {group!r}")


def _overlaps(scales: list[tuple[Place, str, Expression]]) -> Iterator[Disagreement]:
    """Find bands of one figure with different owners that share more than an end."""
    bands = [(place, owner, item) for place, owner, test in scales for item in comparisons(test) if item.band]
    for (_, owner, first), (place, other, second) in combinations(bands, 2):
        if owner == other or first.figure != second.figure or first.band is None or second.band is None:
            continue
        lower = max(_end(first.band[0], -1), _end(second.band[0], -1))
        upper = min(_end(first.band[1], 1), _end(second.band[1], 1))
        if lower < upper:
            text = f"{first.figure}: the scale of {other} overlaps that of {owner} between {lower:g} and {upper:g}"
            yield Disagreement(place, text)


def _end(value: float | None, sign: int) -> float:
    return sign * float("inf") if value is None else value
