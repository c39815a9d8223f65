"""The reasons of the protection list, one sentence a row."""

from __future__ import annotations

from collections.abc import Iterable

from priority.facilities import UNKNOWN_RESERVE
from priority.protection.effects import Effect
from priority.protection.results import Consequence
from priority.protection.scope import Scope


def sentence(scope: Scope, parts: Iterable[str]) -> str:
    """Join what there is to say into one sentence; English begins with a capital."""
    phrases = scope.phrases
    text = phrases.write("protection.separator").join(part for part in parts if part)
    text += phrases.write("protection.end")
    return text[:1].upper() + text[1:] if phrases.language == "en" else text


def tier_words(scope: Scope, tier: int) -> str:
    """Write a tier; one before the first of the list says so."""
    if tier > 0:
        return scope.phrases.write("protection.tier", tier=tier)
    return scope.phrases.write("protection.tier_first")


def lack_words(scope: Scope, need: int) -> str:
    """Write what a place lacks without that need; -1 where it was struck itself."""
    if need < 0:
        return scope.phrases.write("protection.own_failure")
    return scope.phrases.write(f"lack.{scope.system.facilities.needs[need].commodity}")


def loss_words(scope: Scope, consequence: Consequence) -> str:
    """Write the customers out, network by network; nothing where nobody is."""
    phrases = scope.phrases
    return phrases.join(
        [
            phrases.write(f"protection.out_{network}", customers=phrases.number(count))
            for network, count in consequence.customers.items()
            if count
        ]
    )


def place_words(scope: Scope, effect: Effect, consequence: Consequence) -> list[str]:
    """Write the first listed place that fails, and how many there are by when."""
    if not consequence.facilities:
        return []
    phrases, first = scope.phrases, consequence.facilities[0]
    number = scope.system.facility_number[first.id]
    need = int(effect.need[effect.places == number][0])
    words = {"name": first.name, "tier": tier_words(scope, first.tier), "lack": lack_words(scope, need)}
    if first.hours == 0:
        parts = [phrases.write("protection.place_at_once", **words)]
    else:
        parts = [phrases.write("protection.place_later", duration=_hours(scope, first.hours), **words)]
    if len(consequence.facilities) > 1:
        last = max(place.hours for place in consequence.facilities)
        key = "protection.places_more" if last else "protection.places_at_once"
        count = phrases.number(len(consequence.facilities))
        parts.append(phrases.write(key, duration=_hours(scope, last), count=count))
    return parts


def guard_reason(scope: Scope, effect: Effect, consequence: Consequence, others: int) -> str:
    """Say in one sentence what the failure of an element does, and how many others do the same."""
    phrases = scope.phrases
    losses = loss_words(scope, consequence)
    parts = [phrases.write("protection.losses", losses=losses)] if losses else []
    parts += place_words(scope, effect, consequence)
    if others:
        parts.append(phrases.write("protection.same", count=phrases.number(others)))
    return sentence(scope, parts)


def pair_reason(scope: Scope, extra: Effect, more: Consequence, *, harmless: bool, others: int) -> str:
    """Say what two failures take together beyond what they take apart; `harmless`: each alone takes nothing."""
    phrases = scope.phrases
    parts = [loss_words(scope, more), *place_words(scope, extra, more)]
    if more.facility_hours:
        hours = f"{more.facility_hours:g}"
        parts.append(phrases.write("protection.pair_longer", hours=hours))
    listed = phrases.write("protection.separator").join(part for part in parts if part)
    told = [phrases.write("protection.pair", more=listed)] if listed else []
    if harmless:
        told.append(phrases.write("protection.pair_harmless"))
    if others:
        told.append(phrases.write("protection.pair_same", count=phrases.number(others)))
    return sentence(scope, told)


def reserve_words(scope: Scope, reserve_s: int) -> str:
    """Write how long a place lasts on its own."""
    if reserve_s == UNKNOWN_RESERVE:
        return scope.phrases.write("protection.reserve_unknown")
    if reserve_s == 0:
        return scope.phrases.write("protection.reserve_none")
    return scope.phrases.write("protection.reserve", duration=scope.phrases.duration(reserve_s))


def _hours(scope: Scope, hours: float) -> str:
    return scope.phrases.duration(round(hours * 3600))
