"""A drill that played itself says so on every view and in every file, and nothing of it leaves the house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from tests.web.drills.files_read import READERS
from tests.web.drills.playing import Stage
from tests.web.drills.scripts import keep
from tests.web.log.house import House, build_house
from tests.web.warnings.headquarters import DEPUTY, DIRECTOR, DUTY, Headquarters, both_counties
from tests.web.warnings.issued import until
from tests.web.warnings.servers import Hook, Postbox, channels, hook, postbox
from tests.web.warnings.test_sent_over_http import contacts
from webmap.api.warnings.products import PRODUCTS
from webmap.reports.kinds import NAMES, Group, endings_of
from webmap.warnings.channels import CHANNELS
from webmap.warnings.dispatch import Dispatcher

__all__ = ["hook", "postbox"]

#: The short script for the heat of the other county, with a warning of the log's own.
SCRIPT = """\
key: heat
plan: heating-zezhou
title: {zh: 冬季保暖演练, en: Winter drill}
about: {zh: 试演, en: A trial}
places:
  source: {layer: network_nodes, network: heat, kind: source, by: customers}
steps:
  - at: "0:00"
    fact: {kind: reported, text: "{source}停热"}
  - at: "0:05"
    fact: {kind: fault_located, element: $source}
  - at: "0:10"
    by: 办公室主任
    fact: {kind: warning_issued, level: general, scope: 西镇, text: 停热预警, expires_at: "9:00"}
  - at: "0:15"
    by: 副指挥长
    fact: {kind: level_started, level: II}
  - at: "0:20"
    fact: {kind: report_sent, report: first_spoken, to: 县委、县政府}
"""
GROUPS: tuple[Group, ...] = ("reports", "maps", "files")
MADE = [(group, name, ending) for group in GROUPS for name in NAMES[group] for ending in endings_of(group, name)]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, postbox: Postbox, hook: Hook) -> Iterator[Stage]:
    """A headquarters that has real channels, whose messages are on their way at once."""
    environment = channels(postbox, hook)
    home = tmp_path_factory.mktemp("marks")
    house = build_house(home, {**both_counties(), "contacts": contacts()}, **environment)
    keep(home, SCRIPT, "heat.yaml")
    stage = Stage(house)
    parts = house.app.extensions["webmap"]
    dispatcher = Dispatcher(parts.runtime.store.engine, parts.settings, poll_s=0.05, clock=stage.clock)
    dispatcher.start()
    yield stage
    dispatcher.stop(30)
    parts.runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture(scope="module")
def played(stage: Stage) -> str:
    """The incident of a drill that has played its script to the end."""
    incident = stage.begun(script="heat", speed=600, name="冬季保暖")
    stage.turn(10)
    assert stage.drill(incident)["state"] == "done"
    assert stage.kinds(incident)[-1] == "report_sent"
    return incident


@pytest.fixture(scope="module")
def warning(stage: Stage, played: str) -> Any:
    """A warning of the register that people issue in the drill, on all channels."""
    headquarters = Headquarters(stage.house)
    made = headquarters.drafted(played, level="general", channels=list(CHANNELS))
    return headquarters.taken(headquarters.taken(made, "submitted", DUTY), "issued", DIRECTOR)


@pytest.fixture
def house(stage: Stage) -> House:
    return stage.house


def test_every_view_says_so(house: House, played: str) -> None:
    assert house.view(played)["incident"]["drill"] is True
    assert house.entries(played)["incident"]["drill"] is True
    assert [one["drill"] for one in house.listed("drills")] == [True]
    assert not [one for which in ("running", "ended") for one in house.listed(which)]


@pytest.mark.parametrize(("group", "name", "ending"), MADE)
def test_every_product_says_so(house: House, played: str, group: str, name: str, ending: str) -> None:
    answer = house.ask(DUTY, "GET", f"/api/incidents/{played}/{group}/{name}.{ending}?lang=zh")
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    disposition = unquote(answer.headers["Content-Disposition"])
    assert "演练" in disposition
    assert "DRILL" in disposition
    reader = READERS.get("csv.zip" if (group, ending) == ("files", "csv") else ending)
    if reader is not None:
        text = reader(answer.get_data())
        assert "演练" in text or '"drill": true' in text


@pytest.mark.parametrize("ending", ["txt", "csv", "json"])
def test_the_log_says_so(house: House, played: str, ending: str) -> None:
    answer = house.ask(DUTY, "GET", f"/api/incidents/{played}/log?format={ending}")
    assert "DRILL" in answer.headers["Content-Disposition"]
    text = READERS[ending](answer.get_data())
    lines = [line for line in text.splitlines() if "停热" in line] if ending != "json" else [text]
    assert lines
    assert all("演练" in line or '"drill": true' in line for line in lines)


@pytest.mark.parametrize("query", ["format=csv&table=facilities", "format=csv&table=townships", "format=geojson"])
def test_what_is_exported_of_its_picture_says_so(house: House, played: str, query: str) -> None:
    document = house.view(played)["document"]
    answer = house.ask(DUTY, "POST", f"/api/exports/assessments?{query}&incident={played}", json=document)
    assert answer.status_code == 200
    assert "DRILL" in answer.headers["Content-Disposition"]
    text = READERS["geojson" if "geojson" in query else "csv"](answer.get_data())
    assert '"drill": true' in text if "geojson" in query else "演练" in text.splitlines()[0]


def test_its_messages_are_exercises_and_no_channel_takes_them(
    stage: Stage, played: str, warning: Any, postbox: Postbox, hook: Hook
) -> None:
    headquarters = Headquarters(stage.house)
    for product in PRODUCTS:
        answer = headquarters.product(warning, 1, product)
        text = answer.get_data(as_text=True)
        assert "演练" in text or "<status>Exercise</status>" in text, product
        assert "<status>Actual</status>" not in text
    until(lambda: headquarters.deliveries(warning)["open"] == 0)
    groups = headquarters.deliveries(warning)["groups"]
    assert {item["channel"] for item in groups} == set(CHANNELS)
    assert all(item["by_state"].keys() <= {"recorded", "no_address"} for item in groups)
    assert postbox.taken == []
    assert hook.requests == []
    assert stage.kinds(played).count("warning_issued") == 2


def test_the_public_hears_nothing_of_it(stage: Stage, warning: Any) -> None:
    identifier = warning["versions"][-1]["message"]["identifier"]
    for path in ("/feeds/warnings.atom", "/warnings"):
        answer = stage.house.ask(DUTY, "GET", path)
        assert answer.status_code == 200
        assert identifier not in answer.get_data(as_text=True)
        assert "冬季保暖" not in answer.get_data(as_text=True)
    assert stage.house.ask(DUTY, "GET", f"/feeds/warnings/{identifier}.xml").status_code == 404


def test_it_stands_apart_in_the_statistics(house: House, played: str) -> None:
    statistics = house.get("/api/incident-statistics")
    assert (statistics["real"]["count"], statistics["drills"]["count"]) == (0, 1)
    assert played not in str(statistics["real"])


def test_it_is_never_more_than_a_drill(stage: Stage, played: str) -> None:
    """What plays can only be a drill: there is no way to begin a script in earnest."""
    answer = stage.ask_to_begin(DEPUTY, script="heat", drill=False)
    assert answer.status_code == 422
    assert stage.rooms.runs.find(played) is not None
