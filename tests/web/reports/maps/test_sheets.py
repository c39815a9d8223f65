"""Print sheets and figures: paper, words, scale, and that the colours are where the loss is."""

from __future__ import annotations

import ctypes
import io
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pypdfium2
import pytest
import shapely
from PIL import Image
from pyproj import Transformer

from tests.web.reports.sources import source_of, told
from webmap.errors import InvalidQuery
from webmap.reports.maps import FIGURES, classes_document, figure_png, sheet
from webmap.reports.maps.frame import fit
from webmap.reports.maps.layout import sheet_layout
from webmap.reports.source import ReportSource
from webmap.runtime import Snapshot

KINDS = ("choropleth", "bivariate", "multiples")
MM = 72 / 25.4


def text_of(pdf: bytes) -> str:
    """Return the first page's text without spaces and line ends."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return re.sub(r"\s", "", page.get_textpage().get_text_bounded())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("paper", "size"), [("a4", (297, 210)), ("a3", (420, 297))])
def test_a_sheet_is_of_its_paper_and_its_chinese_can_be_searched(
    drill: ReportSource, kind: Any, paper: str, size: tuple[int, int]
) -> None:
    pdf = sheet(drill, kind, paper=paper)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx([side * MM for side in size], abs=0.5)
    text = text_of(pdf)
    for words in ("【演练】东站停电", "示例数据", "停供人", "CGCS2000", "EPSG:4547", "数据版本sample-1", "千米", "北",
                  "本图为演练所制", "不得用于实际处置", "乡镇界线为估算", "自然断点分级", "不含下限，含上限",
                  "2026年1月12日08:05至2026年1月13日18:00", "晋城市城区能源供应应急预案",
                  f"{paper.upper()}幅面"):  # fmt: skip
        assert words in text


def test_every_township_is_named_once(drill: ReportSource) -> None:
    text = text_of(sheet(drill, "choropleth", paper="a3"))
    for name in drill.snapshot.frames["townships"]["name"]:
        assert text.count(name) == 1, name


def test_the_scale_bar_is_as_long_on_paper_as_it_says(drill: ReportSource) -> None:
    for paper in ("a4", "a3"):
        pdf = sheet(drill, "choropleth", paper=paper)
        text = text_of(pdf)
        (denominator,) = re.findall(r"比例尺1:([0-9,]+)（", text)
        # "0 5 10 千米": without blanks the figures run together, the last is twice the one before.
        kilometres = next(whole for whole in (1, 2, 5, 10, 20) if re.search(rf"0{whole / 2:g}{whole}千米", text))
        expected = kilometres * 1e6 / float(denominator.replace(",", "")) * MM
        outlines = [bounds_of(item) for item in pypdfium2.PdfDocument(pdf)[0].get_objects(max_depth=4)]
        lengths = [right - left for left, bottom, right, top in outlines if 2.5 < top - bottom < 6.5]
        # Its outline is 0.6 pt wide and counts on both sides.
        assert any(expected <= length <= expected + 1.21 for length in lengths), (expected, lengths)


def bounds_of(item: Any) -> tuple[float, float, float, float]:
    found = [ctypes.c_float() for _ in range(4)]
    pypdfium2.raw.FPDFPageObj_GetBounds(item.raw, *(ctypes.byref(side) for side in found))
    left, bottom, right, top = (side.value for side in found)
    return left, bottom, right, top


def test_each_township_has_the_colour_of_its_class(drill: ReportSource) -> None:
    impact = drill.impact.document()
    picture = np.asarray(Image.open(io.BytesIO(sheet(drill, "choropleth", format="png"))).convert("RGB")).astype(int)
    assert picture.shape[:2] == pytest.approx((210 / 25.4 * 200, 297 / 25.4 * 200), abs=2)
    document = classes_document(impact, "people_hours", None, "natural_breaks")
    colours = {row["key"]: row["colour"] for row in document["legend"]}
    assert len({*document["class_of"].values()} - {"zero"}) >= 3
    (left, top, width, height), *_ = sheet_layout("a4", states=False).maps
    townships = drill.snapshot.frames["townships"]
    forward = Transformer.from_crs("EPSG:4490", "EPSG:4547", always_xy=True)
    shapes = {row.code: shapely.transform(row.geometry, lambda p: np.column_stack(forward.transform(*p.T)))
              for row in townships.itertuples()}  # fmt: skip
    frame = fit(tuple(shapely.total_bounds([*shapes.values()])), width, height)
    for code, shape in shapes.items():
        near = [seen_at(picture, frame.on_paper(point.x, point.y), (left, top)) for point in inside(shape)]
        wanted = np.array([int(colours[document["class_of"][code]][place : place + 2], 16) for place in (1, 3, 5)])
        # Names and marks cover some of the places, never most of a township.
        hits = [np.abs(colour - wanted).max() <= 3 for colour in near]
        assert sum(hits) >= len(hits) / 3, (code, near, wanted)


def inside(shape: Any) -> list[Any]:
    """Return places spread over a shape, the representative point first."""
    west, south, east, north = shape.bounds
    grid = shapely.points(*np.meshgrid(np.linspace(west, east, 12), np.linspace(south, north, 12)))
    return [shape.representative_point(), *grid[shapely.contains(shape.buffer(-150), grid)]]


def seen_at(picture: Any, place_mm: tuple[float, float], corner_mm: tuple[float, float]) -> Any:
    column, row = ((side + start) / 25.4 * 200 for side, start in zip(place_mm, corner_mm, strict=True))
    return picture[round(row), round(column)]


def test_loss_of_one_network_colours_another_map_than_that_of_another(drill: ReportSource) -> None:
    heat, gas = (sheet(drill, "choropleth", "customer_hours", network, format="png") for network in ("heat", "gas"))
    assert heat != gas
    words = text_of(sheet(drill, "choropleth", "customer_hours", "gas"))
    assert "停供户时（燃气）" in words
    assert "没有损失" in words
    assert ">0" not in words


@pytest.mark.parametrize("kind", KINDS)
def test_a_map_of_nothing_lost_is_a_map(quiet: ReportSource, kind: Any) -> None:
    words = text_of(sheet(quiet, kind))
    assert "没有损失" in words
    assert "演练" not in words


def test_data_without_townships_make_a_map_that_says_so() -> None:
    bare = source_of([told("reported", 0, text="x")])
    frames = {key: frame.iloc[: 0 if key in {"townships", "counties"} else None] for key, frame in
              bare.snapshot.frames.items()}  # fmt: skip
    bare.snapshot = Snapshot("bare-1", frames)
    for kind in KINDS:
        assert "没有乡镇（街道）界" in text_of(sheet(bare, kind))


def test_a_sheet_in_english_has_no_chinese_but_names(drill: ReportSource) -> None:
    english = source_of([told("reported", 0, text="x"), told("fault_located", 5, element="e-sub-110-01")],
                        sample=True, language="en", drill=True)  # fmt: skip
    words = text_of(sheet(english, "bivariate", "customer_hours", "electricity"))
    for said in ("Customer-hours", "SAMPLEDATA", "DRILL", "Naturalbreaks", "Graticule:CGCS2000"):
        assert said in words
    assert "停供" not in words


@pytest.mark.parametrize(
    "asked",
    [{"kind": "heat"}, {"measure": "loss"}, {"network": "coal"}, {"scheme": "equal"}, {"paper": "a5"},
     {"format": "svg"}, {"count": 9}, {"measure": "people_hit", "network": "gas"}],
)  # fmt: skip
def test_what_there_is_not_is_refused(drill: ReportSource, asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery):
        sheet(drill, **{"kind": "choropleth", **asked})


@pytest.mark.parametrize("which", FIGURES)
def test_a_figure_is_as_wide_as_asked_and_shows_something(drill: ReportSource, which: Any) -> None:
    picture = Image.open(io.BytesIO(figure_png(drill, which, 120)))
    assert picture.width == pytest.approx(120 / 25.4 * 220, abs=2)
    assert picture.height < picture.width * 1.5
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 50


def test_a_figure_that_there_is_not_is_refused(drill: ReportSource) -> None:
    with pytest.raises(InvalidQuery):
        figure_png(drill, "pie_chart")  # type: ignore[arg-type]


def test_figures_drawn_at_once_are_the_same_as_one_after_the_other(drill: ReportSource) -> None:
    asked: list[Any] = ["multiples_map", "loss_chart", "timeline_chart", "multiples_map", "reserves_chart"]
    alone = [figure_png(drill, which) for which in asked]
    with ThreadPoolExecutor(5) as pool:
        together = list(pool.map(lambda which: figure_png(drill, which), asked))
    assert together == alone
