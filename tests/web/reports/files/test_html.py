"""The page to take away, read as a text: it asks for nothing, and no name in it is more than a text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from tests.web.reports.files.incidents import MARKUP, fresh, hostile, over
from webmap.reports.files import make
from webmap.reports.source import ReportSource

_ADDRESS_ATTRIBUTES = {"src", "href", "action", "data", "srcset", "poster", "xlink:href"}


class Reading(HTMLParser):
    """The elements of a page with their attributes, and the texts of its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "img", "link", "input"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)

    @property
    def data(self) -> Any:
        """The document that the script works with."""
        return next(json.loads(text) for text in self.texts["script"] if text.startswith('{"language"'))


@pytest.fixture(scope="module")
def source() -> ReportSource:
    return over()


@pytest.fixture(scope="module")
def page(source: ReportSource) -> str:
    return make(source, "html").content.decode()


def test_it_names_no_address_to_load_anything_from(page: str) -> None:
    for tag, attributes in Reading(page).elements:
        assert tag not in {"link", "iframe", "object", "embed", "base", "img", "form"}
        assert not _ADDRESS_ATTRIBUTES & attributes.keys(), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
    styles = "".join(Reading(page).texts["style"])
    assert all(address.startswith(("data:", "#")) for address in re.findall(r"url\(['\"]?([^)'\"]+)", styles))
    assert "@import" not in styles


def test_its_policy_lets_nothing_out_and_only_its_own_scripts_run(page: str) -> None:
    reading = Reading(page)
    policy = next(
        attributes["content"]
        for tag, attributes in reading.elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    (scripts,) = [part for part in policy.split("; ") if part.startswith("script-src")]
    assert "unsafe" not in scripts
    running = [attributes for tag, attributes in reading.elements if tag == "script" and not attributes]
    assert scripts.count("'sha256-") == len(running)


def test_marks_times_plan_and_sources_stand_there_without_a_script(page: str) -> None:
    said = "".join(
        text for tag, texts in Reading(page).texts.items() if tag not in {"script", "style"} for text in texts
    )
    for part in ("演练", "示例数据", "东站停电", "2026-01-12 14:00", "晋城市城区能源供应应急预案", "small-1", "test"):
        assert part in said
    assert "Leaflet" in page
    assert "leaflet 1.9.4 (BSD-2-Clause)" in said
    assert "Redistributions in binary form must reproduce" in said
    assert said.count("Permission is hereby granted, free of charge") == 2, "Folium and branca"


def test_the_same_incident_makes_the_same_page(page: str) -> None:
    assert make(fresh(), "html").content.decode() == page


def test_steps_places_and_tables_are_within(page: str) -> None:
    data = Reading(page).data
    assert len(data["steps"]) == len(data["people"]) == 7
    east = [row["name"] for row in data["townships"]].index("东镇")
    electricity = [row["key"] for row in data["networks"]].index("electricity")
    assert [row[east] for row in data["out"][electricity]] == [110, 110, 110, 110, 110, 0, 0]
    hospital = next(row for row in data["facilities"] if row["id"] == "f-hospital")
    assert hospital["states"] == [[0, "supplied"], [0, "on_reserve"], [4, "failed"], [5, "supplied"]]
    assert [(spell["from"], spell["to"]) for spell in data["faults"]] == [(0, 5)]
    assert [(spell["from"], spell["to"]) for spell in data["damage"]] == [(1, 4)]
    assert {table["key"] for table in data["tables"]} >= {"townships", "facilities", "course"}


def test_markup_and_templates_in_names_stay_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make(hostile(monkeypatch), "html").content.decode()
    assert "<img" not in page
    assert "{{7*7}}" in page, "no template was run"
    reading = Reading(page)
    assert len([tag for tag, _ in reading.elements if tag == "script"]) == 3
    assert reading.data["townships"][0]["name"].startswith(MARKUP)
    assert reading.data["tables"][2]["rows"][0][1].count(MARKUP)
    outside = page.replace("\\u003c/script>", "")
    assert MARKUP not in outside


def test_hidden_places_are_not_in_it() -> None:
    page = make(over(restricted=False), "html").content.decode()
    assert HIDDEN_ID not in page
    assert HIDDEN_NAME not in page


def test_it_is_english_where_that_is_asked_for() -> None:
    page = make(over(language="en"), "html").content.decode()
    assert '<html lang="en">' in page
    data = Reading(page).data
    assert data["words"]["legend"] == "Legend"
    assert data["tables"][0]["title"] == "Impact by township"
    shown = {value for key, value in data["words"].items()} | {table["title"] for table in data["tables"]}
    assert not [text for text in shown if re.search("[\u4e00-\u9fff]", text)]


def test_the_first_figures_are_those_of_the_incidents_page(page: str, source: ReportSource) -> None:
    told = re.findall(r"<div><strong>([^<]*)</strong><span>([^<]*)</span></div>", page)
    hours = f"{round(source.impact.people_hours_hit):,}"
    assert told[:3] == [("400", "受影响人数（人）"), (hours, "停供人时（人·时）"), ("5 小时", "全部恢复用时")]


def test_every_sign_on_the_map_is_explained_and_is_the_one_on_paper(page: str) -> None:
    data = Reading(page).data
    assert {facility["sign"] for facility in data["facilities"]} == {sign for sign, _ in data["signs"]}
    assert ["防", "武装部队、国防设施"] in data["signs"]
