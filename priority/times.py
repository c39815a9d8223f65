"""Time as the analysis counts it: whole seconds after an incident's `at`, negative before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: The time of what never happens.
NEVER = int(np.iinfo(np.int64).max)

Seconds = NDArray[np.int64]
