"""Codes of what was assumed, and of layers that are still empty."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "value_assumed",
        "warning",
        ("没有说明的值按常用值处理", "A value was assumed"),
        (
            "文件里没有“{column}”，全部按 {values} 处理。",
            "The file does not say “{column}”; all rows are given {values}.",
        ),
        ("不对时用固定值说明：--set {name}=值。", "Say another value for all rows: --set {name}=value."),
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
