"""Sentences about crews, repairs and mobile units, in Chinese."""

SENTENCES: dict[str, str] = {
    "problem.choice_unknown": "没有这个选项",
    "remedy.choice_unknown": "可选：{expected}",
    "problem.too_small": "数值太小",
    "remedy.too_small": "填更大的数",
    "problem.too_large": "数值太大",
    "remedy.too_large": "填更小的数",
    "problem.not_whole": "应为整数",
    "remedy.not_whole": "填不带小数的数",
    "problem.hours_range": "超出范围",
    "remedy.hours_range": "填 0 至 {maximum} 的小时数",
    "problem.position_type": "位置应为两个数字",
    "remedy.position_type": "写成 [经度, 纬度]，如 [112.85, 35.49]",
    "problem.position_range": "位置超出经纬度范围",
    "remedy.position_range": "经度在前、纬度在后，单位为度",
}
