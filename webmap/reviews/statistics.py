"""Many incidents together: what happened, and apart from it what was exercised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from priority.plans import Language
from priority.results import Assumption
from priority.wording import Phrases
from webmap.incidents.records import Opening
from webmap.reviews.delays import BETWEEN
from webmap.reviews.results import DelayKey, Review
from webmap.reviews.review import reports_counted
from webmap.reviews.spans import level_name
from webmap.reviews.statistics_results import CountRow, IncidentRow, MedianRow, Statistics, StatisticsGroup


@dataclass(frozen=True)
class Reviewed:
    """An incident with its review and its impact document (None: not computed)."""

    opening: Opening
    review: Review
    impact: Mapping[str, Any] | None


def statistics_of(incidents: Iterable[Reviewed], language: Language = "zh") -> Statistics:
    """Return the statistics of incidents, drills apart; groups without any have counts of 0 and nothing else."""
    phrases = Phrases(language)
    known = sorted(incidents, key=lambda item: (_month(item), _row(item).began_at or "", item.opening.incident_id))
    groups = {
        drill: _group([item for item in known if item.opening.drill is drill], phrases) for drill in (False, True)
    }
    return Statistics(
        language=language, real=groups[False], drills=groups[True], assumptions=tuple(_assumptions(known, phrases))
    )


def _group(items: Sequence[Reviewed], phrases: Phrases) -> StatisticsGroup:
    rows = tuple(_row(item) for item in items)
    due, in_time = sum(row.reports_due for row in rows), sum(row.reports_in_time for row in rows)
    plans = {row.plan: row.plan_title for row in rows}
    return StatisticsGroup(
        count=len(rows),
        by_month=_counts((_month(item) for item in items), str),
        by_plan=_counts((row.plan for row in rows), lambda key: plans[key]),
        by_level=_levels(rows, phrases),
        medians=tuple(_median(key, items, phrases) for key in BETWEEN),
        reports_due=due,
        reports_in_time=in_time,
        reports_in_time_share=in_time / due if due else None,
        measures_due=sum(row.measures_due for row in rows),
        measures_done=sum(row.measures_done for row in rows),
        customer_hours=_sum(row.customer_hours for row in rows),
        people_hours=_sum(row.people_hours for row in rows),
        hours_known_of=sum(row.customer_hours is not None for row in rows),
        incidents=rows,
        sentence=_sentence(rows, due, in_time, phrases),
    )


def _row(item: Reviewed) -> IncidentRow:
    review, impact = item.review, item.impact
    due, in_time = reports_counted(review.reports)
    customer_hours = None
    if impact is not None:
        customer_hours = sum(network["customer_hours"] for network in impact["networks"].values())
    return IncidentRow(
        id=item.opening.incident_id,
        name=item.opening.name,
        plan=review.plan.key,
        plan_title=review.plan.title,
        drill=item.opening.drill,
        began_at=review.began_at,
        ended=review.ended,
        highest_level=review.highest_level,
        fact_to_level_minutes=_minutes(review, "fact_to_level"),
        reports_due=due,
        reports_in_time=in_time,
        measures_due=review.measures_due,
        measures_done=review.measures_done,
        customer_hours=customer_hours,
        people_hours=None if impact is None else impact["people_hours_hit"],
        synthetic=impact is not None and impact["synthetic"],
    )


def _month(item: Reviewed) -> str:
    """The month of the event, of the opening where nothing is known to have happened."""
    return (item.review.began_at or item.opening.opened_at)[:7]


def _minutes(review: Review, key: DelayKey) -> float | None:
    return next((row.minutes for row in review.delays if row.key == key), None)


def _counts(keys: Iterable[str], title: Any) -> tuple[CountRow, ...]:
    return tuple(CountRow(key=key, title=title(key), count=count) for key, count in sorted(Counter(keys).items()))


def _levels(rows: Sequence[IncidentRow], phrases: Phrases) -> tuple[CountRow, ...]:
    """Levels by their names, which several plans may share; those without a response at the end."""
    counted = Counter(row.highest_level for row in rows)
    ordered = sorted(counted.items(), key=lambda item: (item[0] is None, item[0] or ""))
    without = phrases.write("review.statistics.no_level")
    return tuple(
        CountRow(key=level, title=without if level is None else level_name(phrases, level), count=count)
        for level, count in ordered
    )


def _median(key: DelayKey, items: Sequence[Reviewed], phrases: Phrases) -> MedianRow:
    told = [minutes for item in items if (minutes := _minutes(item.review, key)) is not None]
    return MedianRow(
        key=key,
        title=phrases.write(f"review.delay.{key}"),
        minutes=round(median(told), 1) if told else None,
        count=len(told),
    )


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _sentence(rows: Sequence[IncidentRow], due: int, in_time: int, phrases: Phrases) -> str:
    if not rows:
        return phrases.write("review.statistics.none")
    said = phrases.write("review.statistics.count", count=len(rows), ended=sum(row.ended for row in rows))
    if due:
        share = f"{in_time / due * 100:.0f}"
        said += phrases.write("review.statistics.reports", due=due, in_time=in_time, share=share)
    return said + phrases.write("review.sentence.end")


def _assumptions(items: Sequence[Reviewed], phrases: Phrases) -> list[Assumption]:
    impacts = [item.impact for item in items if item.impact is not None]
    unknown = any(network["customers_unknown"] for impact in impacts for network in impact["networks"].values())
    said = [
        (True, "apart"),
        (True, "medians"),
        (bool(impacts), "hours"),
        (unknown, "lower_bound"),
        (len(impacts) < len(items), "hours_missing"),
        (any(impact["synthetic"] for impact in impacts), "synthetic"),
    ]
    return [
        Assumption(code=f"statistics_{code}", text=phrases.write(f"review.statistics.{code}"))
        for holds, code in said
        if holds
    ]
