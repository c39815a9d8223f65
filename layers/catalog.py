"""The catalogue: one entry a layer. Everything else about layers is read off this page.

All geometry is stored as EPSG:4490. Every record has `id`, `name`, `provenance` and `source`.
"""

from __future__ import annotations

from layers import vocabulary as v
from layers.schema import Choice, Field, Layer, LegendEntry, Symbol, Title

_COMMON = (
    Field("id", "text", Title("编号", "Identifier"), required=True),
    Field("name", "text", Title("名称", "Name"), required=True),
    Field("provenance", "text", Title("数据性质", "Provenance"), required=True, values=v.PROVENANCES),
    Field("source", "text", Title("数据来源", "Source"), required=True),
)


def _text(name: str, zh: str, en: str, *, required: bool = False, references: str | None = None) -> Field:
    return Field(name, "text", Title(zh, en), required=required, references=references)


def _choice(name: str, zh: str, en: str, values: tuple[Choice, ...]) -> Field:
    return Field(name, "text", Title(zh, en), required=True, values=values)


def _amount(name: str, zh: str, en: str, unit: str, maximum: float | None = None) -> Field:
    return Field(name, "number", Title(zh, en), unit=unit, minimum=0.0, maximum=maximum)


def _count(name: str, zh: str, en: str) -> Field:
    return Field(name, "integer", Title(zh, en), minimum=0)


def _flag(name: str, zh: str, en: str) -> Field:
    return Field(name, "boolean", Title(zh, en), required=True)


_AREA_FIELDS = (
    _text("code", "区划代码", "Code", required=True),
    _text("county_code", "所属县（区）代码", "County code", required=True),
    _choice("kind", "类型", "Kind", v.TOWNSHIP_KINDS),
    _count("population", "人口（人）", "Population"),
    _count("households", "户数", "Households"),
    _choice("boundary_quality", "界线质量", "Boundary quality", v.BOUNDARY_QUALITIES),
)


def _network_legend() -> tuple[LegendEntry, ...]:
    """One switch for the lines of each network, with the network's own hue and pattern."""
    groups = {"electricity": "电力", "gas": "燃气", "heat": "供热", "water": "供水"}
    lines = {"electricity": "电力线路", "gas": "燃气管线", "heat": "供热管线", "water": "供水管线"}
    english = {"electricity": "Power lines", "gas": "Gas mains", "heat": "Heat mains", "water": "Water mains"}
    return tuple(
        LegendEntry(
            f"lines_{key}",
            groups[key],
            Title(lines[key], english[key]),
            v.NETWORK_SYMBOLS[key],
            (("network", key),),
            shown_at_start=key in {"electricity", "heat"},
        )
        for key in groups
    )


def _node_legend() -> tuple[LegendEntry, ...]:
    """One switch for stations and devices of each network; consumers appear with them at large scales."""
    titles = {
        "electricity": ("电力", "变电站、开关与台区", "Substations, switches, transformers"),
        "gas": ("燃气", "调压站、阀门与用户点", "Regulators, valves, consumers"),
        "heat": ("供热", "热源、换热站与楼栋", "Heat sources, exchange stations, buildings"),
        "water": ("供水", "水厂、泵站、阀门与用户点", "Waterworks, pumps, valves, consumers"),
    }
    return tuple(
        LegendEntry(
            f"nodes_{key}",
            group,
            Title(zh, en),
            Symbol(v.NETWORK_SYMBOLS[key].colour, "point"),
            (("network", key),),
            shown_at_start=key in {"electricity", "heat"},
        )
        for key, (group, zh, en) in titles.items()
    )


