"""Answers to a question with several numbers of sites: which of them is the better one for a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from priority.siting.problem import Question
from priority.siting.results import Siting

#: Figures that differ by less than this share are equal.
_EQUAL = 1e-9


def best_number(question: Question, sites: int, found: Mapping[int, Siting]) -> int:
    """Return under which number stands the best answer that opens at most so many sites.

    The number itself unless its search was cut short and another answer surpasses it: what was chosen with fewer sites
    can be kept with more, and what needs fewer than were allowed is an answer with fewer.
    """
    best = sites
    if found[sites].status not in ("gap", "unknown"):
        return best
    for number in sorted(found):
        if len(found[number].selected) <= sites and _surpasses(question, found[number], found[best]):
            best = number
    return best


def better_answer(question: Question, answer: Siting, found: Mapping[int, Siting]) -> Siting:
    """Return the answer, or a better one among those that keep its limits; only where it is not proven the best."""
    if answer.status != "gap":
        return answer
    if question.model == "lscp":
        return _fewer(question, answer, found)
    centre = next(number for number, each in found.items() if each is answer)
    number = best_number(question, centre, found)
    if number == centre:
        return answer
    other = found[number]
    if other.status == "optimal" and number > centre:
        return other
    if len(other.tiers) != 1 or other.objective is None or answer.bound is None:
        return replace(other, status="gap", bound=None, gap=None)
    return _bounded(other, other.objective, answer.bound)


def _fewer(question: Question, answer: Siting, found: Mapping[int, Siting]) -> Siting:
    """Return the smallest choice that leaves nobody beyond the standard; backup was not asked of the others."""
    enough = [each for each in found.values() if each.objective is not None and not each.uncovered]
    other = min(enough, key=lambda each: len(each.selected), default=answer)
    if question.backup or len(other.selected) >= len(answer.selected):
        return answer
    tiers = tuple(replace(tier, objective=None) for tier in other.tiers)
    return _bounded(replace(other, model="lscp", tiers=tiers), float(len(other.selected)), answer.bound)


def _bounded(other: Siting, objective: float, bound: float | None) -> Siting:
    """Return an answer under the bound that was proven for another."""
    if bound is None:
        return replace(other, status="gap", objective=objective, bound=None, gap=None)
    off = abs(objective - bound)
    gap = 0.0 if off <= _EQUAL * max(1.0, abs(objective)) else off / abs(objective) if objective else None
    return replace(other, status="optimal" if gap == 0.0 else "gap", objective=objective, bound=bound, gap=gap)


def _surpasses(question: Question, first: Siting, second: Siting) -> bool:
    """Whether the first answer is better, an earlier class before all later ones."""
    if first.objective is None or second.objective is None:
        return first.objective is not None
    for one, other in zip(_standing(question, first), _standing(question, second), strict=True):
        if abs(one - other) > _EQUAL * max(1.0, abs(one)):
            return one < other
    return False


def _standing(question: Question, answer: Siting) -> tuple[float, ...]:
    """The measure of each class, the smaller the better: weight that is not covered, or distance."""
    if question.model in ("lscp", "mclp"):
        return tuple(-tier.covered_weight for tier in answer.tiers)
    return tuple(tier.objective or 0.0 for tier in answer.tiers)
