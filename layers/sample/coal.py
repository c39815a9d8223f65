"""Coal: what each plant burns a day, and the routes over which mines deliver it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from layers.sample.demand import Place
from layers.sample.network import SOURCE, Network
from layers.sample.randomness import stream
from layers.sample.roadgraph import along
from layers.sample.roads import Roads

#: Heat drawn on a cold day's average, as a share of what all consumers could draw.
LOAD_FACTOR = 0.55
#: Heat got from a tonne of coal in a boiler, kWh: 5,500 kcal/kg at an efficiency of 80 %.
KWH_PER_TONNE = 5_100.0
#: What the power plant burns for electricity, tonnes a day: two units of 300 MW at half load.
POWER_PLANT_TONNES = 3_600.0
#: How a plant's deliveries are shared out over its routes, the nearest mine first.
SHARES = {1: (1.0,), 2: (0.6, 0.4), 3: (0.5, 0.3, 0.2)}
#: The one plant whose deliveries do not cover its use, and by how much they do.
SHORT_PLANT, SHORT_COVER = "示例镇区锅炉房 2", 0.85


def heat_by_source(heat: Network) -> dict[str, float]:
    """Heat in kW that the consumers behind each source draw in the normal state, by the id of the source's node."""
    shut = {node["id"] for node in heat.nodes if node["normally_open"]}
    links: dict[str, list[str]] = defaultdict(list)
    for line in heat.lines:
        if not {line["from_node"], line["to_node"]} & shut:
            links[line["from_node"]].append(line["to_node"])
            links[line["to_node"]].append(line["from_node"])
    drawn = {node["id"]: float(node.get("demand_kw") or 0.0) for node in heat.nodes}
    found = {}
    for source in (node["id"] for node in heat.nodes if node["kind"] == "source"):
        seen, waiting = {source}, [source]
        while waiting:
            fresh = [other for other in links[waiting.pop()] if other not in seen]
            seen.update(fresh)
            waiting += fresh
        found[source] = round(sum(drawn[node] for node in sorted(seen)), 1)
    return found


def coal_use(heat_kw: dict[str, float], places: list[Place]) -> dict[int, float]:
    """Tonnes of coal a day by the number of the place that burns it; `heat_kw` by source node."""
    use = {}
    for place in places:
        if place.kind == "power_plant":
            use[place.number] = POWER_PLANT_TONNES
        elif place.kind == "heat_plant" and place.source_node is not None:
            tonnes = heat_kw[place.source_node] * LOAD_FACTOR * 24 / KWH_PER_TONNE
            use[place.number] = float(max(round(tonnes), 1))
    return use


def coal_routes(
    roads: Roads, places: list[Place], facility_id: dict[int, str], use: dict[int, float]
) -> list[dict[str, Any]]:
    """The quickest way by road from each plant's nearest mines: two for each plant that burns coal, three for power."""
    mines = [place for place in places if place.kind == "mine"]
    random = stream("coal deliveries")
    records: list[dict[str, Any]] = []
    for plant in (place for place in places if place.number in use):
        tree = roads.graph.tree({plant.road_node: 0.0}, roads.graph.travel_cost)
        near = sorted(mines, key=lambda mine: (tree.cost[mine.road_node], mine.number))
        near = near[: 3 if plant.kind == "power_plant" else 2]
        cover = SHORT_COVER if plant.name == SHORT_PLANT else float(random.uniform(1.02, 1.12))
        for mine, share in zip(near, SHARES[len(near)], strict=True):
            edges = tree.edges(mine.road_node)
            hours = sum(roads.graph.travel_cost(edge) for edge in edges)
            metres = sum(roads.graph.edges[edge].length_m for edge in edges)
            records.append(
                {
                    "id": f"cr-{len(records) + 1:03d}",
                    "name": f"{mine.name}—{plant.name} 运煤线路",
                    "provenance": "synthetic",
                    "source": SOURCE,
                    "speed_kph": round(0.8 * metres / 1000 / hours, 1),
                    "closed": False,
                    "facility_id": facility_id[plant.number],
                    "source_facility_id": facility_id[mine.number],
                    "tonnes_per_day": round(use[plant.number] * cover * share, 1),
                    "points": along(roads.graph, tree.path(mine.road_node), edges),
                }
            )
    return records
