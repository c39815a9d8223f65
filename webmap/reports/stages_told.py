"""How the stages of a making are called."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.exports.tables import in_language
from webmap.languages import Language

_STAGES: Mapping[str, Title] = {
    "assessment": Title("研判当时的态势", "Assessing the picture"),
    "impact": Title("推算逐时影响", "Following the impact hour by hour"),
    "film": Title("逐刻推演回放画面", "Following the picture moment by moment"),
    "classes": Title("划分等级", "Making classes"),
    "review": Title("对照预案", "Comparing with the plan"),
    "figures": Title("绘制图表", "Drawing maps and charts"),
    "maps": Title("绘制地图", "Drawing maps"),
    "frames": Title("绘制动画", "Drawing the animation"),
    "layers": Title("整理图层", "Putting layers together"),
    "geopackage": Title("写入 GeoPackage", "Writing the GeoPackage"),
    "html": Title("制作网页", "Making the page"),
    "tables": Title("整理表格", "Putting tables together"),
    "document": Title("排版", "Setting the document"),
    "incidents": Title("逐个统计事件", "Counting incident by incident"),
    "done": Title("完成", "Done"),
}
_ANY = Title("正在制作", "Making it")


def stage_title(stage: str, language: Language) -> str:
    """Return what a stage is called."""
    return in_language(_STAGES.get(stage, _ANY), language)
