"""Many incidents together: what happened, and apart from it what was exercised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
class Counted:
    """What one incident adds. `minutes` are those of its delays that have an end; the rest says how far hours go."""

    row: IncidentRow
    month: str
    minutes: Mapping[DelayKey, float]
    customers_unknown: bool


def counted(opening: Opening, review: Review, impact: Mapping[str, Any] | None) -> Counted:
    """Return what an incident adds to statistics, from its review and its impact document (None: not computed)."""
    networks = [] if impact is None else list(impact["networks"].values())
    return Counted(
        row=_row(opening, review, impact),
        # The month of the event, of the opening where nothing is known to have happened.
        month=(review.began_at or opening.opened_at)[:7],
        minutes={row.key: row.minutes for row in review.delays if row.minutes is not None},
        customers_unknown=any(network["customers_unknown"] for network in networks),
    )


def _row(opening: Opening, review: Review, impact: Mapping[str, Any] | None) -> IncidentRow:
    due, in_time = reports_counted(review.reports)
    customer_hours = None
    if impact is not None:
        customer_hours = sum(network["customer_hours"] for network in impact["networks"].values())
    return IncidentRow(
        id=opening.incident_id,
        name=opening.name,
        plan=review.plan.key,
        plan_title=review.plan.title,
        drill=opening.drill,
        began_at=review.began_at,
        ended=review.ended,
        highest_level=review.highest_level,
        fact_to_level_minutes=next((row.minutes for row in review.delays if row.key == "fact_to_level"), None),
        reports_due=due,
        reports_in_time=in_time,
        measures_due=review.measures_due,
        measures_done=review.measures_done,
        customer_hours=customer_hours,
        people_hours=None if impact is None else impact["people_hours_hit"],
        synthetic=impact is not None and impact["synthetic"],
    )


def statistics_of(incidents: Iterable[Counted], language: Language = "zh", left_out: Sequence[str] = ()) -> Statistics:
    """Return the statistics of incidents, drills apart; groups without any have counts of 0 and nothing else.

    `left_out` are the names of incidents that could not be counted (their plan is no longer there).
    """
    phrases = Phrases(language)
    known = sorted(incidents, key=lambda item: (item.month, item.row.began_at or "", item.row.id))
    groups = {drill: _group([item for item in known if item.row.drill is drill], phrases) for drill in (False, True)}
    return Statistics(
        language=language,
        real=groups[False],
        drills=groups[True],
        left_out=tuple(left_out),
        assumptions=tuple(_assumptions(known, phrases)),
    )


def _group(items: Sequence[Counted], phrases: Phrases) -> StatisticsGroup:
    rows = tuple(item.row for item in items)
    due, in_time = sum(row.reports_due for row in rows), sum(row.reports_in_time for row in rows)
    plans = {row.plan: row.plan_title for row in rows}
    return StatisticsGroup(
        count=len(rows),
        by_month=_counts((item.month for item in items), str),
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


def _counts(keys: Iterable[str], title: Callable[[str], str]) -> tuple[CountRow, ...]:
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


def _median(key: DelayKey, items: Sequence[Counted], phrases: Phrases) -> MedianRow:
    told = [item.minutes[key] for item in items if key in item.minutes]
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


def _assumptions(items: Sequence[Counted], phrases: Phrases) -> list[Assumption]:
    computed = [item for item in items if item.row.customer_hours is not None]
    said = [
        (True, "apart"),
        (True, "medians"),
        (bool(computed), "hours"),
        (any(item.customers_unknown for item in computed), "lower_bound"),
        (len(computed) < len(items), "hours_missing"),
        (any(item.row.synthetic for item in computed), "synthetic"),
    ]
    return [
        Assumption(code=f"statistics_{code}", text=phrases.write(f"review.statistics.{code}"))
        for holds, code in said
        if holds
    ]
