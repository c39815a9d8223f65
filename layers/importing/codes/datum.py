"""Codes of the datum: what it seems to be, by what is loaded and by the numbers themselves."""

from __future__ import annotations

from layers.importing.codes.model import code

CODES = (
    code(
        "datum_unchecked",
        "warning",
        ("坐标系没有可比对的", "The datum could not be checked"),
        (
            "文件没有说明坐标系，库里也没有可比对的道路、管线：按真实经纬度入库。取自网络地图的会偏 500 米左右。",
            "The file names no datum, and nothing loaded tells: taken as true longitude, latitude. Places from a web "
            "map would be some 500 m off.",
        ),
        (
            "若坐标取自高德、腾讯、百度地图，改选 GCJ-02 或 BD-09；或先导入道路再检查。",
            "Choose GCJ-02 or BD-09 if they come from a web map, or import roads first and check again.",
        ),
    ),
    code(
        "datum_suspect",
        "warning",
        ("坐标系可能不对", "The datum may be wrong"),
        (
            "{reference_zh}：这些位置像是整体偏了{where_zh}。{pairs} 处的中位距离是 {before_m:.0f} 米，"
            "按 {candidate_zh} 解读则是 {after_m:.0f} 米。",
            "{reference_en}: these places seem shifted {where_en}. The median distance at {pairs} places is "
            "{before_m:.0f} m, and {after_m:.0f} m if they are {candidate_en}.",
        ),
        (
            "若来自网络地图，把坐标系改为 {candidate_zh} 再检查。",
            "If so, change the datum to {candidate_en} and check again.",
        ),
    ),
    code(
        "datum_shifted",
        "warning",
        ("与已有数据整体错开", "Shifted as a whole"),
        (
            "{pairs} 处同名或同编号的位置整体偏了{where_zh}（中位相差 {before_m:.0f} 米），不像网络地图的偏移。",
            "{pairs} places of the same name or identifier lie {where_en} (median {before_m:.0f} m), which is no "
            "offset of a web map.",
        ),
        (
            "查明两份数据各用什么坐标系（如西安 80、北京 54）。",
            "Find out which datum each is in (Xi'an 80, Beijing 54).",
        ),
    ),
    code(
        "datum_old",
        "warning",
        ("旧坐标系，偏移未知", "An old datum, its shift unknown"),
        (
            "{datum_zh} 到 CGCS2000 的精确偏移没有公布，位置可能相差几十到一百多米。",
            "No exact shift from {datum_en} to CGCS2000 is published; places may be off by more than a hundred metres.",
        ),
        ("请测绘部门用本地参数转换为 CGCS2000 后再导入。", "Have it converted with local parameters first."),
    ),
    code(
        "datum_contradicted",
        "warning",
        ("文件标明的坐标系与坐标不符", "The declared datum does not fit the coordinates"),
        (
            "文件标明 {declared_zh}，但按它解读不在本地区；按 {datum_zh} 解读则在。",
            "The file says {declared_en}, by which its places are not in this district; as {datum_en} they are.",
        ),
        ("在预览中核对位置。", "Check the places in the preview."),
    ),
    code(
        "datum_unknown",
        "warning",
        ("坐标系不明", "The datum is not known"),
        (
            "文件没有说明坐标系，坐标（如 {example}）也看不出是哪一种。",
            "The file does not say its datum, and coordinates such as {example} do not tell.",
        ),
        (
            "询问数据来源；地方独立坐标系请先转换为 CGCS2000。",
            "Ask where it comes from; convert a city's own grid to CGCS2000 first.",
        ),
    ),
)
