"""Names that columns go by, for every field of the catalogue: Chinese, English, and pinyin initials of short names.

Names in `_SURE` mean the field wherever they stand, alone or as the end of a longer name (`供热面积负荷`). Those in
`_SHORT` are initials of ten-byte column names; they count only alone, and only if the values agree.
"""

from __future__ import annotations

from functools import cache

from layers.catalog import CATALOG
from layers.importing.meaning.headers import header_key

#: By field, or `layer.field` where a layer has its own: words with blanks between.
_SURE: dict[str, str] = {
    "id": "id 编号 编码 代码 标识码 标识 唯一标识 唯一码 资产编号 设备编号 设备编码 管段编号 管线编号 线路编号 "
    "节点编号 点号 物探点号 单位编号 guid uuid code no number 序列号",
    "name": "name 名称 名字 单位名称 机构名称 设备名称 站名 站点名称 线路名称 管段名称 管线名称 节点名称 道路名称 "
    "路名 街道名称 乡镇名称 行政区名称 区划名称 县区名称 学校名称 医院名称 小区名称 全称 title 标题",
    "provenance": "provenance 数据性质 资料性质 数据类型性质",
    "source": "source 数据来源 资料来源 来源 信息来源 来源单位 datasource",
    "code": "code 区划代码 行政区划代码 行政区代码 统计用区划代码 乡镇代码 街道代码 县代码 区代码 行政代码 adcode",
    "county_code": "countycode 县代码 区县代码 所属县代码 所属区县代码 县区代码 上级代码 所属县区代码",
    "townships.kind": "kind 类型 类别 乡级类型 区划类型 城乡分类",
    "counties.kind": "kind 类型 类别 区划类型",
    "boundary_quality": "boundaryquality 界线质量 边界质量 精度等级",
    "population": "population 人口 常住人口 户籍人口 总人口 人口数 常住人口数 服务人口 人口数量",
    "households": "households 户数 总户数 家庭户数 户籍户数 常住户数 居民户数 常住家庭户数",
    "network": "network 所属网络 网络 专业 管线类别 管线种类 管线类型 介质 输送介质 能源种类",
    "network_lines.kind": "kind 类型 类别 管段类型 管段类别 线路类型 管网级别 管网类型 等级 管道等级 线路性质 级别",
    "network_nodes.kind": "kind 类型 类别 设备类型 设备种类 设备类别 节点类型 附属物 附属物类型 特征 点类型 站点类型",
    "sites.kind": "kind 类型 类别 站点类型 供应点类型",
    "from_node": "fromnode 起点 起始节点 起点编号 起点点号 起始点号 起点物探点号 起始点 首端 起始设备 起点设备 起始站 "
    "起点id startnode source_node 上游节点 上游编号 首节点",
    "to_node": "tonode 终点 终止节点 终点编号 终点点号 终止点号 终点物探点号 连接点号 终止点 末端 终止设备 终点设备 "
    "终止站 终点id endnode 下游节点 下游编号 末节点",
    "in_service": "inservice 在运 运行状态 使用状态 状态 投运状态 是否在用 是否投运 在用 是否运行 设备状态 "
    "投运情况 运行情况 使用情况 运营状态 运营情况 运行工况 工作状态 当前状态 在役状态 是否在运 是否使用 是否启用 "
    "是否在役 是否投用 投用情况 投用状态 供热状态 供气状态 投退状态 投退运状态",
    "normally_open": "normallyopen 常开 常态 常开常闭 开关状态 阀门状态 正常状态 开闭状态 是否常开 常态位置 正常位置 "
    "正常运行方式",
    "voltage_kv": "voltagekv voltage 电压 电压等级 额定电压 电压级别 压等级",
    "diameter_mm": "diametermm diameter 管径 口径 公称直径 直径 公称口径 管径规格 规格 断面尺寸 dn",
    "network_lines.capacity": "capacity 容量 输送能力 输送容量 限额 额定容量 设计流量 流量 最大输送",
    "sites.capacity": "capacity 能力 容量 供应能力 储量 储煤能力 可容纳人数",
    "demand_kw": "demandkw 负荷 热负荷 电负荷 最大负荷 设计负荷 供热负荷 设计热负荷 用电负荷 负载 额定功率 有功 "
    "有功功率 功率",
    "demand_m3_per_h": "demandm3perh 用量 用气量 用水量 小时用量 小时流量 最大小时用量 设计流量 流量 高峰用量 供气量",
    "customers": "customers 户数 用户数 用户数量 表数 客户数 居民户数 供热户数 用气户数 用水户数 低压用户数 表计数 "
    "挂表数",
    "vulnerable_people": "vulnerablepeople 老弱病残孕幼人数 老弱病残孕人数 特殊人群 特殊人群数 重点人群 困难人群",
    "category": "category 类别 类型 单位类别 单位类型 行业 行业类别 重要用户类别 用户类别 保障类别 性质 单位性质",
    "restricted": "restricted 限制公开 是否限制 是否公开限制 涉密 是否涉密 是否敏感",
    "people": "people 人数 在册人数 师生人数 床位 床位数 职工人数 学生人数 容纳人数 总人数 人员数",
    "source_node": "sourcenode 供出节点 其供出的节点 供出设备 电源点 热源点 对应节点",
    "facility_id": "facilityid 单位编号 单位id 用户编号 重要用户编号 客户编号 用煤单位 电厂编号 所属单位编号 单位编码",
    "source_facility_id": "sourcefacilityid 煤矿 煤矿编号 煤源 煤源编号 矿点编号 供煤单位",
    "commodity": "commodity 供应种类 种类 能源种类 品种 供应类型 能源类型",
    "node_id": "nodeid 接入节点 接入点 接入设备 供电台区 台区编号 接入点编号 供电线路 节点编号",
    "reserve_hours": "reservehours 备用时间 备用小时 备用时长 自备电源时间 支撑时间 可维持时间 储备时间 续航 续航时间 "
    "维持时间",
    "required": "required 必需 是否必需 是否必须 必要",
    "supplies.demand": "demand 用量 需求 需求量 负荷 日用量 用电负荷 日用煤量",
    "substitutes_for": "substitutesfor 可替代 替代 替代种类",
    "speed_kph": "speedkph speed 行驶速度 设计速度 设计时速 限速 车速 时速 速度 maxspeed 通行速度",
    "closed": "closed 封闭 是否封闭 是否封路 是否中断 通行状态 通行情况",
    "tonnes_per_day": "tonnesperday 每日运量 日运量 运量 日均运量",
    "status": "status 状态 建设状态 现状",
    "cost": "cost 费用 造价 投资 成本 建设费用 估算投资",
    "township_code": "townshipcode 乡镇代码 街道代码 乡镇街道代码 所属街道代码 区划代码 行政区划代码",
    "unit": "unit 预案中的单位 成员单位 单位 部门 职能单位 责任单位",
    "role": "role 职务 岗位 职位 角色 职责",
    "person": "person 联系人 姓名 负责人 责任人 人员 联络人 联系人姓名",
    "phone": "phone 电话 联系电话 手机 手机号 手机号码 电话号码 联系方式 办公电话 值班电话 移动电话 tel telephone "
    "mobile",
    "email": "email 电子邮件 邮箱 电子邮箱 mail",
}
_SHORT: dict[str, str] = {
    "id": "bh bm dm gdbh gxbh sbbh xlbh jdbh dwbh dh wtdh tsdh bsm",
    "name": "mc sbmc xlmc gdmc gxmc jdmc dwmc xzqmc qhmc dlmc lm zm czmc xqmc xxmc yymc xzmc",
    "source": "ly sjly zlly",
    "code": "dm xzqdm qhdm xzqhdm xzdm jddm pac",
    "county_code": "xdm qxdm ssxdm",
    "townships.kind": "lx lb",
    "counties.kind": "lx lb",
    "population": "rk rks rksl czrk czrks zrk zrks hjrk hjrks fwrk",
    "households": "hs zhs czhs hjhs jths jmhs",
    "network": "gxlb gxzl jz",
    "network_lines.kind": "lx lb gxlx gdlx xllx gwjb dj",
    "network_nodes.kind": "lx lb sblx sbzl jdlx fsw tz",
    "sites.kind": "lx lb",
    "from_node": "qd qdbh qddh qsd qsjd qdwtdh fnode snode sjd",
    "to_node": "zd zdbh zddh zzd zzjd zdwtdh tnode enode mjd ljdh",
    "in_service": "zt yxzt syzt sfzy sfyx tyzt tyqk yxqk syqk sfty sbzt dqzt",
    "normally_open": "ck ckcb kgzt fmzt zczt",
    "voltage_kv": "dy dydj eddy u",
    "diameter_mm": "gj kj dn d gjgg dmcc zj",
    "network_lines.capacity": "rl edrl ssnl",
    "sites.capacity": "rl nl",
    "demand_kw": "fh rfh dfh zdfh sjfh gl p",
    "demand_m3_per_h": "yl yql ysl ll sjll",
    "customers": "hs yhs yhsl khs bs jmhs grhs grhsl yqhs yshs ydhs",
    "category": "lb lx dwlb dwlx hy",
    "people": "rs zrs cws zgrs xss",
    "facility_id": "dwbh yhbh dwid",
    "node_id": "jdbh jrd tqbh",
    "reserve_hours": "bysj bysc",
    "speed_kph": "sd sjsd xs",
    "closed": "fb sffb",
    "tonnes_per_day": "yl ryl",
    "status": "zt jszt",
    "cost": "fy zj tz",
    "township_code": "xzdm jddm",
    "unit": "dw bm",
    "role": "zw gw",
    "person": "lxr xm fzr",
    "phone": "dh lxdh sj sjh sjhm",
    "email": "yx yj",
}
#: Columns that software adds by itself: numbers of rows, lengths, areas. They are no identifiers of things.
_SOFTWARE = (
    "fid objectid objectid1 oid gid ogcfid shapeleng shapelength shapearea 序号 行号 xh 顺序号 layer path "
    "entityhandle handle subclasses linetype paperspace text folder elevation begin end altitudemode "
    "tessellate extrude visibility draworder icon snippet timestamp"
)
SOFTWARE_COLUMNS = frozenset(_SOFTWARE.split())
_X = (
    "经度 东经 lng lon long longitude x x坐标 坐标x 横坐标 东坐标 pointx xcoord coordx 东向坐标 经度坐标 jd zbx easting"
)
_Y = "纬度 北纬 lat latitude y y坐标 坐标y 纵坐标 北坐标 pointy ycoord coordy 北向坐标 纬度坐标 wd zby northing"
_WKT = "wkt geometry geom thegeom shape 坐标串 坐标 经纬度 位置 location 图形 polyline 坐标点 坐标序列 经纬度坐标"


@cache
def sure_names(layer: str, field: str) -> frozenset[str]:
    """Return the keys of names that mean a field of a layer, its titles among them."""
    item = CATALOG[layer].field(field)
    words = [field, item.title.zh.split("（")[0], item.title.en, *_lookup(_SURE, layer, field)]
    return frozenset(header_key(word) for word in words)


@cache
def short_names(layer: str, field: str) -> frozenset[str]:
    """Return the initials that can mean a field of a layer."""
    return frozenset(_lookup(_SHORT, layer, field))


@cache
def place_names(which: str) -> frozenset[str]:
    """Return the keys of names of coordinate columns: `x`, `y` or `wkt`."""
    return frozenset(header_key(word) for word in {"x": _X, "y": _Y, "wkt": _WKT}[which].split())


def _lookup(table: dict[str, str], layer: str, field: str) -> list[str]:
    return (table.get(f"{layer}.{field}") or table.get(field, "")).split()
