"""What of a document people fill in: the items that a form shows, with what is missing of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webmap.reports.documents.item import Item, detail_runs
from webmap.reports.documents.items import items_of
from webmap.reports.documents.model import Gap, Kind

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: Items of the plan's clause on reports that an evaluation report tells of in words, too.
_ALSO_EVALUATED = ("cause", "course")
#: What an evaluation report says as somebody wrote it, in its order: item, its heading, what is missing without it.
_EVALUATED = (
    ("cause", "事件起因", "事件起因"),
    ("nature", "事件性质", "事件性质"),
    ("resources", "投入资源", "投入的人员、队伍、物资和经费"),
    ("responsibility", "责任认定", "责任认定"),
    ("lessons", "经验教训和改进建议", "经验教训和改进建议"),
)


def form_items(source: ReportSource, kind: Kind) -> tuple[Item, ...]:
    """Return the items of a document that can be filled in; none for a briefing or a handover sheet.

    Those two are made of the log alone. Reports upward have the items of the plan's clause on reports. An evaluation
    report has those that it tells of in words, and the findings that somebody has to write; their clause is the plan's
    on evaluation.
    """
    if kind in {"briefing", "handover"}:
        return ()
    items = items_of(source, kind)
    if kind != "evaluation":
        return items
    told = {item.key: item for item in items if item.key in _ALSO_EVALUATED}
    return (*told.values(), *(_finding(source, *finding) for finding in _EVALUATED if finding[0] not in told))


def _finding(source: ReportSource, key: str, title: str, missing: str) -> Item:
    evaluation = source.plan.evaluation
    clause = source.plan.reports.clause if evaluation is None else evaluation.clause
    given, basis = detail_runs(source, key)
    return Item(key, title, clause, given or (Gap(missing),), basis, "detail", key)
