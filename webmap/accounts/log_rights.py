"""Which right each kind of entry needs: one table beside that of the rights. The plan's offices are asked after it."""

from __future__ import annotations

from collections.abc import Mapping

from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer

#: Kind of entry -> right. A correction needs what the entry that it corrects needs.
ENTRY_RIGHTS: Mapping[str, Action] = {
    "reported": Action.RECORD_FACT,
    "fault_located": Action.RECORD_FACT,
    "area_drawn": Action.RECORD_FACT,
    "figure_reported": Action.RECORD_FACT,
    "device_operated": Action.RECORD_FACT,
    "unit_placed": Action.RECORD_FACT,
    "reserve_reported": Action.RECORD_FACT,
    "temperature_reported": Action.RECORD_FACT,
    "detail_given": Action.RECORD_FACT,
    "crew_sent": Action.RECORD_FACT,
    "level_recommended": Action.RECORD_FACT,
    "level_started": Action.DECIDE_LEVEL,
    "level_changed": Action.DECIDE_LEVEL,
    "level_ended": Action.DECIDE_LEVEL,
    "warning_issued": Action.ISSUE_WARNING,
    "warning_lifted": Action.ISSUE_WARNING,
    "priority_ordered": Action.REORDER_PRIORITY,
    "command_handed_over": Action.DECIDE_LEVEL,
    "command_taken_back": Action.DECIDE_LEVEL,
    "supply_taken_over": Action.DECIDE_LEVEL,
    "measure_done": Action.RECORD_FACT,
    "report_sent": Action.RECORD_FACT,
    "repaired": Action.RECORD_FACT,
    "road_closed": Action.RECORD_FACT,
    "data_adopted": Action.RECORD_FACT,
    "note": Action.RECORD_FACT,
    "closed": Action.RECORD_FACT,
}


#: Route of the log -> right. Writing at all is recording facts; what each kind needs, the desk asks.
ROUTE_RIGHTS: Mapping[str, Action] = {
    "log_api.incidents": Action.SEE_LOG,
    "log_api.incident": Action.SEE_LOG,
    "log_api.entries": Action.SEE_LOG,
    "log_api.data": Action.SEE_LOG,
    "log_api.log": Action.SEE_LOG,
    "log_api.open_incident": Action.OPEN_INCIDENT,
    "log_api.write": Action.RECORD_FACT,
    "drills_api.scripts": Action.OPEN_INCIDENT,
    "drills_api.begin": Action.OPEN_INCIDENT,
    "drills_api.drill": Action.SEE_LOG,
    "drills_api.speed": Action.OPEN_INCIDENT,
    "drills_api.change": Action.OPEN_INCIDENT,
    "command_api.command": Action.SEE_LOG,
    "live_api.stream": Action.SEE_LOG,
    **{
        f"siting_api.{name}": Action.STUDY_SITES
        for name in (
            "survey",
            "start",
            "runs",
            "run",
            "cancel",
            "rename",
            "put_away",
            "sites_map",
            "sites_table",
            "assignment",
        )
    },
    **{
        f"field_api.{name}": Action.REPORT_FROM_PLACE
        for name in ("submit", "reports_list", "report", "photo", "start", "elements")
    },
    "field_api.confirm": Action.RECORD_FACT,
    "field_api.decline": Action.RECORD_FACT,
    **{
        f"editing_api.{name}": Action.EDIT_LAYERS
        for name in (
            *("drafts", "begin", "draft", "record", "save_steps", "rename"),
            *("review", "rebase", "commit", "undo", "discard", "take_back"),
        )
    },
    **{f"data_api.{name}": Action.EDIT_LAYERS for name in ("versions", "compare", "restore")},
    "siting_api.choose": Action.EDIT_SITES,
    "siting_api.take_back": Action.EDIT_SITES,
    **{f"reports_api.{name}": Action.SEE_LOG for name in ("impact", "review", "items", "product", "statistics")},
    "warnings_api.area": Action.DRAFT_WARNING,
    "warnings_api.briefing": Action.DRAFT_WARNING,
    "warnings_api.decide": Action.DRAFT_WARNING,
    "warnings_api.deliveries": Action.SEE_LOG,
    "warnings_api.done": Action.DRAFT_WARNING,
    "warnings_api.draft": Action.DRAFT_WARNING,
    "warnings_api.product": Action.SEE_LOG,
    "warnings_api.retry": Action.DRAFT_WARNING,
    "warnings_api.step": Action.DRAFT_WARNING,
    "warnings_api.suggestion": Action.DRAFT_WARNING,
    "warnings_api.undo": Action.DRAFT_WARNING,
    "warnings_api.warning": Action.SEE_WARNINGS,
    "warnings_api.warnings": Action.SEE_WARNINGS,
}


class MissingRight(Exception):
    """Who asks holds no role with the right for the plan, or for any (None)."""

    def __init__(self, action: Action, plan: str | None) -> None:
        self.action = action
        self.plan = plan
        super().__init__(f"{action} for {plan}")


def require_right(viewer: Viewer, action: Action, plan: str) -> None:
    """Raise `MissingRight` unless the viewer may do something about a plan."""
    if not viewer.may(action, plan):
        raise MissingRight(action, plan)
