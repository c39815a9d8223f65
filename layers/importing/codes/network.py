"""Codes of networks as a whole: ends that meet nothing, islands, what no source reaches."""

from __future__ import annotations

from operator import add

from layers.importing.codes.model import code

CODES = (
    code(
        "dangling_end",
        "warning",
        ("线的一端没有接上", "A line ends at nothing"),
        ("{count} 个线端没有接到别的线、设备或用户。", "{count} ends of lines meet no line, device or consumer."),
        (
            "真正的末端可不管。应相连的，入库前以更大的容差再检查；已入库的，在图上编辑接好，或先在“版本”里恢复到导入前再导入。",
            "Leave true ends. Else check with a larger tolerance before writing; if it is written already, join them "
            "on the map, or go back to the version before the import first.",
        ),
    ),
    code(
        "near_miss",
        "warning",
        ("差一点没有接上", "Ends that nearly meet"),
        (
            "{count} 处线端相距不到 {limit_m:g} 米却没有相接，最远 {largest_m:.2f} 米。",
            "{count} ends lie within {limit_m:g} m of another without meeting it, {largest_m:.2f} m at most.",
        ),
        ("打开“按容差接合”，查看每一处改动后入库。", "Have them joined within the tolerance, and look at each change."),
        largest_m=max,
    ),
    code(
        "ends_apart",
        "warning",
        ("线端隔着几米没有接上", "Ends that stop metres apart"),
        (
            "{count} 处线端或节点离最近的另一条线 {nearest_m:.1f} 到 {largest_m:.1f} 米，容差 {limit_m:g} 米接不上。",
            "{count} ends or nodes lie {nearest_m:.1f} to {largest_m:.1f} m from the next line, beyond {limit_m:g} m.",
        ),
        (
            "确应相连的，入库前以更大的容差再检查一次；已入库的，在图上编辑接好，或先在“版本”里恢复到导入前，再导入。",
            "Where they belong together, check again with a larger tolerance before writing; if it is written already, "
            "join them on the map, or go back to the version before the import first.",
        ),
        nearest_m=min,
        largest_m=max,
    ),
    code(
        "node_apart",
        "error",
        ("线没有画到它的节点", "A line does not reach its node"),
        (
            "{count} 条线的端点离它所指的节点超过 {limit_m:g} 米，最远 {largest_m:.1f} 米。",
            "{count} lines end more than {limit_m:g} m from the node they name, {largest_m:.1f} m at most.",
        ),
        (
            "检查节点编号；或不选起点、终点列，改为按容差接合（命令行：--tolerance-m）。",
            "Check the node's identifier, or have ends joined within a tolerance (--tolerance-m).",
        ),
        largest_m=max,
    ),
    code(
        "isolated_node",
        "warning",
        ("节点没有接线", "No line reaches a node"),
        ("{count} 个节点没有任何线到达。", "{count} nodes are reached by no line."),
        (
            "导入到达它们的线。线已入库而没有接上的，在图上编辑接好，或先在“版本”里恢复到导入前，再以更大的容差导入。",
            "Import the lines that reach them. Where lines are written but stop short, join them on the map, or go "
            "back to the version before their import and import them with a larger tolerance.",
        ),
    ),
    code(
        "device_off_line",
        "warning",
        ("设备不在线上", "A device on no line"),
        (
            "{count} 个开关或阀门不在任何线上，最近的线相距 {nearest_m:.1f} 米起。",
            "{count} switches or valves are on no line; the nearest line is {nearest_m:.1f} m away or more.",
        ),
        ("以更大的容差接合，或在图上移动设备。", "Join them with a larger tolerance, or move the device."),
        nearest_m=min,
    ),
    code(
        "useless_device",
        "warning",
        ("设备隔不开任何东西", "A device that isolates nothing"),
        ("{count} 个开关或阀门两侧仍然相通。", "Both sides of {count} switches or valves are one piece."),
        ("检查设备是否装在断开的线上。", "Check that the line is cut at the device."),
    ),
    code(
        "no_lines",
        "note",
        ("还没有线", "No lines yet"),
        (
            "这些网络还没有线，没有核对接线与供应：{networks_zh}。",
            "These networks have no lines yet, so joints and supply were not checked: {networks_en}.",
        ),
        ("接着导入线，届时与这些节点接合。", "Import the lines next; they will be joined to these nodes."),
        networks_zh=lambda one, other: f"{one}、{other}",
        networks_en=lambda one, other: f"{one}, {other}",
    ),
    code(
        "no_source",
        "warning",
        ("网络没有源点", "A network without a source"),
        (
            "没有一个在运的源点，一切用户都算作失供：{networks_zh}。",
            "No source in service, every consumer counts as unsupplied: {networks_en}.",
        ),
        ("导入电源、热源、气源或水源点（类型为源点）。", "Import the sources (nodes of the kind source)."),
        networks_zh=lambda one, other: f"{one}、{other}",
        networks_en=lambda one, other: f"{one}, {other}",
    ),
    code(
        "island",
        "warning",
        ("与源点不相连的一片", "A part that no source reaches"),
        (
            "{islands} 片网络（共 {count} 条线）与任何源点都不相连。",
            "{islands} parts of the network ({count} lines) are joined to no source.",
        ),
        (
            "找出缺的一段，在图上编辑接好；或先在“版本”里恢复到导入前，再以更大的容差导入。",
            "Find the missing piece and join it on the map, or go back to the version before the import and import "
            "with a larger tolerance.",
        ),
        islands=add,
    ),
    code(
        "unsupplied",
        "warning",
        ("平时就无供应", "Without supply in the normal state"),
        (
            "{count} 个用户点在正常状态下没有供应。",
            "{count} consumers have no supply in the normal state.",
        ),
        ("检查常开设备、停运的线和缺的连接。", "Check open devices, lines out of service, missing connections."),
    ),
    code(
        "tie_unsupplied",
        "warning",
        ("联络开关一侧无电", "One side of a tie is dead"),
        ("{count} 个常开设备有一侧没有供应。", "{count} open devices have a side without supply."),
        ("检查该侧的接线。", "Check the lines on that side."),
    ),
    code(
        "not_radial",
        "warning",
        ("应为辐射状的线路成环", "A loop where the network should be radial"),
        (
            "{count} 处 10 千伏线路在正常状态下成环或由两座变电站供电。",
            "{count} parts of the 10 kV network form a loop or are fed from two substations in the normal state.",
        ),
        ("检查联络开关是否标为常开。", "Check that tie switches are marked as normally open."),
    ),
)
