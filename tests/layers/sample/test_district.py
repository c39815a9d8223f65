"""What a user of the sample relies on: it is sound, complete, adds up, and says what is invented."""

from __future__ import annotations

import re
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.records import conform
from layers.sample import read_sample
from layers.sample.census import share_out
from layers.sample.sources import SAMPLE_HOME
from layers.soundness import check_networks

TIERS = {
    "government", "defence", "command_centre", "hospital", "fire_service", "broadcast_telecom", "utility",
    "transport_control", "transport_hub", "essential_goods",
}  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return read_sample()


def test_the_sample_is_sound(sample: dict[str, Any]) -> None:
    assert check_networks(sample) == []


def test_records_obey_the_catalogue(sample: dict[str, Any]) -> None:
    for key, frame in sample.items():
        pd.testing.assert_frame_equal(pd.DataFrame(conform(key, frame)), pd.DataFrame(frame))


def test_ids_are_unique_across_all_layers(sample: dict[str, Any]) -> None:
    ids = pd.concat([frame["id"] for frame in sample.values()])
    assert ids[ids.duplicated()].tolist() == []
    assert all(re.fullmatch(r"[a-z]{1,2}(-[a-z]+)?(-\d+){1,2}", key) for key in ids)


def test_there_is_enough_of_everything(sample: dict[str, Any]) -> None:
    nodes, facilities, sites = sample["network_nodes"], sample["facilities"], sample["sites"]
    kinds = nodes.groupby(["network", "kind"]).size()
    assert len(nodes) >= 10_000
    assert 4500 <= kinds["electricity", "transformer"] <= 5500
    assert kinds["heat", "consumer"] >= 2500
    assert kinds["gas", "consumer"] >= 1200
    assert kinds["water", "consumer"] >= 1200
    assert 100 <= kinds["heat", "heat_exchange"] <= 150
    assert len(facilities) >= 160
    assert set(facilities["category"]) >= TIERS | {"school", "residential", "heat_supply", "other"}
    assert (sites["status"] == "candidate").sum() >= 60
    assert set(sample["counties"]["kind"]) == {"city_district", "county", "county_city"}
    heads = nodes["name"].str.contains("出线开关")
    assert 180 <= heads.sum() <= 250


def test_townships_share_the_census_exactly(sample: dict[str, Any]) -> None:
    sums = sample["townships"].groupby("county_code")[["population", "households"]].sum()
    assert sums.loc["140502"].tolist() == [574_665, 196_209]
    assert sums.loc["140525"].tolist() == [414_999, 162_743]


def test_a_townships_transformers_supply_its_people(sample: dict[str, Any]) -> None:
    nodes, townships = sample["network_nodes"], sample["townships"]
    power = nodes[nodes["network"] == "electricity"]
    joined = gpd.sjoin(power, townships[["code", "geometry"]], predicate="within")
    sums = joined.groupby("code")["population"].sum()
    assert sums.to_dict() == townships.set_index("code")["population"].to_dict()


def test_every_township_has_a_government_a_hospital_and_a_school(sample: dict[str, Any]) -> None:
    joined = gpd.sjoin(sample["facilities"], sample["townships"][["code", "geometry"]], predicate="within")
    assert len(joined) == len(sample["facilities"])
    for category in ("government", "hospital", "school"):
        assert joined.loc[joined["category"] == category, "code"].nunique() == 24


def test_what_is_invented_says_so(sample: dict[str, Any]) -> None:
    for key in ("network_nodes", "network_lines", "roads", "coal_routes", "sites", "supplies", "contacts"):
        assert set(sample[key]["provenance"]) == {"synthetic"}
    real = sample["facilities"][sample["facilities"]["provenance"] != "synthetic"]
    assert real["name"].tolist() == ["国投晋城热电"]
    x, y = real.geometry.iloc[0].coords[0]
    assert (x, y) == pytest.approx((112.92547, 35.46055), abs=2e-6)
    assert set(sample["townships"]["provenance"]) == {"estimated"}


def test_no_real_village_stands_at_an_invented_place(sample: dict[str, Any]) -> None:
    villages = pd.read_csv(SAMPLE_HOME / "sources" / "villages_2023.csv", dtype=str)
    stems = villages["name"].str.replace("(居民|村民)?委员会|村委会|居委会|社区|村$", "", regex=True)
    real = {stem for stem in stems if len(stem) >= 3}
    for key in ("network_nodes", "network_lines", "roads", "sites", "facilities"):
        text = "\n".join(sample[key]["name"].unique())
        assert sorted(stem for stem in real if stem in text) == []


