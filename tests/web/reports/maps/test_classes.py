"""Classes against independent computations, and their labels against their members."""

from __future__ import annotations

import itertools
import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webmap.errors import InvalidQuery
from webmap.reports.maps import SCHEMES, Classes, Scheme, classes_of
from webmap.reports.maps.classes import ZERO

_values = st.lists(
    st.one_of(
        st.none(),
        st.just(0.0),
        st.integers(1, 30).map(float),
        st.integers(1, 100_000_000).map(lambda thousandths: thousandths / 1000),
        st.integers(1, 500_000_000).map(float),
    ),
    max_size=30,
)


def members(classes: Classes, values: list[float | None]) -> list[list[float]]:
    """Return the values of each class, sorted."""
    found: list[list[float]] = [[] for _ in classes.labels]
    for value, number in zip(values, classes.numbers, strict=True):
        if value is not None and number is not None and number != ZERO:
            found[number].append(value)
    return [sorted(group) for group in found]


def spoken(number: str) -> float:
    """Read a number as a legend writes it."""
    factor = {"万": 1e4, "亿": 1e8}.get(number[-1], 1.0)
    return float(number.rstrip("万亿 ").replace(",", "")) * factor


def limits(label: str) -> tuple[float, float]:
    """Read a label: above the first, up to the second."""
    both = re.fullmatch(r"> (.+) 至 (.+)", label)
    if both:
        return spoken(both[1]), spoken(both[2])
    above = re.fullmatch(r"> (.+)", label)
    assert above is not None, label
    return spoken(above[1]), math.inf


@settings(max_examples=150)
@given(_values, st.sampled_from(SCHEMES), st.integers(2, 5))
def test_every_value_is_in_one_class_and_its_label_says_so(
    values: list[float | None], scheme: Scheme, count: int
) -> None:
    classes = classes_of(values, scheme, count)
    assert len(classes.numbers) == len(values)
    assert sum(classes.counts) + classes.zeros + classes.unknown == len(values)
    assert classes.zeros == values.count(0.0)
    assert classes.unknown == values.count(None)
    bounds = [limits(label) for label in classes.labels]
    for value, number in zip(values, classes.numbers, strict=True):
        inside = [place for place, (low, high) in enumerate(bounds) if value and low < value <= high * (1 + 1e-12)]
        assert number == (None if value is None else inside[0] if value else ZERO)


@settings(max_examples=100)
@given(_values, st.sampled_from(SCHEMES), st.integers(2, 5))
def test_labels_leave_no_gap_and_do_not_overlap(values: list[float | None], scheme: Scheme, count: int) -> None:
    bounds = [limits(label) for label in classes_of(values, scheme, count).labels]
    assert not bounds or bounds[0][0] == 0
    assert all(before[1] == after[0] for before, after in itertools.pairwise(bounds))


@settings(max_examples=100)
@given(st.lists(st.integers(1, 1_000_000), min_size=8, max_size=30, unique=True), st.integers(2, 5))
def test_quantiles_agree_with_exact_fractions_and_numpy(whole: list[int], count: int) -> None:
    ordered = sorted(whole)
    inner = [exact_quantile(ordered, Fraction(step, count)) for step in range(1, count)]
    expected = [[float(v) for v in ordered if sum(v > bound for bound in inner) == number] for number in range(count)]
    values = [float(value) for value in whole]
    assert members(classes_of(values, "quantiles", count), [*values]) == [group for group in expected if group]
    assert [float(bound) for bound in inner] == pytest.approx(np.quantile(whole, [s / count for s in range(1, count)]))


def exact_quantile(ordered: list[int], share: Fraction) -> Fraction:
    """Return a quantile by linear interpolation between the two values beside it."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _spread(groups: list[list[float]]) -> float:
    return sum(sum((value - sum(group) / len(group)) ** 2 for value in group) for group in groups)


@settings(max_examples=100)
@given(st.lists(st.integers(1, 1000), min_size=2, max_size=9, unique=True), st.integers(2, 4))
def test_natural_breaks_are_the_best_of_all_partitions(values: list[int], count: int) -> None:
    ordered = [float(value) for value in sorted(values)]
    wanted = min(count, len(ordered))
    best = min(
        _spread([ordered[a:b] for a, b in itertools.pairwise((0, *cuts, len(ordered)))])
        for cuts in itertools.combinations(range(1, len(ordered)), wanted - 1)
    )
    groups = members(classes_of([float(value) for value in values], "natural_breaks", count), [*map(float, values)])
    assert len(groups) == wanted
    assert _spread(groups) == pytest.approx(best, abs=1e-6)


def test_bounds_are_the_roundest_that_change_nothing() -> None:
    classes = classes_of([120.5, 260.0, 31_400.25, 44_000.0, 812_345.0], "natural_breaks", 3)
    assert classes.labels == ("> 0 至 300", "> 300 至 5 万", "> 5 万 至 82 万")
    assert classes.counts == (2, 2, 1)


def test_fixed_bounds_hold_for_every_incident_and_the_last_class_is_open() -> None:
    classes = classes_of([1000.0, 1000.5, 0.0, 5e6], "fixed", fixed=(1_000, 25_000))
    assert classes.labels == ("> 0 至 1,000", "> 1,000 至 2.5 万", "> 2.5 万")
    assert classes.counts == (1, 1, 1)
    assert classes_of([7.0], "fixed", fixed=(1_000, 25_000)).counts == (1, 0, 0)
    english = classes_of([7.0], "fixed", fixed=(1_000, 25_000), language="en")
    assert english.labels == ("> 0 to 1,000", "> 1,000 to 25,000", "> 25,000")


def test_fewer_values_than_classes_and_none_at_all_are_said() -> None:
    two = classes_of([5.0, 5.0, 9.0, 0.0], "natural_breaks", 5)
    assert two.counts == (2, 1)
    assert "不同的值只有 2 个" in two.sentence
    one = classes_of([12.5, 12.5, None], "quantiles", 5)
    assert (one.labels, one.counts, one.unknown) == (("> 0 至 13",), (2,), 1)
    assert "一个不同的值" in one.sentence
    for scheme in SCHEMES:
        none = classes_of([0.0, None, 0.0], scheme)
        assert (none.labels, none.breaks, none.zeros, none.unknown) == ((), (), 2, 1)
        assert "没有损失" in none.sentence


def test_the_sentence_names_the_scheme_and_which_bound_is_included() -> None:
    values = [float(value) for value in range(1, 12)]
    for scheme, name in (("quantiles", "分位数"), ("natural_breaks", "自然断点"), ("fixed", "固定断点")):
        sentence = classes_of(values, scheme, 4).sentence
        assert name in sentence
        assert "不含下限，含上限" in sentence


def test_the_order_of_values_does_not_matter() -> None:
    values = [float(value) ** 2 for value in range(1, 25)]
    there = classes_of(values, "natural_breaks")
    back = classes_of(values[::-1], "natural_breaks")
    assert there.breaks == back.breaks
    assert there.numbers == back.numbers[::-1]


@pytest.mark.parametrize("count", [1, 6])
def test_a_count_that_has_no_colours_is_refused(count: int) -> None:
    with pytest.raises(InvalidQuery):
        classes_of([1.0], "quantiles", count)


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_what_is_no_amount_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="below 0"):
        classes_of([1.0, value], "quantiles")
