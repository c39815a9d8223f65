"""Sentences about drills that play themselves, in Chinese."""

SENTENCES: dict[str, str] = {
    "problem.drill_place_none": "这里的数据中没有这样的地点",
    "remedy.drill_place_none": "放宽 {place} 的条件，或把它写成 optional: true",
    "problem.drill_place_few": "这样的地点只有 {count} 个，要的是第 {rank} 个",
    "remedy.drill_place_few": "把 {place} 的 rank 改小，或把它写成 optional: true",
    "problem.drill_step": "第 {number} 步（{at}，{kind}）：{said}",
    "remedy.drill_step": "{remedy}",
    "problem.drill_measure": "{plan}里没有措施 {clause}",
    "remedy.drill_measure": "对照预案写条款，同一条款有多项时在后面写第几项，如 §4.3.3(3) 2",
    "problem.drill_speed": "倍速应为 1 至 600",
    "remedy.drill_speed": "填 1 至 600 的数",
    "problem.drill_opening_left_out": "第一步所说的地点在这里的数据中没有",
    "remedy.drill_opening_left_out": "第一步不要说 optional 的地点",
    "drills.author": "演练脚本（{name}）",
    "drills.skipped": "演练脚本第 {number} 步未执行：{said}",
    "drills.skipped_reference": "它所依据的前一步没有执行",
    "drills.reason": "按演练脚本",
    "drills.command_line": "命令行",
}
