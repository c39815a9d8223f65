"""Codes of attributes: types, ranges, choices, keys, duplicates."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "missing_column",
        "error",
        ("缺少必填字段", "A required column is missing"),
        (
            "没有与“{column}”对应的列，{count} 行都不能入库。",
            "No column gives “{column}”; none of {count} rows can be kept.",
        ),
        ("在“识别”一步为它选一列，或给它一个固定值。", "Choose a column for it, or give it one value for all rows."),
    ),
    code(
        "missing_value",
        "error",
        ("必填字段为空", "A required value is empty"),
        ("{count} 行的“{column}”为空。", "“{column}” is empty in {count} rows."),
        ("在原文件中补上，或为空值给一个固定值。", "Fill it in the file, or give a value for empty cells."),
    ),
    code(
        "wrong_type",
        "error",
        ("值的类型不符", "A value is of the wrong type"),
        ("{count} 行的“{column}”不是{kind_zh}：{values}。", "“{column}” is no {kind_en} in {count} rows: {values}."),
        ("在原文件中改正，或换一列。", "Correct the file, or choose another column."),
    ),
    code(
        "unknown_value",
        "error",
        ("值不在可选范围内", "A value is none of the choices"),
        (
            "{count} 行的“{column}”不是可选值：{values}。可选：{allowed_zh}。",
            "“{column}” is none of the choices in {count} rows: {values}. Choices: {allowed_en}.",
        ),
        ("改成可选值之一，或为整列给一个固定值。", "Use one of the choices, or give one value for all rows."),
    ),
    code(
        "not_finite",
        "error",
        ("数值无穷大", "A number is infinite"),
        ("{count} 行的“{column}”不是有限的数。", "“{column}” is not a finite number in {count} rows."),
        ("不知道就留空，不要写占位的大数。", "Leave it empty where it is unknown."),
    ),
    code(
        "below_minimum",
        "error",
        ("数值过小", "A number is too small"),
        (
            "{count} 行的“{column}”小于 {minimum:,.10g}：{values}。",
            "“{column}” is below {minimum:,.10g} in {count} rows: {values}.",
        ),
        ("不知道就留空，不要写 -1、-9999 这样的占位数。", "Leave it empty where it is unknown, not -1 or -9999."),
    ),
    code(
        "above_maximum",
        "error",
        ("数值过大", "A number is too large"),
        (
            "{count} 行的“{column}”大于 {maximum:,.10g}：{values}。",
            "“{column}” is above {maximum:,.10g} in {count} rows: {values}.",
        ),
        ("检查单位是否选对（如 W 与 kW、V 与 kV、m 与 mm）。", "Check the unit (W or kW, V or kV, m or mm)."),
    ),
    code(
        "unit_suspect",
        "warning",
        ("单位可能不对", "The unit may be wrong"),
        (
            "“{column}”的中位数是 {median:g} {unit}，常见的在 {low:g} 到 {high:g} {unit} 之间。",
            "The median of “{column}” is {median:g} {unit}; {low:g} to {high:g} {unit} is usual.",
        ),
        ("检查“识别”一步中这一列的单位。", "Check the unit of this column."),
    ),
    code(
        "repeated_id",
        "error",
        ("编号重复", "An identifier is repeated"),
        (
            "{count} 行的编号在本文件前面已经出现：{values}。保留了第一次出现的。",
            "{count} rows have an identifier that came before in this file: {values}. The first of each is kept.",
        ),
        (
            "给每条记录自己的编号，或改为由内容生成编号。",
            "Give each record an identifier of its own, or have them made.",
        ),
    ),
    code(
        "id_column_unused",
        "warning",
        ("像编号的列没有用作编号", "A column like identifiers is not used"),
        (
            "“{unused}”像编号（{because_zh}），没有采用，编号由内容生成：同一批对象再次导入时可能成为新的记录。",
            "“{unused}” looks like identifiers ({because_en}) but is not used; identifiers are made of the content: "
            "the same things may come in twice when they are imported again.",
        ),
        (
            "在“识别”里把它选为编号（命令行：--map id={unused}）；确实不是编号的可不管。",
            "Choose it as the identifier (command line: --map id={unused}), or leave it if it is none.",
        ),
    ),
    code(
        "sum_row",
        "note",
        ("合计行没有导入", "A row of sums was left out"),
        ("{count} 行像是合计行，没有导入。", "{count} rows look like sums and were left out."),
        ("若它是一条真正的记录，请换一个名称。", "Give it another name if it is a record."),
    ),
    code(
        "moves_record",
        "warning",
        ("同一编号的位置相差很远", "The same identifier, far away"),
        (
            "{count} 条记录与已有数据同编号，但位置相差超过 {limit_m:g} 米，最远 {largest_m:.0f} 米。",
            "{count} records have the identifier of one more than {limit_m:g} m away, {largest_m:.0f} m at most.",
        ),
        ("检查编号是否是同一套，或坐标系是否选对。", "Check that identifiers mean the same, and the reference system."),
        largest_m=max,
    ),
    code(
        "same_content",
        "warning",
        ("内容重复的行", "Rows with the same content"),
        (
            "{count} 行除编号外与前面的行相同（名称和位置都一样）。",
            "{count} rows repeat an earlier one but for the identifier (same name, same place).",
        ),
        ("若是重复登记，请在原文件中删去。", "If they were entered twice, take them out of the file."),
    ),
    code(
        "long_text",
        "warning",
        ("文字过长", "A text is very long"),
        ("{count} 行的“{column}”超过 {limit} 个字。", "“{column}” is longer than {limit} characters in {count} rows."),
        ("检查是否选错了列。", "Check that the right column was chosen."),
    ),
    code(
        "unreadable_text",
        "warning",
        ("文字是乱码", "A text is garbled"),
        (
            "{count} 行的“{column}”含有无法辨认的字：{values}。",
            "“{column}” has characters that were not decoded in {count} rows: {values}.",
        ),
        ("换一种编码（GBK 或 UTF-8）再读。", "Read the file in another encoding (GBK or UTF-8)."),
    ),
)
