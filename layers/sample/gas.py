"""Coal-bed methane: gate stations, mains along the main roads, regulators, and those who burn it."""

from __future__ import annotations

from collections import defaultdict

from layers.sample.demand import Home, Place
from layers.sample.network import Network
from layers.sample.pipes import PipeRules, StationRule, lay_mains
from layers.sample.places import road_node_near, site_point
from layers.sample.randomness import stream
from layers.sample.roads import Roads
from layers.sample.sources import District, metric
from layers.sample.uses import attach_place, attach_uses, split_use, street_homes

M3_PER_H_PER_PERSON = 0.06
RULES = PipeRules(
    "燃气",
    2200.0,
    480.0,
    0.4,
    ((150, 110), (700, 160), (2500, 250), (9000, 315), (1e9, 400)),
    (StationRule("regulator", "rg", "调压站 {n}", 1500.0, 420.0),),
)

#: Gate stations (degrees): west, north-east, south-east of the city, and in the north of the county.
GATES = ((112.790, 35.508), (112.893, 35.566), (112.884, 35.470), (112.868, 35.628))
#: The gate whose pressure comes from an electric compressor.
COMPRESSOR_GATE = 1
#: Towns of the county with piped gas.
TOWNS = ("140525100", "140525106", "140525107", "140525108", "140525109", "140525113")

#: Boiler houses that can burn gas in place of coal; as long as they burn coal they draw none.
STANDBY = ("示例镇区锅炉房 3", "示例镇区锅炉房 5")


def build_gas(district: District, roads: Roads, homes: list[Home], places: list[Place]) -> Network:
    """Lay the gas network; adds gate stations to `places` and sets the gas service of places on it."""
    net = Network("gas", "g", (-9.0, -6.0))
    served = {
        node: home
        for node, home in street_homes(roads, homes).items()
        if home[0].startswith("140502") or home[0] in TOWNS
    }
    roots: dict[int, str] = {}
    for number, centre in enumerate(GATES, 1):
        root = road_node_near(roads, metric(*centre), served.__contains__)
        roots[root] = _gate(net, district, roads, places, (root, number))
    here: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        if place.road_node in served and place.category in ("hospital", "essential_goods", "school", "residential"):
            here[place.road_node].append(place)
    uses = {node: split_use(home[1], home[2], 0.86, 460) for node, home in sorted(served.items())}
    demand = {
        node: M3_PER_H_PER_PERSON * sum(use.population for use in uses[node]) + 12.0 * len(here[node]) for node in uses
    }
    mains = lay_mains(net, roads.graph, roots, demand, RULES)
    for node in sorted(served):
        attach_uses(net, district, roads, mains, (node, served[node][0], uses[node]), ("燃气", M3_PER_H_PER_PERSON, 63))
        for place in here[node]:
            attach_place(net, mains, place, ("燃气", 12.0 + 0.01 * place.people, 2))
    for place in places:
        if place.name in STANDBY:
            attach_place(net, mains, place, ("燃气", 0.0, 2))
    return net


def _gate(net: Network, district: District, roads: Roads, places: list[Place], what: tuple[int, int]) -> str:
    root, number = what
    code = roads.street_loads[root]
    point = site_point(roads.graph, district.township(code), root, stream(f"gas gate {number}"))
    source = net.node("source", "src", point, f"燃气门站 {number} 出站口")
    compressor = number == COMPRESSOR_GATE + 1
    name, kind = (
        (f"示例煤层气增压站 {number}", "gas_compressor") if compressor else (f"示例燃气门站 {number}", "gas_gate")
    )
    places.append(
        Place(
            len(places) + 1,
            name,
            "utility",
            code,
            point,
            root,
            18,
            1200.0 if compressor else 80.0,
            compressor,
            kind,
            source_node=source,
        )
    )
    return source
