"""After the event: what an incident cost over time, exactly, from the pictures of all its stages."""

from priority.aftermath.over_time import impact_over_time
from priority.aftermath.results import Impact

__all__ = ["Impact", "impact_over_time"]
