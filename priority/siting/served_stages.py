"""What a problem with capacities minimises, what its first choice reaches, and what the listener hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from priority.siting.cover import Choice
from priority.siting.distances import Floats
from priority.siting.effort import Effort, Progress
from priority.siting.served import Served, ServingProgram
from priority.siting.served_start import Sent

_EQUAL = 1e-9
#: The seconds that a search or a bound takes at most.
_MOST_S = 3.0


@dataclass(frozen=True, eq=False)
class Costs:
    """What is minimised: a cost of each pair (p) tier by tier, of each site (m), or nothing."""

    pairs: Floats | None
    all_served: bool
    sites: Floats | None = None

    def of(self, program: ServingProgram) -> list[Floats]:
        """Return the costs of a program's columns."""
        if self.sites is not None:
            return [program.site_cost(self.sites)]
        return [np.zeros(program.columns)] if self.pairs is None else program.pair_costs(self.pairs)


@dataclass(frozen=True, eq=False)
class Start:
    """A choice with what it reaches in each stage, minimised, and proven bounds of that."""

    sent: Sent
    reached: list[float]
    bounds: list[float]

    @property
    def gap(self) -> float:
        """The gap of all stages together, as a share of what is reached."""
        return (sum(self.reached) - sum(self.bounds)) / max(abs(sum(self.reached)), 1e-300)

    def served(self) -> Served:
        """Return the choice as it is."""
        finished = equal(self.reached, self.bounds)
        choice = Choice(self.sent.opened, tuple(self.reached), tuple(self.bounds), finished)
        return Served(choice, self.sent.share)


def part_of(effort: Effort, share: float) -> Effort:
    """Return a share of the time left, but not too many seconds."""
    return effort.part(min(share, _MOST_S / max(effort.deadline.left_s, 1e-9)))


def complete(sent: Sent) -> bool:
    """Whether everyone is served."""
    return not any(sent.figures[:2])


def equal(reached: Sequence[float], bounds: Sequence[float]) -> bool:
    """Whether each stage is at its bound."""
    return all(value - bound <= _EQUAL * abs(value) for value, bound in zip(reached, bounds, strict=True))


def under(effort: Effort, stage: str, start: Start) -> Effort:
    """Return the effort of a program: the listener hears the better of what it says and what is known.

    Of several tiers it hears what is known of all together.
    """
    sign = -1.0 if stage == "mclp" else 1.0
    reached, bound = sum(start.reached), sum(start.bounds)

    def hear(progress: Progress) -> None:
        one = len(start.reached) == 1
        now = min(reached, progress.objective) if one and progress.objective is not None else reached
        least = max(bound, progress.bound) if one and progress.bound is not None else bound
        effort.tell(stage, sign * now, sign * min(now, least))

    part = effort.part(1.0)
    part.listener = hear if effort.listener else None
    return part
