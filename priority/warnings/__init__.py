"""Warnings (预警): the area, who is inside, the shape that is sent, and what the plan asks a warning to be and say."""

from priority.warnings.area import WarningArea
from priority.warnings.exposure import Exposure
from priority.warnings.results import Suggestion
from priority.warnings.sending import SendingShape, sending_shape
from priority.warnings.suggestion import suggest

__all__ = ["Exposure", "SendingShape", "Suggestion", "WarningArea", "sending_shape", "suggest"]
