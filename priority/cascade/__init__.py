"""The cascade: what fails when and because of what, and what comes back when."""

from priority.cascade.course import Cascade, Trigger
from priority.cascade.run import run_cascade
from priority.cascade.script import Actions, OperatedDevice, PlacedUnit, ReportedReserve
from priority.times import NEVER

__all__ = ["NEVER", "Actions", "Cascade", "OperatedDevice", "PlacedUnit", "ReportedReserve", "Trigger", "run_cascade"]
