"""Statistics over all incidents that a viewer may see; what one incident adds is kept until its log grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from priority.errors import UnknownPlan
from webmap.accounts.roles import Action
from webmap.api.log.reader import reader_of
from webmap.api.reports.desk import ReportDesk
from webmap.incidents.journal import Journal
from webmap.incidents.records import IncidentSummary
from webmap.reports.progress import Progress, untold


@dataclass(frozen=True)
class StatisticsDesk:
    """Counts over incidents: those of a plan, or all; drills apart."""

    desk: ReportDesk
    journal: Journal

    def statistics(self, plan: str | None) -> Callable[[Progress], dict[str, Any]]:
        """Return what makes the statistics of the incidents that the viewer may see."""
        viewer = self.desk.viewer
        seen = [
            one
            for one in self.journal.incidents("all")
            if viewer.may(Action.SEE_LOG, one.opening.plan) and plan in (None, one.opening.plan)
        ]

        def making(progress: Progress = untold) -> dict[str, Any]:
            from webmap.reviews import statistics_of  # noqa: PLC0415  it loads slowly

            found, left_out = [], []
            for done, one in enumerate(seen):
                progress("incidents", done, len(seen))
                try:
                    found.append(self._counted(one))
                except UnknownPlan:
                    left_out.append(one.opening.name)
            return statistics_of(found, self.desk.language, left_out=left_out).document()

        return making

    def _counted(self, one: IncidentSummary) -> Any:
        """Return what an incident adds, kept for as long as its log, the data and the audience are the same."""
        from webmap.reports.reviewing import counted_of_source  # noqa: PLC0415  it loads slowly

        desk = self.desk
        sources, opening = desk.sources, one.opening
        running = None if one.phase == "ended" or opening.drill else sources.clock().replace(second=0, microsecond=0)
        version = sources.runtime.data_version()
        key = ("counted", opening.incident_id, one.length, running, desk.viewer.audience, desk.language, version)

        def make() -> Any:
            look = desk.logs.look(opening.incident_id)
            reader = reader_of(sources.runtime, desk.viewer, desk.language, opening.plan, look.log)
            return counted_of_source(sources.open(look, reader, sources.asked(look, running, None, None)))

        return desk.kept.once(key, make)
