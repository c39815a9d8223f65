"""Codes of understanding: values that cannot be read, and geometry made fit."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "not_whole",
        "error",
        ("应为整数", "A whole number is expected"),
        ("{count} 行的“{column}”不是整数：{values}。", "“{column}” is no whole number in {count} rows: {values}."),
        ("检查单位（如 万人）是否选对，或在原文件中改正。", "Check the unit, or correct the file."),
    ),
    code(
        "range_value",
        "error",
        ("写的是范围，不是数", "A range instead of a number"),
        (
            "{count} 行的“{column}”是范围或约数：{values}。",
            "“{column}” is a range or an approximate number in {count} rows: {values}.",
        ),
        ("写一个数；不知道就留空。", "Give one number, or leave it empty."),
    ),
    code(
        "unknown_unit",
        "error",
        ("单位读不懂", "A unit is not understood"),
        (
            "{count} 行的“{column}”带的单位不能换算：{values}。",
            "“{column}” has units that cannot be converted in {count} rows: {values}.",
        ),
        (
            "改用本字段的单位（如 kVA 要先按功率因数换算成 kW）。",
            "Use the field's unit (kVA must be made kW with a power factor first).",
        ),
    ),
    code(
        "lost_digits",
        "error",
        ("长编号被表格软件改坏", "A long identifier was spoilt by a spreadsheet"),
        (
            "{count} 行的“{column}”是科学计数或超过 15 位的数：{values}。末几位已丢失。",
            "“{column}” is in scientific notation or longer than 15 digits in {count} rows: {values}. Digits are lost.",
        ),
        ("在表格中把这一列设为“文本”，从原系统重新导出。", "Make the column text, and export it again."),
    ),
    code(
        "cell_error",
        "error",
        ("单元格公式出错", "A formula of the sheet failed"),
        ("{count} 行的“{column}”是公式错误：{values}。", "“{column}” is a formula's error in {count} rows: {values}."),
        ("在表格中修正公式，或粘贴为数值。", "Mend the formula, or paste values."),
    ),
    code(
        "ambiguous_state",
        "error",
        ("“开”“闭”含义不明", "“Open” can mean two things"),
        (
            "{count} 行的“{column}”写作{values}：开关“开”是断开，阀门“开”是流通，不能自动判断。",
            "“{column}” says {values} in {count} rows: an open switch interrupts, an open valve lets through.",
        ),
        (
            "在“识别”一步说明每个词的含义：是 = 平时断开（隔断），否 = 平时接通。",
            "Say what each word means: yes = normally interrupts, no = normally lets through.",
        ),
    ),
    code(
        "outer_diameter",
        "note",
        ("按外径标注的管径", "Diameters given as outer ones"),
        (
            "{count} 行的“{column}”是外径标注（{values}），按所写的数入库。",
            "“{column}” is an outer diameter in {count} rows ({values}); the number is kept as written.",
        ),
        ("需要公称直径时，请在原文件中换算。", "Convert them in the file if nominal diameters are wanted."),
    ),
    code(
        "left_unknown",
        "warning",
        ("读不懂的值当作未知", "Values not understood count as unknown"),
        (
            "{count} 行的“{column}”读不懂，按您的选择当作未知：{values}。",
            "“{column}” was not understood in {count} rows and counts as unknown, as you chose: {values}.",
        ),
        ("在原文件中改正后可再次导入。", "Correct the file and import it again."),
    ),
    code(
        "unreadable_place",
        "error",
        ("坐标读不懂", "Coordinates are not understood"),
        ("{count} 行的坐标读不懂：{values}。", "Coordinates are not understood in {count} rows: {values}."),
        ("用度（112.85）、度分秒（112°51′00″）、米，或 WKT。", "Use degrees, degrees-minutes-seconds, metres, or WKT."),
    ),
    code(
        "no_place_in_datum",
        "error",
        ("坐标不在所选坐标系内", "Coordinates do not fit the datum"),
        (
            "{count} 行的坐标在所选坐标系（{datum}）中没有位置。",
            "The coordinates of {count} rows have no place in the datum chosen ({datum}).",
        ),
        ("换一个坐标系；带号坐标选“zone”，不带带号选“CM”。", "Choose another datum; with or without zone number."),
    ),
    code(
        "parts_split",
        "note",
        ("多段线已拆开", "Lines of several parts were split"),
        (
            "{count} 行是不相连的多段线，每段成为一条记录（编号加 _p2、_p3）。",
            "{count} rows are lines of several parts; each part becomes a record (identifiers with _p2, _p3).",
        ),
        ("若本是一条，请在原软件中接上。", "Join them first if they are one."),
    ),
    code(
        "made_point",
        "note",
        ("面已化为点", "Areas became points"),
        ("{count} 个面取了其中一点作为位置。", "{count} areas are placed at a point inside them."),
        ("需要准确位置（如大门）时，在地图上移动该点。", "Move the point where the place matters."),
    ),
    code(
        "made_area",
        "note",
        ("闭合线已化为面", "Closed lines became areas"),
        ("{count} 条闭合线成为面。", "{count} closed lines became areas."),
        ("在预览中查看。", "Look at them in the preview."),
    ),
    code(
        "open_outline",
        "error",
        ("轮廓线没有闭合", "An outline is not closed"),
        ("{count} 条轮廓线首尾不相接，成不了面。", "{count} outlines do not end where they begin."),
        ("在原软件中闭合它们。", "Close them first."),
    ),
)
