"""Codes of what was assumed, and of layers that are still empty."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "value_assumed",
        "warning",
        ("没有说明的值按常用值处理", "A value was assumed"),
        (
            "文件里没有“{column}”这一列，全部按“{shown_zh}”处理。",
            "No column gives “{column}”; all rows are given “{shown_en}”.",
        ),
        (
            "不对时，在“识别”里选一列或换一个值（命令行：--map {name}=列，或 --set {name}=值）。",
            "Choose a column or another value (command line: --map {name}=column, or --set {name}=value).",
        ),
    ),
    code(
        "standby_out",
        "warning",
        ("备用、检修的按不在运处理", "Standby counts as out of service"),
        (
            "“{column}”写作{words}的，按不在运处理：研判时不经过它们供应。",
            "Where “{column}” says {words}, it counts as out of service: nothing is supplied through it.",
        ),
        (
            "若平时在供，在“识别”里把这个词改为“是”（命令行：--choice {name}:词=true）。",
            "If it does supply, say that the word means yes (command line: --choice {name}:word=true).",
        ),
    ),
    code(
        "no_townships",
        "note",
        ("还没有乡镇", "There are no townships yet"),
        (
            "图层“乡镇（街道）”是空的，没有核对位置是否在本地区。",
            "The layer of townships is empty: it was not checked whether the places lie in the district.",
        ),
        ("先导入乡镇（townships），再检查一次。", "Import townships first, and check again."),
    ),
    code(
        "network_not_looked_at",
        "note",
        ("网络没有整体检查", "The network was not looked at as a whole"),
        (
            "线和节点超过 {limit:,}，没有检查断头、孤岛和失去供应。",
            "With more than {limit:,} lines and nodes, loose ends, islands and supply were not looked at.",
        ),
        ("入库后用“研判”查看网络，或分区导入。", "Look at the network on the map afterwards, or import it in parts."),
    ),
)
