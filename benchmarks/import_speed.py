"""Half a million network lines into PostGIS in one transaction: seconds and peak memory, beside other ways.

Every way runs in a process of its own, with the nodes there already, and makes its rows as it goes. GeoPandas makes a
table without keys, checks or history; COPY fills the product's table, with its indexes. The throw-away server does not
wait for the disk (fsync off), for any of them.

Run: .venv/bin/python -m benchmarks.import_speed
"""

from __future__ import annotations

import io
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import shapely
from sqlalchemy import create_engine, text

from layers.changes import LayerLoad
from layers.history import Author, Written
from layers.records import conform
from layers.store import Store, open_store
from layers.tables import LAYER_TABLES
from tools.postgis import throw_away_server
from webmap.storage.upgrade import upgrade

LINES = 500_000
#: Nodes stand in a square grid, two lines at each.
SIDE = 501
BATCH = 20_000
WAYS = ("store", "again", "merge_one_percent", "undo", "geopandas", "copy")
_SAID = Written(Author(None, "benchmark"), "import")
_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def nodes_of(start: int, end: int) -> pd.DataFrame:
    """Return the nodes of these numbers."""
    numbers = np.arange(start, end)
    table = pd.DataFrame(
        {
            "id": [f"n{number}" for number in numbers],
            "name": [f"节点 {number}" for number in numbers],
            "provenance": "surveyed",
            "source": "基准",
            "network": "heat",
            "kind": "junction",
            "normally_open": False,
            "in_service": True,
        }
    )
    shapes = shapely.points(112.0 + (numbers % SIDE) * 1e-3, 35.0 + (numbers // SIDE) * 1e-3)
    return gpd.GeoDataFrame(table, geometry=shapes, crs=4490)


def lines_of(start: int, end: int, changed_every: int = 0) -> pd.DataFrame:
    """Return the lines of these numbers, of five points each; each so many-th has another width."""
    numbers = np.arange(start, end)
    row, column = numbers // 2 // (SIDE - 1), numbers // 2 % (SIDE - 1)
    across = numbers % 2 == 0
    other_row, other_column = np.where(across, row, row + 1), np.where(across, column + 1, column)
    part = np.linspace(0, 1, 5)
    xs = 112.0 + (column[:, None] + (other_column - column)[:, None] * part) * 1e-3
    ys = 35.0 + (row[:, None] + (other_row - row)[:, None] * part) * 1e-3
    diameter = np.where(numbers % changed_every == 0, 450.0, 300.0) if changed_every else 300.0
    table = pd.DataFrame(
        {
            "id": [f"l{number}" for number in numbers],
            "name": [f"供热管线 {number}" for number in numbers],
            "provenance": "surveyed",
            "source": "供热公司管线普查 2025",
            "network": "heat",
            "kind": "branch",
            "from_node": [f"n{number}" for number in row * SIDE + column],
            "to_node": [f"n{number}" for number in other_row * SIDE + other_column],
            "in_service": True,
            "diameter_mm": diameter,
        }
    )
    return gpd.GeoDataFrame(table, geometry=shapely.linestrings(np.dstack([xs, ys])), crs=4490)


def batches(changed_every: int = 0) -> Iterator[pd.DataFrame]:
    """Yield all lines in frames as an import's."""
    for start in range(0, LINES, BATCH):
        yield conform("network_lines", lines_of(start, start + BATCH, changed_every))


def load(store: Store, changed_every: int = 0) -> None:
    """Load all lines as an import does."""
    store.load([LayerLoad("network_lines", "merge", batches(changed_every))], _SAID)


def load_with_geopandas(url: str) -> None:
    """Write the same lines with GeoPandas: into a table that it makes, all of them in memory."""
    engine = create_engine(url)
    frame = pd.concat(list(batches()), ignore_index=True)
    gpd.GeoDataFrame(frame, crs=4490).to_postgis("plain_lines", engine, chunksize=BATCH)
    engine.dispose()


def load_with_copy(store: Store) -> None:
    """Stream the same lines into the product's table with nothing but COPY."""
    names = ["id", "name", "provenance", "source", "network", "kind", "from_node", "to_node", "in_service"]
    columns = [*names, "diameter_mm", "geometry"]
    with store.engine.begin() as connection:
        driver = connection.connection.driver_connection
        target = f"COPY layer_network_lines ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
        with driver.cursor() as cursor, cursor.copy(target) as copy:  # type: ignore[union-attr]
            for frame in batches():
                shapes = shapely.to_wkb(shapely.set_srid(frame.geometry.to_numpy(), 4490), hex=True, include_srid=True)
                arrays = [pa.array(frame[name], from_pandas=True) for name in columns[:-1]]
                lines = io.BytesIO()
                options = pyarrow.csv.WriteOptions(include_header=False)
                pyarrow.csv.write_csv(pa.table([*arrays, pa.array(shapes)], names=columns), lines, options)
                copy.write(lines.getvalue())


def measure(way: str, url: str) -> dict[str, float]:
    """Do it one way in this process; return seconds and the most memory that the process ever had (MB)."""
    store = open_store(url)
    start = time.perf_counter()
    match way:
        case "store" | "again":
            load(store)
        case "merge_one_percent":
            load(store, changed_every=100)
        case "undo":
            store.restore(store.history(2)[1].version, _SAID)
        case "geopandas":
            load_with_geopandas(url)
        case "copy":
            load_with_copy(store)
    seconds = time.perf_counter() - start
    store.engine.dispose()
    return {"s": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def prepare(url: str) -> None:
    """Make the tables with all nodes, on a server that writes to the disk."""
    store = open_store(url)
    upgrade(store.engine)
    nodes = (conform("network_nodes", nodes_of(start, start + BATCH)) for start in range(0, SIDE * SIDE, BATCH))
    store.load([LayerLoad("network_nodes", "replace", nodes)], _SAID)
    store.engine.dispose()


def in_a_child(way: str, url: str) -> dict[str, float]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.import_speed", way, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    measured: dict[str, float] = json.loads(said.stdout)
    return measured


def main() -> None:
    """Measure all ways and print a Markdown table."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(*sys.argv[1:])))
        return
    titles = {
        "store": "500,000 lines into an empty layer: checks, history, references",
        "again": "the same file again: nothing differs, nothing is written",
        "merge_one_percent": "again with 5,000 lines changed",
        "undo": "back to the version before that",
        "geopandas": "GeoPandas to_postgis: no key, no index but on the shape",
        "copy": "COPY alone into an empty table with the same indexes",
    }
    with throw_away_server() as server:
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            settings = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in _DURABLE}
        prepare(server)
        rows = {}
        for way in WAYS:
            if way == "copy":
                with admin.connect() as connection:
                    connection.execute(text(f"TRUNCATE {LAYER_TABLES['network_lines'].name}"))
            rows[way] = in_a_child(way, server)
        admin.dispose()
    print("| what | s | peak MB |\n| --- | ---: | ---: |")
    for way, row in rows.items():
        print(f"| {titles[way]} | {row['s']:.1f} | {row['peak_mb']:.0f} |")
    print("\n" + json.dumps({"python": platform.python_version(), "machine": platform.machine(), **settings}))


if __name__ == "__main__":
    main()
