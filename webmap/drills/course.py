"""Drill time: how far a drill has come, from where it last stood, how fast it goes, and whether it goes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

#: As slow as the clock, and an hour in six seconds.
SLOWEST, FASTEST = 1.0, 600.0


@dataclass(frozen=True)
class Course:
    """At `anchor_at` the drill had come `anchor_s` seconds from its beginning; from there it goes on, if `playing`."""

    anchor_at: datetime
    anchor_s: float
    speed: float
    playing: bool

    def drill_s(self, now: datetime) -> float:
        """Return how many seconds from its beginning the drill has come; clocks that go back hold it."""
        if not self.playing:
            return self.anchor_s
        return self.anchor_s + max(0.0, (now - self.anchor_at).total_seconds()) * self.speed

    def is_due(self, at_s: float, now: datetime) -> bool:
        """Whether a moment of the drill has come; while it is held only what was reached before."""
        return at_s <= self.drill_s(now) + 1e-6

    def due_in_s(self, at_s: float, now: datetime) -> float | None:
        """Return in how many seconds of the clock a moment comes, 0 if it has; None while the drill is held."""
        left = max(0.0, at_s - self.drill_s(now))
        if left == 0:
            return 0.0
        return left / self.speed if self.playing else None

    def held(self, now: datetime) -> Course:
        """Return the course that stands still from a moment on."""
        return Course(now, self.drill_s(now), self.speed, playing=False)

    def resumed(self, now: datetime) -> Course:
        """Return the course that goes on from a moment on."""
        return Course(now, self.drill_s(now), self.speed, playing=True)

    def at_speed(self, speed: float, now: datetime) -> Course:
        """Return the course that goes on at another speed from a moment on."""
        return replace(self, anchor_at=now, anchor_s=self.drill_s(now), speed=speed)

    def at(self, at_s: float, now: datetime) -> Course:
        """Return the course that has come to a moment of the drill, unless it is beyond it."""
        return replace(self, anchor_at=now, anchor_s=max(at_s, self.drill_s(now)))

    def taken_up(self, left_at: datetime, now: datetime) -> Course:
        """Return the course after nobody played it from `left_at` on: it stood still meanwhile."""
        stood_at = max(left_at, self.anchor_at)
        return replace(self, anchor_at=now, anchor_s=self.drill_s(stood_at))
