"""Charts: the lines are the figures, marks stand where things happened, too much is said to be left out."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.dates import num2date

from tests.web.reports.maps.impacts import BEGINS
from webmap.reports.charts.loss import loss_chart
from webmap.reports.charts.reserves import MOST_ROWS, reserves_chart
from webmap.reports.charts.style import mark, round_moments
from webmap.reports.charts.timeline import timeline_chart
from webmap.reports.maps import palette
from webmap.reports.source import ReportSource

START = datetime.fromisoformat(BEGINS)


def at(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


def words_of(figure: Any) -> list[str]:
    """Return everything that is written in a figure."""
    (axes,) = figure.axes
    figure.canvas.draw()
    named = [*axes.get_yticklabels(), *axes.get_xticklabels(), *axes.texts, *figure.texts]
    legends = [text for legend in figure.legends for text in legend.get_texts()]
    return [text.get_text() for text in (*named, *legends)]


def review(**fields: Any) -> dict[str, Any]:
    empty = {"levels": [], "reserves": [], "measures": [], "reports": [], "began_at": at(0), "at": at(10)}
    return {**empty, **fields}


def loss(rows: list[tuple[float, dict[str, int]]]) -> dict[str, Any]:
    changes = [{"at": at(hours), "customers_out": out} for hours, out in rows]
    return {"begins_at": at(0), "until": at(10), "changes": changes, "series": [{**changes[-1], "at": at(10)}]}


def test_the_loss_is_drawn_as_the_steps_that_it_was_in_the_colours_of_the_networks() -> None:
    rows = [(0.0, {"electricity": 23_000, "gas": 0}), (2.5, {"electricity": 400, "gas": 7}), (6, {"gas": 0})]
    figure = loss_chart(loss(rows), review(), 150, "zh")
    lines = {line.get_color(): line for line in figure.axes[0].lines}
    assert set(lines) == {palette.NETWORKS["electricity"], palette.NETWORKS["gas"]}
    power = lines[palette.NETWORKS["electricity"]]
    assert power.get_drawstyle() == "steps-post"
    assert [*power.get_ydata()] == [23_000, 400, 0, 0]
    drawn = [num2date(day).astimezone(START.tzinfo) for day in power.get_xdata()]
    assert [round((moment - START).total_seconds()) for moment in drawn] == [0, 9000, 21_600, 36_000]
    assert {"停供户数（户）", "电力", "燃气", "2 万"} <= {*words_of(figure)}
    assert "供热" not in words_of(figure)


def test_levels_are_named_where_they_began_and_two_near_ones_by_the_first() -> None:
    levels = [{"level": "III", "at": at(1)}, {"level": "II", "at": at(1.5)}, {"level": None, "at": at(8)}]
    figure = loss_chart(loss([(0.0, {"heat": 5})]), review(levels=levels), 150, "zh")
    words = words_of(figure)
    assert [word for word in words if "响应" in word] == ["III 级响应", "响应结束"]
    dashed = [line for line in figure.axes[0].lines if line.get_color() == palette.INK]
    assert len(dashed) == 3


@pytest.mark.parametrize(("language", "sentence"), [("zh", "没有停供"), ("en", "Nothing was out")])
def test_a_chart_of_no_loss_says_so(language: Any, sentence: str) -> None:
    assert sentence in words_of(loss_chart(loss([(0.0, {"heat": 0})]), review(), 150, language))


def reserve(number: int, **fields: Any) -> dict[str, Any]:
    row = {"facility": f"f-{number}", "name": f"单位 {number}", "tier": 1, "on_reserve_from": at(0)}
    return {**row, "forecast_fails_at": None, "failed_at": None, "back_at": None, **fields}


def test_a_reserve_shows_what_was_foreseen_beside_what_came() -> None:
    rows = [reserve(1, forecast_fails_at=at(4), failed_at=at(3)), reserve(2, forecast_fails_at=at(6), back_at=at(2))]
    figure = reserves_chart(review(reserves=rows), 150, "zh")
    found = {(line.get_marker(), tuple(line.get_ydata())): line.get_xdata()[-1] for line in figure.axes[0].lines}
    hours = {key: (num2date(day) - START).total_seconds() / 3600 for key, day in found.items()}
    expected = {
        ("D", (0,)): 4,
        ("X", (0,)): 3,
        ("D", (1,)): 6,
        ("o", (1,)): 2,
        ("None", (0, 0)): 3,
        ("None", (1, 1)): 2,
    }
    assert hours == pytest.approx(expected)


def test_too_many_reserves_leave_the_lowest_tiers_out_and_say_how_many() -> None:
    rows = [reserve(n, tier=3 if n < 5 else 1) for n in range(MOST_ROWS + 5)]
    words = words_of(reserves_chart(review(reserves=rows), 150, "zh"))
    assert "另有 5 项未画出，见表" in words
    assert "单位 4" not in words
    assert "没有单位靠备用维持" in words_of(reserves_chart(review(), 150, "zh"))


def measure(clause: str, state: str, done: float | None = None) -> dict[str, Any]:
    row = {"clause": clause, "text": "通知成员单位", "due_from": at(1), "state": state}
    return {**row, "done_at": None if done is None else at(done)}


def test_the_timeline_ends_a_measure_where_it_was_done_or_its_level_was_over() -> None:
    measures = [measure("4.2.1(1)", "done", 2), measure("4.2.1(2)", "ended_undone"), measure("4.2.1(3)", "open")]
    levels = [{"level": "III", "at": at(1)}, {"level": "II", "at": at(5)}]
    late = {"due_at": at(1.5), "sent_at": at(3), "state": "late"}
    missing = {"due_at": at(6), "sent_at": None, "state": "missing"}
    figure = timeline_chart(review(measures=measures, levels=levels, reports=[late, missing]), 150, "zh")
    axes = figure.axes[0]
    ends = [(num2date(bar.get_x() + bar.get_width()) - START).total_seconds() / 3600 for bar in axes.patches]
    assert ends == pytest.approx([5, 10])
    assert [bool(bar.get_hatch()) for bar in axes.patches] == [True, False]
    marks = {line.get_marker() for line in axes.lines if {*line.get_ydata()} == {0}}
    assert marks == {"|", "^", "x"}
    assert "4.2.1(1) 通知成员单位" in words_of(figure)


def test_the_charts_of_a_drill_carry_its_marks(drill: ReportSource, monkeypatch: pytest.MonkeyPatch) -> None:
    from webmap.reports.charts import CHARTS, chart_png, style  # noqa: PLC0415

    written: list[list[str]] = []
    drawn = style.as_png
    monkeypatch.setattr(style, "as_png", lambda figure: written.append(words_of(figure)) or drawn(figure))
    for which in CHARTS:
        chart_png(drill, which, 150)
    assert all({"演练", "示例数据"} <= {*words} for words in written)
    assert len(written) == 3


@pytest.mark.parametrize(
    "draw", [lambda r: loss_chart(loss([(0.0, {"heat": 5})]), r, 150, "zh"), lambda r: timeline_chart(r, 150, "zh")]
)
def test_nothing_that_is_written_leaves_the_paper(draw: Any) -> None:
    figure = draw(review(levels=[{"level": "II", "at": at(0.1)}, {"level": None, "at": at(9.9)}]))
    figure.canvas.draw()
    whole = figure.bbox
    (axes,) = figure.axes
    for text in (*axes.texts, *figure.texts, *axes.get_yticklabels()):
        box = text.get_window_extent()
        assert whole.x0 <= box.x0, text
        assert box.x1 <= whole.x1, text


@settings(max_examples=150)
@given(st.integers(0, 1440), st.floats(0.1, 24 * 400))
def test_the_clock_has_round_ticks_for_every_length_of_time(minutes: int, hours: float) -> None:
    begins = START + timedelta(minutes=minutes)
    until = begins + timedelta(hours=hours)
    moments = round_moments(begins, until)
    assert 1 <= len(moments) <= 8
    assert begins <= moments[0] <= moments[-1] <= until
    steps = {after - before for before, after in itertools.pairwise(moments)}
    assert len(steps) <= 1
    # No longer stretch without a tick than two steps.
    edges = [begins, *moments, until]
    step = max(steps, default=until - begins)
    assert all(after - before <= step for before, after in itertools.pairwise(edges))


def test_the_day_stands_under_its_first_tick() -> None:
    figure = loss_chart(loss([(0.0, {"heat": 5})]), {**review(), "levels": []}, 150, "zh")
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels()]
    assert labels == ["08:00\n1月12日", "10:00", "12:00", "14:00", "16:00", "18:00"]


def test_no_words_of_a_chart_lie_on_others() -> None:
    out = {"electricity": 23_000, "gas": 4_000, "heat": 9_000, "water": 12_000}
    reserves = [reserve(n, forecast_fails_at=at(4), failed_at=at(3)) for n in range(4)]
    for figure in (
        loss_chart(loss([(0.0, out)]), review(levels=[{"level": "II", "at": at(1)}]), 120, "zh"),
        reserves_chart(review(reserves=reserves), 120, "zh"),
        timeline_chart(review(measures=[measure("4.2.1(1)", "open")]), 120, "zh"),
    ):
        mark(figure, ("演练", "示例数据"))
        figure.canvas.draw()
        boxes = [text.get_window_extent() for text in (*figure.texts, *figure.axes[0].texts)]
        boxes += [box.get_window_extent() for box in figure.legends]
        assert all(one.x0 >= 0 and one.x1 <= figure.bbox.x1 for one in boxes)
        assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


@pytest.mark.parametrize("hours", [0.1, 3.75, 9, 85, 400, 31_500])
def test_the_axis_of_time_has_a_few_ticks_however_long_it_was(hours: float) -> None:
    figure = timeline_chart(review(at=at(hours)), 150, "zh")
    (axes,) = figure.axes
    figure.canvas.draw()
    low, high = axes.get_xlim()
    assert 2 <= sum(low <= tick <= high for tick in axes.get_xticks()) <= 9


def test_thousands_of_missing_reports_are_drawn_as_quickly_as_one() -> None:
    missing = [{"due_at": at(hour), "sent_at": None, "state": "missing"} for hour in range(5_000)]
    figure = timeline_chart(review(reports=missing, at=at(5_000)), 150, "zh")
    (axes,) = figure.axes
    assert sorted(len(line.get_xdata()) for line in axes.lines)[-2:] == [5_000, 5_000]
    assert len(axes.lines) < 10
