"""Choosing an answer writes the layer `sites` and the choice together, on both databases; taking it back undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import OperationalError

from layers.changes import LayerChange
from layers.history import Author, Counts, Written
from layers.store import Store
from tests.db.conftest import upgraded_engine as engine
from tests.db.siting_queue import OTHER, PLANNER, added, done
from tests.web.network import HIDDEN_ID
from tests.web.siting.cases import FAR, NEAR, STANDING, answer, site_row, sited_district, sites
from webmap.incidents.errors import ClientKeyReused
from webmap.sample_note import notes_of, nothing_but_the_sample, sample_note
from webmap.siting.choices import Choices
from webmap.siting.errors import SitingRefused, UnknownRun
from webmap.siting.planned import ChosenSite
from webmap.storage.engine import open_engine
from webmap.storage.tables import SITING_CHOICES
from webmap.storage.upgrade import upgrade

__all__ = ["engine"]

SAMPLE = sample_note("0123456789abcdef")
SCHOOL = site_row("f-school", "facility", point=[112.86, 35.5001])
POINT = site_row("p-1", "entered", name="体育馆", point=[112.83, 35.51], capacity=250.0)


@pytest.fixture(autouse=True)
def tables(engine: Engine) -> None:
    upgrade(engine)
    Store(engine).replace(sited_district(), SAMPLE)


def statuses(engine: Engine) -> dict[str, str]:
    frame = Store(engine).read("sites")
    return dict(zip(frame["id"], frame["status"], strict=True))


def the_same_as(engine: Engine, before: Any) -> bool:
    return bool(Store(engine).read("sites").to_dict("records") == before)


def records(engine: Engine) -> list[dict[Any, Any]]:
    return list(Store(engine).read("sites").to_dict("records"))


def standing(engine: Engine, run: str) -> Sequence[ChosenSite]:
    return Choices(engine).standing([run])[run].sites


def refused(rule: str, engine: Engine, run: str, *, back: bool = False) -> SitingRefused:
    version = Store(engine).data_version()
    with pytest.raises(SitingRefused) as raised:
        (Choices(engine).take_back if back else Choices(engine).choose)(run, PLANNER)
    assert raised.value.rule == rule
    assert Store(engine).data_version() == version
    return raised.value


def test_candidates_become_planned_and_candidates_again(engine: Engine) -> None:
    before, version = records(engine), Store(engine).data_version()
    (run,) = done(engine, answer(site_row(NEAR)))
    assert Choices(engine).choose(run, PLANNER)
    assert statuses(engine) == {NEAR: "planned", FAR: "candidate", STANDING: "existing"}
    assert Store(engine).data_version() != version
    choice = Choices(engine).standing([run])[run]
    assert (choice.kind, choice.author_name, choice.sites) == (
        "chosen",
        "规划员",
        (ChosenSite(NEAR, "西镇候选", "candidate"),),
    )
    refused("chosen_already", engine, run)
    assert Choices(engine).take_back(run, OTHER)
    assert the_same_as(engine, before)
    assert Choices(engine).standing([run]) == {}
    refused("not_chosen", engine, run, back=True)
    assert Choices(engine).choose(run, PLANNER), "it can be chosen again"
    with engine.connect() as connection:
        kept = connection.execute(select(SITING_CHOICES).order_by(SITING_CHOICES.c.number)).all()
    assert [(row.number, row.kind) for row in kept] == [(1, "chosen"), (2, "taken_back"), (3, "chosen")]
    assert [row.data_version_before for row in kept[1:]] == [row.data_version_after for row in kept[:-1]]
    assert kept[-1].data_version_after == Store(engine).data_version()
    latest = Store(engine).history(1)[0]
    assert (latest.author_id, latest.author_name, latest.kind) == (PLANNER.id, PLANNER.name, "sites")
    assert latest.changes == {"sites": Counts(changed=1)}


def test_after_the_data_were_brought_back_a_choice_is_taken_back_and_made_again(engine: Engine) -> None:
    store, before = Store(engine), records(engine)
    version = store.data_version()
    (run,) = done(engine, answer(site_row(NEAR), POINT))
    Choices(engine).choose(run, PLANNER)
    chosen = store.data_version()
    store.restore(version, Written(Author(None, "test"), "undo"))
    assert the_same_as(engine, before)
    Choices(engine).take_back(run, PLANNER)
    assert the_same_as(engine, before)
    Choices(engine).choose(run, PLANNER)
    assert store.compare(chosen, store.data_version()) == {}


def test_places_and_points_become_records_that_say_where_they_come_from(engine: Engine) -> None:
    before = records(engine)
    (run,) = done(engine, answer(SCHOOL, POINT, site_row(FAR)))
    Choices(engine).choose(run, PLANNER)
    made = {row["name"]: row for row in records(engine) if row["id"].startswith("siting-")}
    assert set(made) == {"f-school", "体育馆"}
    point = made["体育馆"]
    assert (point["status"], point["kind"], point["capacity"]) == ("planned", "warm_shelter", 250.0)
    assert (point["geometry"].x, point["geometry"].y) == (112.83, 35.51)
    assert "三处" in point["source"]
    assert run[:8] in point["source"]
    Choices(engine).take_back(run, PLANNER)
    assert the_same_as(engine, before)


@pytest.mark.parametrize(
    ("name", "shown"), [("  ", ""), ("体育\n馆\u202e", "体育 馆"), ("\u3164", ""), ("东 馆", "东 馆")]
)
def test_names_that_nobody_could_read_do_not_reach_the_layer(engine: Engine, name: str, shown: str) -> None:
    (run,) = done(engine, answer(site_row("p-1", "entered", name=name)))
    Choices(engine).choose(run, PLANNER)
    (made,) = [row for row in records(engine) if row["id"].startswith("siting-")]
    assert made["name"] == (shown or made["id"])


@pytest.mark.parametrize(
    ("note", "synthetic", "wanted"),
    [
        (SAMPLE, True, "synthetic"),
        (SAMPLE, False, "synthetic"),
        ("own", True, "synthetic"),
        ("own", False, "estimated"),
    ],
)
def test_what_comes_of_made_up_data_is_made_up(engine: Engine, note: str, synthetic: bool, wanted: str) -> None:
    Store(engine).replace(sited_district(provenance="surveyed"), note)
    (run,) = done(engine, answer(POINT, site_row(NEAR), synthetic=synthetic))
    Choices(engine).choose(run, PLANNER)
    provenance = {row["id"]: row["provenance"] for row in records(engine)}
    assert provenance[f"siting-{run[:8]}-1"] == wanted
    assert provenance[NEAR] == "surveyed", "a record of the layer stays what it was"


def test_a_choice_in_the_sample_leaves_nothing_but_the_sample(engine: Engine) -> None:
    (run,) = done(engine, answer(POINT))

    def is_sample() -> bool:
        with engine.connect() as connection:
            return nothing_but_the_sample(notes_of(connection))

    for change in (Choices(engine).choose, Choices(engine).take_back):
        change(run, PLANNER)
        assert is_sample()
    Store(engine).replace({"sites": sites()}, "own sites")
    assert not is_sample()
    Choices(engine).choose(run, PLANNER)
    assert not is_sample()


def test_going_back_adds_nothing_to_the_sample_and_an_import_does_whatever_its_note(engine: Engine) -> None:
    def untouched() -> bool:
        with engine.connect() as connection:
            return nothing_but_the_sample(notes_of(connection))

    store, people = Store(engine), Author(None, "test")
    store.restore(store.data_version(), Written(people, "undo", "回到示例"))
    assert untouched()
    imported = LayerChange(store.read("sites").assign(name="我们的"))
    store.change({"sites": imported}, Written(people, "import", SAMPLE), base=None)
    assert not untouched()


def test_of_several_who_choose_at_once_one_does(engine: Engine) -> None:
    (run,) = done(engine, answer(site_row(NEAR), POINT))
    url = engine.url.render_as_string(hide_password=False)
    engines = [open_engine(url) for _ in range(6)]

    def choose(own: Engine) -> str:
        try:
            return str(Choices(own).choose(run, PLANNER))
        except SitingRefused as refusal:
            return refusal.rule

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(choose, engines)) == ["True", *["chosen_already"] * 5]
    assert len(records(engine)) == len(sites()) + 1
    for own in engines:
        own.dispose()


def test_choices_of_different_runs_at_once_all_hold(engine: Engine) -> None:
    runs = done(engine, *(answer(site_row(f"p-{number}", "entered")) for number in range(6)))
    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(lambda run: Choices(engine).choose(run, PLANNER), runs))
    assert len(records(engine)) == len(sites()) + 6
    with engine.connect() as connection:
        assert connection.execute(select(func.max(SITING_CHOICES.c.number))).scalar_one() == 6


def test_a_repeated_request_finds_what_the_first_one_did(engine: Engine) -> None:
    (run,) = done(engine, answer(site_row(NEAR)))
    choices = Choices(engine)
    assert choices.choose(run, PLANNER, "key")
    version = Store(engine).data_version()
    assert not choices.choose(run, PLANNER, "key")
    assert Store(engine).data_version() == version
    with pytest.raises(ClientKeyReused):
        choices.take_back(run, PLANNER, "key")
    assert choices.take_back(run, PLANNER, "other key")
    assert not choices.take_back(run, PLANNER, "other key")


def test_what_another_choice_needs_stays_until_that_is_taken_back_too(engine: Engine) -> None:
    before = records(engine)
    (first,) = done(engine, answer(site_row(NEAR), POINT))
    Choices(engine).choose(first, PLANNER)
    made = standing(engine, first)[1].id
    planned = site_row(made, status="planned", name="体育馆", point=[112.83, 35.51])
    (second,) = done(engine, answer(planned, site_row(NEAR, status="planned")))
    Choices(engine).choose(second, PLANNER)
    Choices(engine).take_back(first, PLANNER)
    assert statuses(engine)[NEAR] == statuses(engine)[made] == "planned"
    Choices(engine).take_back(second, PLANNER)
    assert the_same_as(engine, before)


def test_what_was_made_of_a_site_since_is_left_alone(engine: Engine) -> None:
    (run,) = done(engine, answer(site_row(NEAR), POINT))
    Choices(engine).choose(run, PLANNER)
    frame = Store(engine).read("sites")
    Store(engine).replace({"sites": frame.assign(status="existing")}, "all built")
    Choices(engine).take_back(run, PLANNER)
    assert set(statuses(engine).values()) == {"existing"}
    assert len(records(engine)) == len(sites()) + 1


def gone_facility() -> dict[str, Any]:
    facilities = sited_district()["facilities"]
    return {"facilities": facilities[facilities["id"] != "f-school"]}


def without(identifier: str) -> dict[str, Any]:
    return {"sites": sites()[lambda frame: frame["id"] != identifier]}


def moved() -> dict[str, Any]:
    frame = sites()
    frame["geometry"] = frame["geometry"].translate(0.01, 0)
    return {"sites": frame}


@pytest.mark.parametrize(
    ("frames", "named"),
    [
        (without(NEAR), ["西镇候选"]),
        ({"sites": sites(ws_near="existing")}, ["西镇候选"]),
        ({"sites": sites().assign(kind="crew")}, ["西镇候选"]),
        (moved(), ["西镇候选"]),
        ({"supplies": sited_district()["supplies"].iloc[:3], **gone_facility()}, ["f-school"]),
    ],
)
def test_a_place_that_is_no_longer_what_it_was_is_not_chosen(
    engine: Engine, frames: dict[str, Any], named: list[str]
) -> None:
    (run,) = done(engine, answer(site_row(NEAR), SCHOOL))
    Store(engine).replace(frames, "changed")
    refusal = refused("site_gone", engine, run)
    assert list(refusal.names) == named
    assert all(name in refusal.message(language) for name in named for language in ("zh", "en"))
    assert Choices(engine).standing([run]) == {}


def test_a_restricted_place_does_not_become_a_site_that_all_see(engine: Engine) -> None:
    (run,) = done(engine, answer(site_row(HIDDEN_ID, "facility"), site_row(NEAR)))
    refused("restricted_place", engine, run)
    assert statuses(engine)[NEAR] == "candidate"


def test_only_an_answer_with_new_sites_can_be_chosen(engine: Engine) -> None:
    stands = answer(site_row(STANDING, new=False, status="existing"))
    enough, infeasible = done(engine, stands, answer(status="infeasible"))
    refused("nothing_new", engine, enough)
    refused("no_answer", engine, infeasible)
    refused("no_answer", engine, added(engine))
    with pytest.raises(UnknownRun):
        Choices(engine).choose("nothing", PLANNER)


def test_where_the_choice_cannot_be_written_the_layer_stays_as_it_was(engine: Engine) -> None:
    (run,) = done(engine, answer(site_row(NEAR), POINT))
    before, version = records(engine), Store(engine).data_version()

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO siting_choices"):
            raise OperationalError(statement, {}, Exception("disk full"))

    event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(OperationalError):
        Choices(engine).choose(run, PLANNER)
    event.remove(engine, "before_cursor_execute", fail)
    assert (Store(engine).data_version(), the_same_as(engine, before)) == (version, True)
    assert Choices(engine).choose(run, PLANNER)
