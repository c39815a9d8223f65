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
        "loaded_lines_split",
        "note",
        ("已入库的线将被断开", "Loaded lines will be cut"),
        (
            "{count} 条已入库的线在新线或新设备接入处断开，第一段保留原编号，其余为新段。",
            "{count} loaded lines will be cut where new lines or devices meet them; the first part keeps the id.",
        ),
        (
            "入库前在地图上查看每一处；不应相连的，减小容差。",
            "Look at each before writing; use less tolerance to leave some.",
        ),
    ),
    code(
        "cuts_kept",
        "note",
        ("库中已断开的线保持断开", "Lines that were cut stay cut"),
        (
            "{count} 条线在库中已于接入处断开，文件里是整条：保持断开和走向，各段的属性按文件更新。",
            "{count} lines of the file were cut where others joined them: they stay as they run and are cut, "
            "and their parts take the attributes of the file.",
        ),
        (
            "要恢复成整条，请在“编辑”里删去各段，或整层替换。",
            "To have them whole, remove the parts, or replace the layer.",
        ),
    ),
    code(
        "cut_line_redrawn",
        "error",
        ("线在库中已断开，走向又不同", "A line that was cut is drawn otherwise"),
        (
            "{count} 条线在库中已断成几段，文件里的走向与各段不符；照写会压在旧段上、绕过其间的阀门和分支，未入库。",
            "{count} lines were cut into parts, and the file draws them otherwise: they would lie over the parts and "
            "bypass valves and taps between them.",
        ),
        (
            "先在“编辑”里删去旧段，或导出本层、在导出的各段上修改，或整层替换。",
            "Remove the old parts first, or export the layer and change the parts, or replace the whole layer.",
        ),
    ),
    code(
        "pieces_stay",
        "warning",
        ("线改了走向，旧段还在", "Parts stay where a line was redrawn"),
        (
            "{count} 条线在库中断成了几段，文件里走向不同：只更新同编号的一段，其余各段原样保留。",
            "{count} lines were cut into parts and are drawn elsewhere in the file: the part of that id is written, "
            "the others stay as they are.",
        ),
        ("旧段若已不存在，请在“编辑”里删去。", "Remove the old parts if they no longer exist."),
    ),
    code(
        "tolerance_too_large",
        "error",
        ("容差太大", "The tolerance is too large"),
        (
            "{tolerance_m:g} 米之内的线端太多，分不清哪些相连：什么也没有接合，不能入库。",
            "Too many ends lie within {tolerance_m:g} m of each other to tell what belongs together: nothing was "
            "joined, nothing can be written.",
        ),
        ("把容差减小（例如 0.5 米）再检查一次。", "Check again with a smaller tolerance, such as 0.5 m."),
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
        ("入库前以更大的容差再检查一次，或移动节点。", "Check again with a larger tolerance, or move the node."),
    ),
)
