"""What the page draws beside the choropleth: the hours with classes that hold for all of them, loss crossed with time.

Numbers of classes are not sent for every hour: a value belongs to the first class whose upper bound it does not exceed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from priority.wording import Phrases
from webmap.languages import Language
from webmap.reports.maps import palette
from webmap.reports.maps.bivariate import bivariate
from webmap.reports.maps.choropleth import zero_label
from webmap.reports.maps.classes import Scheme
from webmap.reports.maps.hourly import hourly

#: Time to restore is one side of the square already.
_LOSS_BESIDE_TIME = "people_hours"


def hourly_document(
    impact: Mapping[str, Any], network: str | None, scheme: Scheme, count: int, language: Language
) -> dict[str, Any]:
    """Return the classes of what is out at the full hours of an impact, and the row at which most is.

    The figures themselves are the impact's `by_hour`: people of all networks, customers of one. Raises as `classes_of`.
    """
    read = hourly(impact, network, language)
    classes = read.classes(scheme, count, language)
    return {
        "title": read.title,
        "unit": read.unit,
        "breaks": list(classes.breaks),
        "labels": list(classes.labels),
        "colours": list(palette.loss_colours(len(classes.labels))),
        "zero_colour": palette.ZERO,
        "zero_label": zero_label(read.measure, language),
        "sentence": classes.sentence,
        "peak": read.peak,
    }


def bivariate_document(
    impact: Mapping[str, Any], measure: str, network: str | None, scheme: Scheme, language: Language
) -> dict[str, Any]:
    """Return each township's cell (time, loss) with the legend's square. Raises as `measure_of`.

    `class_of` is `"<time>-<loss>"` with 0 the least of each, "zero" without loss, "unknown" where either is not known.
    """
    loss = _LOSS_BESIDE_TIME if measure == "hours_to_restore" else measure
    crossed = bivariate(impact, loss, network, scheme, language)
    phrases = Phrases(language)
    loss_title, time_title = (
        phrases.write("map.unit", title=phrases.title(read.measure.title), unit=phrases.title(read.measure.unit))
        for read in (crossed.loss, crossed.time)
    )
    cells = {code: cell if isinstance(cell, str) else f"{cell[0]}-{cell[1]}" for code, cell in crossed.cells.items()}
    return {
        "title": crossed.title,
        "loss": {"title": loss_title, "labels": crossed.loss_labels()},
        "time": {"title": time_title, "labels": crossed.time_labels()},
        "colours": [list(row) for row in palette.BIVARIATE],
        "counts": crossed.counts(),
        "rows": crossed.rows(),
        "class_of": cells,
        "notes": crossed.notes(),
    }
