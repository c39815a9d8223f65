"""Figures that only warning levels ask for, beside the plan's own: a small vocabulary; a new plan needs no code.

Some are computed from an incident's picture, the others are told by people. What nobody has told is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from priority.plans.base import Wording

#: Stands for "no response runs" among the levels of `running_level`.
NO_RESPONSE = "none"
#: The response that runs, one of the plan's levels or `NO_RESPONSE`; None is unknown.
RUNNING_LEVEL = "running_level"


class WarningFigure(NamedTuple):
    """A figure by name: its kind, its title, and whether it is computed where nobody tells it."""

    kind: Literal["choice", "count", "flag", "hours"]
    title: Wording
    computed: bool


def _figure(kind: Literal["choice", "count", "flag", "hours"], zh: str, en: str, *, computed: bool) -> WarningFigure:
    return WarningFigure(kind, Wording(zh=zh, en=en), computed)


WARNING_FIGURES: Mapping[str, WarningFigure] = {
    RUNNING_LEVEL: _figure("choice", "正在执行的响应级别", "Response that is running", computed=False),
    "townships_at_risk": _figure(
        "count", "推演时限内可能受影响的镇（街道）数", "Townships that may be hit within the horizon", computed=True
    ),
    "supply_at_risk": _figure(
        "flag", "推演时限内有用户停供或单位失效", "Customers or places lose supply within the horizon", computed=True
    ),
    "spreading": _figure("flag", "事态有蔓延趋势", "It is spreading", computed=True),
    "authority_warned": _figure(
        "flag", "相关部门发布相关预警信息", "An authority issued a related warning", computed=False
    ),
    "support_requested": _figure("flag", "请求上级支援", "Support is requested", computed=False),
    "settled_within_hours": _figure(
        "hours", "预计处置完成所需小时数", "Hours until it is settled, as foreseen", computed=False
    ),
    "several_departments": _figure("flag", "需要调度几个部门", "Several departments are needed", computed=False),
    "grave_for_county": _figure(
        "flag",
        "对全县供热造成严重影响且已经或可能造成特别重大伤亡、损失",
        "Grave for heating in the whole county, with extraordinary casualties or loss suffered or feared",
        computed=False,
    ),
}
