"""Items of a report that people tell: from the entries of the log, and from what somebody gave for the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from webmap.incidents.entries import (
    AreaDrawn,
    CrewSent,
    DeviceOperated,
    FaultLocated,
    MeasureDone,
    Reported,
    UnitPlaced,
    WarningIssued,
    WarningLifted,
)
from webmap.reports.documents.evidence import facts_of, last_figure, told
from webmap.reports.documents.item import Filled, detail, detail_runs
from webmap.reports.documents.model import Gap, Run, Runs, Text, said_by
from webmap.reports.documents.phrasing import clock, listed, moment, sentence

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

#: How many entries a course or a list of measures names before it says how many more there are.
_MOST_NAMED = 10
_TELLING = frozenset({"reported", "area_drawn", "fault_located", "repaired", "level_started", "level_changed",
                      "level_ended", "command_handed_over", "command_taken_back", "warning_issued", "warning_lifted",
                      "unit_placed", "closed"})  # fmt: skip
_TAKEN = (CrewSent, DeviceOperated, UnitPlaced, MeasureDone)


def _time(source: ReportSource, _kind: str) -> Filled:
    if not source.facts:
        return Filled((Gap("事件发生的时间"),))
    first = source.facts[0]
    said: Runs = (Text(moment(first.fact.happened_at)), *said_by([first.number]))
    reports = facts_of(source, Reported)
    if reports and reports[0][0].number != first.number:
        item, fact = reports[0]
        said = (*said, Text(f"，{clock(fact.happened_at)} 接报"), *said_by([item.number]))
        return Filled(sentence([said]), (first.number, item.number))
    return Filled(sentence([said]), (first.number,))


def _place(source: ReportSource, _kind: str) -> Filled:
    parts: list[Runs] = []
    basis: list[int] = []
    for item, fact in facts_of(source, Reported):
        if fact.place is not None and not parts:
            parts.append((Text(fact.place), *said_by([item.number])))
            basis.append(item.number)
    name_of = source.prose.name_of
    faults = {fact.element: item.number for item, fact in reversed(facts_of(source, FaultLocated))}
    if faults:
        numbers = sorted(faults.values())
        named = [name_of(element) for element in sorted(faults, key=faults.__getitem__)]
        parts.append((Text(f"故障点：{listed(named)}"), *said_by(numbers)))
        basis += numbers
    areas = facts_of(source, AreaDrawn)
    if areas:
        item, area = areas[-1]
        named = [*map(name_of, area.townships), *(["图上划定的范围"] if area.area is not None else [])]
        parts.append((Text(f"受损区域：{listed(named)}"), *said_by([item.number])))
        basis.append(item.number)
    return Filled(sentence(parts) or (Gap("地点"),), tuple(basis))


def _source(source: ReportSource, _kind: str) -> Filled:
    named = [(item.number, fact.source) for item, fact in facts_of(source, Reported) if fact.source is not None]
    if not named:
        return Filled((Gap("信息来源"),))
    senders = dict.fromkeys(sender for _, sender in named)
    numbers = tuple(number for number, _ in named)
    return Filled(sentence([(Text(f"{listed(list(senders))}报告"), *said_by(numbers))]), numbers)


def _cause(source: ReportSource, _kind: str) -> Filled:
    given, basis = detail_runs(source, "cause")
    faults = facts_of(source, FaultLocated)
    shown = faults[:_MOST_NAMED]
    found = sentence([told(source, item) for item, _ in shown]) if shown else ()
    if len(faults) > len(shown):
        found = (*found, Text(f"另有 {len(faults) - len(shown)} 处故障，见日志。"))
    numbers = tuple(item.number for item, _ in shown)
    if given:
        return Filled((*given, *found), (*basis, *numbers), "detail", "cause")
    lead: Runs = (Text("直接原因：", False), *found) if found else ()
    return Filled((*lead, Gap("事件原因")), numbers, "log", "cause")


def course_of(source: ReportSource) -> Filled:
    """Return the course in somebody's words, without them from the entries that tell of it."""
    given, basis = detail_runs(source, "course")
    if given:
        return Filled(given, basis, "detail", "course")
    steps = [item for item in source.facts if item.fact.kind in _TELLING]
    if not steps:
        return Filled((Gap("基本过程"),), (), "detail", "course")
    shown = steps if len(steps) <= _MOST_NAMED else [*steps[:6], *steps[-4:]]
    parts = [(Text(f"{clock(item.fact.happened_at)}，"), *told(source, item)) for item in shown]
    said = sentence(parts)
    if len(shown) < len(steps):
        said = (*said, Text(f"（其间另有 {len(steps) - len(shown)} 项，见日志。）"))
    return Filled(said, tuple(item.number for item in shown), "log", "course")


