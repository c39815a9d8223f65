"""How long it took from the event to the headquarters, the level, the warning and the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webmap.incidents.effective import Effective
from webmap.incidents.entries import LevelRecommended
from webmap.incidents.moments import as_entered
from webmap.reviews.material import Material
from webmap.reviews.results import DelayKey, DelayRow
from webmap.reviews.rules import minutes_between
from webmap.reviews.sent import sent_reports


@dataclass(frozen=True)
class Mark:
    """A moment that something happened, and the entry that says so, None where the impact does."""

    at: datetime
    number: int | None


#: From what to what each delay is counted, in the order in which they are shown.
BETWEEN: Mapping[DelayKey, tuple[str, str]] = {
    "fact_to_report": ("fact", "report"),
    "report_to_sent": ("report", "sent"),
    "fact_to_recommendation": ("fact", "recommendation"),
    "fact_to_level": ("fact", "level"),
    "recommendation_to_level": ("recommendation", "level"),
    "level_to_warning": ("level", "warning"),
    "fact_to_warning": ("fact", "warning"),
    "level_to_end": ("level", "end"),
    "last_restored_to_end": ("restored", "end"),
}


def delay_rows(material: Material) -> list[DelayRow]:
    """Return every delay; what did not happen has no minutes.

    Each is from the first to the first, but the end is the last one, None while a response runs: a response that was
    started again is counted from its first start.
    """
    marks = _marks(material)
    rows = []
    for key, (begin, end) in BETWEEN.items():
        before, after = marks[begin], marks[end]
        rows.append(
            DelayRow(
                key=key,
                title=material.phrases.write(f"review.delay.{key}"),
                from_at=None if before is None else as_entered(before.at),
                to_at=None if after is None else as_entered(after.at),
                minutes=None if before is None or after is None else minutes_between(before.at, after.at),
                from_entry=None if before is None else before.number,
                to_entry=None if after is None else after.number,
            )
        )
    return rows


def _marks(material: Material) -> dict[str, Mark | None]:
    sent = sent_reports(material.past)
    recommended = [
        item
        for item in material.of_kind("level_recommended")
        if isinstance(item.fact, LevelRecommended) and item.fact.level is not None
    ]
    ends = material.of_kind("level_ended")
    running = bool(material.spans) and material.spans[-1].ends is None
    return {
        "fact": _mark(material.beginning),
        "report": _first(material.of_kind("reported")),
        "sent": Mark(sent[0].at, sent[0].number) if sent else None,
        "recommendation": _first(recommended),
        "level": _first(material.of_kind("level_started")),
        "warning": _first(material.of_kind("warning_issued")),
        "end": _mark(ends[-1]) if ends and not running else None,
        "restored": _last_restored(material),
    }


def _first(items: list[Effective]) -> Mark | None:
    return _mark(items[0]) if items else None


def _mark(item: Effective | None) -> Mark | None:
    return None if item is None else Mark(item.fact.happened_at, item.number)


def _last_restored(material: Material) -> Mark | None:
    """When the last customer of any network had supply again, None while one has not, or where none was lost."""
    networks: Mapping[str, Any] = {} if material.impact is None else material.impact["networks"]
    lost = [network for network in networks.values() if network["first_loss_at"] is not None]
    restored = [(network["restored"] or {}).get("100") for network in lost]
    if not lost or any(reached is None for reached in restored):
        return None
    # The impact's moments have an offset of their own; those that are told have the log's.
    zone = material.at.tzinfo
    return Mark(max(datetime.fromisoformat(reached["at"]) for reached in restored if reached).astimezone(zone), None)
