"""From when to when things were broken or warned of, and where."""

from __future__ import annotations

from typing import Any

from tests.web.incidents.logs import after
from tests.web.network import HIDDEN_ID
from tests.web.reports.sources import Document, source_of, told
from webmap.reports.files.damage_spells import Ground, area_spells, fault_spells, warning_spells


def spells(of: Any, facts: list[Document], *, restricted: bool = True) -> list[Any]:
    source = source_of([told("reported", 0, text="接报"), *facts], restricted=restricted)
    return list(of(source, Ground(source)))


def test_a_fault_told_twice_is_one_and_a_second_break_is_another() -> None:
    facts = [
        told("fault_located", 10, element="e-bus"),
        told("fault_located", 20, element="e-bus"),
        told("repaired", 60, element="e-bus"),
        told("fault_located", 90, element="e-bus"),
    ]
    found = spells(fault_spells, facts)
    assert [(spell.since, spell.until) for spell in found] == [(after(10), after(60)), (after(90), None)]
    assert found[0].place.coords[0] == (112.82, 35.5)


def test_a_fault_on_a_line_stands_half_way_along() -> None:
    (found,) = spells(fault_spells, [told("fault_located", 10, element="l-e-bus-e-sw2")])
    assert abs(found.place.x - 112.8225) < 1e-9


def test_a_drawing_ends_with_the_next_or_with_the_last_network_repaired() -> None:
    facts = [
        told("area_drawn", 10, townships=["140502001"], networks=["gas", "heat"]),
        told("area_drawn", 30, townships=["140502002"], networks=["gas", "heat"]),
        told("repaired", 50, element="area/gas"),
        told("repaired", 70, element="area/heat"),
    ]
    found = spells(area_spells, facts)
    assert [(spell.since, spell.until) for spell in found] == [(after(10), after(30)), (after(30), after(70))]
    assert found[1].place.bounds[0] == 112.845


def test_a_warning_ends_when_it_is_lifted_replaced_or_over() -> None:
    common = {"text": "预警", "office": "办公室主任", "level": "general"}
    facts = [
        told("warning_issued", 10, scope="东镇", **common),
        told("warning_issued", 30, scope="东镇、西镇", replaces=2, expires_at=after(60).isoformat(), **common),
    ]
    found = spells(warning_spells, facts)
    assert [(spell.until, spell.name) for spell in found] == [(after(30), "东镇"), (after(60), "东镇、西镇")]
    lifted = spells(warning_spells, [facts[0], told("warning_lifted", 40, warning=2, office="办公室主任")])
    assert lifted[0].until == after(40)


def test_a_scope_in_other_words_has_no_place() -> None:
    warning = told("warning_issued", 10, scope="东镇及周边", text="预警", office="办公室主任", level="general")
    (found,) = spells(warning_spells, [warning])
    assert found.place is None
    assert found.name == "东镇及周边"


def test_faults_of_places_that_a_reader_may_not_know_of_are_left_out() -> None:
    facts = [told("fault_located", 10, element=HIDDEN_ID)]
    assert spells(fault_spells, facts, restricted=False) == []
    assert len(spells(fault_spells, facts)) == 1
