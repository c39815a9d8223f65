"""Random small districts: two coupled networks with loops, ties, parallel lines, isolated parts and several sources."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.pictures import District

NETWORKS = ("electricity", "heat")


@dataclass(frozen=True)
class RandomCase:
    """A district and the faults to put on it: element and hour."""

    district: District
    faults: dict[str, float]


@st.composite
def districts(draw: st.DrawFn) -> District:
    """Draw a district of at most 2 x 9 nodes with up to 6 facilities that couple the networks."""
    district = District()
    names: dict[str, list[str]] = {}
    for prefix, network in zip("eh", NETWORKS, strict=True):
        count = draw(st.integers(2, 9))
        marks = draw(
            st.lists(st.sampled_from(["*", "", "", ":7", ":3", "|", "|", "/"]), min_size=count, max_size=count)
        )
        names[network] = [f"{prefix}{number}" for number in range(count)]
        for number, (name, mark) in enumerate(zip(names[network], marks, strict=True)):
            out = "~" if draw(st.integers(0, 15)) == 0 else ""
            district.network(network, f"{out}{name}{mark}", strips={name: number % district.townships})
        ends = st.sampled_from(names[network])
        for number, (left, right) in enumerate(draw(st.lists(st.tuples(ends, ends), max_size=14))):
            if left != right:
                district.line(network, left, right, in_service=draw(st.integers(0, 15)) > 0, suffix=f"#{number}")
    for number in range(draw(st.integers(0, 6))):
        _add_facility(draw, district, names, f"f{number}")
    return district


def _add_facility(draw: st.DrawFn, district: District, names: dict[str, list[str]], identifier: str) -> None:
    needs = {}
    for network in NETWORKS:
        if draw(st.booleans()):
            nodes = draw(st.lists(st.sampled_from(names[network]), min_size=1, max_size=2, unique=True))
            hours = draw(st.sampled_from([0, 0, 1, 2.5, 8, None]))
            needs[network] = (nodes, hours, draw(st.booleans()))
    feeds = draw(st.one_of(st.none(), st.sampled_from(names["electricity"] + names["heat"])))
    category = draw(st.sampled_from(["hospital", "heat_supply", "school", "government"]))
    restricted = draw(st.integers(0, 5)) == 0
    people = draw(st.one_of(st.none(), st.integers(0, 50)))
    district.facility(
        identifier, category, feeds=feeds, people=people, restricted=restricted, strip=draw(st.integers(0, 3)), **needs
    )


@st.composite
def cases(draw: st.DrawFn) -> RandomCase:
    """Draw a district with up to three faults at hours around the incident's time."""
    district = draw(districts())
    elements = [*district.nodes, *(line["id"] for line in district.lines), *(row["id"] for row in district.facilities)]
    chosen = draw(st.lists(st.sampled_from(elements), max_size=3, unique=True))
    return RandomCase(district, {element: draw(st.sampled_from([-2.0, 0.0, 0.0, 3.0])) for element in chosen})
