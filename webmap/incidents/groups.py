"""Which kinds of entry belong together for who looks a log or a timeline through."""

from __future__ import annotations

from collections.abc import Mapping

#: The group of each kind; a correction belongs where what it corrects does.
GROUPS: Mapping[str, str] = {
    "reported": "report",
    "fault_located": "damage",
    "area_drawn": "damage",
    "figure_reported": "figure",
    "device_operated": "action",
    "unit_placed": "action",
    "reserve_reported": "action",
    "temperature_reported": "figure",
    "detail_given": "report",
    "crew_sent": "action",
    "level_recommended": "decision",
    "level_started": "decision",
    "level_changed": "decision",
    "level_ended": "decision",
    "warning_issued": "warning",
    "warning_lifted": "warning",
    "priority_ordered": "decision",
    "command_handed_over": "decision",
    "supply_taken_over": "decision",
    "command_taken_back": "decision",
    "measure_done": "action",
    "report_sent": "report",
    "repaired": "damage",
    "road_closed": "damage",
    "data_adopted": "other",
    "note": "other",
    "closed": "decision",
}
