"""The response against the plan, from the log alone: reports, measures, delays and forecasts, for one and for many."""

from webmap.reviews.deadlines import next_report
from webmap.reviews.material import Material
from webmap.reviews.results import NextReport, Review
from webmap.reviews.review import review_of
from webmap.reviews.statistics import Counted, counted, statistics_of
from webmap.reviews.statistics_results import Statistics

__all__ = [
    "Counted",
    "Material",
    "NextReport",
    "Review",
    "Statistics",
    "counted",
    "next_report",
    "review_of",
    "statistics_of",
]
