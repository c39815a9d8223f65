"""The warning that the plan's rules suggest: its level, who approves and issues it, what it must say."""

from __future__ import annotations

from collections.abc import Mapping

from priority.levels.evaluation import evaluate
from priority.levels.grading import grade_range
from priority.plans import Plan
from priority.plans.conditions import Value
from priority.plans.response import WarningLevel
from priority.plans.warning_figures import WARNING_FIGURES
from priority.warnings.content import Facts, content_of
from priority.warnings.results import Authority, MissingFigure, Suggestion, WarningOutcome
from priority.wording import Phrases


def suggest(plan: Plan, figures: Mapping[str, Value | None], facts: Facts, phrases: Phrases) -> Suggestion:
    """Weigh every warning level of a plan and suggest the highest that is met.

    `figures` as `priority.warnings.figures.warning_figures` returns them; unknown ones stay unknown and are told with
    the level that they could still cause. `facts` fill the content.
    """
    levels = tuple(_weighed(plan, level, figures, phrases) for level in plan.warnings.levels)
    met = max((place for place, row in enumerate(levels) if row.outcome == "met"), default=-1)
    open_above = [place for place, row in enumerate(levels) if row.outcome == "unknown" and place > met]
    missing = {item.key: item for place in open_above for item in levels[place].missing}
    chosen = plan.warnings.levels[met] if met >= 0 else None
    return Suggestion(
        plan=plan.key,
        level=None if chosen is None else chosen.key,
        level_name=None if chosen is None else chosen.in_language(phrases.language),
        why=_why(levels[met] if chosen is not None else None, tuple(missing.values()), phrases),
        could_rise_to=levels[open_above[-1]].key if open_above else None,
        could_rise_by=tuple(missing.values()),
        levels=levels,
        authority=None if chosen is None else authority_of(plan, chosen.key, phrases),
        content=() if chosen is None else content_of(plan, chosen.key, facts, phrases),
        synthetic=facts.synthetic,
    )


def authority_of(plan: Plan, level: str, phrases: Phrases) -> Authority:
    """Return who approves and issues a warning of a level (its key) and how; `KeyError` for no such level."""
    rule = level_of(plan, level)
    remarks = []
    if not rule.approved_by:
        remarks.append(phrases.write("warning.no_approver", clause=rule.clause, issuer=rule.issued_by))
    if not rule.channels:
        remarks.append(phrases.write("warning.no_channels", clause=rule.clause))
    return Authority(
        clause=rule.clause,
        approved_by=rule.approved_by,
        issued_by=rule.issued_by,
        channels=rule.channels,
        targeted_notice=rule.targeted_notice,
        procedure=rule.procedure,
        action=rule.action,
        lifting_clause=plan.warnings.lifting_clause,
        lifting=plan.warnings.lifting,
        remarks=tuple(remarks),
    )


def level_of(plan: Plan, key: str) -> WarningLevel:
    """Return the plan's warning level of a key; `KeyError` for none."""
    found = next((item for item in plan.warnings.levels if item.key == key), None)
    if found is None:
        raise KeyError(key)
    return found


def _weighed(plan: Plan, level: WarningLevel, figures: Mapping[str, Value | None], phrases: Phrases) -> WarningOutcome:
    grades = grade_range(plan, figures)
    found = None if level.test is None else evaluate(level.test, figures, grades)
    return WarningOutcome(
        key=level.key,
        name=level.in_language(phrases.language),
        clause=level.clause,
        criteria=level.criteria,
        reading=None if level.reading is None else level.reading.in_language(phrases.language),
        outcome="unknown" if found is None else found.outcome,
        observed={} if found is None else found.observed,
        missing=() if found is None else tuple(_missing(plan, key, phrases) for key in found.missing),
    )


def _missing(plan: Plan, key: str, phrases: Phrases) -> MissingFigure:
    own = plan.figure(key)
    title = WARNING_FIGURES[key].title if own is None else own.title
    return MissingFigure(key=key, title=title.in_language(phrases.language))


def _why(row: WarningOutcome | None, missing: tuple[MissingFigure, ...], phrases: Phrases) -> str:
    if row is None:
        said = phrases.write("warning.why_unknown" if missing else "warning.why_none", count=len(missing))
    else:
        basis = row.reading or row.criteria
        said = phrases.write("warning.why", name=row.name, clause=row.clause, reading=basis)
    if missing:
        titles = phrases.join([item.title for item in missing])
        said += phrases.write("warning.why_open", figures=titles)
    return said
