"""Sentences about the takeover of a heat supplier's homes, in Chinese."""

SENTENCES: dict[str, str] = {
    "problem.takeover_count": "热源的个数应为 1 至 {most}",
    "remedy.takeover_count": "至少选一处热源",
    "problem.takeover_nobody": "没有写明哪家热源停供",
    "remedy.takeover_nobody": "至少选一处热源",
    "problem.takeover_no_source": "“{element}”不是供热管网的热源",
    "remedy.takeover_no_source": "选择供热管网的热源，或由它供热的热源厂",
    "takeover.part.enough": (
        "打开{tie}，{customers}户改由{supplier}供热：需 {demand} kW，沿途富余 {spare} kW，够用（最紧处：{line}）"
    ),
    "takeover.part.short": (
        "打开{tie}，{customers}户可改由{supplier}供热，但需 {demand} kW，沿途只富余 {spare} "
        "kW，缺 {short} kW（最紧处：{line}）"
    ),
    "takeover.part.unknown": (
        "打开{tie}，{customers}户可改由{supplier}供热，需 {demand} kW；沿途管线容量未知，操作前须核对"
    ),
    "takeover.part.no_way": (
        "{customers}户没有与其他热源相连的管线，不能由管网接管，需 {demand} kW；要另接管线或临时热源"
    ),
    "takeover.part.estimated": "；管线容量按管径估算",
    "takeover.sentence.nobody": "没有用户会因此停热。",
    "takeover.sentence.all": "共 {customers}户要换热源",
    "takeover.sentence.enough": "{customers}户可由{suppliers}接管",
    "takeover.sentence.short": "{customers}户虽可接到{suppliers}，管线只带得动一部分",
    "takeover.sentence.unknown": "{customers}户可接到{suppliers}，容量未知",
    "takeover.sentence.no_way": "{customers}户无管线可接",
    "takeover.sentence.separator": "；",
    "takeover.sentence.end": "。",
    "assumption.takeover_whole_parts": "连在一起的用户整片换热源；没有研究关阀分片后由几家各接一部分。",
    "assumption.takeover_capacity": (
        "富余按管线容量减去现有负荷计算（按最短路径供热推算）；数据中没有热源自身的出力，以其出线容量之和表示。"
    ),
    "assumption.takeover_advice": (
        "接管由县指挥部指定（4.5.3）；以上是操作前的测算，不改变态势图，阀门操作后另行记录。"
    ),
    "assumption.takeover_estimated": (
        "没有容量数据的供热管按管径估算：假定流速 {flow:g} m/s、供回水温差 {spread:g} K；操作前向供热企业核对。"
    ),
}
