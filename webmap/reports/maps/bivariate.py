"""Loss and time to restore together: three classes of each, nine colours, one square for a legend.

What is not back yet belongs to the longest time, whatever the scheme, and the legend says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.maps import palette
from webmap.reports.maps.choropleth import measure_title, zero_label
from webmap.reports.maps.classes import Classes, Scheme, classes_of
from webmap.reports.maps.measures import TownshipValues, township_values
from webmap.reports.maps.rounding import plain_number

SIDE = 3
_LONGEST = SIDE - 1
_TIME = "hours_to_restore"


@dataclass(frozen=True)
class Bivariate:
    """Each township's cell, by code: (time, loss), 0 the least of each; "zero" for no loss, "unknown"."""

    loss: TownshipValues
    time: TownshipValues
    loss_classes: Classes
    time_classes: Classes
    cells: Mapping[str, tuple[int, int] | str]
    language: Language

    def colour(self, code: str) -> str:
        """Return a township's colour; that of the unknown for one of which the impact says nothing."""
        cell = self.cells.get(code, "unknown")
        if isinstance(cell, tuple):
            return palette.BIVARIATE[cell[0]][cell[1]]
        return palette.ZERO if cell == "zero" else palette.UNKNOWN

    @property
    def title(self) -> str:
        """Both measures, and of which network."""
        phrases = Phrases(self.language)
        loss = measure_title(self.loss.measure, self.loss.network, self.language)
        return phrases.write("map.bivariate_title", loss=loss, time=phrases.title(self.time.measure.title))

    def counts(self) -> list[list[int]]:
        """Return how many townships are in each cell, [time][loss]."""
        found = list(self.cells.values())
        return [[found.count((time, loss)) for loss in range(SIDE)] for time in range(SIDE)]

    def time_labels(self) -> list[str]:
        """Return the labels of the times, short to long, "" where there is no such class; what is not back is last."""
        labels = _short(self.time_classes, self.language)
        if self.time.running:
            labels[_LONGEST] = _and(labels[_LONGEST], Phrases(self.language).write("map.running"))
        return labels

    def loss_labels(self) -> list[str]:
        """Return the labels of the losses, little to much, "" where there is no such class."""
        return _short(self.loss_classes, self.language)

    def rows(self) -> list[dict[str, Any]]:
        """Return what the legend has beside its square: no loss, and unknown where there is such a township."""
        phrases = Phrases(self.language)
        found = list(self.cells.values())
        zero = {"label": zero_label(self.loss.measure, self.language), "colour": palette.ZERO, "hatched": False}
        unknown = {"label": phrases.write("map.unknown"), "colour": palette.UNKNOWN, "hatched": True}
        rows = [{**zero, "count": found.count("zero")}, {**unknown, "count": found.count("unknown")}]
        return [rows[0], *(row for row in rows[1:] if row["count"])]

    def notes(self) -> list[str]:
        """Return how both measures were classed, and that what is not back counts as the longest."""
        phrases = Phrases(self.language)
        none_back = bool(self.time.running) and not self.time_classes.labels
        time = phrases.write("map.none_back") if none_back else self.time_classes.sentence
        said = [
            phrases.write("map.axis", title=phrases.title(read.measure.title), sentence=sentence)
            for read, sentence in ((self.loss, self.loss_classes.sentence), (self.time, time))
        ]
        if self.time.running:
            said.append(phrases.write("map.running_is_longest", count=len(self.time.running)))
        return said


def bivariate(
    impact: Mapping[str, Any], measure: str, network: str | None, scheme: Scheme, language: Language
) -> Bivariate:
    """Cross a measure of loss with the time to restore. Raises as `measure_of`.

    Natural breaks and quantiles make up to three classes of the townships that lost something; with fixed bounds all
    maps are comparable.
    """
    loss = township_values(impact, measure, network)
    time = township_values(impact, _TIME, network)
    codes = tuple(sorted(loss.values))
    hit = [code for code in codes if loss.values[code] != 0 or code in loss.running]
    loss_classes = classes_of(
        [loss.values[code] for code in hit], scheme, SIDE, fixed=loss.measure.fixed_three, language=language
    )
    times = [time.values[code] for code in hit if code not in time.running]
    # One class is kept for those that are not back.
    count = SIDE - 1 if time.running else SIDE
    time_classes = classes_of(times, scheme, count, fixed=time.measure.fixed_three, language=language)
    back = dict(zip([code for code in hit if code not in time.running], time_classes.numbers, strict=True))
    lost = dict(zip(hit, loss_classes.numbers, strict=True))
    cells = {code: _cell(code, lost, {**back, **dict.fromkeys(time.running, _LONGEST)}) for code in codes}
    return Bivariate(loss, time, loss_classes, time_classes, cells, language)


def _cell(code: str, lost: Mapping[str, int | None], times: Mapping[str, int | None]) -> tuple[int, int] | str:
    if code not in lost:
        return "zero"
    loss, time = lost[code], times.get(code)
    # A loss whose time is 0 cannot be: whichever of the two is missing, the cell is not known.
    if loss is None or time is None or loss < 0 or time < 0:
        return "unknown"
    return (time, loss)


def _short(classes: Classes, language: Language) -> list[str]:
    """Return the upper bounds of three classes, "" where there is none: the lower one is the class's before."""
    labels = [f"≤ {plain_number(bound, language)}" for bound in classes.breaks]
    if len(classes.labels) > len(labels):
        labels.append(classes.labels[-1])
    return [*labels, *[""] * (SIDE - len(labels))]


def _and(label: str, other: str) -> str:
    return f"{label} / {other}" if label else other
