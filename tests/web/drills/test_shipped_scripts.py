"""The scripts that come with the product, on the sample: they play, and what they start is what is recommended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from layers.sample import read_sample
from priority.plans import Plan, load_plan
from webmap.api.incidents import assess_document
from webmap.drills.choosing import choose_all
from webmap.drills.filling import Telling
from webmap.drills.prepared import Prepared, prepare
from webmap.drills.reading import with_recommended
from webmap.drills.script_book import SCRIPT_KEYS, shipped
from webmap.drills.selector import Selector
from webmap.incidents.admission import read_fact
from webmap.incidents.effective import effective_facts
from webmap.incidents.entries import LevelChanged, LevelStarted
from webmap.incidents.fold import fold
from webmap.incidents.records import Entry, Log, Opening
from webmap.languages import Language
from webmap.reviews.deadlines import duties_of, report_rows
from webmap.runtime import Snapshot

BEGIN = datetime.fromisoformat("2026-01-12T20:00:00+08:00")


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    return Snapshot("1-sample", read_sample())


@dataclass(frozen=True)
class Played:
    """A script taken to its end by its own clock, as the log would hold it."""

    prepared: Prepared
    plan: Plan
    log: Log


def play(key: str, sample: Snapshot, language: Language = "zh") -> Played:
    script = shipped(key)
    plan = load_plan(script.plan)
    prepared = prepare(script, sample, plan, BEGIN, language)
    return Played(prepared, plan, Log(Opening("i", plan.key, True, prepared.title, "", "p"), list(entries(prepared))))


def entries(prepared: Prepared) -> Iterator[Entry]:
    numbers: dict[str, int] = {}
    number = 0
    for step in prepared.steps:
        telling = Telling(BEGIN, step.by, numbers)
        for document in step.facts:
            number += 1
            fact = read_fact(with_recommended(telling.fact(document, step.happened_s)))
            yield Entry(number, fact, BEGIN, "script", "script")
        if step.name is not None:
            numbers[step.name] = number


@pytest.fixture(scope="module", params=SCRIPT_KEYS)
def played(request: pytest.FixtureRequest, sample: Snapshot) -> Played:
    return play(request.param, sample)


def test_every_step_fits_the_sample(played: Played) -> None:
    assert len(played.prepared.steps) == len(shipped(played.prepared.script).steps)
    texts = json.dumps([step.facts for step in played.prepared.steps], ensure_ascii=False)
    assert "$" not in texts
    assert not [step for step in played.prepared.steps if step.said and "{" in step.said]


def test_what_the_script_starts_is_what_the_product_recommends(played: Played, sample: Snapshot) -> None:
    """Where it is not (the heating plan's grade stays once people are hurt) the script says why, as a person must."""
    plans = {played.plan.key: played.plan}
    found: list[tuple[str, str | None]] = []
    for place, entry in enumerate(played.log.entries):
        if not isinstance(entry.fact, LevelStarted | LevelChanged):
            continue
        before = Log(played.log.opening, played.log.entries[:place])
        document: dict[str, Any] = dict(fold(before, entry.fact.happened_at).document)
        recommended = assess_document(sample, plans, document, "zh", restricted=True)["level"]["level"]
        found.append((entry.fact.level, recommended))
        assert recommended == entry.fact.level or entry.fact.reason
    assert [level for level, _ in found] == ["III", "II", "I", "II", "III"]
    differing = [pair for pair in found if pair[0] != pair[1]]
    assert differing == ([] if played.plan.key == "energy-chengqu" else [("III", "II")])


def test_one_report_alone_is_late(played: Played) -> None:
    facts = effective_facts(played.log.entries)
    rows = report_rows(duties_of(played.plan, facts, facts[-1].fact.happened_at, "zh"))
    assert [row.state for row in rows].count("late") == 1
    assert "missed" not in [row.state for row in rows]


def test_it_speaks_both_languages_and_ends_with_nothing_broken(played: Played, sample: Snapshot) -> None:
    english = play(played.prepared.script, sample, "en")
    texts = [
        text for step in english.prepared.steps for one in step.facts for text in (one.get("text"), one.get("reason"))
    ]
    ascii_alone = [
        text for text in texts if isinstance(text, str) and not any("\u4e00" <= sign <= "\u9fff" for sign in text)
    ]
    assert len(ascii_alone) >= 15
    state = fold(played.log, played.log.entries[-1].fact.happened_at)
    assert (state.phase, state.level, dict(state.warnings)) == ("ended", None, {})
    repaired = {repair["element"] for repair in state.document["repairs"]}
    assert {fault["element"] for fault in state.document["faults"]} == repaired
    last = assess_document(sample, {played.plan.key: played.plan}, dict(state.document), "zh", restricted=True)
    assert {network: loss["customers"] for network, loss in last["outages"].items() if loss["customers"]} == {}
    assert [row["id"] for row in last["facilities"] if row["state"] == "failed"] == []


def test_places_are_what_they_are_said_to_be(sample: Snapshot) -> None:
    plan = load_plan("energy-chengqu")
    selectors = {
        "biggest": Selector(
            layer="network_nodes", network="electricity", kind="substation", voltage_kv=110, by="customers"
        ),
        "next": Selector(
            layer="network_nodes", network="electricity", kind="substation", voltage_kv=110, by="customers"
        ),
        "smallest": Selector(layer="townships", by="population", order="least"),
        "hospital": Selector(
            layer="facilities", category="hospital", hit_by=("biggest",), by="reserve_hours", commodity="electricity"
        ),
        "near": Selector(layer="sites", kind="mobile_generator", near="hospital"),
        "none": Selector(layer="sites", kind="mobile_generator", status="planned", optional=True),
    }
    found, missing = choose_all(sample, plan, selectors)
    assert missing == {"none": 0}
    frames = sample.frames
    people = frames["townships"].set_index("code")["population"]
    assert people[found["smallest"].id] == people.min()
    picture = {"plan": plan.key, "at": BEGIN.isoformat(), "faults": [{"element": found["biggest"].id}]}
    assessed = assess_document(sample, {plan.key: plan}, picture, "zh")
    other = {**picture, "faults": [{"element": found["next"].id}]}
    lost = assessed["outages"]["electricity"]["customers"]
    assert lost >= assess_document(sample, {plan.key: plan}, other, "zh")["outages"]["electricity"]["customers"] > 0
    hit = {row["id"] for row in assessed["ranking"]}
    supplies = frames["supplies"][frames["supplies"]["commodity"] == "electricity"]
    reserves = supplies.groupby("facility_id")["reserve_hours"].max()
    hospitals = frames["facilities"].query("category == 'hospital' and not restricted")["id"]
    assert reserves[found["hospital"].id] == reserves.reindex([place for place in hospitals if place in hit]).min()
    sites = frames["sites"].query("kind == 'mobile_generator'").to_crs(4546)
    place = frames["facilities"].to_crs(4546).set_index("id").loc[found["hospital"].id].geometry
    assert found["near"].id == sites.loc[sites.distance(place).idxmin(), "id"]
