"""Sentences about coal, in Chinese. Every key begins with `coal.`."""

SENTENCES: dict[str, str] = {
    "coal.separator": "；",
    "coal.end": "。",
    "coal.enough": "每天到煤 {deliveries}吨，够日用 {use}吨，库存 {stock}吨",
    "coal.short": "日用煤 {use}吨，每天到煤 {deliveries}吨，库存 {stock}吨还能用 {left}，{clock} 用完",
    "coal.no_stock": "日用煤 {use}吨，每天只到煤 {deliveries}吨，已无库存",
    "coal.unknown": "{what}未知，无法判断何时缺煤",
    "coal.alone": "（只靠库存可用 {left}）",
    "coal.unknown_stock": "库存",
    "coal.unknown_use": "日用煤量",
    "coal.unknown_deliveries": "到煤量",
    "coal.mine_unknown": "煤矿未知",
    "coal.route_closed": "{name}已封闭，不再来煤",
    "coal.route_cut": "{name}被封闭的道路阻断，无路可绕，不再来煤",
    "coal.route_detour": "{name}被封闭的道路阻断，绕行要 {detour}（原 {usual}），来煤减为平时的 {percent} %",
    "coal.route_detour_slight": "{name}被封闭的道路阻断，绕行多用不到 1 分，来煤约为平时的 {percent} %",
    "coal.clause_heat": "供热预案 {clause}：煤炭储备不足时立即报告指挥部，紧急调配煤炭",
    "coal.clause_energy": "能源预案 {clause}：主要耗煤企业最低库存低于近三年平均水平的 40 %，是Ⅲ级响应条件的一部分",
    "coal.assumption.coal_detour": "运煤绕行按车辆不增计：路上时间多一倍，运量减一半；封路后无路可绕的线路不再来煤。",
    "coal.assumption.coal_roads": "数据中没有道路：运煤线路只有自身封闭才算中断。",
    "coal.assumption.coal_unknown": "{count} 家用煤单位的日用量或到煤量未知，按照常来煤计。",
}
