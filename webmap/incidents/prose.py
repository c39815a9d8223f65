"""Entries as sentences, in Chinese and English, for the log's page, the terminal and reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from layers.vocabulary import FACILITY_CATEGORIES, NETWORKS
from priority.wording import Phrases
from webmap.incidents import entries as kinds
from webmap.incidents import prose_command
from webmap.incidents.details import DETAIL_ITEMS
from webmap.incidents.effective import corrections_of
from webmap.incidents.entries import Fact
from webmap.incidents.offices import office_name
from webmap.incidents.records import Entry, Log

if TYPE_CHECKING:
    from priority.plans import Plan

#: What is written later than this after it happened is marked as written late.
LATE = timedelta(minutes=10)
_NETWORK_TITLES = {choice.key: choice.title for choice in NETWORKS}
_CATEGORY_TITLES = {choice.key: choice.title for choice in FACILITY_CATEGORIES}


#: Where a name stands in a sentence; in Chinese a figure or a letter at its end stands apart from the words beside it.
_NAMED = frozenset({"element", "device", "facility", "unit", "road", "source", "crew", "to"})
#: Stands where a name is set apart, so that the blanks that people wrote themselves stay as they are.
_APART = "\x1f"
_NO_BLANK = re.compile(
    f"^{_APART}|{_APART}$|{_APART}(?=[ \\n，。；：、（）〔〕])|(?<=[ \\n，。；：、（）〔〕]){_APART}"
)


def _unnamed(element: str) -> str:
    return element


def _set_apart(name: object) -> str:
    text = str(name)
    before, after = (_APART if sign.isascii() and sign.isalnum() else "" for sign in (text[:1], text[-1:]))
    return f"{before}{text}{after}"


def is_late(entry: Entry, *, drill: bool) -> bool:
    """Whether an entry was written well after what it tells; the clock of a drill is not the one on the wall."""
    return not drill and entry.written_at - entry.fact.happened_at > LATE


@dataclass(frozen=True)
class Prose:
    """Writes entries in the language of `phrases`.

    `plan` gives figures and warnings their titles; without it they go by their keys. `name_of` gives elements,
    facilities, roads and townships the names that the reader may know, and something else for those that not.
    """

    phrases: Phrases
    plan: Plan | None = None
    name_of: Callable[[str], str] = field(default=_unnamed)

    def lines(self, log: Log) -> list[str]:
        """Return a line for each entry: number, when it happened, who wrote it, what it says, and what became of it.

        In a drill every line says so.
        """
        corrected = corrections_of(log.entries)
        mark = self.phrases.write("log.drill") if log.opening.drill else ""
        lines = []
        for entry in log.entries:
            said = self.sentence(entry.fact)
            if entry.number in corrected:
                said = self._became(said, *corrected[entry.number])
            lines.append(mark + self._line(entry, said, late=is_late(entry, drill=log.opening.drill)))
        return lines

    def _became(self, said: str, number: int, correction: kinds.Correction) -> str:
        counts = correction.replacement
        if counts is None:
            return self.phrases.write("log.withdrawn", said=said, number=number)
        places = {"clock": _clock(counts.happened_at), "counts": self.sentence(counts)}
        return self.phrases.write("log.corrected", said=said, number=number, **places)

    def _line(self, entry: Entry, said: str, *, late: bool) -> str:
        happened = entry.fact.happened_at
        written = entry.written_at.astimezone(happened.tzinfo)
        places = {"number": entry.number, "author": entry.author_name, "said": said, "clock": _clock(happened)}
        if not late:
            return self.phrases.write("log.line", **places)
        return self.phrases.write("log.line_late", written=_clock(written), **places)

    def sentence(self, fact: Fact) -> str:
        """Return what a fact says, with its clause, without time and author."""
        said = _SAY[fact.kind](self, fact)
        return said if fact.clause is None else self.phrases.write("log.clause", said=said, clause=fact.clause)

    def say(self, key: str, **places: object) -> str:
        """Write a sentence of the log."""
        if self.phrases.language != "zh" or _NAMED.isdisjoint(places):
            return self.phrases.write(f"log.{key}", **places)
        apart = {name: _set_apart(value) if name in _NAMED else value for name, value in places.items()}
        return _NO_BLANK.sub("", self.phrases.write(f"log.{key}", **apart)).replace(_APART, " ")

    def with_text(self, said: str, text: str | None) -> str:
        """Add what was written in words, if anything was."""
        return said if text is None else self.say("with", said=said, text=text)

    def office(self, office: str) -> str:
        """Return the name of an office."""
        return office_name(office, self.phrases)

    def category(self, key: str) -> str:
        """Return the title of a class of facilities."""
        return self.phrases.title(_CATEGORY_TITLES[key]) if key in _CATEGORY_TITLES else key

    def network(self, key: str) -> str:
        """Return the title of a network."""
        return self.phrases.title(_NETWORK_TITLES[key]) if key in _NETWORK_TITLES else key


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _reported(prose: Prose, fact: kinds.Reported) -> str:
    key = "reported" if fact.source is None else "reported_by"
    said = prose.say(key, text=fact.text, source=fact.source)
    return said if fact.place is None else prose.say("in_brackets", said=said, text=fact.place)


def _fault(prose: Prose, fact: kinds.FaultLocated) -> str:
    return prose.with_text(prose.say("fault_located", element=prose.name_of(fact.element)), fact.text)


def _area(prose: Prose, fact: kinds.AreaDrawn) -> str:
    extent = [] if fact.area is None else [prose.say("area_hand")]
    extent += [prose.name_of(code) for code in fact.townships]
    networks = prose.phrases.join([prose.network(key) for key in fact.networks])
    return prose.say("area_drawn", networks=networks, extent=prose.phrases.join(extent))


def _figure(prose: Prose, fact: kinds.FigureReported) -> str:
    figure = None if prose.plan is None else prose.plan.figure(fact.figure)
    title = fact.figure if figure is None else figure.title.in_language(prose.phrases.language)
    if fact.value is None:
        said = prose.say("figure_unknown", title=title)
    else:
        value = str(fact.value) if figure is None else prose.phrases.figure(figure, fact.value)
        said = prose.say("figure_reported", title=title, value=value)
    return said if fact.source is None else prose.say("by_source", said=said, source=fact.source)


def _operation(prose: Prose, fact: kinds.DeviceOperated) -> str:
    device = prose.name_of(fact.device)
    if fact.outcome == "stuck":
        return prose.say("stuck" if fact.action is None else f"stuck_{fact.action}", device=device)
    return prose.say("opened" if fact.action == "open" else "closed_device", device=device)


def _placement(prose: Prose, fact: kinds.UnitPlaced) -> str:
    unit = prose.say("a_unit") if fact.unit is None else prose.name_of(fact.unit)
    facility, commodity = prose.name_of(fact.facility), prose.say(f"supply_{fact.commodity}")
    return prose.say("unit_placed", unit=unit, facility=facility, commodity=commodity)


def _reserve(prose: Prose, fact: kinds.ReserveReported) -> str:
    commodity = prose.say(f"supply_{fact.commodity}")
    return prose.say(
        "reserve_reported", facility=prose.name_of(fact.facility), commodity=commodity, hours=f"{fact.hours:g}"
    )


def _crew(prose: Prose, fact: kinds.CrewSent) -> str:
    said = prose.say("crew_sent", crew=fact.crew)
    if fact.element is not None:
        said = prose.say("crew_sent_to", crew=fact.crew, element=prose.name_of(fact.element))
    return prose.with_text(said, fact.task)


def _recommendation(prose: Prose, fact: kinds.LevelRecommended) -> str:
    key = "level_not_recommended" if fact.level is None else "level_recommended"
    return prose.with_text(prose.say(key, level=fact.level), fact.text)


def _level(prose: Prose, fact: kinds.LevelStarted | kinds.LevelChanged) -> str:
    said = prose.say(fact.kind, office=prose.office(fact.office), level=fact.level)
    if fact.recommended == fact.level:
        return prose.with_text(said, fact.reason)
    nothing = "recommended_unknown" if fact.recommendation_failed else "recommended_none"
    key = nothing if fact.recommended is None else "recommended"
    return prose.say(key, said=said, recommended=fact.recommended, reason=fact.reason)


def _level_ended(prose: Prose, fact: kinds.LevelEnded) -> str:
    return prose.with_text(prose.say("level_ended", office=prose.office(fact.office)), fact.reason)


def _warning(prose: Prose, fact: kinds.WarningIssued) -> str:
    levels = () if prose.plan is None else prose.plan.warnings.levels
    name = next((level.name for level in levels if level.key == fact.level), fact.level)
    said = prose.say("warning_issued", office=prose.office(fact.office), level=name, scope=fact.scope, text=fact.text)
    if fact.approved_by is not None:
        said = prose.say("approved", said=said, office=prose.office(fact.approved_by))
    if fact.replaces is not None:
        said = prose.say("warning_replaces", said=said, number=fact.replaces)
    return said if fact.expires_at is None else prose.say("warning_until", said=said, clock=_clock(fact.expires_at))


def _lifting(prose: Prose, fact: kinds.WarningLifted) -> str:
    said = prose.say("warning_lifted", office=prose.office(fact.office), number=fact.warning)
    return prose.with_text(said, fact.reason)


def _order(prose: Prose, fact: kinds.PriorityOrdered) -> str:
    key = "priority_ordered" if fact.categories else "priority_as_planned"
    classes = prose.say("then").join(prose.category(key) for key in fact.categories)
    return prose.with_text(prose.say(key, office=prose.office(fact.office), classes=classes), fact.reason)


def _measure(prose: Prose, fact: kinds.MeasureDone) -> str:
    said = prose.say("measure_done", measure=fact.measure)
    said = said if fact.unit is None else prose.say("in_brackets", said=said, text=fact.unit)
    return prose.with_text(said, fact.text)


def _report(prose: Prose, fact: kinds.ReportSent) -> str:
    return prose.with_text(prose.say("report_sent", to=fact.to, report=prose.say(fact.report)), fact.text)


def _detail(prose: Prose, fact: kinds.DetailGiven) -> str:
    person = [part for part in (fact.name, fact.unit, fact.telephone) if part is not None]
    said = prose.say("detail_given", item=prose.phrases.title(DETAIL_ITEMS[fact.item]))
    return prose.with_text(said, prose.say("and_also").join([*person, *([] if fact.text is None else [fact.text])]))


def _temperature(prose: Prose, fact: kinds.TemperatureReported) -> str:
    said = prose.say("temperature_reported", celsius=f"{fact.celsius:g}".replace("-", "−"))
    return said if fact.station is None else prose.say("by_source", said=said, source=fact.station)


def _repair(prose: Prose, fact: kinds.Repaired) -> str:
    area, _, network = fact.element.partition("/")
    if area != "area":
        return prose.say("repaired", element=prose.name_of(fact.element))
    return prose.say("repaired_area_network", network=prose.network(network)) if network else prose.say("repaired_area")


def _road(prose: Prose, fact: kinds.RoadClosed) -> str:
    return prose.say("road_closed" if fact.closed else "road_opened", road=prose.name_of(fact.road))


def _correction(prose: Prose, fact: kinds.Correction) -> str:
    if fact.replacement is None:
        return prose.say("withdrawal", number=fact.corrects, reason=fact.reason)
    said, clock = prose.sentence(fact.replacement), _clock(fact.replacement.happened_at)
    return prose.say("correction", number=fact.corrects, clock=clock, said=said, reason=fact.reason)


_SAY: Mapping[str, Callable[[Prose, Any], str]] = {
    "reported": _reported,
    "fault_located": _fault,
    "area_drawn": _area,
    "figure_reported": _figure,
    "device_operated": _operation,
    "unit_placed": _placement,
    "reserve_reported": _reserve,
    "temperature_reported": _temperature,
    "detail_given": _detail,
    "crew_sent": _crew,
    "level_recommended": _recommendation,
    "level_started": _level,
    "level_changed": _level,
    "level_ended": _level_ended,
    "warning_issued": _warning,
    "warning_lifted": _lifting,
    "priority_ordered": _order,
    "command_handed_over": prose_command.handed_over,
    "command_taken_back": prose_command.taken_back,
    "supply_taken_over": prose_command.taken_over,
    "measure_done": _measure,
    "report_sent": _report,
    "repaired": _repair,
    "road_closed": _road,
    "data_adopted": lambda prose, fact: prose.with_text(
        prose.say("data_adopted", version=fact.data_version), fact.reason
    ),
    "note": lambda prose, fact: prose.say("note", text=fact.text),
    "closed": lambda prose, fact: prose.say("closed", reason=fact.reason),
    "correction": _correction,
}
