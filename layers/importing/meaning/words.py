"""Words for closed values: what offices write for a kind, a network, a category, a yes or a no.

Only words that mean one thing wherever they stand. Keys and titles of the catalogue count as words by themselves.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from layers.schema import Field

#: By field (`layer.field`, or `field` for all layers): key -> words.
_WORDS: dict[str, dict[str, str]] = {
    "provenance": {
        "surveyed": "实测 测量 普查 勘测 竣工测量 探测 rtk",
        "published": "公开 公开资料 发布 公布 统计年鉴 公报",
        "estimated": "估算 估计 推算 预测 示意",
        "synthetic": "虚构 示例 模拟 测试",
    },
    "network": {
        "electricity": "电 电力 供电 电网 配电 输电 power electric",
        "gas": "气 燃气 天然气 煤气 供气 煤层气 gas",
        "heat": "热 热力 供热 供暖 集中供热 采暖 热网 heat heating",
        "water": "水 供水 给水 自来水 上水 water",
    },
    "commodity": {
        "electricity": "电 电力 供电 用电",
        "gas": "气 燃气 天然气 供气 用气",
        "heat": "热 热力 供热 供暖 用热",
        "water": "水 供水 给水 自来水 用水",
        "coal": "煤 煤炭 用煤 燃煤 coal",
    },
    "network_nodes.kind": {
        "source": "源点 电源 热源 热源厂 锅炉房 热电厂 电厂 发电厂 水厂 自来水厂 净水厂 门站 气源 首站 水源 水源地",
        "substation": "变电站 变电所 开闭所 开关站 配电所 配电室 substation",
        "transformer": "配电变压器 配变 台区 变压器 公变 专变 箱变 箱式变压器 箱式变电站 柱上变 柱上变压器 transformer",
        "junction": "接点 节点 连接点 三通 四通 弯头 变径 杆塔 电杆 杆 塔 分支点 分支箱 电缆分支箱 管点 直线点 转折点",
        "switch": "开关 断路器 负荷开关 隔离开关 刀闸 柱上开关 联络开关 分段开关 环网柜 熔断器 switch",
        "valve": "阀门 阀 阀井 阀门井 闸阀 蝶阀 球阀 截断阀 分段阀 关断阀 valve",
        "pump": "泵站 泵房 加压站 加压泵站 中继泵站 中继泵 增压站 二次供水泵房 pump",
        "regulator": "调压站 调压箱 调压柜 区域调压箱 楼栋调压箱 高中压调压站 调压器 regulator",
        "heat_exchange": "换热站 热力站 热交换站 交换站 换热机组 heatexchange",
        "consumer": "用户点 用户 用户端 楼栋 居民楼 小区 用热单位 用气单位 用水单位 入户 表箱 consumer",
    },
    "network_lines.kind": {
        "transmission": "输电线路 输电线 transmission",
        "feeder": "配电馈线 配电线路 馈线 10kv线路 中压线路 配网线路 feeder",
        "busbar": "母线 busbar",
        "trunk": "主干管 主管 干管 主干 干线 主干线 主管网 一级网 一次网 一级管网 一次管网 trunk main",
        "branch": "支管 支线 分支 分支管 二级网 二次网 二级管网 二次管网 庭院管 庭院管网 branch",
        "service": "入户线 入户管 接户线 下户线 引入管 户线 service",
    },
    "kind": {
        "city_district": "市辖区 区",
        "county": "县",
        "county_city": "县级市",
        "town": "镇 建制镇",
        "township": "乡 民族乡",
        "subdistrict": "街道 街道办 街道办事处 办事处",
    },
    "sites.kind": {
        "coal_depot": "储煤点 应急储煤点 储煤场 煤场 煤炭储备点",
        "mobile_boiler": "移动锅炉 移动锅炉停放点 应急锅炉 撬装锅炉",
        "mobile_generator": "移动发电车 移动发电车停放点 发电车 应急发电车 应急电源车",
        "warm_shelter": "取暖安置点 安置点 取暖点 避难所 应急避难场所 避寒点 集中取暖点",
        "water_point": "应急供水点 供水点 送水点",
        "crew": "抢修队伍驻点 抢修队 抢修点 抢修队伍 抢修驻点 应急队伍",
    },
    "status": {
        "existing": "已有 已建 现状 建成 在用 existing",
        "planned": "规划 拟建 在建 计划 planned",
        "candidate": "候选 备选 candidate",
    },
    "boundary_quality": {"good": "好 较好 高", "medium": "中 中等 一般", "low": "低 较差 差"},
    "category": {
        "government": "政府 党政机关 国家党政机关 机关 党政 政府机关 行政机关",
        "defence": "部队 武警 军队 国防设施 军事设施 武装部队",
        "command_centre": "应急指挥中心 指挥中心 抢险救灾指挥中心 应急管理局",
        "hospital": "医院 急救中心 中心医院 卫生院 医疗机构 综合医院 人民医院",
        "fire_service": "消防 消防站 消防队 消防救援站 消防机构",
        "broadcast_telecom": "广电 通信 通讯 电信 广播电视 电视台 通信机房 通信枢纽",
        "utility": "供水企业 供电企业 燃气企业 公用企业 水电气企业 供水厂 水厂",
        "transport_control": "调度中心 交通指挥中心 铁路调度",
        "transport_hub": "交通枢纽 火车站 汽车站 客运站 高铁站",
        "essential_goods": "生活必需品 粮油加工 食品厂 必需品生产企业 面粉厂",
        "school": "学校 小学 中学 幼儿园 高中 初中 大学 职业学校",
        "residential": "养老院 敬老院 福利院 养老机构 养老福利机构 养老服务中心",
        "heat_supply": "热源 热源厂 换热站 热力站 泵站 供热站 锅炉房",
        "other": "其他 其它",
    },
}


def word_key(text: str) -> str:
    """Return a word as the tables have it: half width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _words(text: str) -> frozenset[str]:
    return frozenset(word_key(word) for word in text.split())


