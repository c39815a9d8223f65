"""The words for everything that can be wrong with an edit: by code, what it is and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title


def _row(zh: str, en: str, what_zh: str, what_en: str) -> tuple[Title, Title]:
    return Title(zh, en), Title(what_zh, what_en)


_OPERATIONS: Mapping[str, tuple[Title, Title]] = {
    "unreadable": _row(
        "看不懂这一步：{what}", "The step cannot be read: {what}", "改正后再试", "Correct it and try again"
    ),
    "unknown_record": _row(
        "{layer}中没有 {id} 这条记录",
        "{layer} has no record {id}",
        "数据可能已经更新；刷新后重选",
        "The data may have gone on: reload and choose again",
    ),
    "id_taken": _row(
        "编号 {id} 已经有了",
        "The identifier {id} is taken",
        "换一个编号，或留空自动编号",
        "Use another, or leave it empty",
    ),
    "unknown_field": _row(
        "这个图层没有“{field}”这一项", "The layer has no field {field}", "去掉这一项", "Leave the field out"
    ),
    "id_fixed": _row(
        "编号不能改：别的记录靠它相认",
        "An identifier cannot be changed: other records go by it",
        "删除后另加一条",
        "Remove the record and add another",
    ),
    "still_used": _row(
        "还有 {count} 条记录用着它：{names}",
        "{count} records still use it: {names}",
        "先改它们，或选“连同它们一起删除”",
        "Change those first, or remove them together with it",
    ),
    "network_in_use": _row(
        "还有线或供应关系接在它上面：{names}",
        "Lines or supplies of its network are joined to it: {names}",
        "先把它们接到别的站点",
        "Join those to another node first",
    ),
    "no_geometry_here": _row(
        "这个图层没有图形", "The layer has no geometry", "只改属性", "Change its attributes alone"
    ),
    "not_a_point": _row("只有点可以移动", "Only a point can be moved", "线和面请改形状", "Reshape lines and areas"),
    "not_a_line": _row("只有线可以拆分", "Only a line can be split", "选一条线", "Choose a line"),
    "not_network_line": _row(
        "只有管线有两端的站点", "Only network lines end at nodes", "选一条管线", "Choose a network line"
    ),
    "far_from_line": _row(
        "这一点离线 {metres} 米，不在线上",
        "The point is {metres} m away from the line",
        "点在线上",
        "Press on the line itself",
    ),
    "at_the_end": _row(
        "这一点就是线的端点，不用拆", "The line ends there already", "点在线的中间", "Press between its ends"
    ),
    "ends_apart": _row(
        "线的{end}没有落在站点“{name}”上",
        "The {end} of the line is not at its node {name}",
        "改形状时两端不动；要换站点请用“接到站点”",
        "Keep both ends when reshaping; to change the node, join the end to another",
    ),
    "same_node": _row("两端会接到同一个站点", "Both ends would be at one node", "换一个站点", "Choose another node"),
}

_RULES: Mapping[str, tuple[Title, Title]] = {
    "missing": _row("“{field}”必须填", "{field} is needed", "填上", "Fill it in"),
    "not_text": _row("“{field}”应为文字", "{field} is not text", "填文字", "Enter text"),
    "not_integer": _row(
        "“{field}”应为整数",
        "{field} is not a whole number",
        "填整数，不知道就留空",
        "Enter a whole number, or leave it empty",
    ),
    "not_number": _row(
        "“{field}”应为数字", "{field} is not a number", "填数字，不知道就留空", "Enter a number, or leave it empty"
    ),
    "not_boolean": _row("“{field}”应为是或否", "{field} is neither yes nor no", "选是或否", "Choose yes or no"),
    "not_a_choice": _row(
        "“{field}”没有这个选项", "{field} has no such choice", "从选项中选", "Choose one of those offered"
    ),
    "too_low": _row(
        "“{field}”不能小于 {limit}", "{field} cannot be below {limit}", "核对数值和单位", "Check figure and unit"
    ),
    "too_high": _row(
        "“{field}”不能大于 {limit}", "{field} cannot be above {limit}", "核对数值和单位", "Check figure and unit"
    ),
    "unknown_reference": _row(
        "“{field}”指的 {value} 不在“{target}”中",
        "{field} names {value}, which {target} does not have",
        "搜索后选一个，或在地图上点",
        "Choose one by searching or on the map",
    ),
    "no_geometry": _row("还没有画出图形", "There is no geometry yet", "在地图上画出", "Draw it on the map"),
    "wrong_geometry": _row("图形不是这个图层要的{wanted}", "The geometry is no {wanted}", "重新画", "Draw it again"),
    "not_on_earth": _row(
        "坐标不是经度、纬度",
        "These are no longitude and latitude",
        "检查经纬度是否颠倒",
        "Look whether they are swapped",
    ),
    "broken_geometry": _row(
        "图形自相交，或者太短",
        "The geometry crosses itself, or is too short",
        "移开交叉的顶点",
        "Move the corners apart",
    ),
    "other_network": _row(
        "“{name}”属于另一种网络",
        "{name} belongs to another network",
        "选同一网络的站点",
        "Choose a node of the same network",
    ),
    "outside": _row(
        "位置在县（区）界以外",
        "The place lies outside all counties",
        "核对位置和坐标系",
        "Check the place and the datum",
    ),
}

#: Codes of `layers.soundness`, as an edit brings them about.
_NETWORK: Mapping[str, tuple[Title, Title]] = {
    "missing_node": _row(
        "线的一端没有站点", "A line names a node that is not there", "把端点接到站点", "Join its end to a node"
    ),
    "loose_end": _row(
        "线的一端没有落在站点上", "A line does not reach its node", "把端点接到站点", "Join its end to the node"
    ),
    "dead_end": _row(
        "干线在这里断头，没有接到用户",
        "A main ends here and serves nobody",
        "接上下一段，或删去这一段",
        "Join the next piece, or remove this one",
    ),
    "isolated_node": _row(
        "没有线接到这个站点", "No line reaches the node", "接一条线，或删去它", "Join a line to it, or remove it"
    ),
    "unsupplied": _row(
        "正常运行时没有电源（气源、热源、水源）供到这里",
        "No source supplies it in the normal state",
        "检查线是否接通、开关是否常开",
        "See whether the lines meet and which devices are open",
    ),
    "useless_device": _row(
        "这个开关（阀门）两侧是同一段，隔不开",
        "Both sides of the device are one segment",
        "把它接在线的中间",
        "Put it between two lines",
    ),
    "tie_unsupplied": _row(
        "常开的联络开关有一侧没有供应", "One side of the open tie has no supply", "接通那一侧", "Connect that side"
    ),
    "not_radial": _row(
        "10 kV 线路成环，或由两个站同时供电",
        "10 kV lines form a loop or are fed twice",
        "让一个开关常开，或断开一处",
        "Let one device be open, or take one line away",
    ),
    "no_coal_need": _row(
        "运煤线路通向不烧煤的单位",
        "The coal route leads to a place that burns no coal",
        "改单位，或补供应关系",
        "Change the place, or add its need",
    ),
    "idle_substitute": _row(
        "替代供应对应的需要不存在",
        "It stands in for a need that is not there",
        "补上需要，或删去替代",
        "Add the need, or remove this",
    ),
    "contact_of_nobody": _row(
        "没有写明是谁的联系方式",
        "Whose contact this is, is not said",
        "填单位、乡镇或预案单位",
        "Name the place, township or unit",
    ),
    "population": _row(
        "台区人口之和与乡镇人口不符",
        "People of the transformers do not add up to the township's",
        "核对人口",
        "Check the figures",
    ),
}

#: Code -> what is wrong, and what to do. The braces are filled from the problem's detail.
WORDS: Mapping[str, tuple[Title, Title]] = {**_OPERATIONS, **_RULES, **_NETWORK}
#: Codes of the network's checks.
NETWORK_CODES = frozenset(_NETWORK) | {"other_network", "unknown_reference"}
