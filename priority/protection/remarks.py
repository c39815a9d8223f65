"""The summary of a protection list, and what the list rests on and does not know."""

from __future__ import annotations

from dataclasses import dataclass

from priority.protection.results import CoalRow, GuardRow, ShortReserveRow, SingleFeedRow
from priority.protection.scope import Scope
from priority.protection.words import loss_words, sentence
from priority.results import Assumption


@dataclass(frozen=True)
class Extent:
    """How many single failures were followed and left out, how many pairs, and whether these were all pairs."""

    failures: int
    left_out: int
    pairs: int
    all_pairs: bool


def summary(
    scope: Scope,
    extent: Extent,
    guard: tuple[GuardRow, ...],
    pairs: int,
    single_feed: tuple[SingleFeedRow, ...],
    short_reserve: tuple[ShortReserveRow, ...],
    coal: tuple[CoalRow, ...],
) -> str:
    """Say in one sentence what was examined and what came out."""
    phrases = scope.phrases
    horizon = phrases.duration(scope.horizon_s)
    count = phrases.number(extent.failures)
    parts = [phrases.write("protection.summary_examined", horizon=horizon, count=count), _first(scope, guard)]
    short = {row.facility for row in short_reserve if row.reserve_hours is not None}
    unknown = {row.facility for row in short_reserve if row.reserve_hours is None}
    for key, number in (
        ("pairs", pairs),
        ("single", len({row.facility for row in single_feed})),
        ("short", len(short)),
        ("unknown", len(unknown)),
        ("coal", sum(row.state == "short_within_horizon" for row in coal)),
    ):
        if number:
            parts.append(phrases.write(f"protection.summary_{key}", count=phrases.number(number)))
    return sentence(scope, parts)


def _first(scope: Scope, guard: tuple[GuardRow, ...]) -> str:
    phrases = scope.phrases
    if not guard:
        return phrases.write("protection.summary_nothing")
    consequence = guard[0].consequence
    told = [loss_words(scope, consequence)]
    if consequence.facilities:
        count = phrases.number(len(consequence.facilities))
        told.append(phrases.write("protection.summary_places", count=count))
    reason = phrases.join([part for part in told if part])
    return phrases.write("protection.summary_guard", name=guard[0].name, reason=reason)


def remarks(scope: Scope, extent: Extent) -> tuple[Assumption, ...]:
    """Return the assumptions that matter for this list, those about the data first."""
    return (*_about_data(scope), *_about_method(scope, extent), *_about_plan(scope))


def _note(scope: Scope, code: str, key: str, **values: object) -> Assumption:
    return Assumption(code=code, text=scope.phrases.write(f"{key}.{code}", **values), clause=None)


def _about_data(scope: Scope) -> list[Assumption]:
    system, key = scope.system, "assumption"
    notes = []
    if system.synthetic:
        notes.append(_note(scope, "synthetic", key))
    if system.estimated:
        notes.append(_note(scope, "estimated", key))
    if system.unsupplied_in_data:
        notes.append(_note(scope, "unsupplied_in_data", key, count=system.unsupplied_in_data))
    if not scope.restricted and system.facilities.restricted.any():
        notes.append(_note(scope, "restricted", key))
    unknown = int(system.loads.customers_unknown.sum())
    if unknown:
        notes.append(_note(scope, "unknown_customers", "protection.assumption", count=unknown))
    return notes


def _about_method(scope: Scope, extent: Extent) -> list[Assumption]:
    key = "protection.assumption"
    horizon, clock = scope.phrases.duration(scope.horizon_s), scope.phrases.clock(scope.at)
    notes = [
        _note(scope, "no_repair", key, horizon=horizon, clock=clock),
        _note(scope, "single", key),
        _note(scope, "reserve", "assumption"),
        _note(scope, "unknown_as_none", key),
        _note(scope, "second_feed", key),
        _note(scope, "usual_hours", key),
        _note(scope, "population", "assumption"),
    ]
    if extent.left_out:
        notes.append(_note(scope, "chosen", key, count=extent.failures, left=extent.left_out))
    if not extent.all_pairs:
        notes.append(_note(scope, "pairs", key, count=extent.pairs))
    return notes


def _about_plan(scope: Scope) -> list[Assumption]:
    ruling = scope.plan.interpretation("tier_order")
    if ruling is None:
        return []
    text = ruling.text.in_language(scope.phrases.language)
    return [Assumption(code="tier_order", text=text, clause=ruling.clause)]
