"""The measures for a cause (heating plan 4.5): which of them fit what happened, and what says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from layers.vocabulary import NETWORKS
from webmap.command.measures import Place, done_measures, measure_item, same_words
from webmap.command.results import CauseGroup, MeasureItem

if TYPE_CHECKING:
    from priority.plans.response import CauseMeasures, Fits, Measure
    from webmap.reports.source import ReportSource

_NETWORK_TITLES = {choice.key: choice.title for choice in NETWORKS}


def causes_of(source: ReportSource) -> tuple[CauseGroup, ...]:
    """Return the plan's causes, those that something points to first; nothing for a plan without."""
    found = [_cause(source, cause) for cause in source.plan.cause_measures]
    return tuple(sorted(found, key=lambda one: one.why is None))


def _cause(source: ReportSource, cause: CauseMeasures) -> CauseGroup:
    why = () if cause.fits is None else tuple(_signs(source, cause.fits))
    return CauseGroup(
        key=cause.key,
        clause=cause.clause,
        cause=cause.cause,
        why=source.prose.phrases.write("command.cause.and").join(why) or None,
        measures=tuple(sorted((_step(source, step) for step in cause.steps), key=lambda one: one.state != "open")),
    )


def _step(source: ReportSource, step: Measure) -> MeasureItem:
    # Words alone may be repeated in other clauses; a cause's step is done by its own.
    done = (
        item
        for item in done_measures(source)
        if item.fact.clause in {None, step.clause} and same_words(getattr(item.fact, "measure", ""), step.text)
    )
    units = () if step.unit is None else (step.unit,)
    return measure_item(step.text, step.clause, Place("", "unit" if units else "none", units), None, next(done, None))


def _signs(source: ReportSource, fits: Fits) -> Iterator[str]:
    """Yield a reason for each thing that points to the cause."""
    phrases, assessment = source.prose.phrases, source.assessment
    active = [row for row in assessment["isolation"] if row["active"]]
    for network in fits.damaged:
        names = tuple(dict.fromkeys(row["name"] for row in active if row["network"] == network))
        if names:
            title = phrases.title(_NETWORK_TITLES[network])
            yield phrases.write("command.cause.damaged", network=title, names=phrases.join(names[:3]))
    stopped = _stopped(source, fits, {row["fault"] for row in active})
    if stopped:
        yield phrases.write("command.cause.stopped", names=phrases.join(stopped[:3]))
    without = {commodity: _without(source, fits, commodity) for commodity in fits.lost}
    for commodity, names in without.items():
        if names:
            lost = phrases.write(f"command.lost.{commodity}")
            yield phrases.write("command.cause.lost", names=phrases.join(names[:3]), lost=lost, count=len(names))
    yield from _words(source, fits)


def _stopped(source: ReportSource, fits: Fits, faults: set[str]) -> tuple[str, ...]:
    """The places of these classes that are broken themselves, or at the node by which they feed."""
    if not fits.stopped:
        return ()
    places = source.snapshot.visible("facilities", restricted=source.restricted)
    found = places[
        places["category"].isin(fits.stopped) & (places["id"].isin(faults) | places["source_node"].isin(faults))
    ]
    return tuple(found["name"])


def _without(source: ReportSource, fits: Fits, commodity: str) -> tuple[str, ...]:
    return tuple(
        row["name"]
        for row in source.assessment["facilities"]
        if row["category"] in fits.of and commodity in row["lost"]
    )


def _words(source: ReportSource, fits: Fits) -> Iterator[str]:
    for item in source.facts:
        said = " ".join(
            value for name in ("text", "reason", "task") if isinstance(value := getattr(item.fact, name, None), str)
        )
        word = next((word for word in fits.words if word in said), None)
        if word is not None:
            yield source.prose.phrases.write("command.cause.words", number=item.number, word=word)
            return
