"""Takeover: who could heat the homes of a supplier that stops (heating plan 4.5.3), and whether it has the capacity."""

from priority.takeover.results import Takeover
from priority.takeover.take_over import take_over

__all__ = ["Takeover", "take_over"]
