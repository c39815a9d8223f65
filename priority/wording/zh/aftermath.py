"""Sentences about what an incident cost, in Chinese. Every key begins with `aftermath.`."""

SENTENCES: dict[str, str] = {
    "aftermath.damaged": "本身受损",
    "aftermath.source.own": "本系统定义",
    "aftermath.source.ieee": "IEEE Std 1366-2022",
    "aftermath.unit.customer_hours": "户·小时",
    "aftermath.unit.people_hours": "人·小时",
    "aftermath.unit.energy": "电、热：kWh；气、水：m³",
    "aftermath.unit.time_to_restore": "小时",
    "aftermath.unit.customers_hit": "户、人",
    "aftermath.unit.people_hit": "人、人·小时",
    "aftermath.unit.saifi": "次/户",
    "aftermath.unit.saidi": "分钟/户",
    "aftermath.unit.caidi": "分钟/次",
    "aftermath.unit.interruptions": "户次",
    "aftermath.unit.failed_hours": "小时",
    "aftermath.unit.reserve": "小时",
    "aftermath.unit.hours_per_customer": "小时/户",
    "aftermath.unit.degree_hours": "℃·小时；人·℃·小时",
    "aftermath.title.out": "任一时刻的停供",
    "aftermath.text.out": (
        "某一时刻断供的，是按该时刻以前发生的全部事实推演的态势图所示；两条事实之间按前一条推演下去。迟到的条目和更正从其发生时刻起改变以往。"
        "用户（表户）与人口分开计，从不相加；按整个数据范围计，不限于预案所在的县（市、区）。"
    ),
    "aftermath.unit.out": "户、人",
    "aftermath.title.customer_hours": "停供户时",
    "aftermath.text.customer_hours": "断供用户数对时间的积分，从首条事实到统计终点，逐段精确相加，不取样。",
    "aftermath.title.people_hours": "停供人时",
    "aftermath.text.people_hours": "断供人口对时间的积分，逐网计；合计见“受影响人口”。",
    "aftermath.title.customers_hit": "受影响用户、人口",
    "aftermath.text.customers_hit": "统计期内曾经断供的用电（气、热、水）点上的用户和人口，每点只计一次。",
    "aftermath.title.people_hit": "受影响人口（各网合计）",
    "aftermath.text.people_hit": (
        "每个乡镇（街道）取断供人口最多的那张网，再相加，同一人不重复计；人时同样逐时取最多的网。"
    ),
    "aftermath.title.energy": "少供量",
    "aftermath.text.energy": "断供点的需求对时间的积分，按数据中的需求计，不随时段变化；需求未知的点未计入，点数另列。",
    "aftermath.title.time_to_restore": "恢复 50 %、90 %、100 % 所需时间",
    "aftermath.text.time_to_restore": (
        "从首次断供到此后断供用户始终不超过峰值 50 %、10 %、0 的第一个时刻；100 % 还要求用户数未知的点也已恢复。"
        "到统计终点仍未达到的为空，不是零。"
    ),
    "aftermath.title.hours_per_customer": "户均停供时间",
    "aftermath.text.hours_per_customer": "乡镇内停供户时除以曾经断供的用户数。",
    "aftermath.title.interruptions": "停供户次",
    "aftermath.text.interruptions": (
        "每个用户每次断供超过 5 分钟计一次；不超过 5 分钟的为瞬时停供，另计。跨越多条事实而未恢复的只算一次。"
        "统计终点仍未恢复的，按已经历时计。"
    ),
    "aftermath.title.saifi": "SAIFI 系统平均停供频率",
    "aftermath.text.saifi": "停供户次除以该网全部用户数。用户数未知到足以改变结果时为空。",
    "aftermath.title.saidi": "SAIDI 系统平均停供时间",
    "aftermath.text.saidi": "超过 5 分钟的各次停供的户·分钟之和，除以该网全部用户数。统计终点仍未恢复的按已经历时计。",
    "aftermath.title.caidi": "CAIDI 用户平均停供时间",
    "aftermath.text.caidi": "SAIDI 除以 SAIFI；没有超过 5 分钟的停供时为空。标准用于配电，这里同样用于气、热、水。",
    "aftermath.title.failed_hours": "单位停运时间",
    "aftermath.text.failed_hours": (
        "必需的供应断绝且备用用尽，或本身受损，到重新具备条件为止；统计终点仍停运的按已经历时计。"
    ),
    "aftermath.title.reserve": "备用消耗",
    "aftermath.text.reserve": (
        "断供而单位仍在运行的时间；煤按日用量折算为满耗小时。已知备用是数据所列，或最近一次报告时已用的加上所报剩余；无人知道的为空。"
        "同一备用用完后又补充、再次使用的，占比可超过 1。煤库存只有在 {hours} 内会用尽时才算“靠备用”。"
    ),
    "aftermath.title.degree_hours": "供暖度时",
    "aftermath.text.degree_hours": (
        "停热期间（任何人停热即算），18 ℃ 与所报室外气温之差（不低于 0）对时间的积分；人·度时再乘当时停热人口。"
        "一次所报气温到下次报告为止有效，最多 6 小时，其余时间按未知另列。"
    ),
    "aftermath.note.model": "断供由管网模型按记录的事实推算，不是表计读数；没有写进日志的，不在其中。",
    "aftermath.note.whole_network": "按数据中的整张网计，不限于{county}。",
    "aftermath.note.running": "统计终点仍有断供或停运，各项时长只计到 {clock}，之后还会增加。",
    "aftermath.note.unknown_customers": "{network}有 {count} 个断供过的用户点用户数未知，户数和户时是下限。",
    "aftermath.note.unknown_demand": "{network}有 {count} 个断供过的用户点需求未知，少供量是下限。",
    "aftermath.note.unknown_reserve": "{count} 家单位有备用时间无人知道的必需供应曾经断绝，按没有备用计。",
    "aftermath.note.unknown_temperature": "停热期间有 {hours} 小时没有可用的气温报告，未计入供暖度时。",
    "aftermath.note.thinned": "变化时刻共 {count} 个，列出其中 {shown} 个；积分和峰值仍按全部时刻计。",
    "aftermath.note.coarse": "历时较长，逐时表每 {hours} 小时列一行；积分和峰值仍按全部时刻计。",
    "aftermath.note.gone": "日志写到的 {count} 处（编号 {names}）在现有数据里已经没有，未计入：实际影响可能更大。",
    "aftermath.note.restricted": "限制公开的单位不在其中；日志里直接写到它们的事实也未计入。",
}
