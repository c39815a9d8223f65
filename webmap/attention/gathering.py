"""All that needs a viewer: the duties of every incident that the viewer may see, and the viewer's own studies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from webmap.accounts.viewer import Viewer
from webmap.api.log.view_document import CHINA
from webmap.attention.asking import Asking
from webmap.attention.field_duties import CONFIRMERS, reports_to_confirm
from webmap.attention.items import Item, Notices, in_order
from webmap.attention.log_duties import level_to_decide, report_due
from webmap.attention.recommended import RecommendedLevels
from webmap.attention.running import Running, RunningIncidents
from webmap.attention.siting_done import studies_done
from webmap.attention.warning_duties import Undelivered, deliveries_failed, undelivered_of, warnings_waiting
from webmap.field.reports import FieldReports
from webmap.incidents.moments import as_entered
from webmap.languages import Language


@dataclass(frozen=True)
class Attention:
    """Says what needs whom. Shared by threads."""

    engine: Engine
    incidents: RunningIncidents
    levels: RecommendedLevels
    reports: FieldReports
    plans: Callable[[], Collection[str]]

    def of(self, viewer: Viewer, language: Language, now: datetime) -> Notices:
        """Return what needs a viewer at a moment of the clock; nothing for who holds no office of any plan.

        Raises what an unusable database raises.
        """
        asking = Asking(viewer, language, now)
        plans = [plan for plan in self.plans() if asking.holds(CONFIRMERS, plan)]
        seen = tuple(one for one in self.incidents.all() if asking.sees(one))
        undelivered = undelivered_of(self.engine, seen)
        items = [item for one in seen for item in self._of_incident(asking, one, undelivered)]
        items += reports_to_confirm(asking, seen, self.reports.waiting(plans))
        items += studies_done(asking, self.engine)
        return Notices(now=as_entered(now.astimezone(CHINA)), items=in_order(items))

    def _of_incident(self, asking: Asking, running: Running, undelivered: Undelivered) -> Iterator[Item]:
        yield from report_due(asking, running)
        yield from level_to_decide(asking, running, self.levels.level)
        yield from warnings_waiting(asking, running)
        yield from deliveries_failed(asking, running, undelivered)
