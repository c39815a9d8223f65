"""A GeoPackage of half a million network lines through `webmap import` into PostGIS, beside GeoPandas in the same run.

The file is written by GDAL: columns in Chinese, CGCS2000 in a 3-degree zone. `webmap import` recognises, converts,
checks every row and its references, keeps the history and writes in one transaction; GeoPandas reads the file whole and
makes a table without keys, checks or history. Each is a process of its own with the nodes there already. The throw-away
server does not wait for the disk (fsync off), for either.

Run: .venv/bin/python -m benchmarks.import_file
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import pandas as pd
from sqlalchemy import create_engine, text

from benchmarks.import_speed import BATCH, LINES, SIDE, lines_of, nodes_of
from layers.changes import LayerLoad
from layers.history import Author, Written
from layers.records import conform
from layers.store import open_store
from tools.postgis import throw_away_server
from webmap.storage.upgrade import upgrade

ZONE = 4547
#: Column of the file -> field of the layer.
COLUMNS = {
    "管线编号": "id",
    "管线名称": "name",
    "起点编号": "from_node",
    "终点编号": "to_node",
    "管径": "diameter_mm",
}
_CONSTANTS = {"network": "heat", "kind": "trunk", "in_service": "是", "provenance": "surveyed", "source": "基准"}


def write_file(path: Path) -> None:
    """Write the lines as another office's GeoPackage."""
    names = {field: column for column, field in COLUMNS.items()}
    for start in range(0, LINES, 100_000):
        lines = gpd.GeoDataFrame(lines_of(start, min(LINES, start + 100_000)))
        table = lines[[*names, "geometry"]].rename(columns=names).to_crs(ZONE)
        table.to_file(path, layer="供热管线", driver="GPKG", mode="a" if path.exists() else "w")


def prepare(url: str) -> None:
    """Make the tables and write the nodes."""
    store = open_store(url)
    with store.engine.begin() as connection:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    upgrade(store.engine)
    parts = (
        conform("network_nodes", nodes_of(start, min(start + BATCH, SIDE * SIDE)))
        for start in range(0, SIDE * SIDE, BATCH)
    )
    store.load([LayerLoad("network_nodes", "replace", iter(parts))], Written(Author(None, "benchmark"), "load"))
    store.engine.dispose()


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float, float, str]:
    """Run a command; return seconds, those of its processor, its peak of memory in MB, what it said."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment, stdout=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        said.seek(0)
        output = said.read().decode()
    if status:
        raise SystemExit(f"{command} ended with {status}: {output[-2000:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


def with_geopandas(file: str, url: str) -> None:
    """Do it the usual way: read the file whole, write the frame."""
    engine = create_engine(url)
    gpd.read_file(file).to_crs(4490).to_postgis("plain_lines", engine, if_exists="replace")
    engine.dispose()


def main() -> None:
    """Run both and print a table."""
    with throw_away_server() as server, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "供热管线.gpkg"
        write_file(file)
        prepare(server)
        environment = {**os.environ, "DATABASE_URL": server, "WEBMAP_HOME": folder}
        mapped = [f"--map={field}={column}" for column, field in COLUMNS.items()]
        fixed = [f"--set={field}={value}" for field, value in _CONSTANTS.items()]
        webmap = str(Path(sys.executable).with_name("webmap"))
        command = [webmap, "import", "network_lines", str(file), *mapped, *fixed, "--json"]
        plain = [
            sys.executable,
            "-m",
            "benchmarks.import_file",
            str(file),
            server.replace("postgres://", "postgresql://"),
        ]
        rows = {
            "webmap import, 500,000 lines, all of it": measured(command, environment),
            "the same file again: every record compared, none written": measured(command, environment),
            "GeoPandas read_file, to_postgis": measured(plain, environment),
        }
        size = file.stat().st_size / 2**20
    report = json.loads(rows["webmap import, 500,000 lines, all of it"][3])
    found = pd.Series({key: report[key] for key in ("rows", "accepted", "rejected", "datum")}).to_dict()
    print(f"{found}, file {size:.0f} MB, load {os.getloadavg()[0]:.1f}")
    print("| what | s | of processor | peak MB |\n| --- | ---: | ---: | ---: |")
    for name, (seconds, busy, peak, _) in rows.items():
        print(f"| {name} | {seconds:.1f} | {busy:.1f} | {peak:,.0f} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with_geopandas(*sys.argv[1:])
    else:
        main()
