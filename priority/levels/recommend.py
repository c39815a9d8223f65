"""The recommendation: every clause weighed, the highest level that is met, and what could still raise it."""

from __future__ import annotations

from collections.abc import Mapping

from priority.levels.evaluation import Figures, GradeRange, evaluate
from priority.levels.grading import grade_range, known_grade
from priority.levels.nearest import nearest_clause
from priority.levels.results import ClauseOutcome, LevelFigure, LevelResult, ReportRules, Ruling
from priority.levels.rulings import rulings_that_matter
from priority.plans.conditions import Value
from priority.plans.models import Plan
from priority.plans.response import Level
from priority.wording import Phrases


def recommend(
    plan: Plan,
    reported: Mapping[str, Value | None],
    phrases: Phrases,
    computed: Mapping[str, float | None] | None = None,
) -> LevelResult:
    """Recommend a level from reported figures and, where nobody reported one, from computed ones.

    Figures must have been checked (`priority.figures.check_reported`). No figures at all: everything is unknown.
    """
    used = _figures(plan, reported, computed or {}, phrases)
    figures: Figures = {item.key: item.value for item in used}
    grades = grade_range(plan, figures)
    clauses = _clauses(plan, figures, grades)
    rank = _highest_met(plan, clauses)
    rise_to, _ = _could_rise(plan, clauses, rank)
    rulings = rulings_that_matter(plan, figures, grades, phrases, could_rise=rise_to is not None)
    rank = max([rank, *(plan.rank_of(ruling.level) for ruling in rulings)])
    level = None if rank < 0 else plan.levels[rank]
    rise_to, rise_by = _could_rise(plan, clauses, rank)
    grade = known_grade(grades)
    return LevelResult(
        plan=plan.key,
        level=None if level is None else level.level,
        grade=grade,
        grade_name=_grade_name(plan, grade, phrases),
        why=_why(plan, level, clauses, rulings, phrases),
        decided_by=() if level is None else level.decided_by,
        procedure=None if level is None else level.procedure,
        report_every_minutes=None if level is None else level.report_every_minutes,
        reports=_reports(plan),
        clauses=clauses,
        could_rise_to=rise_to,
        could_rise_by=rise_by,
        rulings=rulings,
        nearest=nearest_clause(plan, figures, grades, clauses) if level is None else None,
        figures=used,
    )


def _figures(
    plan: Plan, reported: Mapping[str, Value | None], computed: Mapping[str, float | None], phrases: Phrases
) -> tuple[LevelFigure, ...]:
    rows = []
    for figure in plan.figures:
        told, found = reported.get(figure.key), computed.get(figure.key)
        rows.append(
            LevelFigure(
                key=figure.key,
                title=figure.title.in_language(phrases.language),
                kind=figure.kind,
                value=found if told is None else told,
                source="reported" if told is not None else "computed" if found is not None else "unknown",
                computed=found,
                reported=told,
            )
        )
    return tuple(rows)


def _clauses(plan: Plan, figures: Figures, grades: GradeRange) -> tuple[ClauseOutcome, ...]:
    """Weigh every clause, highest level first."""
    rows = []
    for level in reversed(plan.levels):
        for condition in level.conditions:
            result = evaluate(condition.test, figures, grades)
            rows.append(
                ClauseOutcome(
                    clause=condition.clause,
                    level=level.level,
                    outcome=result.outcome,
                    text=condition.text,
                    observed=result.observed,
                    missing=result.missing,
                )
            )
    return tuple(rows)


def _highest_met(plan: Plan, clauses: tuple[ClauseOutcome, ...]) -> int:
    return max((plan.rank_of(row.level) for row in clauses if row.outcome == "met"), default=-1)


def _could_rise(plan: Plan, clauses: tuple[ClauseOutcome, ...], rank: int) -> tuple[str | None, tuple[str, ...]]:
    above = [row for row in clauses if row.outcome == "unknown" and plan.rank_of(row.level) > rank]
    if not above:
        return None, ()
    highest = max(plan.rank_of(row.level) for row in above)
    return plan.levels[highest].level, tuple(dict.fromkeys(key for row in above for key in row.missing))


def _grade_name(plan: Plan, grade: str | None, phrases: Phrases) -> str | None:
    if grade is None:
        return None
    name = next((item.name for item in plan.grades if item.key == grade), None)
    return phrases.write("level.below_all_grades") if name is None else name.in_language(phrases.language)


def _reports(plan: Plan) -> ReportRules | None:
    rules = plan.reports
    if rules.first_written_minutes is None and rules.answer_minutes is None:
        return None
    return ReportRules(
        clause=rules.clause,
        text=rules.text,
        first_written_minutes=rules.first_written_minutes,
        answer_minutes=rules.answer_minutes,
        final_written=rules.final_written,
    )


def _why(
    plan: Plan,
    level: Level | None,
    clauses: tuple[ClauseOutcome, ...],
    rulings: tuple[Ruling, ...],
    phrases: Phrases,
) -> str:
    """Say in one line which clauses, or which ruling, led to the level."""
    if level is None:
        unknown = any(row.outcome == "unknown" for row in clauses)
        return phrases.write("level.none_but_unknown" if unknown else "level.none")
    met = [row for row in clauses if row.level == level.level and row.outcome == "met"]
    if not met:
        ruling = next(item for item in rulings if item.level == level.level)
        return phrases.write("level.by_ruling", clause=ruling.clause, text=ruling.text)
    words = [phrases.write("level.clause", clause=row.clause, figures=_observed(plan, row, phrases)) for row in met]
    return phrases.write("level.met", clauses=phrases.join(words))


def _observed(plan: Plan, row: ClauseOutcome, phrases: Phrases) -> str:
    shown = []
    for key, value in row.observed.items():
        figure = plan.figure(key)
        if figure is not None and not (value == 0 and not isinstance(value, bool)):
            shown.append(f"{figure.title.in_language(phrases.language)} {phrases.figure(figure, value)}")
    return phrases.join(shown)
