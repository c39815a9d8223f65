"""The answer of `webmap sites` for reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from webmap.cli.layout import columns

_SHOWN = 20
_MODELS = {
    "lscp": "最少站点覆盖全部 (LSCP)",
    "mclp": "最大覆盖 (MCLP)",
    "pmedian": "总路程最短 (p-median)",
    "pcenter": "最远者最近 (p-center)",
}
_OBJECTIVES = {"lscp": "新增站点", "mclp": "覆盖权重", "pmedian": "权重×距离之和", "pcenter": "最远距离"}
_UNITS = {"m": "米", "min": "分钟", "unknown": "（距离的单位）"}
_OBSTACLES = {"unreachable": "标准以内没有站点", "not_enough": "站点或容量不够"}


def sites_text(document: Mapping[str, Any]) -> str:
    """Return the answer as Chinese text: the result first, then the sites, who is left out, and the curve."""
    model, unit = document["model"], _UNITS[document["unit"]]
    lines = [f"{_MODELS[model]}：{_status(document)}"]
    if document["objective"] is not None:
        tail = f" {unit}" if model == "pcenter" else ""
        lines.append(f"{_OBJECTIVES[model]}  {_number(document['objective'])}{tail}")
        if document["covered_share"] is not None:
            lines.append(f"覆盖 {document['covered_share']:.1%}（权重 {_number(document['covered_weight'])}）")
        if document["worst"] is not None:
            lines.append(f"最远 {_number(document['worst'])} {unit}" + ("，直线距离" if document["straight"] else ""))
        lines += _section("新增站点", _selected(document))
    if document["blocked"]:
        lines += _section("使问题无解的地点", _blocked(document))
    elif document["uncovered"]:
        lines += _section(f"未覆盖 {len(document['uncovered'])} 处", _some(document["uncovered"]))
    if len(document["tiers"]) > 1:
        lines += _section("按级别", _tiers(document))
    if len(document["curve"]) > 1:
        lines += _section("站点多一个、少一个", _curve(document))
    return "\n".join(lines)


def _status(document: Mapping[str, Any]) -> str:
    if document["status"] == "gap":
        gap = "差距未知" if document["gap"] is None else f"与最优相差至多 {document['gap']:.2%}"
        return f"可行，{gap}"
    return {"optimal": "已证明最优", "infeasible": "无解", "unknown": "时限内没有找到方案"}[document["status"]]


def _section(title: str, rows: Iterable[str]) -> list[str]:
    return ["", title, *(f"  {row}" for row in [*rows] or ["无"])]


def _some(rows: list[str]) -> list[str]:
    left = len(rows) - _SHOWN
    return [*rows[:_SHOWN], *([f"……另有 {left} 个，见 --json"] if left > 0 else [])]


def _selected(document: Mapping[str, Any]) -> list[str]:
    served: dict[str, int] = {}
    for site in document["assignment"].values():
        served[site] = served.get(site, 0) + 1
    rows = [f"{site}（{served.get(site, 0)} 处）" for site in document["selected"]]
    old = [f"{site}（{served.get(site, 0)} 处，现有）" for site in document["existing"]]
    return _some([*rows, *old])


def _blocked(document: Mapping[str, Any]) -> list[str]:
    return _some([f"{each['demand']}：{_OBSTACLES[each['obstacle']]}" for each in document["blocked"]])


def _tiers(document: Mapping[str, Any]) -> list[str]:
    rows = [["级别", "权重", "已覆盖"]]
    rows += [
        [f"第 {tier['tier']} 级", _number(tier["weight"]), _number(tier["covered_weight"])]
        for tier in document["tiers"]
    ]
    return columns(rows)


def _curve(document: Mapping[str, Any]) -> list[str]:
    rows = [["新增站点数", "目标值", "覆盖", "状态"]]
    for point in document["curve"]:
        value = "-" if point["objective"] is None else _number(point["objective"])
        share = "-" if point["covered_share"] is None else f"{point['covered_share']:.1%}"
        rows.append([str(point["sites"]), value, share, _status(point)])
    return columns(rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
