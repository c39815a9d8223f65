"""The words of the report's page, beside those of the tables."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.exports.tables import in_language
from webmap.languages import Language

_WORDS: Mapping[str, Title] = {
    "after": Title("事发后 {duration}", "{duration} after the start"),
    "people": Title("受影响人口", "People hit"),
    "failed": Title("失去供应的单位", "Facilities failed"),
    "temperature": Title("室外", "Outdoors"),
    "time": Title("时间", "Time"),
    "play": Title("播放", "Play"),
    "pause": Title("暂停", "Pause"),
    "customers": Title("户", "customers"),
    "unknown": Title("不明", "unknown"),
    "not_out": Title("未停供", "Nobody out"),
    "lines": Title("段", "lines"),
    "hit_note": Title(
        "所示为该网络停供户数最多的时刻；其他时刻的逐条线路状态未保存在本文件。",
        "As at the moment with most customers of this network out; lines at other moments are not kept in this file.",
    ),
    "lasting": Title("持续中", "still lasting"),
    "legend": Title("图例", "Legend"),
    "shading": Title("镇街着色", "Shading of townships"),
    "share_of_customers": Title("停供户数占比", ": share of customers out"),
    "share_of_people": Title("受影响人口占比", "Share of people hit"),
    "sign": Title("医", "H"),
    "signs": Title("单位类别的符号", "Signs of facilities"),
    "no_people": Title("0 人", "0 people"),
    "fault": Title("故障点", "Fault"),
    "zoom_in": Title("放大", "Zoom in"),
    "zoom_out": Title("缩小", "Zoom out"),
    "layers": Title("图层", "Layers"),
    "close": Title("关闭", "Close"),
    "overview": Title("概况", "Overview"),
    "tables": Title("统计表", "Tables"),
    "sort": Title("按此列排序", "Sort by this column"),
    "nothing": Title("没有记录。", "Nothing recorded."),
}


def words_in(language: Language) -> dict[str, str]:
    """Return the words of the page's script."""
    return {key: in_language(title, language) for key, title in _WORDS.items()}
