"""Figures as people report them: a flat JSON object, checked against the plan."""

from __future__ import annotations

from priority.errors import InvalidFigures, Problem
from priority.figures import problems_of
from priority.plans.base import Language
from priority.plans.conditions import Value
from priority.plans.models import Plan
from priority.wording import Phrases


def parse_figures(document: object, plan: Plan, language: Language = "zh") -> dict[str, Value | None]:
    """Return the figures of a flat object; `InvalidFigures` names every wrong one and its remedy.

    A value of null says that the figure is unknown, like leaving it out.
    """
    phrases = Phrases(language)
    if not isinstance(document, dict):
        raise InvalidFigures([Problem("", phrases.write("problem.not_object"), phrases.write("remedy.not_object"))])
    plain: dict[str, Value | None] = {}
    problems: list[Problem] = []
    for key, value in document.items():
        if value is None or isinstance(value, bool | int | float | str):
            plain[str(key)] = value
        else:
            text, remedy = phrases.write("problem.figure_type"), phrases.write("remedy.figure_type")
            problems.append(Problem(str(key), text, remedy))
    problems += problems_of(plan, plain, phrases, prefix="")
    if problems:
        raise InvalidFigures(problems)
    return plain
