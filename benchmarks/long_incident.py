"""A winter incident of 72 hours with 500 entries over the sample: what the making of reports is timed with."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

BEGIN = datetime.fromisoformat("2026-01-12T06:40:00+08:00")
HOURS = 72
ENTRIES = 500
DOCTOR, PLANT = "f-0195", "e-sub-110-01"

Document = dict[str, Any]


def facts(seed: int = 1, entries: int = ENTRIES) -> list[Document]:
    """Return the facts in the order of happening; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  no secret
    told = [*_course(), *_details(), *_reports(), *_weather(chance)]
    told += _notes(chance, entries - len(told))
    return sorted(told, key=lambda item: (item["happened_at"], item["kind"] != "reported"))


def _fact(kind: str, hour: float, /, **fields: Any) -> Document:
    return {"kind": kind, "happened_at": (BEGIN + timedelta(seconds=round(hour * 3600))).isoformat(), **fields}


def _course() -> list[Document]:
    director, commander = "办公室主任", "指挥长"
    return [
        _fact("reported", 0, text="雨雪冰冻，城东北一带停电", source="供电中心", place="北石店镇"),
        _fact("fault_located", 0.1, element=PLANT, text="主变跳闸"),
        _fact("fault_located", 0.2, element="e-sub-110-03", text="母线故障"),
        _fact("level_recommended", 0.6, level="III"),
        _fact("level_started", 0.8, office=director, level="III", recommended="III"),
        _fact("fault_located", 5, element="h-src-0002", text="热源厂失电停炉"),
        _fact("fault_located", 6, element="e-sub-110-05"),
        _fact("level_changed", 6.5, office=commander, level="II", recommended="II"),
        _fact("warning_issued", 7, office=commander, level="large", scope="北石店镇、东街街道", text="停电可能扩大"),
        _fact("unit_placed", 3, facility=DOCTOR, commodity="electricity"),
        _fact("reserve_reported", 2, facility="f-0017", commodity="electricity", hours=3.5),
        _fact("repaired", 20, element=PLANT),
        _fact("repaired", 31, element="e-sub-110-05"),
        _fact("repaired", 40, element="e-sub-110-03"),
        _fact("repaired", 52, element="h-src-0002"),
        _fact("level_changed", 44, office=commander, level="III", recommended="III"),
        _fact("level_ended", 70, office=commander, reason="供应恢复，价格平稳"),
        _fact("report_sent", 71, to="区委、区政府", report="final"),
    ]


def _details() -> list[Document]:
    words = {
        "cause": "覆冰断线，主变跳闸",
        "category": "电力供应中断，次生供热中断",
        "property_loss": "初步统计 320 万元",
        "casualties": "无人员伤亡",
        "secondary_hazards": "热源厂停炉，部分小区停热",
        "nature": "自然灾害引发的能源供应中断",
        "resources": "抢修队 6 支 120 人，发电车 4 台",
        "lessons": "重要用户自备电源应每季度试机",
    }
    found = [_fact("detail_given", 1 + place, item=item, text=text) for place, (item, text) in enumerate(words.items())]
    person = {"name": "张建国", "unit": "城区供电中心", "telephone": "0356-2024568"}
    return [*found, _fact("detail_given", 1.5, item="person_in_charge", **person)]


def _reports() -> list[Document]:
    to = "区委、区政府"
    follow_ups = [_fact("report_sent", 2.5 * number, to=to, report="follow_up") for number in range(1, 28)]
    return [_fact("report_sent", 0.3, to=to, report="first_spoken"), *follow_ups]


def _weather(chance: random.Random) -> list[Document]:
    return [
        _fact("temperature_reported", hour, celsius=round(-9 + 5 * chance.random(), 1), station="城区站")
        for hour in range(0, HOURS, 3)
    ]


def _notes(chance: random.Random, count: int) -> list[Document]:
    """Faults on feeders with their repairs, operated switches, crews and calls, spread over the three days."""
    found: list[Document] = []
    while len(found) < count:
        hour = chance.uniform(0.5, HOURS - 4)
        line = f"e-ln-{chance.randrange(1, 4_000):05d}"
        kind = chance.random()
        if kind < 0.25 and len(found) + 2 <= count:
            found.append(_fact("fault_located", hour, element=line))
            found.append(_fact("repaired", min(hour + chance.uniform(1, 14), HOURS - 3), element=line))
        elif kind < 0.5:
            found.append(_fact("crew_sent", hour, crew=f"抢修 {chance.randrange(1, 7)} 队", element=line))
        elif kind < 0.6:
            found.append(_fact("measure_done", hour, measure="通知区相关成员单位做好应急救援的准备工作"))
        else:
            found.append(_fact("note", hour, text=f"接到群众来电 {chance.randrange(3, 60)} 起，主要询问恢复时间"))
    return found
