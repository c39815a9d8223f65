"""Closed lists of values that several layers share: networks, kinds of node, categories of facility, provenance."""

from __future__ import annotations

from layers.schema import Choice, Symbol, Title


def _choices(rows: list[tuple[str, str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(key, Title(zh, en)) for key, zh, en in rows)


NETWORKS = _choices(
    [
        ("electricity", "电力", "Electricity"),
        ("gas", "燃气", "Gas"),
        ("heat", "供热", "Heating"),
        ("water", "供水", "Water"),
    ]
)

COMMODITIES = (*NETWORKS, Choice("coal", Title("煤炭", "Coal")))

#: Unit of a node's demand and of a line's capacity on each network.
DEMAND_COLUMN = {
    "electricity": "demand_kw",
    "gas": "demand_m3_per_h",
    "heat": "demand_kw",
    "water": "demand_m3_per_h",
}
DEMAND_UNIT = {"demand_kw": "kW", "demand_m3_per_h": "m³/h"}

#: Groups of the legend in the order in which people look for them; a warning's group is shown once there are warnings.
LEGEND_GROUPS = _choices(
    [
        ("行政区划", "行政区划", "Administrative areas"),
        ("电力", "电力", "Electricity"),
        ("燃气", "燃气", "Gas"),
        ("供热", "供热", "Heating"),
        ("供水", "供水", "Water"),
        ("煤炭与道路", "煤炭与道路", "Coal and roads"),
        ("重点保障单位", "重点保障单位", "Priority facilities"),
        ("应急供应点", "应急供应点", "Emergency supply sites"),
    ]
)

#: Hue and pattern together tell networks apart, so that either alone is enough.
NETWORK_SYMBOLS = {
    "electricity": Symbol("#7B4FB5", "line", "solid", 1.6),
    "gas": Symbol("#1B8A6B", "line", "dash-dot", 1.6),
    "heat": Symbol("#C2477F", "line", "double", 2.4),
    "water": Symbol("#2F7FC1", "line", "thin", 1.1),
}

PROVENANCES = _choices(
    [
        ("surveyed", "实测", "Surveyed"),
        ("published", "公开资料", "Published"),
        ("estimated", "估算", "Estimated"),
        ("synthetic", "示例（虚构）", "Synthetic"),
    ]
)

NODE_KINDS = _choices(
    [
        ("source", "源点", "Source"),
        ("substation", "变电站", "Substation"),
        ("transformer", "配电变压器", "Transformer"),
        ("junction", "接点", "Junction"),
        ("switch", "开关", "Switch"),
        ("valve", "阀门", "Valve"),
        ("pump", "泵站", "Pump"),
        ("regulator", "调压站", "Regulator"),
        ("heat_exchange", "换热站", "Heat-exchange station"),
        ("consumer", "用户点", "Consumer"),
    ]
)

#: Kinds of node that isolate. They split the network where they stand, whether open or closed.
DEVICE_KINDS = ("switch", "valve")

LINE_KINDS = _choices(
    [
        ("transmission", "输电线路", "Transmission line"),
        ("feeder", "配电馈线", "Distribution feeder"),
        ("busbar", "母线", "Busbar"),
        ("trunk", "主干管", "Trunk main"),
        ("branch", "支管", "Branch main"),
        ("service", "入户线（管）", "Service connection"),
    ]
)

TOWNSHIP_KINDS = _choices(
    [
        ("city_district", "市辖区", "City district"),
        ("county", "县", "County"),
        ("county_city", "县级市", "County-level city"),
        ("town", "镇", "Town"),
        ("township", "乡", "Township"),
        ("subdistrict", "街道", "Subdistrict"),
    ]
)

BOUNDARY_QUALITIES = _choices(
    [
        ("good", "较好", "Good"),
        ("medium", "中等", "Medium"),
        ("low", "较差", "Low"),
    ]
)

SITE_KINDS = _choices(
    [
        ("coal_depot", "应急储煤点", "Coal depot"),
        ("mobile_boiler", "移动锅炉停放点", "Mobile boiler"),
        ("mobile_generator", "移动发电车停放点", "Mobile generator"),
        ("warm_shelter", "取暖安置点", "Warm shelter"),
        ("water_point", "应急供水点", "Water point"),
        ("crew", "抢修队伍驻点", "Repair crew"),
    ]
)

#: A candidate is a place that could serve; a planned one was chosen, but nothing stands there yet.
SITE_STATUSES = _choices(
    [("existing", "已有", "Existing"), ("planned", "规划", "Planned"), ("candidate", "候选", "Candidate")]
)

#: The ten classes of the priority-guarantee list (energy plan 4.2.1(6)) and four more that emergencies touch.
#: Order and tier belong to a plan (`priority.plans`), not to the data.
FACILITY_CATEGORIES = (
    Choice("government", Title("国家党政机关", "Party and government"), "maki:town-hall"),
    Choice("defence", Title("武装部队、国防设施", "Armed forces, defence"), "temaki:military"),
    Choice("command_centre", Title("抢险救灾、应急指挥中心", "Emergency command centre"), "maki:emergency-phone"),
    Choice("hospital", Title("急救中心、中心医院", "Emergency centre, hospital"), "maki:hospital"),
    Choice("fire_service", Title("消防机构及设施", "Fire service"), "maki:fire-station"),
    Choice("broadcast_telecom", Title("广电、通讯要害部门", "Broadcasting, telecom"), "maki:communications-tower"),
    Choice("utility", Title("供水、供电、燃气公用企业", "Water, power and gas utility"), "temaki:power"),
    Choice("transport_control", Title("交通、铁道指挥调度中心", "Transport control centre"), "maki:rail"),
    Choice("transport_hub", Title("交通枢纽", "Transport hub"), "maki:bus"),
    Choice("essential_goods", Title("基本生活必需品生产企业", "Essential goods producer"), "maki:grocery"),
    Choice("school", Title("学校", "School"), "maki:school"),
    Choice("residential", Title("养老福利机构", "Home for the old"), "maki:home"),
    Choice("heat_supply", Title("热源、泵站、换热站", "Heat source, pump, exchange"), "maki:hot-spring"),
    Choice("other", Title("其他", "Other"), "maki:marker"),
)
