"""A choropleth of an impact: which township is in which class, with everything that its legend says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layers.vocabulary import NETWORKS
from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.maps import palette
from webmap.reports.maps.classes import ZERO, Classes, Scheme, classes_of
from webmap.reports.maps.measures import Measure, TownshipValues, township_values

_NETWORK_TITLES = {choice.key: choice.title for choice in NETWORKS}
ClassOf = int | Literal["zero", "unknown", "running"]


@dataclass(frozen=True)
class Choropleth:
    """Values of a measure with their classes, in the order of the codes."""

    read: TownshipValues
    classes: Classes
    codes: tuple[str, ...]
    language: Language

    @property
    def class_of(self) -> dict[str, ClassOf]:
        """Each township's class, by code."""
        found = zip(self.codes, self.classes.numbers, strict=True)
        return {code: "running" if code in self.read.running else _named(number) for code, number in found}

    @property
    def colours(self) -> tuple[str, ...]:
        """The classes' colours."""
        return palette.loss_colours(len(self.classes.labels))

    def colour(self, code: str) -> str:
        """Return a township's colour; that of the unknown for a township of which the impact says nothing."""
        number = self.class_of.get(code, "unknown")
        if isinstance(number, int):
            return self.colours[number]
        return {"zero": palette.ZERO, "unknown": palette.UNKNOWN, "running": palette.RUNNING}[number]

    @property
    def title(self) -> str:
        """The measure, and of which network."""
        return measure_title(self.read.measure, self.read.network, self.language)

    @property
    def zero_label(self) -> str:
        """What the townships without loss are called."""
        if self.read.measure.of_people:
            return zero_label(self.read.measure, self.language)
        nobody = self.read.without_customers & {code for code, number in self.class_of.items() if number == "zero"}
        return Phrases(self.language).write("map.zero_or_nobody" if nobody else "map.zero")

    def rows(self) -> list[dict[str, Any]]:
        """Return the legend's rows, from little to much: key, label, colour, count, whether hatched.

        Nothing lost comes first; not back yet and unknown come last, where there are such townships.
        """
        phrases = Phrases(self.language)
        found = list(self.class_of.values())
        zero = _row("zero", self.zero_label, palette.ZERO, found.count("zero"))
        lost = [
            _row(number, label, colour, found.count(number))
            for number, (label, colour) in enumerate(zip(self.classes.labels, self.colours, strict=True))
        ]
        running = _row("running", phrases.write("map.running"), palette.RUNNING, found.count("running"))
        unknown = _row("unknown", phrases.write("map.unknown"), palette.UNKNOWN, found.count("unknown"), hatched=True)
        return [zero, *lost, *(row for row in (running, unknown) if row["count"])]

    @property
    def sentence(self) -> str:
        """How the townships were classed; where none is back yet, that there is no time to class."""
        if self.read.running and not self.classes.labels:
            return Phrases(self.language).write("map.none_back")
        return self.classes.sentence

    def notes(self) -> list[str]:
        """Return what a reader must know of the figures: how all networks make one, lower bounds, what lies outside."""
        phrases, read = Phrases(self.language), self.read
        notes = []
        if read.network is None and read.measure.all_note is not None:
            notes.append(phrases.write("map.all_networks", how=phrases.title(read.measure.all_note)))
        if read.lower_bounds:
            notes.append(phrases.write("map.lower_bounds", count=len(read.lower_bounds)))
        if read.outside is None or read.outside > 0:
            value = phrases.write("map.unknown") if read.outside is None else phrases.number(read.outside)
            notes.append(phrases.write("map.outside", value=value, unit=phrases.title(read.measure.unit)))
        return notes

    def document(self) -> dict[str, Any]:
        """Return the classes as the page gets them."""
        phrases = Phrases(self.language)
        return {
            "measure": self.read.measure.key,
            "network": self.read.network,
            "scheme": self.classes.scheme,
            "title": self.title,
            "unit": phrases.title(self.read.measure.unit),
            "breaks": list(self.classes.breaks),
            "labels": list(self.classes.labels),
            "colours": list(self.colours),
            "counts": list(self.classes.counts),
            "legend": self.rows(),
            "class_of": self.class_of,
            "values": dict(self.read.values),
            "lower_bounds": sorted(self.read.lower_bounds),
            "sentence": self.sentence,
            "notes": self.notes(),
        }


def choropleth(
    impact: Mapping[str, Any], measure: str, network: str | None, scheme: Scheme, count: int, language: Language
) -> Choropleth:
    """Class an impact document's townships by a measure. Raises as `measure_of` and `classes_of`."""
    read = township_values(impact, measure, network)
    codes = tuple(sorted(read.values))
    # A township whose supply is not back has no time yet: it is in no class, and not unknown either.
    values = [0.0 if code in read.running else read.values[code] for code in codes]
    classes = classes_of(values, scheme, count, fixed=read.measure.fixed, language=language)
    return Choropleth(read, classes, codes, language)


def classes_document(
    impact: Mapping[str, Any],
    measure: str,
    network: str | None,
    scheme: Scheme,
    count: int = palette.MOST_CLASSES,
    *,
    language: Language | None = None,
) -> dict[str, Any]:
    """Return the classes of an impact document by a measure, for the page: in the impact's language unless told.

    Raises `InvalidQuery` for an unknown measure, network, scheme or count, and for a measure that no network alone has.
    """
    return choropleth(impact, measure, network, scheme, count, language or impact["language"]).document()


def zero_label(measure: Measure, language: Language) -> str:
    """Name the class of 0: that nothing was out; of people that there were none, since customers may be out there."""
    phrases = Phrases(language)
    if measure.of_people:
        return phrases.write("map.zero_of", unit=phrases.title(measure.unit))
    return phrases.write("map.zero")


def measure_title(measure: Measure, network: str | None, language: Language) -> str:
    """Name a measure, with the network if it is of one."""
    phrases = Phrases(language)
    title = phrases.title(measure.title)
    if network is None:
        return title
    return phrases.write("map.of_network", title=title, network=phrases.title(_NETWORK_TITLES[network]))


def _named(number: int | None) -> ClassOf:
    if number is None:
        return "unknown"
    return "zero" if number == ZERO else number


def _row(key: ClassOf, label: str, colour: str, count: int, *, hatched: bool = False) -> dict[str, Any]:
    return {"key": key, "label": label, "colour": colour, "count": count, "hatched": hatched}
