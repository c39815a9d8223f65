"""Codes of what topology building did, and of what it left as it was."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "ends_snapped",
        "note",
        ("线端已接合", "Ends were joined"),
        (
            "{count} 个线端在 {tolerance_m:g} 米之内接合，最多移动 {largest_m:.2f} 米。",
            "{count} ends were joined within {tolerance_m:g} m and moved by {largest_m:.2f} m at most.",
        ),
        ("在地图上查看每一处。", "Look at each on the map."),
        largest_m=max,
    ),
    code(
        "lines_split",
        "note",
        ("线已在设备或分支处断开", "Lines were cut at devices and taps"),
        (
            "{count} 条线在设备或分支处断开，各段编号为“原编号~1”起。",
            "{count} lines were cut at devices or taps; their parts are numbered “id~1” and on.",
        ),
        ("在地图上查看每一处。", "Look at each on the map."),
    ),
    code(
        "nodes_made",
        "note",
        ("已生成接点", "Nodes were made"),
        ("在线端生成了 {count} 个接点。", "{count} nodes were made where lines end."),
        ("若其中有设备或用户，请另行导入节点。", "Import nodes if some of them are devices or consumers."),
    ),
    code(
        "crossing_not_joined",
        "warning",
        ("交叉而未连接的线", "Lines that cross without a joint"),
        (
            "{count} 处同一网络的线相交，但没有端点或设备：未连接。",
            "{count} times lines of one network cross without an end or device: they were not joined.",
        ),
        ("确为相连的，请在该处加一个接点。", "Where they are joined, add a node at that place."),
    ),
    code(
        "node_not_on_line",
        "warning",
        ("节点附近没有线", "A node near no line"),
        (
            "{count} 个已有节点在 {tolerance_m:g} 米之内没有同一网络的线。",
            "{count} nodes have no line of their network within {tolerance_m:g} m.",
        ),
        ("以更大的容差再接合一次，或移动节点。", "Build again with a larger tolerance, or move the node."),
    ),
)
