"""Errors of the analysis, as nouns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: the field (`faults[0].element`), what is wrong, and what to do."""

    field: str
    message: str
    remedy: str


class PriorityError(Exception):
    """Base of all errors that `priority` raises on purpose."""


class InvalidDocument(PriorityError):
    """A document cannot be used; `problems` names every wrong field and its remedy."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in problems))


class InvalidIncident(InvalidDocument):
    """An incident document cannot be assessed; `problems` names every field and its remedy."""


class InvalidFigures(InvalidDocument):
    """Reported figures cannot be used; `problems` names every wrong one and its remedy."""


class InvalidCrews(InvalidDocument):
    """A document of crews cannot be planned with; `problems` names every field and its remedy."""


class InvalidSiting(InvalidDocument):
    """A siting problem, question or study cannot be solved; `problems` names every field and its remedy."""


class InvalidSupply(InvalidDocument):
    """A document of stocks and vehicles cannot be dispatched; `problems` names every field and its remedy."""


class InvalidStop(InvalidDocument):
    """A list of heat suppliers that stop cannot be used; `problems` names every place in it and its remedy."""


class InvalidPlan(PriorityError):
    """A plan file breaks the plan schema; the message names the file and the place."""


class UnknownPlan(PriorityError):
    """No plan has that key."""


class UnsoundNetwork(PriorityError):
    """Network records contradict each other; the message names the record."""