def _measures(source: ReportSource, _kind: str) -> Filled:
    given, basis = detail_runs(source, "measures")
    taken = [item for item in source.facts if isinstance(item.fact, _TAKEN)]
    shown = taken[-_MOST_NAMED:]
    found = sentence([told(source, item) for item in shown])
    if len(shown) < len(taken):
        found = (*found, Text(f"（此前另有 {len(taken) - len(shown)} 项，见日志。）"))
    numbers = (*basis, *(item.number for item in shown))
    if not given and not found:
        return Filled((Gap("已经采取的措施"),), (), "detail", "measures")
    return Filled((*given, *found), numbers, "detail" if given else "log", "measures")


def _warnings(source: ReportSource, _kind: str) -> Filled:
    spoken = [item for item in source.facts if isinstance(item.fact, WarningIssued | WarningLifted)]
    if not spoken:
        return Filled((Text(f"截至 {clock(source.at)}，日志中没有发布预警的记录。"),))
    parts = [(Text(f"{clock(item.fact.happened_at)}，"), *told(source, item)) for item in spoken[-_MOST_NAMED:]]
    return Filled(sentence(parts), tuple(item.number for item in spoken[-_MOST_NAMED:]))


def _casualties(source: ReportSource, _kind: str) -> Filled:
    given, basis = detail_runs(source, "casualties")
    parts: list[Runs] = []
    numbers, missing = list(basis), []
    for key, words in (("deaths", "死亡"), ("serious_injuries", "重伤")):
        if source.plan.figure(key) is None:
            continue
        known = last_figure(source, key)
        if known is not None:
            parts.append((Text(f"{words} {known[1]:g} 人"), *said_by([known[0]])))
            numbers.append(known[0])
        else:
            missing.append(key)
            if not given:
                parts.append((Gap(f"{words}人数"),))
    if not given and not parts:
        return Filled((Gap("人员伤亡情况"),), (), "detail", "casualties")
    found = sentence(parts, "，")
    return Filled((*given, *found), tuple(numbers), "detail" if given else "log", "casualties", tuple(missing))


def property_loss(source: ReportSource) -> Filled:
    """Return what is known of the loss in money and goods."""
    given, basis = detail_runs(source, "property_loss")
    figure = source.plan.figure("direct_loss_yuan")
    known = None if figure is None else last_figure(source, "direct_loss_yuan")
    if figure is not None and known is not None:
        amount = source.prose.phrases.figure(figure, known[1])
        found = sentence([(Text(f"直接经济损失 {amount}"), *said_by([known[0]]))])
        return Filled((*given, *found), (*basis, known[0]), "detail" if given else "log", "property_loss")
    figures = () if figure is None else ("direct_loss_yuan",)
    return Filled(given or (Gap("财产损失"),), basis, "detail", "property_loss", figures)


def _in_words(key: str, title: str) -> Callable[[ReportSource, str], Filled]:
    def fill(source: ReportSource, _kind: str) -> Filled:
        given, basis = detail_runs(source, key)
        return Filled(given or (Gap(title),), basis, "detail", key)

    return fill


def person(source: ReportSource, key: str, title: str) -> Filled:
    """Return who somebody is, with unit and telephone; what of it is missing is a gap of its own."""
    given = detail(source, key)
    if given is None:
        return Filled((Gap(f"{title}的姓名、单位和联系电话"),), (), "detail", key)
    number, fact = given
    runs: list[Run] = [Text(fact.name or "")]
    for value, what in ((fact.unit, "单位"), (fact.telephone, "联系电话")):
        runs += [Text("，"), Text(value) if value is not None else Gap(f"{title}{what}")]
    if fact.text is not None:
        runs += [Text("，"), Text(fact.text)]
    return Filled((*runs, *said_by([number])), (number,), "detail", key)


FILL: Mapping[str, Callable[[ReportSource, str], Filled]] = {
    "time": _time,
    "place": _place,
    "source": _source,
    "cause": _cause,
    "category": _in_words("category", "事件类别"),
    "course": lambda source, _kind: course_of(source),
    "measures": _measures,
    "warnings": _warnings,
    "casualties": _casualties,
    "property_loss": lambda source, _kind: property_loss(source),
    "secondary_hazards": _in_words("secondary_hazards", "有无次生或衍生危害"),
    "dangers_nearby": _in_words("dangers_nearby", "周边有无危险源"),
    "evacuation": _in_words("evacuation", "是否需要疏散群众"),
    "support_needed": _in_words("support_needed", "需要支援事项和亟需帮助解决的问题"),
    "person_in_charge": lambda source, _kind: person(source, "person_in_charge", "现场负责人"),
    "reporter": lambda source, _kind: person(source, "reporter", "报告人"),
}
