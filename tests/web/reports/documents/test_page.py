"""The HTML file: everything inside, nothing fetched, nothing run, text that stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.web.reports.documents.cases import HEATING, NASTY, draw, outage, squeezed
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import KINDS, build
from webmap.reports.documents.page import to_html


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.links: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href", "action", "srcset"}]
        self.links += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if "style" in self.tags[-1:]:
            return
        self.texts.append(data)
        if "mark" in self.tags[-1:]:
            self.marked.append(data)


def read(page: bytes) -> _Read:
    found = _Read()
    found.feed(page.decode("utf-8"))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched_and_nothing_runs(kind: str) -> None:
    page = to_html(build(outage(HEATING, drill=True), kind, draw))
    found = read(page)
    assert not {"script", "link", "iframe", "object", "form"} & set(found.tags)
    assert all(link.startswith(("data:image/png;base64,", "#h-")) for link in found.links)
    assert not re.search(rb"url\(|@import", page)
    assert b"default-src 'none'" in page
    assert "【演练】" in "".join(found.texts)


def test_gaps_are_marked() -> None:
    found = read(to_html(build(outage(HEATING), "first")))
    assert "【待补：事件类别】" in found.marked


def test_what_people_write_stays_text() -> None:
    facts = (told("reported", 0, text=NASTY), told("detail_given", 5, item="evacuation", text=NASTY))
    document = build(source_of(facts, plan=HEATING), "first")
    found = read(to_html(document))
    assert squeezed(NASTY) in squeezed("".join(found.texts))
    assert "script" not in found.tags


def test_contents_lead_to_headings() -> None:
    page = to_html(build(outage(), "evaluation", draw)).decode("utf-8")
    links = re.findall(r'href="#(h-\d+)"', page)
    assert len(links) > 15
    assert all(f'id="{link}"' in page for link in links)


def test_tables_have_headings_and_captions() -> None:
    page = to_html(build(outage(), "evaluation", draw)).decode("utf-8")
    assert page.count("<table>") == page.count("<thead>")
    assert "<caption>表 1　" in page
    assert 'alt="地图：' in page
