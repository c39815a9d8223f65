"""Colours of what is printed and drawn after an event. All can be told apart with any colour vision, and in grey."""

from __future__ import annotations

from layers.vocabulary import NETWORK_SYMBOLS

#: Loss, from little to much.
LOSS_RAMP = ("#FEF0D9", "#FDCC8A", "#FC8D59", "#E34A33", "#B30000")
#: Steps of the ramp for fewer classes: as far apart as they can be.
_STEPS = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
MOST_CLASSES = len(LOSS_RAMP)

#: Not lost at all; not known (with a hatch); lost and not back yet.
ZERO = "#FFFFFF"
UNKNOWN = "#E4E7EB"
UNKNOWN_HATCH = "#7A828E"
RUNNING = "#5C0A0A"

#: Rows: the time to restore, short to long (to blue). Columns: the loss, little to much (to orange).
BIVARIATE = (
    ("#DCD8CF", "#F6D28B", "#F0A020"),
    ("#B5D2E2", "#B5AA98", "#AD6714"),
    ("#4F97C6", "#3D6388", "#2B1D14"),
)

NETWORKS = {key: symbol.colour for key, symbol in NETWORK_SYMBOLS.items()}
INK = "#1F2430"
QUIET = "#6B7280"
FAINT = "#C9CED6"
PAPER = "#FFFFFF"
TOWNSHIP_LINE = "#8A919C"
COUNTY_LINE = "#3F4652"
FAILED = "#8B1A1A"
RESERVE = "#D98A00"
FAULT = "#111111"
FAULT_OPEN = "#FFD84D"


def loss_colours(count: int) -> tuple[str, ...]:
    """Return the colours of `count` classes of loss (0 to 5), from little to much."""
    return tuple(LOSS_RAMP[step] for step in _STEPS[count]) if count else ()
