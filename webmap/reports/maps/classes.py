"""Classes of a choropleth map, by mapclassify: zero and unknown apart, bounds that can be read and say what they mean.

A class goes from its lower bound, left out, to its upper bound, included. Bounds of quantiles and of natural breaks
(Jenks; Fisher's exact algorithm, so that equal values give equal classes) are rounded as far as no value changes its
class. Fixed bounds are given; the last class is then open above and classes may be empty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from priority.wording import Phrases
from webmap.errors import InvalidQuery
from webmap.languages import Language
from webmap.reports.maps.palette import MOST_CLASSES
from webmap.reports.maps.rounding import plain_number, round_between

Scheme = Literal["quantiles", "natural_breaks", "fixed"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
#: Upper bounds of fixed classes where a caller has none of its own.
DECADES = (10.0, 100.0, 1_000.0, 10_000.0)
LEAST_CLASSES = 2
#: What stands for "nothing lost" among the numbers of classes.
ZERO = -1


@dataclass(frozen=True)
class Classes:
    """Classes of values, from little to much.

    `breaks` are the upper bounds (of a fixed scheme without the last class, which is open), `labels` and `counts` one
    for each class. `numbers` has each value's class (0 the first), `ZERO` for 0, None where the value is unknown.
    """

    scheme: Scheme
    breaks: tuple[float, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    zeros: int
    unknown: int
    numbers: tuple[int | None, ...]
    sentence: str


def scheme_of(given: str) -> Scheme:
    """Return the scheme of that name. Raises `InvalidQuery`."""
    if given not in SCHEMES:
        raise InvalidQuery("scheme", given, SCHEMES)
    return given


def classes_of(
    values: Sequence[float | None],
    scheme: Scheme,
    count: int = MOST_CLASSES,
    *,
    fixed: Sequence[float] = DECADES,
    language: Language = "zh",
) -> Classes:
    """Class values, 0 or more each, None for unknown. `count` (2 to 5) classes at the most, fewer for fewer values.

    `fixed` are the upper bounds of a fixed scheme, rising; `count` does not matter then. Without any value above 0
    there are no classes. Raises `InvalidQuery` for another scheme or count, `ValueError` for a value that is none.
    """
    scheme_of(scheme)
    if not LEAST_CLASSES <= count <= MOST_CLASSES:
        raise InvalidQuery("count", str(count), tuple(str(n) for n in range(LEAST_CLASSES, MOST_CLASSES + 1)))
    if any(value is not None and not 0 <= value < math.inf for value in values):
        raise ValueError("a value below 0, or none at all")
    lost = np.array([value for value in values if value], dtype=np.float64)
    breaks = _bounds(lost, scheme, count, fixed)
    distinct = len(np.unique(lost))
    numbers = [None if value is None else _number(value, breaks) for value in values]
    open_above = scheme == "fixed"
    size = len(breaks) + (open_above and bool(breaks))
    return Classes(
        scheme=scheme,
        breaks=breaks,
        labels=_labels(breaks, size, language),
        counts=tuple(numbers.count(number) for number in range(size)),
        zeros=numbers.count(ZERO),
        unknown=numbers.count(None),
        numbers=tuple(numbers),
        sentence=_sentence(scheme, size, count, distinct, language),
    )


def _number(value: float, breaks: Sequence[float]) -> int:
    return ZERO if not value else int(np.searchsorted(breaks, value, side="left"))


def _bounds(lost: Any, scheme: Scheme, count: int, fixed: Sequence[float]) -> tuple[float, ...]:
    """Return upper bounds of the classes: in a fixed scheme those given, else of classes that hold something each."""
    if not lost.size:
        return ()
    if scheme == "fixed":
        return tuple(float(bound) for bound in fixed)
    numbers = _classified(lost, scheme, count)
    present = sorted(set(numbers.tolist()))
    highest = [float(lost[numbers == number].max()) for number in present]
    lowest = [float(lost[numbers == number].min()) for number in present]
    return tuple(round_between(high, low) for high, low in zip(highest, [*lowest[1:], None], strict=True))


def _classified(lost: Any, scheme: Scheme, count: int) -> Any:
    """Return each value's class by mapclassify (n), some of them perhaps empty."""
    import mapclassify  # noqa: PLC0415  scikit-learn comes with it: seconds that only reports should take

    distinct = len(np.unique(lost))
    if distinct == 1:
        return np.zeros(lost.size, dtype=np.int64)
    if scheme == "natural_breaks":
        bins = mapclassify.FisherJenks(lost, k=min(count, distinct)).bins
    else:
        bins = _snapped(mapclassify.Quantiles(lost, k=_distinct_quantiles(lost, min(count, distinct))).bins, lost)
    return np.minimum(np.searchsorted(bins, lost, side="left"), len(bins) - 1)


def _distinct_quantiles(lost: Any, count: int) -> int:
    """Return the most classes, up to `count`, whose quantiles all differ: ties may leave fewer."""
    for fewer in range(count, 1, -1):
        shares = np.arange(1, fewer + 1) / fewer
        if len(np.unique(_snapped(np.quantile(lost, shares), lost))) == fewer:
            return fewer
    return 1


def _snapped(bounds: Any, lost: Any) -> Any:
    """Move bounds that are a value but for their last bits onto that value, so that it belongs below."""
    nearest = lost[np.abs(lost[None, :] - np.asarray(bounds)[:, None]).argmin(axis=1)]
    return np.where(np.isclose(bounds, nearest, rtol=1e-12, atol=0), nearest, bounds)


def _labels(breaks: Sequence[float], size: int, language: Language) -> tuple[str, ...]:
    phrases = Phrases(language)
    written = [plain_number(bound, language) for bound in breaks]
    lower = ["0", *written]
    labels = [phrases.write("map.class", low=low, high=high) for low, high in zip(lower, written, strict=False)]
    if size > len(breaks):
        labels.append(phrases.write("map.class_open", low=lower[-1]))
    return tuple(labels)


def _sentence(scheme: Scheme, size: int, wanted: int, distinct: int, language: Language) -> str:
    phrases = Phrases(language)
    if not distinct:
        return phrases.write("map.classes_none")
    if scheme != "fixed" and distinct == 1:
        return phrases.write("map.classes_one")
    said = phrases.write(f"map.classes_{scheme}", count=size)
    fewer = scheme != "fixed" and size < wanted
    return said + (phrases.write("map.classes_fewer", distinct=distinct) if fewer else "")
