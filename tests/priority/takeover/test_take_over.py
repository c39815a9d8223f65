"""Who could take a heat supplier's homes over: cases by hand, and all parts and ties as another library finds them."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from priority.errors import InvalidStop
from priority.incident import Incident
from priority.plans import load_plan
from priority.system import SupplySystem
from priority.takeover import Takeover, take_over
from tests.pictures import District
from tests.priority.random_districts import districts
from tests.priority.small import incident_document

TWO_PLANTS = "S* - s1| - a:10 - b:20 - t1/ - c:30 - s3| - Q*"


def taken_over(
    district: District, *stopped: str, plan: str = "heating-zezhou", restricted: bool = True, **fields: Any
) -> Takeover:
    system = SupplySystem.build(district.frames(), "1-test")
    incident = Incident.parse(incident_document(plan=plan, **fields), "zh")
    return take_over(system, incident, load_plan(plan), stopped, restricted=restricted)


def with_lines(district: District, **of_line: dict[str, float]) -> District:
    """Give lines capacities (kW) and diameters (mm): `a__b={"capacity": 5}`."""
    for line in district.lines:
        line.update(of_line.get(str(line["id"]).replace("--", "__"), {}))
    return district


def with_demand(district: District, **kw: float) -> District:
    for name, demand in kw.items():
        district.nodes[name]["demand_kw"] = demand
    return district


def two_plants(**of_line: dict[str, float]) -> District:
    district = District().network("heat", TWO_PLANTS, {"b": 1})
    return with_lines(with_demand(district, a=100.0, b=200.0, c=300.0), **of_line)


def test_the_other_plant_takes_the_homes_over_where_its_lines_can_carry_them() -> None:
    found = taken_over(two_plants(s3__Q={"capacity": 700}, c__s3={"capacity": 650}), "S")
    [part] = found.parts
    assert part.tie is not None
    assert part.supplier is not None
    assert part.limiting_line is not None
    assert (part.tie.id, part.supplier.id, part.capacity) == ("t1", "Q", "enough")
    assert (part.customers, part.demand_kw, part.headroom_kw, part.share) == (30, 300.0, 350.0, 1.0)
    assert part.limiting_line.id == "c--s3"
    assert part.consumers == ("a", "b")
    assert [(row.customers, row.code) for row in part.townships] == [(20, "140502101"), (10, "140502100")]
    [supplier] = found.suppliers
    assert (supplier.id, supplier.load_kw, supplier.taken_kw, supplier.capacity_kw) == ("Q", 300.0, 300.0, 700.0)
    assert supplier.share_after == pytest.approx(600 / 700, abs=1e-4)
    assert (found.covered_customers, found.no_way_customers, found.clause) == (30, 0, "4.5.3")
    assert found.sentence == "共 30 户要换热源；30 户可由点Q接管。"


def test_too_little_capacity_is_told_with_what_is_short() -> None:
    found = taken_over(two_plants(s3__Q={"capacity": 450}), "S")
    [part] = found.parts
    assert (part.capacity, part.headroom_kw, part.share) == ("short", 150.0, 0.5)
    assert "缺 150 kW" in part.text
    assert (found.short_customers, found.suppliers[0].taken_kw) == (30, 150.0)


def test_a_capacity_that_nobody_knows_is_unknown_and_no_promise() -> None:
    found = taken_over(two_plants(), "S")
    [part] = found.parts
    assert (part.capacity, part.headroom_kw, part.share, part.limiting_line) == ("unknown", None, None, None)
    assert (found.unknown_customers, found.covered_customers) == (30, 0)
    assert found.suppliers[0].capacity_kw is None


def test_a_main_of_known_diameter_is_estimated_and_says_so() -> None:
    found = taken_over(two_plants(s3__Q={"diameter_mm": 100}), "S")
    [part] = found.parts
    # 0.1 m: 0.00785 m² x 3 m/s x 965 kg/m³ x 4.2 kJ/(kg K) x 50 K = 4775 kW
    assert part.headroom_kw == pytest.approx(4775 - 300, abs=1)
    assert (part.estimated, part.capacity) == (True, "enough")
    assert "takeover_estimated" in {item.code for item in found.assumptions}
    assert "按管径估算" in part.text


def test_homes_that_no_main_joins_to_another_plant_are_told() -> None:
    district = with_demand(District().network("heat", "S* - s1| - a:10\nQ* - c:30"), a=5.0)
    found = taken_over(district, "S")
    [part] = found.parts
    assert (part.capacity, part.tie, part.supplier, part.headroom_kw) == ("no_way", None, None, None)
    assert (found.no_way_customers, found.suppliers) == (10, ())


def test_a_valve_that_is_stuck_joins_nobody() -> None:
    assert taken_over(two_plants(), "S", inoperable=["t1"]).parts[0].capacity == "no_way"


def test_what_one_part_takes_the_next_one_cannot_have() -> None:
    picture = "S* - a:20 - t1/ - m - Q*\nS - b:10 - t2/ - m"
    district = with_demand(District().network("heat", picture), a=200.0, b=100.0)
    found = taken_over(with_lines(district, m__Q={"capacity": 250}), "S")
    assert [(part.customers, part.capacity, part.headroom_kw) for part in found.parts] == [
        (20, "enough", 250.0),
        (10, "short", 50.0),
    ]


def test_a_plant_may_be_named_by_its_facility_and_as_broken() -> None:
    district = two_plants().facility("plant", "heat_supply", feeds="S")
    by_node = taken_over(district, "S").parts
    assert taken_over(district, "plant").parts == by_node
    assert taken_over(district, "S", faults={"S": 0.0}).parts == by_node
    assert taken_over(district, "plant", faults={"plant": 0.0}).parts == by_node


def test_what_else_is_broken_stays_broken() -> None:
    found = taken_over(two_plants(), "S", faults={"c": 0.0})
    assert [part.capacity for part in found.parts] == ["no_way"]


def test_nobody_loses_heat_where_both_plants_feed_the_same_homes() -> None:
    found = taken_over(District().network("heat", "S* - a:10 - Q*"), "S")
    assert (found.parts, found.customers, found.sentence) == ((), 0, "没有用户会因此停热。")


@pytest.mark.parametrize("stopped", [["nowhere"], ["a"], ["e"], []])
def test_what_is_no_heat_source_is_refused_by_name(stopped: list[str]) -> None:
    district = two_plants().network("electricity", "e* - f:1")
    with pytest.raises(InvalidStop) as refused:
        taken_over(district, *stopped)
    assert refused.value.problems[0].field == ("[0]" if stopped else "")


def test_restricted_places_appear_for_who_may_see_them_alone() -> None:
    district = two_plants().facility("depot", "defence", restricted=True, heat=("a", 1))
    plan = "energy-chengqu"
    assert [one.id for one in taken_over(district, "S", plan=plan).parts[0].facilities] == ["depot"]
    assert taken_over(district, "S", plan=plan, restricted=False).parts[0].facilities == ()


def _graph(district: District) -> nx.MultiGraph:
    nodes = {name: node for name, node in district.nodes.items() if node["network"] == "heat" and node["in_service"]}
    graph = nx.MultiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(
        (line["from_node"], line["to_node"])
        for line in district.lines
        if line["in_service"] and line["from_node"] in nodes and line["to_node"] in nodes
    )
    return graph


def _reached(graph: nx.MultiGraph, sources: set[str], opened: set[str]) -> set[str]:
    """What sources reach; open devices stand in the way. Slow and obvious."""
    passable = graph.subgraph(set(graph) - opened)
    return set().union(*(nx.node_connected_component(passable, source) for source in sources))


@settings(max_examples=100, suppress_health_check=[HealthCheck.filter_too_much])
@given(districts(), st.data())
def test_parts_and_ties_are_those_that_another_library_finds(district: District, data: st.DataObject) -> None:
    graph = _graph(district)
    kinds = {name: district.nodes[name]["kind"] for name in graph}
    sources = {name for name in graph if kinds[name] == "source"}
    assume(sources)
    stopped = data.draw(st.sampled_from(sorted(sources)))
    devices = {name for name in graph if kinds[name] in {"switch", "valve"}}
    opened = {name for name in devices if district.nodes[name]["normally_open"]}
    without = graph.subgraph(set(graph) - {stopped})
    fed = _reached(without, sources - {stopped}, opened)
    area = _reached(graph, sources, opened) - fed - devices - {stopped}
    joined = without.subgraph(area | (devices - opened))
    parts = [component & area for component in nx.connected_components(joined) if component & area]
    expected = {}
    for part in parts:
        ties = {tie for tie in opened & set(without) if part & _reached(without, sources - {stopped}, opened - {tie})}
        expected[frozenset(part)] = ties
    found = taken_over(district, stopped)
    customers = {name: district.nodes[name]["customers"] or 0 for name in graph}
    told = sorted(
        (part.customers, sorted({*([part.tie.id] if part.tie else []), *(other.id for other in part.others)}))
        for part in found.parts
    )
    assert told == sorted((sum(map(customers.__getitem__, part)), sorted(ties)) for part, ties in expected.items())
    assert found.customers == sum(customers[name] for name in area)
