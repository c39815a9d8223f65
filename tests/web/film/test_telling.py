"""A film of a log at any moment: what is known now of it, or what the log said then; against whole assessments."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.assessment import assess
from priority.incident import Incident
from priority.plans import load_plan
from tests.priority.film.compared import agrees
from tests.priority.film.projector import still_at
from tests.web.film.reels import document_of, film_in, log_of, snapshot
from tests.web.incidents.logs import START, after, fact, facts_at_different_times
from webmap.film import MODES, Mode
from webmap.incidents.entries import Fact
from webmap.incidents.fold import fold
from webmap.incidents.records import Log

PLAN = load_plan("energy-chengqu")
END = after(8 * 60)


def as_told(log: Log, moment: datetime, mode: Mode) -> Log:
    """Return the log that counts at a moment, in the plainest way."""
    if mode == "known":
        return log
    if not log.opening.drill:
        return log.known_at(moment)
    counts = [0] + [
        number for number in range(1, log.length + 1)
        if max(entry.fact.happened_at for entry in log.up_to(number).entries) <= moment
    ]  # fmt: skip
    return log.up_to(counts[-1])


@settings(max_examples=60, deadline=None)
@given(
    facts_at_different_times(),
    st.lists(st.integers(0, 7200), min_size=40, max_size=40),
    st.sampled_from(MODES),
    st.booleans(),
    st.lists(st.integers(0, 8 * 3600), min_size=3, max_size=3),
    st.integers(1, 20),
)
def test_every_moment_is_the_assessment_of_what_was_told(
    facts: list[Fact], delays: list[int], mode: Mode, drill: bool, seconds: list[int], withdrawn: int
) -> None:
    if withdrawn <= len(facts):
        facts = [*facts, fact("correction", 240, corrects=withdrawn, replacement=None, reason="看错了")]
    log = log_of(facts, delays[: len(facts)], drill=drill)
    film = film_in(document_of(log, END, mode))
    begin = datetime.fromisoformat(film.begin)
    for second in {*seconds, *(row.s + step for row in film.moments[-3:] for step in (-1, 0))}:
        if not 0 <= second <= film.length_s:
            continue
        moment = begin + timedelta(seconds=second)
        document = fold(as_told(log, moment, mode), moment).document
        truth = assess(snapshot().system(), Incident.parse(document), PLAN, restricted=True)
        agrees(still_at(film, second), truth, second)


def late_log() -> Log:
    """The source fails at 8:00, which is written at 8:30; at 9:00 it is told that it was the other station, at 8:20."""
    told = [
        fact("reported", 0, text="停电"),
        fact("fault_located", 0, element="S"),
        fact(
            "correction", 60, corrects=2, reason="看错了",
            replacement={"kind": "fault_located", "happened_at": after(20).isoformat(), "element": "H"},
        ),
    ]  # fmt: skip
    return log_of(told, [0, 30 * 60, 0])


@pytest.mark.parametrize(
    ("mode", "minute", "dead"),
    [
        ("believed", 15, set()),
        ("believed", 40, {"S", "e-1", "e-2"}),
        ("believed", 59, {"S", "e-1", "e-2"}),
        ("believed", 61, {"H", "e-3"}),
        ("known", 15, set()),
        ("known", 40, {"H", "e-3"}),
    ],
)
def test_a_correction_counts_from_its_writing_on_in_what_was_believed(mode: Mode, minute: int, dead: set[str]) -> None:
    still = still_at(film_in(document_of(late_log(), END, mode)), minute * 60)
    assert {node for node in still.nodes if node in {"S", "H", "e-1", "e-2", "e-3"}} == dead


def test_the_last_sentence_is_the_one_of_the_mode() -> None:
    believed = document_of(late_log(), END, "believed")["entries"]
    known = document_of(late_log(), END, "known")["entries"]
    assert [(row["s"], row["number"]) for row in believed] == [(0, 1), (1800, 2), (3600, 3)]
    assert [(row["s"], row["number"]) for row in known] == [(0, 1), (1200, 2)]
    assert believed[1]["said"] != known[1]["said"]


def test_levels_and_the_report_due_follow_the_log() -> None:
    started = {"office": "办公室主任", "level": "III", "recommended": "III"}
    told = [fact("reported", 0, text="停电"), fact("level_started", 10, **started)]
    told.append(fact("report_sent", 20, to="区委", report="first_spoken"))
    told.append(fact("level_ended", 60, office="办公室主任", reason="恢复"))
    rows = document_of(log_of(told, [0, 600, 0, 0]), END, "known")["course"]
    assert [(row["s"], row["phase"], row["level"]) for row in rows] == [
        (0, "reported", None), (600, "responding", "III"), (1200, "responding", "III"), (3600, "ended", None),
    ]  # fmt: skip
    assert rows[0]["next_report"]["at_once"]
    assert rows[2]["next_report"]["due_at"] == after(20 + 180).isoformat()
    believed = document_of(log_of(told, [0, 600, 0, 0]), END, "believed")["course"]
    assert next(row["s"] for row in believed if row["level"] == "III") == 1200


def test_both_modes_have_one_axis() -> None:
    for log in (late_log(), log_of([fact("reported", 0, text="停电")], [0])):
        one, other = (document_of(log, START + timedelta(hours=1), mode) for mode in MODES)
        assert (one["begin"], one["length_s"]) == (other["begin"], other["length_s"])