_YES = _words("是 有 y yes true t 1 √ ✓ ✔ 对 真 on")
_NO = _words("否 无 没有 n no false f 0 × ✗ ✘ x 错 假 off 非")
#: Words that are a yes or a no in one field alone.
_STATES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "in_service": (
        _words(
            "在运 运行 投运 在用 使用 使用中 正常 运行中 已投运 投用 启用 在役 现役 现状 在网 在供 供热中 供气中 "
            "供水中 正在运行 正常运行 正常使用 已投用 已启用 投入运行 带电"
        ),
        _words(
            "停运 停用 退运 退役 报废 废弃 未投运 停止 在建 规划 拆除 未启用 已停用 已停运 已退役 已退运 已报废 已废弃 "
            "已拆除 停止运行 停止使用 未运行 未投用 停产 停供 弃用 封存 闲置 拟建"
        ),
    ),
    "closed": (
        _words("封闭 关闭 中断 阻断 不通 禁行 封路"),
        _words("畅通 开放 通行 通车 正常 开通"),
    ),
    "restricted": (
        _words("限制 限制公开 不公开 涉密 内部 保密 敏感"),
        _words("公开 不限制 不限 可公开 依申请公开"),
    ),
    "required": (_words("必需 必须 必要 刚性"), _words("非必需 可选 可中断 非必要")),
}
#: Words that stand ready or under repair: no supply passes now, but nobody says that they are out of service.
STANDBY = _words("备用 热备用 冷备用 备用中 检修 检修中 维修 维修中 检修停运 故障 故障停运 暂停 临时停用 季节性停运")
#: Words of states that other columns use as well, and which alone tell no column.
_COMMON_STATES = _words("正常 使用 现状 在建 规划 拟建 停止 拆除 开放")
#: States of a device that mean opposite things for a switch and for a valve: only a plan's `choices` can tell.
DEVICE_STATES = _words("常开 常闭 常合 开 关 合 分 闭 打开 关闭 闭合 断开 分位 合位 开启 open closed")
#: What stands for nothing; as the value of a yes-or-no field `无` is a no, which is looked up first.
_NOTHING = _words(
    "无 空 - -- --- — —— / // \\ n/a na null none nil nan #n/a 不详 未知 不明 暂无 待定 待查 待补 未填 缺 ? ?? * ** … "
    "<空> <null> <none> unknown tbd"
)


def is_nothing(text: str) -> bool:
    """Tell whether a cell's text stands for an unknown value."""
    key = word_key(text)
    return not key or key in _NOTHING


def choice_of(layer: str, field: Field, text: str) -> str | None:
    """Return the key of a closed field that a word means; None if it is none of them for certain."""
    return _table(layer, field).get(word_key(text))


def choices_within(layer: str, field: Field, text: str) -> frozenset[str]:
    """Return the keys whose words occur in a longer text (`110kV东山变电站`).

    Of several words the last counts, as the head of a Chinese name stands at its end (`换热站阀门` is a valve); of
    those that end at the same place the longest.
    """
    plain = word_key(text)
    found = [
        (plain.rfind(word) + len(word), len(word), key)
        for word, key in _table(layer, field).items()
        if len(word) > 1 and word in plain
    ]
    last = max(((end, length) for end, length, _ in found), default=(0, 0))
    return frozenset(key for end, length, key in found if (end, length) == last)


def says_state(field_name: str, text: str) -> bool:
    """Tell whether a word says a state of its own in a yes-or-no field (`停运`), beyond yes and no."""
    yes, no = _STATES.get(field_name, (frozenset(), frozenset()))
    ready = STANDBY if field_name == "in_service" else frozenset()
    return word_key(text) in yes | no | ready


def is_telling_state(field_name: str, text: str) -> bool:
    """Tell whether a word says a state that hardly any other column has."""
    return says_state(field_name, text) and word_key(text) not in _COMMON_STATES


def boolean_of(field_name: str, text: str) -> bool | None:
    """Return what a word says in a yes-or-no field; None if it says neither for certain."""
    key = word_key(text)
    yes, no = _STATES.get(field_name, (frozenset(), frozenset()))
    if key in yes or key in _YES:
        return True
    return False if key in no or key in _NO else None


@cache
def _table(layer: str, field: Field) -> dict[str, str]:
    """Word -> key. A word that two keys claim is left out."""
    tables = [_WORDS.get(f"{layer}.{field.name}") or _WORDS.get(field.name, {})]
    if field.name == "substitutes_for":
        tables.append(_WORDS["commodity"])
    claims: dict[str, set[str]] = {}
    for choice in field.values:
        words = [choice.key, choice.title.zh, choice.title.en]
        words += [word for table in tables for word in table.get(choice.key, "").split()]
        for word in words:
            claims.setdefault(word_key(word), set()).add(choice.key)
    return {word: next(iter(keys)) for word, keys in claims.items() if len(keys) == 1}
