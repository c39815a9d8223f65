"""What is out in each township at each full hour of an impact: people, or the customers of one network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.china_time import in_china
from webmap.reports.maps.choropleth import measure_title
from webmap.reports.maps.classes import Classes, Scheme, classes_of
from webmap.reports.maps.measures import MEASURES, Measure, measure_of


@dataclass(frozen=True)
class Hourly:
    """Rows of figures, one for each moment, in the order of `codes` (None: outside of all townships)."""

    codes: tuple[str | None, ...]
    moments: tuple[datetime, ...]
    rows: tuple[tuple[int, ...], ...]
    title: str
    unit: str
    measure: Measure

    def values(self, row: int) -> dict[str, int]:
        """Return the townships' figures of a row, by code."""
        return {code: value for code, value in zip(self.codes, self.rows[row], strict=True) if code is not None}

    def classes(self, scheme: Scheme, count: int, language: Language) -> Classes:
        """Class the townships' figures of all moments together: the same for page, animation and sheet."""
        values = [float(value) for row in range(len(self.rows)) for value in self.values(row).values()]
        return classes_of(values, scheme, count, fixed=self.measure.fixed, language=language)

    def numbers(self, classes: Classes, row: int) -> dict[str, int | None]:
        """Return the townships' classes at a moment, by code; `classes` are those of all moments."""
        codes = [code for code in self.codes if code is not None]
        return dict(zip(codes, classes.numbers[row * len(codes) : (row + 1) * len(codes)], strict=True))

    @property
    def peak(self) -> int:
        """The row at which most is out; the first of them."""
        totals = [sum(row) for row in self.rows]
        return totals.index(max(totals))


def hourly(impact: Mapping[str, Any], network: str | None, language: Language) -> Hourly:
    """Read the series: people without supply of all networks together, or customers of one. Raises as `measure_of`."""
    phrases = Phrases(language)
    measure = MEASURES["people_hit"] if network is None else measure_of("peak_customers", network)
    by_hour = impact["by_hour"]
    rows = by_hour["people_hit"] if network is None else by_hour["customers_out"].get(network)
    nothing = [[0] * len(by_hour["codes"])] * len(impact["series"])
    key = "map.people_out" if network is None else "map.customers_out"
    named = measure_title(measure, network, language).replace(phrases.title(measure.title), phrases.write(key))
    return Hourly(
        codes=tuple(by_hour["codes"]),
        moments=tuple(in_china(row["at"]) for row in impact["series"]),
        rows=tuple(tuple(row) for row in (nothing if rows is None else rows)),
        title=named,
        unit=phrases.title(measure.unit),
        measure=measure,
    )
