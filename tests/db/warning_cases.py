"""Warnings of both plans as people would draft them, and a register with a clock that tests set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from priority.plans import Plan, load_plan
from priority.warnings.recipients import Recipient
from tests.web.incidents.logs import COMMANDER, DEPUTY, DIRECTOR, DUTY
from webmap.cap_settings import CapSettings
from webmap.incidents.admission import read_fact
from webmap.incidents.journal import Journal
from webmap.settings import Settings
from webmap.warnings.content import Content, Resolved
from webmap.warnings.delivery_rows import deliveries_for
from webmap.warnings.issuing import Issuing
from webmap.warnings.register import Register
from webmap.warnings.wanted import Wanted, read_wanted

__all__ = ["COMMANDER", "DEPUTY", "DIRECTOR", "DUTY"]

NOW = datetime.fromisoformat("2026-01-12T08:00:00+08:00")
ENERGY, HEATING = "energy-chengqu", "heating-zezhou"
#: A square with a hole, and the hole, which must stay out.
_OUTER = [[112.8, 35.4], [112.9, 35.4], [112.9, 35.5], [112.8, 35.5], [112.8, 35.4]]
_HOLE = [[112.84, 35.44], [112.84, 35.46], [112.86, 35.46], [112.86, 35.44], [112.84, 35.44]]
TEXTS = {
    "预警类别": "供热中断",
    "预警区域或场所": "南村镇",
    "可能影响范围": "约 1,200 人",
    "警示事项": "注意保暖",
    "应采取的措施": "关好门窗",
    "发布机关": "指挥部",
}
_TIMES = ("预警起始时间", "预警期起始时间")
#: As both plans call the levels.
LEVEL_NAMES = {
    "general": "一般预警（一般风险预警）",
    "large": "较大预警（较大风险预警）",
    "major": "重大预警（重大以上风险预警）",
}
SCHOOL = Recipient.model_validate(
    {
        "key": "facility:s-1",
        "name": "南村中学",
        "audience": "schools",
        "phone": "10000000001",
        "email": "school@example.invalid",
        "why": "在区域内",
        "clause": None,
    }
)


@dataclass
class Clock:
    """The time of the register and its journal; tests set it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def after(self, **by: float) -> str:
        """Return the moment so long after now, as it is entered."""
        return (self.now + timedelta(**by)).isoformat()

    def forward(self, **by: float) -> None:
        """Let time pass; negative: the clock is set back."""
        self.now += timedelta(**by)


def content(level: str = "general", **changes: Any) -> Content:
    """Return complete content for twelve hours from `NOW`, over SMS and e-mail."""
    starts_at = datetime.fromisoformat(changes.get("starts_at", NOW.isoformat())).astimezone(NOW.tzinfo)
    said = f"{starts_at.year}年{starts_at.month}月{starts_at.day}日{starts_at.hour}时{starts_at.minute}分起"
    document = {
        "level": level,
        "networks": ["heat"],
        "starts_at": NOW.isoformat(),
        "expires_at": (NOW + timedelta(hours=12)).isoformat(),
        "area": {"parts": [{"kind": "townships", "codes": ["140525100"]}]},
        "texts": {"zh": {"预警级别": LEVEL_NAMES.get(level, level), **TEXTS, **dict.fromkeys(_TIMES, said)}},
        "channels": ["sms", "email"],
    }
    return Content.model_validate({**document, **changes})


def resolved(suggested: str | None = "general", **changes: Any) -> Resolved:
    """Return what such content resolves to: a square with a hole."""
    document = {
        "shape": {"type": "MultiPolygon", "coordinates": [[_OUTER, _HOLE]]},
        "excluded": {"type": "MultiPolygon", "coordinates": [[_HOLE]]},
        "inside": {
            "people": 1200,
            "townships": [{"code": "140525100", "share": 1.0}, {"code": "140502001", "share": 0.1}],
        },
        "townships": ("140502001", "140525100"),
        "known": 1,
        "data_version": "1-abc",
        "suggested": suggested,
        "synthetic": True,
    }
    return Resolved.model_validate({**document, **changes})


def step(kind: str, **fields: Any) -> Wanted:
    return read_wanted({"kind": kind, **fields})


def issuing(home: Path, cap: CapSettings | None = None) -> Issuing:
    """Return what issuing takes, with one school to tell."""
    settings = Settings.from_environment({"WEBMAP_HOME": str(home)})
    return Issuing(
        cap=cap or CapSettings(sender="hq@example.invalid"),
        names_of=lambda codes: dict.fromkeys(codes, "南村镇"),
        recipients=lambda _bulletin, _version: (SCHOOL,),
        deliveries=lambda *told: deliveries_for(*told[:3], settings, told[3]),
    )


@dataclass
class Desk:
    """A register with the journal beside it, on one database."""

    engine: Engine
    clock: Clock
    journal: Journal
    register: Register
    plan_of: Callable[[str], Plan]

    def incident(self, plan: str = HEATING, *, drill: bool = False) -> str:
        """Open an incident a minute before now."""
        before = (self.clock() - timedelta(minutes=1)).isoformat()
        reported = {"kind": "reported", "happened_at": before, "text": "停热"}
        return self.journal.open(plan, "首站停运", read_fact(reported), DUTY, drill=drill).incident_id


def desk(
    engine: Engine, home: Path, cap: CapSettings | None = None, plan_of: Callable[[str], Plan] = load_plan
) -> Desk:
    """Return a desk on tables that are there, at `NOW`."""
    clock = Clock()
    journal = Journal(engine, plan_of, clock)
    return Desk(engine, clock, journal, Register(engine, plan_of, journal, issuing(home, cap), clock), plan_of)


def lift(office: str) -> Wanted:
    return step("lifted", office=office, reason="已恢复供热", reason_en="Heat is back")
