"""The review of an incident for one reader, from its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.api.log.redaction import hidden_numbers, without_words
from webmap.incidents.entries import Fact
from webmap.reviews import Counted, Material, Review, counted, review_of

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


def review_of_source(source: ReportSource) -> Review:
    """Return the response against the plan at the source's moment.

    What names a hidden place counts, and is told without it, as on the log's page.
    """
    hidden = hidden_numbers(source.log.entries, source.reader.hides)

    def said(number: int, fact: Fact) -> str:
        return source.prose.sentence(without_words(fact, source.prose.phrases) if number in hidden else fact)

    material = Material(
        plan=source.plan,
        log=source.log,
        facts=source.all_facts,
        at=source.at,
        said=said,
        impact=source.impact.document(),
        pictures=source.picture,
        hidden=hidden,
        language=source.language,
    )
    return review_of(material, lambda done, total: source.progress("review", done, total))


def counted_of_source(source: ReportSource) -> Counted:
    """Return what the source's incident adds to the statistics of many."""
    return counted(source.opening, source.review, source.impact.document())
