"""The review of one incident: all its parts together, in one line, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from priority.results import Assumption, PlanIdentity
from webmap.incidents.moments import as_entered
from webmap.reviews.corrections import correction_rows, course_rows, late_entries
from webmap.reviews.deadlines import duties_of, next_report, report_rows
from webmap.reviews.decisions import handover_rows, level_rows, warning_rows
from webmap.reviews.delays import delay_rows
from webmap.reviews.forecasts import TOLERANCE_MINUTES, reserve_rows
from webmap.reviews.material import Material
from webmap.reviews.measures import measure_rows
from webmap.reviews.order import ranking_review
from webmap.reviews.results import MeasureRow, ReportRow, Review
from webmap.reviews.rules import Rules
from webmap.reviews.spans import level_name

Step = Callable[[int, int], None]
_STEPS = 3


def _untold(_done: int, _total: int) -> None:
    """Tell nobody."""


def review_of(material: Material, progress: Step = _untold) -> Review:
    """Return the review of an incident at a moment; one without facts has no rows.

    `progress` is told how many of how many steps are done, and may raise to stop.
    """
    plan, language = material.plan, material.language
    reports = report_rows(duties_of(plan, material.past, material.at, language))
    measures = measure_rows(material)
    progress(1, _STEPS)
    reserves, left_out = reserve_rows(material)
    progress(2, _STEPS)
    ranking = ranking_review(material)
    progress(_STEPS, _STEPS)
    due, done = measures_counted(measures)
    return Review(
        plan=PlanIdentity.of(plan, language),
        language=language,
        at=as_entered(material.at),
        drill=material.log.opening.drill,
        ended=material.ended,
        began_at=None if material.beginning is None else as_entered(material.beginning.fact.happened_at),
        highest_level=highest_level(material),
        reports=tuple(reports),
        next_report=next_report(plan, material.past, material.at, language),
        measures=tuple(measures),
        measures_done=done,
        measures_due=due,
        delays=tuple(delay_rows(material)),
        levels=tuple(level_rows(material)),
        handovers=tuple(handover_rows(material)),
        reserves=tuple(reserves),
        ranking=ranking,
        warnings=tuple(warning_rows(material)),
        corrections=tuple(correction_rows(material)),
        late_entries=late_entries(material),
        course=tuple(course_rows(material)),
        sentence=_sentence(material, reports, measures),
        assumptions=tuple(_assumptions(material, reports, bool(reserves), left_out)),
    )


def highest_level(material: Material) -> str | None:
    """Return the highest level that ran, None for none."""
    return max((span.level for span in material.spans), key=material.plan.rank_of, default=None)


def reports_counted(reports: Sequence[ReportRow]) -> tuple[int, int]:
    """Return how many reports had a deadline that has passed or was met, and how many of them were in time."""
    judged = [row for row in reports if row.state in {"in_time", "late", "missing"} and row.due_at is not None]
    return sum(row.count for row in judged), sum(row.state == "in_time" for row in judged)


def measures_counted(measures: Sequence[MeasureRow]) -> tuple[int, int]:
    """Return how many measures of checklists were due, and how many of them are recorded."""
    listed = [row for row in measures if row.level is not None]
    return len(listed), sum(row.state == "done" for row in listed)


def _sentence(material: Material, reports: Sequence[ReportRow], measures: Sequence[MeasureRow]) -> str:
    phrases = material.phrases
    parts = [_level_words(material)]
    due, in_time = reports_counted(reports)
    if due:
        parts.append(phrases.write("review.sentence.reports", due=due, in_time=in_time))
    listed, done = measures_counted(measures)
    if listed:
        parts.append(phrases.write("review.sentence.measures", due=listed, done=done))
    changed = sum(1 for _ in correction_rows(material))
    if changed:
        parts.append(phrases.write("review.sentence.corrections", count=changed))
    said = phrases.write("review.sentence.separator").join(parts) + phrases.write("review.sentence.end")
    return (phrases.write("review.sentence.drill") if material.log.opening.drill else "") + said


def _level_words(material: Material) -> str:
    phrases = material.phrases
    highest = highest_level(material)
    if highest is None:
        return phrases.write("review.sentence.no_level")
    key = "review.sentence.running" if material.spans[-1].ends is None else "review.sentence.ended"
    # Between a response that ended and the next one none ran.
    spent = sum(((span.ends or material.at) - span.begins).total_seconds() for span in material.spans)
    lasted = phrases.duration(int(spent))
    return phrases.write(key, level=level_name(phrases, highest), lasted=lasted)


def _assumptions(material: Material, reports: Sequence[ReportRow], reserves: bool, left_out: int) -> list[Assumption]:
    """What a reader must know to read the review rightly, each only where it matters."""
    plan, spans = material.plan, material.spans
    interval = any(level.report_every_minutes for level in plan.levels)
    clause = plan.reports.clause
    rules = Rules(plan, material.phrases)
    said: list[tuple[bool, str, str | None, dict[str, object]]] = [
        (True, "not_recorded", None, {}),
        (material.log.opening.drill, "drill", None, {}),
        (interval and any(not span.starts for span in spans), "interval_changed", clause, {}),
        (any(row.state == "missing" and row.due_at for row in reports), "missing_each", clause, {}),
        (any(row.state == "unknown" for row in reports), "answer", clause, {"rule": rules.answer()}),
        (sum(span.starts for span in spans) > 1, "several_responses", plan.ending.clause, {}),
        (material.impact is None, "no_impact", None, {}),
        (reserves, "forecast", None, {"minutes": TOLERANCE_MINUTES}),
        (left_out > 0, "forecasts_left_out", None, {"count": left_out}),
        (not spans, "ranking_without_level", None, {}),
    ]
    return [
        Assumption(
            code=f"review_{code}", text=material.phrases.write(f"review.assumption.{code}", **told), clause=source
        )
        for holds, code, source, told in said
        if holds
    ]
