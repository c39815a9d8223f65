"""A short script for the small district, as its file says it, and drills that play it without a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

#: Half an hour with a level, a named entry and its correction, an optional place that the small district lacks.
SHORT = """\
key: short
plan: energy-chengqu
title: {zh: 东站停电, en: East station out}
about: {zh: 试演, en: A trial}
places:
  source: {layer: network_nodes, network: electricity, kind: source, by: customers}
  boiler: {layer: sites, kind: mobile_boiler, optional: true}
steps:
  - at: "0:00"
    said: {zh: 看接报, en: Watch the first call}
    fact: {kind: reported, text: {zh: "{source}停电", en: "{source} is out"}}
  - at: "0:05"
    happened: "0:00"
    facts:
      - {kind: fault_located, element: $source}
      - {kind: figure_reported, figure: chengqu_load_lost_share, value: 0.25}
  - at: "0:10"
    name: share
    fact: {kind: figure_reported, figure: customers_out_share, value: 0.35}
  - at: "0:12"
    fact: {kind: unit_placed, facility: $boiler, commodity: heat}
  - at: "0:15"
    by: 办公室主任
    said: {zh: "看谁启动{source}的响应", en: "Who starts the response to {source}?"}
    fact: {kind: level_started, level: III}
  - at: "0:20"
    fact:
      kind: correction
      corrects: "@share"
      reason: 复核
      replacement: {kind: figure_reported, figure: customers_out_share, value: 0.32}
  - after_s: 300
    by: 办公室主任
    fact: {kind: level_ended, reason: 已恢复}
  - at: "0:30"
    fact: {kind: note, text: 讲评}
"""
#: Kinds of the entries that the script writes into the small district's log.
KINDS = [
    "reported",
    "fault_located",
    "figure_reported",
    "figure_reported",
    "level_started",
    "correction",
    "level_ended",
    "note",
]
BEGIN = datetime(2026, 1, 12, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test puts forward."""

    now: datetime = field(default=BEGIN)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def keep(home: Path, text: str = SHORT, name: str = "short.yaml") -> None:
    """Put a script into the district's own folder."""
    (home / "drills").mkdir(exist_ok=True)
    (home / "drills" / name).write_text(text, encoding="utf-8")
