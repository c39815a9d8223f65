"""How the errors of the live stream are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.http_errors import ErrorRule
from webmap.live.places import LiveFull

LIVE_ERRORS: Mapping[type[Exception], ErrorRule] = {
    LiveFull: ErrorRule(
        503,
        "live_full",
        Title("实时画面的人数已满", "As many people as possible watch live already"),
        Title("改为定时询问；稍后再连", "Ask from time to time instead, and try again later"),
    ),
}
