"""How long a search may take, whom it tells how far it is, and who may stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from priority.restoration.clock import Deadline


@dataclass(frozen=True)
class Progress:
    """How far a search is: what it does, its best objective and the bound so far; None where there is none yet."""

    stage: str
    elapsed_s: float
    objective: float | None = None
    bound: float | None = None


@dataclass
class Effort:
    """A time limit that begins when it is made, a listener, and a question whether to stop.

    `cancelled` is asked often and from the thread that solves; once it says yes the search ends with what it has.
    `enough_gap`: a large p-median, of which much would be left to prove, may stop at this proven relative gap.
    """

    seconds: float = 60.0
    listener: Callable[[Progress], None] | None = None
    cancelled: Callable[[], bool] | None = None
    enough_gap: float = 0.005
    deadline: Deadline = field(init=False)
    _stopped: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.deadline = Deadline(self.seconds)

    @property
    def over(self) -> bool:
        """Whether the time has passed or somebody cancelled."""
        if not self._stopped:
            self._stopped = self.deadline.passed or bool(self.cancelled and self.cancelled())
        return self._stopped

    def tell(self, stage: str, objective: float | None = None, bound: float | None = None) -> None:
        """Tell the listener, if there is one."""
        if self.listener:
            self.listener(Progress(stage, self.deadline.elapsed_s, objective, bound))

    def part(self, share: float) -> Effort:
        """Return an effort that ends after this share of the time left, with the same listener."""
        return Effort(self.deadline.left_s * share, self.listener, self.cancelled, self.enough_gap)

    def under(self, stage: str, objective: float | None, bound: float | None, share: float = 1.0) -> Effort:
        """Return a part for a question within another, of which the listener hears what is known of the whole."""
        part = self.part(share)
        if self.listener:
            part.listener = lambda _: self.tell(stage, objective, bound)
        return part
