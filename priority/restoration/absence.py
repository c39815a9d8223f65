"""The pictures that tell what each mobile unit brings: the same plan without it."""

from __future__ import annotations

from functools import cached_property

from priority.picture import Picture
from priority.restoration.clock import Deadline
from priority.restoration.decision import Decision
from priority.restoration.mobile import Sent
from priority.restoration.scenario import Scenario


class Absence:
    """One picture for each unit while there is time; after that one for all, in which every unit stays away."""

    def __init__(self, scenario: Scenario, decision: Decision, deadline: Deadline) -> None:
        self._scenario = scenario
        self._decision = decision
        self._deadline = deadline
        #: Whether any unit was judged by the picture without all of them.
        self.all_at_once = False

    def picture(self, stays: Sent) -> Picture:
        """Return the picture in which a unit stays away."""
        others = [item for item in self._decision.sent if item != stays]
        if not others or not self._deadline.passed:
            return self._scenario.after(self._decision.done_s, others)
        self.all_at_once = True
        return self._without_units

    @cached_property
    def _without_units(self) -> Picture:
        return self._scenario.after(self._decision.done_s, ())