def test_restricted_facilities_are_neutral_in_all_that_others_see(sample: dict[str, Any]) -> None:
    facilities, supplies, nodes = sample["facilities"], sample["supplies"], sample["network_nodes"]
    hidden = facilities[facilities["restricted"]]
    assert set(hidden["category"]) == {"defence"} == set(facilities.loc[facilities["restricted"], "category"])
    assert (facilities["category"] == "defence").sum() == len(hidden) > 0
    assert all(re.fullmatch(r"f-\d{4}", key) for key in facilities["id"])
    for layer, seen in (
        ("facilities", facilities.loc[~facilities["restricted"], "id"]),
        ("supplies", supplies.loc[~supplies["facility_id"].isin(hidden["id"]), "id"]),
    ):
        numbers = sorted(seen.str.split("-").str[1].astype(int))
        assert numbers == list(range(1, len(numbers) + 1)), f"a gap in the ids of {layer} tells how many are hidden"
    served = supplies.loc[supplies["facility_id"].isin(hidden["id"]), "node_id"]
    pattern = {re.sub(r"\S+站 \d+|\d+", "#", name) for name in nodes.loc[nodes["id"].isin(served), "name"]}
    others = nodes[~nodes["id"].isin(supplies["node_id"])]
    assert pattern <= {re.sub(r"\S+站 \d+|\d+", "#", name) for name in others["name"]}
    alike = others[(others["population"] == 0) & (others["customers"] == 1)].groupby("network").size()
    assert alike["electricity"] > 10 * len(hidden)
    assert alike["water"] > 10 * len(hidden)
    for _, keys in served.groupby(served.str[:4]):
        assert np.diff(sorted(keys.str.split("-").str[-1].astype(int))).min() > 1


def test_roads_are_one_network(sample: dict[str, Any]) -> None:
    graph = nx.Graph()
    for line in sample["roads"].geometry:
        graph.add_edge(line.coords[0], line.coords[-1])
    assert nx.number_connected_components(graph) == 1


def test_coal_comes_from_mines_over_the_roads_to_every_plant_that_burns_it(sample: dict[str, Any]) -> None:
    supplies, facilities, routes = sample["supplies"], sample["facilities"].set_index("id"), sample["coal_routes"]
    burning = supplies[supplies["commodity"] == "coal"].set_index("facility_id")
    assert set(routes["facility_id"]) == set(burning.index)
    assert len(burning) >= 5
    assert facilities.loc[routes["source_facility_id"], "name"].str.contains("煤矿").all()
    for row in routes.itertuples():
        ends = facilities.geometry[[row.source_facility_id, row.facility_id]]
        gaps = [shapely.distance(ends.iloc[end], shapely.Point(row.geometry.coords[end])) for end in (0, -1)]
        assert max(gaps) < 0.01


def test_usual_deliveries_cover_the_use_of_all_plants_but_one(sample: dict[str, Any]) -> None:
    coal = sample["supplies"][sample["supplies"]["commodity"] == "coal"].set_index("facility_id")
    arriving = sample["coal_routes"].groupby("facility_id")["tonnes_per_day"].sum()
    cover = (arriving / coal["demand"]).sort_values()
    assert 0.8 < cover.iloc[0] < 0.9
    assert cover.iloc[1:].between(1.0, 1.2).all()
    assert coal["demand"].between(10, 5000).all()


def test_two_boiler_houses_can_burn_gas_in_place_of_coal(sample: dict[str, Any]) -> None:
    supplies, names = sample["supplies"], sample["facilities"].set_index("id")["name"]
    instead = supplies[supplies["substitutes_for"].notna()]
    assert set(zip(instead["commodity"], instead["substitutes_for"], strict=True)) == {("gas", "coal")}
    assert names[instead["facility_id"]].str.contains("锅炉房").all()
    assert len(instead) == 2
    assert not instead["required"].any()


def test_demands_are_plausible_agree_with_their_nodes_and_some_are_unknown(sample: dict[str, Any]) -> None:
    nodes, category = sample["network_nodes"].set_index("id"), sample["facilities"].set_index("id")["category"]
    supplies = sample["supplies"]
    power = supplies[supplies["commodity"] == "electricity"]
    drawn = power["node_id"].map(nodes["demand_kw"]).groupby(power["facility_id"]).sum()
    stated = power.groupby("facility_id")["demand"].first().dropna()
    assert (stated - drawn[stated.index]).abs().max() < 0.1
    hospitals = stated[category[stated.index] == "hospital"]
    assert hospitals.between(50, 3000).all()
    assert hospitals.max() > 1000
    assert 0.005 < supplies["demand"].isna().mean() < 0.08


