"""The commands of docs/own-district.md, run as they stand there from an empty database, and what comes of them."""

from __future__ import annotations

import math
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj
import pytest
from click.testing import CliRunner

from layers.sample.office import network
from layers.store import open_store
from webmap.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "own-district.md"
FENCED = re.compile(r"^```(sh|text|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSOID = pyproj.Geod(ellps="GRS80")
#: Central meridian of the zone in which the network's metres count.
MERIDIAN = 114.0
RADIUS_M = 6_371_000.0


@dataclass
class Afternoon:
    """What was typed and answered, what the page says is answered, and what is in the database at the end."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    #: Each line that the page quotes, with what the commands just above it answered.
    promised: list[tuple[str, str]] = field(default_factory=list)
    layers: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)

    def answer(self, *words: str) -> str:
        """What the last command with these words answered."""
        return [text for command, text in self.answers if all(word in command for word in words)][-1]


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Afternoon]:
    folder = tmp_path_factory.mktemp("district")
    done = Afternoon()
    above = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WEBMAP_HOME", str(folder / "home"))
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'district.sqlite'}")
        patch.chdir(folder)
        for kind, text in FENCED.findall(PAGE.read_text(encoding="utf-8")):
            if kind == "json":
                (folder / "故障.json").write_text(text, encoding="utf-8")
            elif kind == "text":
                done.promised += [(line, above) for line in text.splitlines()]
            else:
                typed = [(command, answered(command)) for command in text.splitlines()]
                done.answers += typed
                above = "\n".join(answer for _, answer in typed)
        store = open_store(f"sqlite:///{folder / 'district.sqlite'}")
        try:
            done.layers = {
                key: store.read(key) for key in ("townships", "network_nodes", "network_lines", "facilities")
            }
        finally:
            store.engine.dispose()
    yield done


def answered(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program == "sed":
        subprocess.run([program, *arguments], check=True)
        return ""
    assert program == "webmap", command
    told = CliRunner().invoke(main, arguments, input="a long enough passphrase\n" * 2)
    assert told.exit_code == 0, f"{command}\n{told.output}"
    return told.output


def where(east_m: float, north_m: float) -> tuple[float, float]:
    """A place of the network on the ellipsoid, by a geodesic from the anchor: no map projection is asked.

    Grid north differs from true north by the convergence of meridians, a metre of the grid from one on the ground by
    the scale so far from the central meridian.
    """
    lon, lat = network.ANCHOR
    convergence = math.radians(lon - MERIDIAN) * math.sin(math.radians(lat))
    from_meridian_m = math.radians(lon - MERIDIAN) * math.cos(math.radians(lat)) * RADIUS_M
    scale = 1 + (from_meridian_m / RADIUS_M) ** 2 / 2
    bearing = math.degrees(math.atan2(east_m, north_m) + convergence)
    east, north, _ = ELLIPSOID.fwd(lon, lat, bearing, math.hypot(east_m, north_m) / scale)
    return east, north


def apart_m(found: pd.Series, east_m: float, north_m: float) -> float:
    distance_m: float = ELLIPSOID.inv(found.geometry.x, found.geometry.y, *where(east_m, north_m))[2]
    return distance_m


def devices() -> list[network.Device]:
    return [*network.heat_devices(), *network.power_devices_a_year_later()]


def reached(afternoon: Afternoon, sources: set[str], open_devices: set[str]) -> set[str]:
    """The nodes that a walk along the lines reaches from some, through no open device."""
    lines = afternoon.layers["network_lines"]
    ends = list(zip(lines["from_node"], lines["to_node"], strict=True))
    found: set[str] = set()
    fresh = set(sources)
    while fresh:
        found |= fresh
        steps = [*ends, *((there, here) for here, there in ends)]
        fresh = {there for here, there in steps if here in found - open_devices and there not in found}
    return found


def test_what_the_page_says_is_answered_is_answered(afternoon: Afternoon) -> None:
    assert len(afternoon.promised) > 20
    for line, told in afternoon.promised:
        wanted = ".*".join(map(re.escape, line.split("…")))
        assert re.search(f"^{wanted}", told, re.MULTILINE), line


def test_every_station_lies_within_a_metre_of_where_it_is(afternoon: Afternoon) -> None:
    stored = afternoon.layers["network_nodes"].set_index("id")
    for device in devices():
        assert apart_m(stored.loc[device.number], device.east_m, device.north_m) < 1, device
    places = afternoon.layers["facilities"].set_index("id")
    for place in network.places():
        assert apart_m(places.loc[place.number], place.east_m, place.north_m) < 1, place


def test_texts_and_figures_come_through_every_encoding(afternoon: Afternoon) -> None:
    stored = afternoon.layers["network_nodes"].set_index("id")
    for device in devices():
        row = stored.loc[device.number]
        assert (row["name"], row["normally_open"]) == (device.name, device.is_normally_open)
        if device.customers is not None:
            figures = (row["demand_kw"], row["customers"], row["population"])
            assert figures == (device.load_kw, device.customers, device.people)
    lines = afternoon.layers["network_lines"]
    drawn = {line.name for line in network.heat_lines()}
    assert set(lines.loc[lines["network"] == "heat", "name"]) >= drawn
    assert set(afternoon.layers["townships"]["name"]) == {"东街街道", "西街街道", "南街街道", "北街街道"}
    assert set(afternoon.layers["facilities"]["name"]) == {place.name for place in network.places()}


def test_lines_of_both_drawings_are_joined_as_they_are_meant(afternoon: Afternoon) -> None:
    buildings = {device.number for device in network.heat_devices() if device.customers is not None}
    stations = {device.number for device in network.power_devices() if device.customers is not None}
    ties = {device.number for device in devices() if device.is_normally_open}
    assert (len(buildings), len(stations), ties) == (9, 10, {"FM02", "KG03"})
    assert reached(afternoon, {"RY01"}, ties) >= buildings
    assert not reached(afternoon, {"RY02"}, ties) & buildings
    assert reached(afternoon, {"RY02"}, ties - {"FM02"}) >= buildings
    assert reached(afternoon, {"BD01"}, ties) >= stations
    first = {f"TQ1{station}" for station in range(1, 6)}
    # A feeder that is cut at its head hangs on the other alone, over the tie.
    assert not reached(afternoon, {"BD01"}, ties | {"KG01"}) & first
    assert reached(afternoon, {"BD01"}, {"KG01", "FM02"}) >= first


def test_what_was_wrong_in_the_files_is_told_and_mended(afternoon: Afternoon) -> None:
    assert "LD33" in afternoon.answer("03", "--dry-run")
    # Names of four signs are whole, and nobody is made to doubt them.
    assert "10 个字节" not in afternoon.answer("03", "--dry-run")
    lines = afternoon.layers["network_lines"].set_index("id")
    assert lines.loc[network.SHORT_PIPE, "to_node"] == "LD33"
    assert network.WRONG_DEVICE in afternoon.answer("07")
    # Taken back, then read by the kept mapping: what the year changed and nothing else.
    assert re.search(r"改 {2}TQ13 TQ24$", afternoon.answer("data diff"), re.MULTILINE)


def test_the_assessment_counts_what_the_files_say(afternoon: Afternoon) -> None:
    told = afternoon.answer("assess")
    power = sum(device.customers or 0 for device in network.power_devices())
    heat = sum(device.customers or 0 for device in network.heat_devices())
    assert f"{power:,} 户停电" in told
    assert f"{heat:,} 户停热" in told
    assert [line.split()[1] for line in told.splitlines() if re.match(r" +[1-9]  ", line)] == [
        "示例街道办事处",
        "示例人民医院",
        "示例小学",
        "示例敬老院",
        "城东热源厂",
    ]
