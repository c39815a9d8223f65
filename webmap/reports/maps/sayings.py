"""What stands around a map: marks, subtitle, and at its foot where it is from and how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from priority.wording import Phrases
from webmap.reports.china_time import in_china

if TYPE_CHECKING:
    from webmap.reports.maps.ground import Ground
    from webmap.reports.source import ReportSource


def marks(source: ReportSource) -> tuple[str, ...]:
    """Return the marks that every product carries: of a drill, of made-up data."""
    phrases = Phrases(source.language)
    drill = [phrases.write("map.drill")] if source.mark.drill else []
    return (*drill, *([phrases.write("map.synthetic")] if source.synthetic else []))


def subtitle(source: ReportSource, impact: Mapping[str, Any]) -> str:
    """Name the incident, with the mark of a drill, and the time that the map covers."""
    phrases = Phrases(source.language)
    until = datetime.fromisoformat(impact["until"])
    begins = until if impact["begins_at"] is None else datetime.fromisoformat(impact["begins_at"])
    hours = phrases.duration(round(impact["hours"] * 3600))
    span = phrases.write("map.span", begins=clock(begins, phrases), until=clock(until, phrases), hours=hours)
    return f"{source.mark.words(source.language)}　{span}"


def clock(moment: datetime, phrases: Phrases) -> str:
    """Write a moment with its year in China's time, as 2026年1月12日 08:00, 12 Jan 2026 08:00."""
    moment = in_china(moment)
    if phrases.language == "zh":
        return f"{moment.year}年{phrases.clock(moment)}"
    return f"{moment.day} {moment:%b %Y %H:%M}"


def foot(source: ReportSource, ground: Ground, denominator: float, paper: str) -> tuple[str, ...]:
    """Return the lines at a sheet's foot: reference system and scale, sources, data version, plan, maker and time."""
    phrases = Phrases(source.language)
    plan = source.plan.title.in_language(source.language)
    made = {"clock": clock(source.made_at, phrases)}
    by = ("map.foot_made_by", {**made, "name": source.made_by}) if source.made_by else ("map.foot_made", made)
    townships = source.snapshot.frames["townships"]
    counties = source.snapshot.frames["counties"]
    sources = dict.fromkeys(text for frame in (townships, counties) for text in frame["source"] if text)
    last = [phrases.write("map.foot_sources", sources=phrases.join([*sources]))] if sources else []
    last += [phrases.write("map.foot_estimated")] if ground.estimated else []
    last += [phrases.write("map.foot_synthetic")] if source.synthetic else []
    last += [phrases.write("map.foot_drill")] if source.mark.drill else []
    return (
        phrases.write("map.foot_crs", denominator=f"{denominator:,.0f}", paper=paper.upper()),
        "　".join(
            [phrases.write("map.foot_data", version=source.data_version, plan=plan), phrases.write(by[0], **by[1])]
        ),
        "　".join(last),
    )
