"""A small district's networks, invented: power and heat with a tie each, and the places that hang on them.

Places are metres east and north of an anchor in the middle of four subdistricts. Drawn lines end near, not on, the
devices, as drawings do: by how much is part of the data here. Two faults are deliberate: one pipe ends `SHORT_M` before
its building, farther than ends are joined by themselves, and one place names a device that there is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

#: Middle of the invented networks in CGCS2000 longitude and latitude, degrees.
ANCHOR = (112.8455, 35.4975)
#: The pipe that was drawn too short, and by how much.
SHORT_PIPE, SHORT_M = "G233", 2.4
#: The device as one place's row names it, and the one that is meant.
WRONG_DEVICE, RIGHT_DEVICE = "LD92", "LD32"
#: What a year changes at two transformers: load in kW, customers, people.
UPGRADED = {"TQ13": (630.0, 245, 640), "TQ24": (500.0, 228, 590)}


@dataclass(frozen=True)
class Device:
    """A station, switch, valve or consumer as a table has it. `east_m` and `north_m` count from the anchor."""

    number: str
    name: str
    kind: str
    east_m: float
    north_m: float
    is_normally_open: bool = False
    load_kw: float | None = None
    customers: int | None = None
    people: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A line as it was drawn, through points in metres from the anchor."""

    number: str
    name: str
    kind: str
    points_m: tuple[tuple[float, float], ...]
    diameter_mm: float | None = None
    voltage_kv: float | None = None


@dataclass(frozen=True)
class Place:
    """A place of the priority list, with what it needs: what, from which device, for how many hours it has its own."""

    number: str
    name: str
    kind: str
    east_m: float
    north_m: float
    people: int
    needs: tuple[tuple[str, str, float | None], ...]
    feeds: str | None = None


def heat_devices() -> Iterator[Device]:
    """Yield two heat sources, the valves between them, three exchange stations and the buildings behind these."""
    yield Device("RY01", "城东热源厂", "热源", 0, 0)
    yield Device("FM01", "一号阀井", "阀门", 300, 0)
    yield Device("FM02", "二号联络阀", "阀门", 1050, 0, is_normally_open=True)
    yield Device("RY02", "城南调峰锅炉房", "热源", 1300, 0)
    for row, east_m in enumerate((450, 650, 850), start=1):
        yield Device(f"HR0{row}", f"{'东南北'[row - 1]}里换热站", "换热站", east_m, 120)
        for building in range(1, 4):
            number = f"LD{row}{building}"
            name = f"{'东南北'[row - 1]}里 {building} 号楼"
            place = east_m - 60 + 60 * (building - 1), 220
            yield Device(number, name, "楼栋", *place, load_kw=180.0 + 20 * building, customers=48, people=130)


def heat_lines() -> Iterator[Drawn]:
    """Yield the mains, drawn through the valves, and the branches, which begin near the main and end near stations."""
    yield Drawn("G01", "城东供热干线", "干线", ((0.3, 0.2), (299.8, 0.1), (1050.2, -0.2)), diameter_mm=500)
    yield Drawn("G02", "城南供热干线", "干线", ((1050.3, 0.2), (1299.7, 0.1)), diameter_mm=300)
    for row, east_m in enumerate((450, 650, 850), start=1):
        yield Drawn(f"G1{row}", f"{row} 号支线", "支线", ((east_m, 0.4), (east_m + 0.3, 119.7)), diameter_mm=200)
        for building in range(1, 4):
            number = f"G2{row}{building}"
            short_m = SHORT_M if number == SHORT_PIPE else 0.2
            end = east_m - 60 + 60 * (building - 1) + 0.2, 220 - short_m
            bend = end[0], 160.0
            yield Drawn(number, f"{number} 庭院管", "支线", ((east_m + 0.1, 120.2), bend, end), diameter_mm=80)


def power_devices() -> Iterator[Device]:
    """Yield a 110 kV station, a switch at the head of each of two feeders, transformers, and a tie between the ends."""
    yield Device("BD01", "110kV 示例东关站", "电源", -400, 400)
    for row, (name, north_m) in enumerate((("东关一线", 500), ("东关二线", 300)), start=1):
        yield Device(f"KG0{row}", f"{name}出线开关", "开关", -300, north_m)
        for station in range(1, 6):
            yield Device(
                f"TQ{row}{station}",
                f"{name} {station} 号台区",
                "台区",
                -300 + 300 * station,
                north_m,
                load_kw=400.0,
                customers=160 + 10 * station,
                people=430 + 20 * station,
            )
    yield Device("KG03", "东关联络开关", "开关", 1300, 400, is_normally_open=True)


def power_devices_a_year_later() -> Iterator[Device]:
    """Yield the same devices; two transformers were upgraded and serve more."""
    for device in power_devices():
        if device.number in UPGRADED:
            load_kw, customers, people = UPGRADED[device.number]
            yield replace(device, load_kw=load_kw, customers=customers, people=people)
        else:
            yield device


def power_lines() -> Iterator[Drawn]:
    """Yield the feeders, each drawn as one line through its transformers, from the station to the tie."""
    for row, (name, north_m) in enumerate((("东关一线", 500), ("东关二线", 300)), start=1):
        stations = tuple((-300.0 + 300 * station + 0.4, north_m - 0.5) for station in range(1, 6))
        points = ((-400.5, 400.3), (-300.2, north_m + 0.3), *stations, (1299.6, 400.4))
        yield Drawn(f"10KV-{row}", f"10kV {name}", "线路", points, voltage_kv=10)


def places() -> Iterator[Place]:
    """Yield a hospital, a home for the old, a school, an office, and the heat source as one that needs power."""
    yield Place("D01", "示例人民医院", "医院", 305, 480, 620, (("电力", "TQ12", 4.0), ("供热", "LD12", 2.0)))
    yield Place("D02", "示例敬老院", "养老院", 600, 330, 85, (("电力", "TQ23", None), ("供热", "LD22", 0.0)))
    yield Place("D03", "示例小学", "学校", 905, 250, 940, (("电力", "TQ24", 0.0), ("供热", WRONG_DEVICE, 0.0)))
    yield Place("D04", "示例街道办事处", "党政机关", 620, 520, 45, (("电力", "TQ13", 8.0),))
    yield Place("D05", "城东热源厂", "热源厂", 5, 15, 30, (("电力", "TQ21", 1.0),), feeds="RY01")
