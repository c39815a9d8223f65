"""What many incidents say together, as typed rows. The JSON document and its schema are made from these."""

from __future__ import annotations

from priority.plans import Language
from priority.results import Assumption
from priority.rows import Row
from webmap.reviews.results import DelayKey


class CountRow(Row):
    """How many incidents there are of a month (2026-01), plan or highest level; `key` None: no level was started."""

    key: str | None
    title: str
    count: int


class MedianRow(Row):
    """The median of a delay over the incidents that have it (`count`); None for none."""

    key: DelayKey
    title: str
    minutes: float | None
    count: int


class IncidentRow(Row):
    """One incident among many. Hours are summed over networks; None where nothing could be computed."""

    id: str
    name: str
    plan: str
    plan_title: str
    drill: bool
    began_at: str | None
    ended: bool
    highest_level: str | None
    fact_to_level_minutes: float | None
    reports_due: int
    reports_in_time: int
    measures_due: int
    measures_done: int
    customer_hours: float | None
    people_hours: float | None
    synthetic: bool


class StatisticsGroup(Row):
    """Incidents together. `reports_in_time_share` is of the reports with a deadline that has passed or was met.

    Hours are sums over the incidents for which they are known (`hours_known_of` of them); None for none.
    """

    count: int
    by_month: tuple[CountRow, ...]
    by_plan: tuple[CountRow, ...]
    by_level: tuple[CountRow, ...]
    medians: tuple[MedianRow, ...]
    reports_due: int
    reports_in_time: int
    reports_in_time_share: float | None
    measures_due: int
    measures_done: int
    customer_hours: float | None
    people_hours: float | None
    hours_known_of: int
    incidents: tuple[IncidentRow, ...]
    sentence: str


class Statistics(Row):
    """Many incidents: what happened, and apart from it what was exercised.

    `left_out` are the names of incidents that could not be counted, since their plan is no longer there.
    """

    language: Language
    real: StatisticsGroup
    drills: StatisticsGroup
    left_out: tuple[str, ...]
    assumptions: tuple[Assumption, ...]

    def document(self) -> dict[str, object]:
        """Return the JSON document."""
        return self.model_dump(mode="json")
