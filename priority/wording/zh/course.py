"""Sentences about repairs, operated devices, placed units and closed roads, in Chinese."""

SENTENCES: dict[str, str] = {
    "cause.coal_cut": "运煤中断或不足",
    "cause.opened": "断开{name}（{clock}）",
    "cause.closed": "合上{name}（{clock}）",
    "cause.reserve_lasts": "备用可支撑到 {clock} 恢复供应",
    "situation.head_repaired": "{count} 处故障已全部修复",
    "situation.head_operated": "按已做的操作",
    "situation.head_coal": "运煤中断或不足",
    "problem.repair_of_nothing": "“{element}”不是本事件的故障",
    "remedy.repair_of_nothing": "填 faults 里的编号；划定区域填 area，或 area/heat 等单个网络",
    "problem.repair_before_fault": "“{element}”的修复时间早于故障时间",
    "remedy.repair_before_fault": "改晚修复时间，或改早故障时间",
    "problem.operated_unknown": "“{element}”不是开关或阀门",
    "remedy.operated_unknown": "填写开关、阀门的编号",
    "problem.device_inoperable": "“{element}”已标为不能操作",
    "remedy.device_inoperable": "去掉这一步，或从 inoperable 中去掉它",
    "problem.placement_facility": "没有编号为“{element}”的单位",
    "remedy.placement_facility": "在地图上点选单位，或检查编号",
    "problem.placement_commodity": "“{element}”没有这一项需要（{commodity}）",
    "remedy.placement_commodity": "发电车供电 electricity，移动锅炉供热 heat，水车供水 water",
    "problem.road_unknown": "没有编号为“{element}”的道路或运煤线路",
    "remedy.road_unknown": "在地图上点选道路，或检查编号",
    "assumption.repairs_entered": (
        "{total} 处故障中 {count} 处按所填时间修复，其余在推演时段内不恢复；修复后其隔离的开关、阀门随即复位。"
    ),
    "assumption.placed": "{count} 台移动机组自到位时起供应，燃料按及时补充计，留到推演时段末。",
    "assumption.operated": "已计入 {count} 次开关、阀门操作；隔离故障的设备在修复前保持断开。",
    "assumption.substitution": "{count} 项供应在断供时改用替代能源，无须切换时间；预案允许以其他能源代替相关能源。",
    "situation.coming_planned": "按现有安排，{horizon}内最多达 {losses}",
}
