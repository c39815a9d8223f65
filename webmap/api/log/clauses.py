"""The clause of a decision, put by the server where the writer names none: the plan knows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webmap.api.log.bodies import Wanted
from webmap.incidents.entries import Correction, Decision, Fact
from webmap.incidents.errors import Refused
from webmap.incidents.transitions import clause_of

if TYPE_CHECKING:
    from priority.plans import Plan


def with_clauses(wanted: Wanted, plan: Plan) -> Wanted:
    """Return what is wanted with the clause under which each decision is taken."""
    return replace(wanted, facts=[_with_clause(fact, plan) for fact in wanted.facts])


def _with_clause(fact: Fact, plan: Plan) -> Fact:
    if isinstance(fact, Correction) and fact.replacement is not None:
        return fact.model_copy(update={"replacement": _with_clause(fact.replacement, plan)})
    if not isinstance(fact, Decision) or fact.clause is not None:
        return fact
    try:
        return fact.model_copy(update={"clause": clause_of(plan, fact)})
    except Refused:  # a level that the plan does not have is told by the rules
        return fact
