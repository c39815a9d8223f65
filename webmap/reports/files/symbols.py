"""Colours of a report's map, the same in the HTML file and in QGIS."""

from __future__ import annotations

#: Five steps of loss, light to dark.
LOSS_RAMP = ("#FEF0D9", "#FDCC8A", "#FC8D59", "#E34A33", "#B30000")
#: Lower edges of the classes of a share of customers out, as on the page; 30, 50, 70 % are the energy plan's (4.2).
SHARE_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7)
NOT_OUT_COLOUR = "#FFFFFF"
OUTLINE_COLOUR = "#6B7280"
UNKNOWN_COLOUR = "#9CA3AF"
#: Ring of a facility by its state.
STATE_COLOURS = {"supplied": "#6B7280", "on_reserve": "#D97706", "failed": "#9B0000", "unknown": "#9CA3AF"}
FAULT_COLOUR = "#111827"
AREA_COLOUR = "#0B4FB3"
WARNING_COLOUR = "#B45309"
