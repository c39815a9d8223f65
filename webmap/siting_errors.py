"""How the errors of siting are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from priority.errors import InvalidSiting
from webmap.http_errors import ErrorRule
from webmap.siting.errors import SitingRefused, UnknownRun

SITING_ERRORS: Mapping[type[Exception], ErrorRule] = {
    InvalidSiting: ErrorRule(
        422,
        "invalid_siting",
        Title("选址要求有误，未作计算", "The study is not valid; nothing was computed"),
        Title("按各条提示修改后重试", "Correct the fields named and try again"),
    ),
    UnknownRun: ErrorRule(
        404,
        "unknown_run",
        Title("没有这个选址方案", "There is no such siting run"),
        Title("方案清单见 /api/siting/runs", "See /api/siting/runs for the runs"),
    ),
    SitingRefused: ErrorRule(
        409,
        "siting_refused",
        Title("方案的现状不允许这样做，未作改动", "As the run stands this cannot be done; nothing was changed"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
}
