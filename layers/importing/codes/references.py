"""Codes of references: records that name others which are not there."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "unknown_reference",
        "error",
        ("所指的记录不存在", "A record names one that is not there"),
        (
            "{count} 行的“{column}”在“{target_zh}”中找不到：{values}。",
            "“{column}” of {count} rows is not among “{target_en}”: {values}.",
        ),
        (
            "先导入“{target_zh}”，或在原文件中改正编号。",
            "Import “{target_en}” first, or correct the identifiers in the file.",
        ),
    ),
    code(
        "unknown_township",
        "warning",
        ("区划代码不存在", "A township code is not there"),
        (
            "{count} 行的“{column}”不是已有的区划代码：{values}。",
            "“{column}” of {count} rows is no code that exists: {values}.",
        ),
        ("先导入乡镇（街道），或改用 9 位的区划代码。", "Import the townships first, or use their 9-digit codes."),
    ),
    code(
        "code_form",
        "warning",
        ("区划代码的写法不符", "A code of an unusual form"),
        (
            "{count} 行的“{column}”不是{digits}位数字：{values}。",
            "“{column}” is not {digits} digits in {count} rows: {values}.",
        ),
        ("检查首位的 0 或末位是否丢失。", "Check whether digits at either end were lost."),
    ),
    code(
        "other_network",
        "error",
        ("所指的节点属另一网络", "The node named is of another network"),
        (
            "{count} 行的“{column}”所指的节点不在同一网络中：{values}。",
            "“{column}” of {count} rows names nodes of another network: {values}.",
        ),
        ("检查网络一栏，或改正节点编号。", "Check the network, or correct the node's identifier."),
    ),
    code(
        "left_dangling",
        "error",
        ("替换后有记录失去所指", "A replacement would leave records without what they name"),
        (
            "替换后，“{referrer_zh}”中 {count} 条记录所指的记录不再存在：{values}。",
            "After the replacement {count} records of “{referrer_en}” would name records that are gone: {values}.",
        ),
        (
            "改用合并，或把“{referrer_zh}”一同替换。",
            "Merge instead, or replace “{referrer_en}” as well.",
        ),
    ),
    code(
        "idle_substitute",
        "warning",
        ("替代供应没有所替代的需要", "A stand-in for a need that is not there"),
        (
            "{count} 条替代供应所替代的，其单位并没有登记。",
            "{count} supplies stand in for needs that their facilities do not have.",
        ),
        ("补登该单位本来的供应。", "Enter the facility's own supply."),
    ),
    code(
        "no_coal_need",
        "warning",
        ("运煤线路通往不用煤的单位", "A coal route to a place that burns no coal"),
        ("{count} 条运煤线路通往没有登记用煤的单位。", "{count} coal routes lead to places that burn no coal."),
        ("为该单位登记煤炭供应。", "Enter a supply of coal for the place."),
    ),
    code(
        "contact_of_nobody",
        "warning",
        ("联系方式不属于任何单位", "A contact of nobody"),
        (
            "{count} 条联系方式没有写明是哪个单位、乡镇或部门的。",
            "{count} contacts do not say whose they are.",
        ),
        ("填写单位编号、区划代码或预案中的单位之一。", "Give a facility, a township code, or a unit of a plan."),
    ),
)
