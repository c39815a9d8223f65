"""Titles and headings of columns are broken where a reader pauses, the lines much alike."""

from __future__ import annotations

import pytest

from tests.web.reports.documents.cases import OUTAGE, after, pages_of
from tests.web.reports.sources import source_of
from webmap.reports.documents import build, render
from webmap.reports.documents.line_breaks import broken, signs_wide
from webmap.reports.documents.model import Column, Table

NAME = "1月12日110 kV东站全站失压停电"
LONG = f"关于“{NAME}”的首次报告"


def test_a_short_title_is_one_line() -> None:
    assert broken("关于“东站停电”的首次报告", 20) == ("关于“东站停电”的首次报告",)


@pytest.mark.parametrize(
    ("title", "most", "lines"),
    [
        (LONG, 20, (f"关于“{NAME}”", "的首次报告")),
        (f"关于“2026年{NAME}”的首次报告", 20, ("关于“2026年1月12日", "110 kV东站全站失压停电”的首次报告")),
        ("“东站停电事件”应急处置总结评估报告", 14, ("“东站停电事件”", "应急处置总结评估报告")),
        (
            f"“2026年{NAME}”应急处置总结评估报告",
            20,
            ("“2026年1月12日", "110 kV东站全站失压停电”", "应急处置总结评估报告"),
        ),
        ("失去供应的重点保障单位", 8, ("失去供应的", "重点保障单位")),
        ("SAIDI（分/户）", 5.4, ("SAIDI", "（分/户）")),
        ("失去供应时间", 5.3, ("失去供", "应时间")),
    ],
)
def test_lines_end_where_words_do(title: str, most: float, lines: tuple[str, ...]) -> None:
    assert signs_wide(title) > most
    assert broken(title, most) == lines


def test_a_title_of_many_lines_keeps_all_its_signs() -> None:
    title = "很长的名字" * 12
    lines = broken(title, 20)
    assert "".join(lines) == title
    assert max(map(signs_wide, lines)) <= 20
    assert min(map(signs_wide, lines)) > 18


def test_columns_have_balanced_headings() -> None:
    columns = (Column("单位", 5), Column("失去供应的重点保障单位", 1.5), Column("备注", 1))
    assert Table(columns, ()).titles == ("单位", "失去供应的\n重点保障单位", "备注")


def test_the_title_of_a_file_is_broken_there() -> None:
    source = source_of(OUTAGE, at=after(60))
    object.__setattr__(source.log.opening, "name", NAME)
    document = build(source, "first")
    assert document.shown_title == LONG
    assert "停电”\n的首次报告" in pages_of(render(document, "pdf"))[0]
    assert "停电”<br>的首次报告</h1>" in render(document, "html").decode()
