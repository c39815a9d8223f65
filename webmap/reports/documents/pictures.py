"""The maps and charts of a document, drawn one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from webmap.reports.documents.model import Figure

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource

FigureName = Literal["loss_map", "bivariate_map", "multiples_map", "loss_chart", "reserves_chart", "timeline_chart"]
#: Draws a figure: the source, its name, how wide it will be (mm); a PNG.
Draw = Callable[["ReportSource", FigureName, float], bytes]

#: What each figure shows: its caption, and the same for who cannot see it.
_FIGURES: Mapping[FigureName, tuple[str, str]] = {
    "loss_map": ("各乡镇（街道）停供损失分布", "地图：各乡镇（街道）按停供损失分级着色，数字见影响表"),
    "bivariate_map": ("停供损失与恢复时间", "地图：各乡镇（街道）按停供损失和恢复时间两项分级着色，数字见影响表"),
    "multiples_map": ("事前、事中、事后停供范围", "三幅小地图：事件之前、影响最大时和结束时的停供范围"),
    "loss_chart": ("停供户数随时间的变化", "折线图：各类供应停供户数随时间的变化，数字见影响表"),
    "reserves_chart": ("重点保障单位的备用与失去供应", "条形图：各重点保障单位靠备用维持和失去供应的时段"),
    "timeline_chart": ("处置过程时间线", "时间线：响应级别、预警和报告，逐条见大事记"),
}


class Pictures:
    """Draws the figures of one document and tells how far it is."""

    def __init__(self, source: ReportSource, draw: Draw, total: int) -> None:
        self._source = source
        self._draw = draw
        self._total = total
        self._done = 0

    def figures(self, names: Iterable[FigureName], width_mm: float = 150.0) -> tuple[Figure, ...]:
        """Return the figures of these names; raises what `progress` raises when nobody waits any more."""
        made = []
        for name in names:
            self._source.progress("figures", self._done, self._total)
            caption, alt = _FIGURES[name]
            made.append(Figure(self._draw(self._source, name, width_mm), caption, alt, width_mm))
            self._done += 1
        return tuple(made)


def drawn(source: ReportSource, name: FigureName, width_mm: float) -> bytes:
    """Draw a figure as it is on the page and on map sheets."""
    from webmap.reports.maps import figure_png  # noqa: PLC0415  Matplotlib takes a second to load

    return figure_png(source, name, width_mm)
