"""Issues: gathered by code and column, bounded, in both languages, and every text can be filled."""

from __future__ import annotations

import json
import string

import pytest

from layers.importing.codes.table import BY_NAME, TABLES
from layers.importing.issues import Issue, IssueBook


def test_findings_of_one_kind_become_one_issue() -> None:
    book = IssueBook("network_lines")
    book.add("below_minimum", column="capacity", rows=[3, 4], values=[-1, -2], minimum=0.0)
    book.add("below_minimum", column="capacity", rows=[9], values=[-1, -9], minimum=0.0)
    book.add("below_minimum", column="diameter_mm", rows=[9], values=[-5], minimum=0.0)
    first, second = book.issues()
    assert (first.rows, first.count, first.severity) == ((3, 4, 9), 3, "error")
    assert first.message.zh == "3 行的“容量（capacity）”小于 0：-1、-2、-9。"
    assert first.message.en == "“Capacity (capacity)” is below 0 in 3 rows: -1, -2, -9."
    assert second.column == "diameter_mm"


def test_an_issue_stays_small_however_much_is_found() -> None:
    book = IssueBook("roads")
    for start in range(0, 100_000, 20_000):
        rows = range(start, start + 20_000)
        book.add("zero_length", rows=rows, ids=rows, places=((112.0, 35.0) for _ in rows), limit_m=0.05)
    (issue,) = book.issues()
    assert issue.count == 100_000
    assert (len(issue.rows), len(issue.ids), len(issue.places)) == (1000, 200, 200)
    assert "100000" in issue.message.zh


def test_the_worst_figure_is_told() -> None:
    book = IssueBook()
    for largest_m in (0.1, 0.4, 0.2):
        book.add("near_miss", limit_m=0.5, largest_m=largest_m)
    assert "0.40" in book.issues()[0].message.en


def test_errors_come_first_then_the_most_frequent() -> None:
    book = IssueBook("network_lines")
    book.add("same_geometry", rows=range(9))
    book.add("ends_snapped", count=50, tolerance_m=0.5, largest_m=0.1)
    book.add("no_geometry", rows=[1])
    book.add("zero_length", rows=[1, 2], limit_m=0.05)
    assert [issue.code for issue in book.issues()] == ["zero_length", "no_geometry", "same_geometry", "ends_snapped"]
    assert book.has_errors


def test_nothing_found_gives_nothing() -> None:
    book = IssueBook("roads")
    book.add("no_geometry", rows=[], count=0)
    assert book.issues() == ()
    assert not book.has_errors
    with pytest.raises(KeyError):
        book.add("no_such_code")


def test_a_kept_issue_comes_back_as_it_was() -> None:
    book = IssueBook("network_lines")
    book.add("dangling_end", ids=["J-1"], places=[(112.9, 35.5)])
    (issue,) = book.issues()
    assert Issue.from_record(json.loads(json.dumps(issue.record()))) == issue
    assert issue.document("en")["message"].startswith("1 ends of lines")
    assert set(issue.document("zh")) >= {"code", "severity", "column", "rows", "remedy", "message", "count"}


@pytest.mark.parametrize("code", sorted(BY_NAME))
def test_both_languages_of_a_code_use_the_same_figures(code: str) -> None:
    """Figures end in _zh or _en where they are words; otherwise both texts need the same ones."""

    def figures(text: str) -> set[str]:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        return {name.removesuffix("_zh").removesuffix("_en") for name in names}

    entry = BY_NAME[code]
    for title in (entry.title, entry.message, entry.remedy):
        assert title.zh
        assert title.en
    assert figures(entry.message.zh) == figures(entry.message.en)
    assert sum(code == other.code for table in TABLES for other in table) == 1