def test_heat_plants_need_power_water_and_coal(sample: dict[str, Any]) -> None:
    nodes, supplies = sample["network_nodes"].set_index("id"), sample["supplies"]
    facilities = sample["facilities"].dropna(subset=["source_node"]).set_index("id")
    feeds = facilities["source_node"].map(nodes["network"] + "/" + nodes["kind"])
    required = supplies[supplies["required"]].groupby("facility_id")["commodity"].agg(set)
    plants = feeds.index[feeds == "heat/source"]
    assert len(plants) >= 5
    assert all(required[plant] >= {"electricity", "water", "coal"} for plant in plants)
    for kind in ("heat/heat_exchange", "heat/pump", "water/source", "water/pump"):
        standing = nodes.index[nodes["network"] + "/" + nodes["kind"] == kind]
        assert set(facilities["source_node"]) >= set(standing)
        assert all("electricity" in required[key] for key in feeds.index[feeds == kind])


def test_the_power_plant_and_its_water_depend_on_each_other(sample: dict[str, Any]) -> None:
    nodes, lines, supplies = sample["network_nodes"].set_index("id"), sample["network_lines"], sample["supplies"]
    facilities = sample["facilities"].set_index("id")
    plant = facilities[facilities["name"] == "国投晋城热电"]
    assert nodes.loc[plant["source_node"].iloc[0], ["network", "kind"]].tolist() == ["electricity", "source"]
    water = supplies[(supplies["facility_id"] == plant.index[0]) & (supplies["commodity"] == "water")]
    mains = nx.from_pandas_edgelist(lines[lines["network"] == "water"], "from_node", "to_node")
    upstream = nx.node_connected_component(mains, water["node_id"].iloc[0])
    pumps = facilities.index[facilities["source_node"].isin(upstream)]
    powered = supplies[supplies["facility_id"].isin(pumps) & (supplies["commodity"] == "electricity")]
    assert len(pumps) > 0
    assert set(powered["facility_id"]) == set(pumps)


def test_important_places_are_fed_by_two_feeders(sample: dict[str, Any]) -> None:
    nodes, facilities = sample["network_nodes"].set_index("id"), sample["facilities"].set_index("id")
    power = sample["supplies"].query("commodity == 'electricity'")
    feeder = power["node_id"].map(nodes["name"]).str.extract(r"^(\S+ \d+) 线")[0]
    feeders = feeder.groupby(power["facility_id"]).nunique()
    twice = feeders[feeders > 1].index
    assert len(twice) >= 25
    assert (power.groupby("facility_id").size() == feeders).all()
    assert {"hospital", "command_centre"} <= set(facilities.loc[twice, "category"])


def test_reserves_are_plausible_and_some_unknown(sample: dict[str, Any]) -> None:
    supplies, facilities = sample["supplies"], sample["facilities"].set_index("id")
    assert set(power_of(supplies)) == set(facilities.index)
    assert 0.01 < supplies["reserve_hours"].isna().mean() < 0.1
    category = supplies["facility_id"].map(facilities["category"])
    hours = supplies.loc[supplies["commodity"] == "electricity", "reserve_hours"].groupby(category)
    assert hours.max()["school"] == 0
    assert hours.min()["hospital"] >= 4
    assert supplies.loc[supplies["commodity"] == "coal", "node_id"].isna().all()
    assert supplies.loc[supplies["commodity"] == "coal", "reserve_hours"].between(72, 240).all()


def power_of(supplies: Any) -> Any:
    return supplies.loc[supplies["commodity"] == "electricity", "facility_id"]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (5, [0, 0], [3, 2]),
        (0, [2, 3], [0, 0]),
        (7, [], []),
        (3, [0.2, 0.7, 0.1], [1, 2, 0]),
    ],
)
def test_sharing_out_keeps_the_total(total: int, weights: list[float], parts: list[int]) -> None:
    assert share_out(total, weights) == parts


def test_contacts_cannot_reach_anybody_and_are_known_for_townships_schools_and_hospitals(
    sample: dict[str, Any],
) -> None:
    contacts, facilities = sample["contacts"], sample["facilities"].set_index("id")
    # No local number begins with a zero, no mobile with 100.
    assert contacts["phone"].dropna().str.fullmatch(r"0356-0\d{6}|100\d{8}").all()
    assert 0.2 < contacts["phone"].str.fullmatch(r"1\d{10}").mean() < 0.4
    assert contacts["email"].dropna().str.fullmatch(r"[a-z0-9-]+@example\.invalid").all()  # RFC 6761
    assert contacts["phone"].nunique() == contacts["phone"].notna().sum()
    assert set(contacts["township_code"].dropna()) == set(sample["townships"]["code"])
    of_places = contacts.dropna(subset="facility_id")
    category = of_places["facility_id"].map(facilities["category"])
    for wanted in ("school", "hospital", "residential", "defence"):
        assert set(of_places.loc[category == wanted, "facility_id"]) == set(
            facilities.index[facilities["category"] == wanted]
        )
    assert (of_places["restricted"] == of_places["facility_id"].map(facilities["restricted"])).all()
    assert 0.02 < contacts["phone"].isna().mean() < 0.25
