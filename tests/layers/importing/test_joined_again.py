"""Whatever three files draw over each other: each of them again, in any order, changes nothing that they became."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.importing.issues import IssueBook
from layers.importing.joining import join_lines
from layers.importing.loaded_lines import whole
from layers.importing.meaning.plan import Building, ImportPlan
from layers.importing.stage import Stage
from layers.records import conform, empty_frame
from tests.layers.topology.drawings import Place, frame_of_lines, metres
from tests.layers.topology.oracle import far, foot, length

TOLERANCE = 0.537
PLAN = ImportPlan("network_lines", "t", topology=Building(TOLERANCE))
FIXED = {"provenance": "surveyed", "source": "s", "kind": "trunk", "in_service": True}
UNKNOWN = dict.fromkeys(("from_node", "to_node", "voltage_kv", "diameter_mm", "capacity"))
KEYS = ("network_nodes", "network_lines")
World = dict[str, pd.DataFrame]
Lines = dict[str, list[Place]]


def taken(folder: Path, world: World, lines: Lines) -> World:
    """What is loaded after a file was joined to it and written."""
    drawn = pd.DataFrame(frame_of_lines(lines, **FIXED)).assign(**UNKNOWN)
    with Stage.made(folder / "stage.sqlite") as stage:
        joined = join_lines(stage, PLAN, [(drawn, np.arange(1, len(drawn) + 1))], world, IssueBook("network_lines"))
        assert not joined.failed
        assert stage.rejected_count() == 0
        after = {}
        for key in KEYS:
            ids = stage.ids(key)
            assert len(ids) == len(set(ids))
            staged = [conform(key, batch) for batch in stage.batches(key)]
            kept = world[key][~world[key]["id"].isin(ids)]
            after[key] = conform(key, whole([kept, *staged])) if staged else world[key]
    return after


def text(world: World) -> dict[str, Any]:
    tables = {
        key: pd.DataFrame(frame.drop(columns="geometry")).assign(place=shapely.to_wkt(frame["geometry"], -1))
        for key, frame in world.items()
    }
    return {key: table.astype(str).to_numpy().tolist() for key, table in tables.items()}


def drawn_files(seed: int) -> list[Lines]:
    chance = Random(seed)  # noqa: S311
    side = chance.choice([6, 15, 40])
    pool = [(chance.uniform(0, side), chance.uniform(0, side)) for _ in range(chance.choice([8, 14]))]
    counts = {name: chance.randint(1, 4) for name in "abc"}
    return [
        {f"{name}{number}": chance.sample(pool, chance.choice([2, 2, 3])) for number in range(count)}
        for name, count in counts.items()
    ]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6))
def test_files_again_in_any_order_change_nothing_and_no_tap_is_left(tmp_path: Path, seed: int) -> None:
    files = drawn_files(seed)
    world: World = {key: empty_frame(key) for key in KEYS}
    for file in files:
        world = taken(tmp_path, world, file)
    lines = world["network_lines"]
    total = sum(length(metres(shape)) for shape in lines["geometry"])
    drawn = sum(length(path) for file in files for path in file.values())
    assert abs(total - drawn) <= 2 * TOLERANCE * (len(lines) + 1), "nothing is lost, nothing lies twice"
    left_alone(files[-1], world)
    before = text(world)
    for file in Random(seed).sample(files, 3):  # noqa: S311
        assert text(taken(tmp_path, world, file)) == before


def left_alone(file: Lines, world: World) -> None:
    """No end of the last file ends on the middle of a line other than its own without cutting it there."""
    lines = world["network_lines"]
    paths = [metres(shape) for shape in lines["geometry"]]
    spots = {
        name: metres(shape)[0]
        for name, shape in zip(*(world["network_nodes"][c] for c in ("id", "geometry")), strict=True)
    }
    ends = list(zip(lines["from_node"], lines["to_node"], strict=True))
    roots = [name.partition("~")[0] for name in lines["id"]]
    at = {(end, root) for root, pair in zip(roots, ends, strict=True) for end in pair}
    for node in {end for end, root in at if root in file}:
        for root, path, pair in zip(roots, paths, ends, strict=True):
            if (node, root) in at:
                continue
            apart, along, _ = foot(path, spots[node])
            inside = 0.01 < along < length(path) - 0.01
            beside = any(far(spots[end], spots[node]) < 0.01 for end in pair)
            assert beside or not inside or apart > 0.01