_LAYERS = (
    Layer(
        "counties",
        Title("县（区）界", "Counties"),
        "Polygon",
        (*_COMMON, *_AREA_FIELDS),
        (
            LegendEntry(
                "counties",
                "行政区划",
                Title("县（区）界", "County outlines"),
                Symbol("#6B7280", "area", "solid", 1.6),
            ),
        ),
        sort_order=10,
    ),
    Layer(
        "townships",
        Title("乡镇（街道）", "Townships"),
        "Polygon",
        (*_COMMON, *_AREA_FIELDS),
        (
            LegendEntry(
                "townships",
                "行政区划",
                Title("乡镇（街道）", "Townships, subdistricts"),
                Symbol("#9CA3AF", "area", "solid", 0.8),
            ),
        ),
        sort_order=20,
    ),
    Layer(
        "network_lines",
        Title("管线", "Network lines"),
        "LineString",
        (
            *_COMMON,
            _choice("network", "所属网络", "Network", v.NETWORKS),
            _choice("kind", "类型", "Kind", v.LINE_KINDS),
            _text("from_node", "起点", "From node", required=True, references="network_nodes"),
            _text("to_node", "终点", "To node", required=True, references="network_nodes"),
            _flag("in_service", "在运", "In service"),
            _amount("voltage_kv", "电压等级", "Voltage", "kV", 1000),
            _amount("diameter_mm", "管径", "Diameter", "mm", 4000),
            _amount("capacity", "容量", "Capacity", "kW | m³/h"),
        ),
        _network_legend(),
        sort_order=40,
    ),
    Layer(
        "network_nodes",
        Title("站点与设备", "Network nodes"),
        "Point",
        (
            *_COMMON,
            _choice("network", "所属网络", "Network", v.NETWORKS),
            _choice("kind", "类型", "Kind", v.NODE_KINDS),
            _flag("normally_open", "常开", "Normally open"),
            _flag("in_service", "在运", "In service"),
            _amount("demand_kw", "负荷", "Demand", "kW"),
            _amount("demand_m3_per_h", "用量", "Demand", "m³/h"),
            _count("customers", "户数（表）", "Customers (meters)"),
            _count("population", "人口（人）", "Population"),
            _count("vulnerable_people", "老弱病残孕幼人数", "Vulnerable people"),
        ),
        _node_legend(),
        sort_order=50,
    ),
    Layer(
        "facilities",
        Title("重点保障单位", "Priority facilities"),
        "Point",
        (
            *_COMMON,
            _choice("category", "类别", "Category", v.FACILITY_CATEGORIES),
            _flag("restricted", "限制公开", "Restricted"),
            _count("people", "人数", "People"),
            _text("source_node", "其供出的节点", "Node it feeds", references="network_nodes"),
        ),
        tuple(
            LegendEntry(
                f"facilities_{category.key}",
                "重点保障单位",
                category.title,
                Symbol("#374151", "badge"),
                (("category", category.key),),
                shown_at_start=category.key not in {"school", "other"},
            )
            for category in v.FACILITY_CATEGORIES
        ),
        sort_order=70,
        restricted_by="restricted",
    ),
    Layer(
        "supplies",
        Title("供应关系与备用", "Supplies and reserves"),
        None,
        (
            *_COMMON,
            _text("facility_id", "单位编号", "Facility", required=True, references="facilities"),
            _choice("commodity", "供应种类", "Commodity", v.COMMODITIES),
            _text("node_id", "接入节点", "Node", references="network_nodes"),
            _amount("reserve_hours", "备用时间", "Reserve", "h"),
            _flag("required", "必需", "Required"),
            _amount("demand", "用量", "Demand", "kW | m³/h | t/d"),
            Field("substitutes_for", "text", Title("可替代", "Can stand in for"), values=v.COMMODITIES),
        ),
        sort_order=80,
        restricted_through=("facility_id",),
    ),
    Layer(
        "coal_routes",
        Title("运煤线路", "Coal routes"),
        "LineString",
        (
            *_COMMON,
            _amount("speed_kph", "行驶速度", "Speed", "km/h", 200),
            _flag("closed", "封闭", "Closed"),
            _text("facility_id", "用煤单位", "Plant", references="facilities"),
            _text("source_facility_id", "煤矿", "Mine", references="facilities"),
            _amount("tonnes_per_day", "每日运量", "Deliveries", "t/d"),
        ),
        (
            LegendEntry(
                "coal_routes",
                "煤炭与道路",
                Title("运煤线路", "Coal routes"),
                Symbol("#57534E", "line", "dotted", 2.2),
            ),
        ),
        sort_order=35,
        restricted_through=("facility_id", "source_facility_id"),
    ),
    Layer(
        "roads",
        Title("道路", "Roads"),
        "LineString",
        (*_COMMON, _amount("speed_kph", "行驶速度", "Speed", "km/h", 200), _flag("closed", "封闭", "Closed")),
        (LegendEntry("roads", "煤炭与道路", Title("道路", "Roads"), Symbol("#B8BCC4", "line", "solid", 1.0)),),
        sort_order=30,
    ),
    Layer(
        "sites",
        Title("应急供应点", "Emergency supply sites"),
        "Point",
        (
            *_COMMON,
            _choice("kind", "类型", "Kind", v.SITE_KINDS),
            _choice("status", "状态", "Status", v.SITE_STATUSES),
            _amount("capacity", "能力", "Capacity", "t | kW | m³/h | people"),
            _amount("cost", "费用", "Cost", "yuan"),
        ),
        (
            LegendEntry(
                "sites",
                "应急供应点",
                Title("应急供应点", "Emergency supply sites"),
                Symbol("#0F766E", "point"),
                shown_at_start=False,
            ),
        ),
        sort_order=60,
    ),
    Layer(
        "contacts",
        Title("联系方式", "Contacts"),
        None,
        (
            *_COMMON,
            _text("facility_id", "单位编号", "Facility", references="facilities"),
            _text("township_code", "乡镇（街道）代码", "Township code"),
            _text("unit", "预案中的单位", "Unit of a plan"),
            _text("role", "职务", "Role"),
            _text("person", "联系人", "Contact"),
            _text("phone", "电话", "Telephone"),
            _text("email", "电子邮件", "E-mail"),
            _flag("restricted", "限制公开", "Restricted"),
        ),
        sort_order=90,
        restricted_through=("facility_id",),
        personal=True,
    ),
)

#: All layers by key, in the order in which a map draws them (lowest first).
CATALOG: dict[str, Layer] = {layer.key: layer for layer in sorted(_LAYERS, key=lambda item: item.sort_order)}

#: Layers in the order in which they can be written so that every reference is already there.
WRITE_ORDER: tuple[str, ...] = (
    "counties",
    "townships",
    "network_nodes",
    "network_lines",
    "facilities",
    "supplies",
    "coal_routes",
    "roads",
    "sites",
    "contacts",
)
