"""Each kind of unsoundness is told on a small network that has just that one; sound networks are left in peace."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box

from layers.records import conform, empty_frame
from layers.soundness import SoundnessIssue, check_networks

COMMON = {"provenance": "synthetic", "source": "test"}
KINDS = {"S": "source", "B": "substation", "j": "junction", "x": "switch", "o": "switch", "c": "transformer"}
#: Two substations, each with one feeder; the feeders meet at an open tie. First letter: kind; `o` is an open switch.
SOUND = "S1-B1 S1-B2  B1-x1 x1-j1 j1-c1 j1-o1  B2-x2 x2-j2 j2-c2 j2-o1"


def where(names: list[str]) -> dict[str, Point]:
    return {name: Point(112.80 + 0.001 * (index % 5), 35.50 + 0.001 * (index // 5)) for index, name in enumerate(names)}


def node(name: str, *, in_service: bool) -> dict[str, Any]:
    return {
        **COMMON,
        "id": name,
        "name": name,
        "network": "electricity",
        "kind": KINDS[name[0]],
        "normally_open": name[0] == "o",
        "in_service": in_service,
        "population": 100 if name[0] == "c" else None,
    }


def network(picture: str, *, alone: str = "", out: str = "") -> dict[str, Any]:
    """Frames of an electricity network drawn as `from-to` pairs; `alone` adds nodes, `out` takes out of service."""
    pairs = [pair.split("-") for pair in picture.split()]
    names = sorted({name for pair in pairs for name in pair} | set(alone.split()))
    points = where(names)
    nodes = [node(name, in_service=name not in out.split()) for name in names]
    lines = [
        {
            **COMMON,
            "id": f"{a}-{b}",
            "name": "线",
            "network": "electricity",
            "kind": "transmission" if a[0] == "S" else "feeder",
            "from_node": a,
            "to_node": b,
            "in_service": f"{a}-{b}" not in out.split(),
            "voltage_kv": 110.0 if a[0] == "S" else 10.0,
        }
        for a, b in pairs
    ]
    drawn = [LineString([points[a], points[b]]) for a, b in pairs]
    people = 100 * sum(name[0] == "c" for name in names)
    return {
        "counties": area("c-1", "city_district", people),
        "townships": area("t-1", "town", people),
        "network_nodes": conform("network_nodes", geo(nodes, [points[name] for name in names])),
        "network_lines": conform("network_lines", geo(lines, drawn)),
        "facilities": empty_frame("facilities"),
        "supplies": empty_frame("supplies"),
    }


def geo(rows: list[dict[str, Any]], shapes: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes, crs=4490)


def area(key: str, kind: str, people: int) -> Any:
    row = {**COMMON, "id": key, "name": key, "code": "1", "county_code": "1", "kind": kind, "boundary_quality": "good"}
    row |= {"population": people, "households": 40}
    return conform("townships" if kind == "town" else "counties", geo([row], [box(112, 35, 113, 36)]))


def told(frames: dict[str, Any]) -> list[tuple[str, str]]:
    return [(issue.code, issue.element) for issue in check_networks(frames)]


def test_a_sound_network_has_no_issue() -> None:
    assert check_networks(network(SOUND)) == []


def test_layers_without_records_have_no_issue() -> None:
    keys = ("counties", "townships", "network_nodes", "network_lines", "facilities", "supplies")
    assert check_networks({key: empty_frame(key) for key in keys}) == []


@pytest.mark.parametrize(
    ("picture", "more", "expected"),
    [
        (f"{SOUND} j1-j3", {}, ("dead_end", "j3")),
        (SOUND, {"alone": "j9"}, ("isolated_node", "j9")),
        (f"{SOUND} j9-c9 j9-c8", {}, ("unsupplied", "c9")),
        (SOUND, {"out": "B1-x1"}, ("unsupplied", "c1")),
        (SOUND, {"out": "B1-x1"}, ("tie_unsupplied", "o1")),
        (f"{SOUND} j1-x3", {}, ("useless_device", "x3")),
        (f"{SOUND} j1-x3 x3-c3 j1-c3", {}, ("useless_device", "x3")),
        (SOUND.replace("o1", "x3"), {}, ("not_radial", "B1")),
        (f"{SOUND} j1-j4 j4-c1", {}, ("not_radial", "B1")),
    ],
    ids=[
        "a main that serves nobody",
        "a node without lines",
        "consumers on an island",
        "a feeder out of service",
        "a tie with one dead side",
        "a switch at the end of a stub",
        "a switch with a way round it",
        "a tie that is closed",
        "a loop within a feeder",
    ],
)
def test_each_fault_is_told(picture: str, more: dict[str, str], expected: tuple[str, str]) -> None:
    assert expected in told(network(picture, **more))


def test_a_closed_ring_is_no_fault_above_ten_kilovolts() -> None:
    frames = network(f"{SOUND} S2-B1 S2-B2")
    assert told(frames) == []


def test_a_line_to_nowhere_is_told() -> None:
    frames = network(SOUND)
    frames["network_lines"].loc[0, "to_node"] = "j404"
    assert told(frames) == [("missing_node", frames["network_lines"]["id"][0])]


def test_a_line_that_stops_short_of_its_node_is_told() -> None:
    frames = network(SOUND)
    lines = frames["network_lines"]
    a, b = lines.geometry[0].coords
    one_metre = 1 / 111_320
    lines.loc[0, "geometry"] = LineString([a, (b[0], b[1] + one_metre)])
    assert told(frames) == [("loose_end", lines["id"][0])]


def test_a_line_between_two_networks_is_told() -> None:
    frames = network(SOUND)
    frames["network_nodes"].loc[frames["network_nodes"]["id"] == "c1", "network"] = "gas"
    assert ("other_network", "j1-c1") in told(frames)


def test_people_without_a_transformer_are_told() -> None:
    frames = network(SOUND)
    for layer in ("counties", "townships"):
        frames[layer]["population"] += 7
    issue = SoundnessIssue("population", "t-1", "transformers supply 200 people, the census says 207")
    assert check_networks(frames) == [issue]


def test_townships_that_do_not_add_up_to_their_county_are_told() -> None:
    frames = network(SOUND)
    frames["counties"]["households"] += 1
    assert told(frames) == [("population", "c-1")]


def supply(**changes: Any) -> Any:
    row = {**COMMON, "id": "s-1", "name": "用电", "facility_id": "f-1", "commodity": "electricity", "node_id": "c1"}
    return conform("supplies", pd.DataFrame([{**row, "required": True, **changes}]))


def facility(**changes: Any) -> Any:
    row = {**COMMON, "id": "f-1", "name": "医院", "category": "hospital", "restricted": False, "source_node": None}
    return conform("facilities", geo([{**row, **changes}], [Point(112.8, 35.5)]))


@pytest.mark.parametrize(
    ("facilities", "supplies", "element"),
    [
        (facility(source_node="j404"), supply(), "f-1"),
        (facility(), supply(facility_id="f-404"), "s-1"),
        (facility(), supply(node_id="c404"), "s-1"),
        (facility(), supply(commodity="water"), "s-1"),
    ],
    ids=["source node", "facility", "node", "node of another network"],
)
def test_references_that_lead_nowhere_are_told(facilities: Any, supplies: Any, element: str) -> None:
    frames = network(SOUND) | {"facilities": facilities, "supplies": supplies}
    assert told(frames) == [("unknown_reference", element)]


def test_a_stock_without_a_node_is_no_fault() -> None:
    frames = network(SOUND) | {"facilities": facility(), "supplies": supply(commodity="coal", node_id=None)}
    assert told(frames) == []


def route(**changes: Any) -> Any:
    row = {**COMMON, "id": "cr-1", "name": "运煤", "closed": False, "facility_id": "f-1", "source_facility_id": "f-1"}
    return conform("coal_routes", geo([{**row, **changes}], [LineString([(112.8, 35.5), (112.9, 35.5)])]))


@pytest.mark.parametrize(
    ("routes", "commodity", "expected"),
    [
        (route(), "coal", []),
        (route(facility_id=None, source_facility_id=None), "coal", []),
        (route(facility_id="f-404"), "coal", [("unknown_reference", "cr-1")]),
        (route(source_facility_id="f-404"), "coal", [("unknown_reference", "cr-1")]),
        (route(), "gas", [("no_coal_need", "cr-1")]),
    ],
    ids=["right", "nothing named", "no such plant", "no such mine", "a plant that burns gas"],
)
def test_coal_routes_lead_from_mines_to_places_that_burn_coal(
    routes: Any, commodity: str, expected: list[tuple[str, str]]
) -> None:
    burns = supply(commodity=commodity, node_id=None)
    frames = network(SOUND) | {"facilities": facility(), "supplies": burns, "coal_routes": routes}
    assert told(frames) == expected


@pytest.mark.parametrize(("need", "issues"), [("coal", []), ("heat", [("idle_substitute", "s-2")])])
def test_a_substitute_stands_in_for_a_need_that_is_there(need: str, issues: list[tuple[str, str]]) -> None:
    both = pd.concat([supply(commodity=need, node_id=None), supply(id="s-2", substitutes_for="coal")])
    assert told(network(SOUND) | {"facilities": facility(), "supplies": both}) == issues


def contact(**changes: Any) -> Any:
    row = {**COMMON, "id": "k-1", "name": "值班室", "restricted": False, **changes}
    return conform("contacts", pd.DataFrame([row]))


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        (contact(facility_id="f-1"), []),
        (contact(township_code="1"), []),
        (contact(unit="区教育局"), []),
        (contact(facility_id="f-404"), [("unknown_reference", "k-1")]),
        (contact(township_code="404"), [("unknown_reference", "k-1")]),
        (contact(phone="0356-0000001"), [("contact_of_nobody", "k-1")]),
    ],
    ids=["a facility", "a township", "a unit", "no such facility", "no such township", "nobody"],
)
def test_contacts_are_of_somebody_who_is_there(contacts: Any, expected: list[tuple[str, str]]) -> None:
    frames = network(SOUND) | {"facilities": facility(), "supplies": supply(), "contacts": contacts}
    assert told(frames) == expected
