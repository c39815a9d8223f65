"""Small multiples: before, at the peak, and after (or now), with one legend for all three."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.maps import palette
from webmap.reports.maps.choropleth import zero_label
from webmap.reports.maps.classes import ZERO, Classes, Scheme
from webmap.reports.maps.hourly import Hourly, hourly


@dataclass(frozen=True)
class Multiples:
    """Three states of the townships: title and each township's class by code, and the classes that they share."""

    title: str
    read: Hourly
    classes: Classes
    states: tuple[tuple[tuple[str, ...], Mapping[str, int | None]], ...]
    language: Language

    def colour(self, state: int, code: str) -> str:
        """Return a township's colour in one of the states."""
        number = self.states[state][1].get(code)
        if number is None:
            return palette.UNKNOWN
        return palette.ZERO if number == ZERO else palette.loss_colours(len(self.classes.labels))[number]

    @property
    def hit(self) -> frozenset[str]:
        """Codes of the townships in which somebody is out in any of the states."""
        return frozenset(
            code for _, numbers in self.states for code, number in numbers.items() if number not in {None, ZERO}
        )

    def legend(self) -> dict[str, Any]:
        """Return the common legend, with how many townships are in each class in each of the states."""
        phrases = Phrases(self.language)
        colours = (palette.ZERO, *palette.loss_colours(len(self.classes.labels)))
        labels = (zero_label(self.read.measure, self.language), *self.classes.labels)
        rows = [
            {
                "label": label,
                "colour": colour,
                "hatched": False,
                "count": " / ".join(str([*numbers.values()].count(number)) for _, numbers in self.states),
            }
            for number, (label, colour) in enumerate(zip(labels, colours, strict=True), start=ZERO)
        ]
        title = phrases.write("map.unit", title=self.read.title, unit=self.read.unit)
        return {
            "kind": "classes",
            "title": title,
            "rows": rows,
            "notes": [self.classes.sentence, phrases.write("map.multiples_counts")],
        }


def multiples(
    impact: Mapping[str, Any], network: str | None, scheme: Scheme, count: int, language: Language
) -> Multiples:
    """Take the states before the event, at the full hour with most, and at the end of an impact.

    Their classes are those of all full hours, as the page and the animation have them.
    """
    phrases = Phrases(language)
    read = hourly(impact, network, language)
    rows = [read.peak, len(read.rows) - 1]
    classes = read.classes(scheme, count, language)
    codes = [code for code in read.codes if code is not None]
    end = phrases.write("map.now" if impact["running"] else "map.after")
    return Multiples(
        title=phrases.write("map.multiples_title", what=read.title, last=end),
        read=read,
        classes=classes,
        states=(
            ((phrases.write("map.before"),), dict.fromkeys(codes, ZERO)),
            (_state_title("map.peak", read, rows[0], phrases), read.numbers(classes, rows[0])),
            (
                _state_title("map.now" if impact["running"] else "map.after", read, rows[1], phrases),
                read.numbers(classes, rows[1]),
            ),
        ),
        language=language,
    )


def _state_title(key: str, read: Hourly, row: int, phrases: Phrases) -> tuple[str, ...]:
    at = phrases.write("map.at", title=phrases.write(key), clock=phrases.clock(read.moments[row]))
    total = phrases.number(sum(read.rows[row]))
    return (at, phrases.write("map.all", value=total, unit=read.unit))
