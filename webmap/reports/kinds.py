"""What can be made of an incident: one table of products. It loads nothing, so that help appears at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from layers.schema import Title

Group = Literal["reports", "maps", "files"]
Measure = Literal[
    "customer_hours", "people_hours", "hours_per_customer", "hours_to_restore", "peak_customers", "people_hit"
]
Scheme = Literal["quantiles", "natural_breaks", "fixed"]
Paper = Literal["a4", "a3"]
NetworkKey = Literal["electricity", "gas", "heat", "water"]

REPORTS: Mapping[str, Title] = {
    "first": Title("首报", "First report"),
    "follow_up": Title("续报", "Follow-up report"),
    "final": Title("终报", "Final report"),
    "evaluation": Title("总结评估报告", "Evaluation report"),
    "briefing": Title("指挥长简报", "Commander's briefing"),
    "handover": Title("指挥处置权移交单", "Handover sheet"),
}
MAPS: Mapping[str, Title] = {
    "choropleth": Title("影响分级图", "Impact map"),
    "bivariate": Title("损失与恢复时间双变量图", "Loss and restoration time"),
    "multiples": Title("前、中、后对照图", "Before, during, after"),
    "animation": Title("过程动画", "Animation"),
}
FILES: Mapping[str, Title] = {"incident": Title("事件资料", "Incident file")}

#: Formats of each group with their media types, the one to begin with first.
FORMATS: Mapping[Group, Mapping[str, str]] = {
    "reports": {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf": "application/pdf",
        "html": "text/html",
    },
    "maps": {"pdf": "application/pdf", "png": "image/png", "gif": "image/gif"},
    "files": {
        "html": "text/html",
        "gpkg": "application/geopackage+sqlite3",
        "geojson": "application/geo+json",
        "csv": "application/zip",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/json",
    },
}
NAMES: Mapping[Group, Mapping[str, Title]] = {"reports": REPORTS, "maps": MAPS, "files": FILES}


def endings_of(group: Group, name: str) -> tuple[str, ...]:
    """Return the formats of a product: an animation is a GIF, everything else is none."""
    if group != "maps":
        return tuple(FORMATS[group])
    return ("gif",) if name == "animation" else ("pdf", "png")
