"""What names of files and tables speak of: a layer, a network, a kind of thing, a web map's datum."""

from __future__ import annotations

from layers.importing.datum.names import BD09, GCJ02
from layers.importing.meaning.headers import header_key

#: By layer: words in names of files and tables. Longer words weigh more than one that they contain.
_LAYERS = {
    "counties": "县界 区县界 区县 县区 县级 县域 counties county",
    "townships": "乡镇 街道界 乡级 镇界 乡镇界 街道办 townships township",
    "network_lines": "管网 管线 管段 管道 供热管 燃气管 给水管 线路 馈线 电缆 配电线 输电 支线 主干 一级网 二级网 "
    "lines pipes pipe gx gd",
    "network_nodes": "阀门 阀井 节点 管点 设备 变电站 开关 台区 配变 变压器 换热站 热力站 调压 泵站 热源 杆塔 环网柜 "
    "用户点 用热单位 nodes node valves",
    "facilities": "重点单位 重要用户 重点保障 保障单位 单位 学校 医院 养老 机关 设施 facilities facility poi",
    "supplies": "备用 自备 供应关系 供电关系 储备 用能 supplies",
    "coal_routes": "运煤 煤炭运输 拉煤 coalroutes",
    "roads": "道路 路网 公路 街巷 道路中心线 roads road",
    "sites": "应急供应 安置点 避难 储煤点 供水点 抢修 物资点 应急点 发电车 sites",
    "contacts": "联系 通讯录 电话 值班表 contacts",
}
_NETWORKS = {
    "heat": "供热 热力 热网 采暖 供暖 换热 一级网 二级网 heat",
    "gas": "燃气 天然气 煤气 煤层气 调压 gas",
    "water": "供水 给水 自来水 水厂 水管 water",
    "electricity": "电力 配电 电网 供电 输电 馈线 台区 杆塔 变电 变压器 环网柜 电缆 kv power electric",
}
_KINDS = {
    "network_nodes": {
        "valve": "阀门 阀井 valve",
        "heat_exchange": "换热站 热力站 交换站",
        "substation": "变电站 变电所 开闭所",
        "switch": "开关 断路器 环网柜 刀闸",
        "transformer": "台区 配变 变压器 箱变",
        "regulator": "调压站 调压箱 调压柜",
        "pump": "泵站 泵房 加压站",
        "source": "热源 锅炉房 水厂 门站 电厂",
        "junction": "杆塔 电杆",
        "consumer": "用户点 用热单位 用气单位 用水单位 楼栋",
    },
    "network_lines": {
        "trunk": "一级网 一次网 主干 干管 干线",
        "branch": "二级网 二次网 支管 支线 庭院",
        "service": "入户 接户 引入管",
        "feeder": "馈线 10kv 配电线",
        "transmission": "输电 220kv 110kv 35kv",
        "busbar": "母线",
    },
    "facilities": {},
    "sites": {
        "coal_depot": "储煤",
        "mobile_generator": "发电车",
        "mobile_boiler": "移动锅炉",
        "warm_shelter": "安置点 避难",
        "water_point": "供水点",
        "crew": "抢修",
    },
}
_CATEGORIES = {
    "hospital": "医院 卫生院",
    "school": "学校 幼儿园 中小学",
    "residential": "养老 敬老院 福利院",
    "government": "机关 政府",
    "fire_service": "消防",
}
_DATUMS = {BD09: "百度 bd09 bd-09 baidu", GCJ02: "高德 腾讯 火星 gcj02 gcj-02 gcj amap"}


def layer_words(text: str) -> dict[str, str]:
    """Return, by layer, the longest word of its in a name."""
    return _found(_LAYERS, text)


def network_in(text: str) -> tuple[str, str] | None:
    """Return the network that a name speaks of, and the word; None if it speaks of none or of two."""
    return _only(_NETWORKS, text)


def kind_in(layer: str, text: str) -> tuple[str, str] | None:
    """Return the kind of things of a layer that a name speaks of, and the word; None unless it is one."""
    return _only(_KINDS.get(layer, {}), text)


def category_in(text: str) -> tuple[str, str] | None:
    """Return the category of facilities that a name speaks of, and the word; None unless it is one."""
    return _only(_CATEGORIES, text)


def datum_in(text: str) -> tuple[str, str] | None:
    """Return the web map's datum that names of columns or files speak of, and the word; None unless it is one."""
    return _only(_DATUMS, text)


def _found(table: dict[str, str], text: str) -> dict[str, str]:
    plain = header_key(text)
    found = {}
    for key, words in table.items():
        inside = [word for word in words.split() if header_key(word) in plain]
        if inside:
            found[key] = max(inside, key=len)
    return found


def _only(table: dict[str, str], text: str) -> tuple[str, str] | None:
    found = _found(table, text)
    return next(iter(found.items())) if len(found) == 1 else None
