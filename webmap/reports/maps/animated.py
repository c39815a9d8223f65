"""An incident's course as an animated GIF: a frame an hour, the clock in each, one legend for all.

The map is drawn once in each of its colours; a frame takes every township's pixels from the drawing of its colour.
So a hundred frames cost hardly more than five.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

from priority.wording import Phrases
from webmap.reports.maps import ink, palette
from webmap.reports.maps.body import Look, draw_body
from webmap.reports.maps.choropleth import zero_label
from webmap.reports.maps.classes import ZERO, Classes, Scheme, scheme_of
from webmap.reports.maps.frame import Frame, fit
from webmap.reports.maps.ground import Ground, ground_of
from webmap.reports.maps.hourly import Hourly, hourly
from webmap.reports.maps.overlay import Overlay
from webmap.reports.maps.sayings import clock, marks

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from webmap.reports.source import ReportSource

MOST_FRAMES = 100
_WIDTH, _MAP_HEIGHT, _HEAD, _SIDE = 900, 640, 76, 230
_DOTS_PER_INCH = 110
_FRAME_MS, _LAST_MS = 320, 2500
_MOST_COLOURS = 160
#: Colours that are written in: their mixtures with white belong to the set.
_WRITTEN = (palette.INK, palette.QUIET, palette.FAILED)


def animation(source: ReportSource, network: str | None, scheme: Scheme, *, count: int) -> bytes:
    """Return the course of an incident as a GIF that repeats, 900 pixels wide, 100 frames at the most.

    It shows who is out at each full hour: people of all networks, or customers of one. A longer course has a frame
    every few hours, the last moment always, and says so. Raises `InvalidQuery` as `classes_of` and `measure_of`.
    """
    impact = source.impact.document()
    read = hourly(impact, network, source.language)
    shown = frames_of(len(read.rows))
    classes = read.classes(scheme_of(scheme), count, source.language)
    ground = ground_of(source.snapshot)
    sheet = _Sheet(source, ground, classes, read)
    step = shown[1] - shown[0] if len(shown) > 1 else 1
    pictures = []
    for done, row in enumerate(shown):
        source.progress("animation", done, len(shown))
        pictures.append(sheet.picture(row, read.numbers(classes, row), step))
    return _gif(pictures)


def frames_of(rows: int) -> list[int]:
    """Return which rows of a series get a frame: all of up to a hundred, else every few, and the last always."""
    step = math.ceil(rows / (MOST_FRAMES - 1)) if rows > MOST_FRAMES else 1
    chosen = list(range(0, rows, step))
    return chosen if chosen[-1] == rows - 1 else [*chosen, rows - 1]


class _Sheet:
    """Everything of the frames that stays the same: the map in each colour, the legend, the marks."""

    def __init__(self, source: ReportSource, ground: Ground, classes: Classes, read: Hourly) -> None:
        self.phrases = Phrases(source.language)
        self.read = read
        self.incident = source.mark.words(source.language)
        self.colours = (palette.ZERO, *palette.loss_colours(len(classes.labels)))
        self.codes = ground.codes
        width_mm, height_mm = ((_WIDTH - _SIDE) / _DOTS_PER_INCH * 25.4, _MAP_HEIGHT / _DOTS_PER_INCH * 25.4)
        frame = fit(ground.bounds, width_mm, height_mm)
        self.palette = _Palette([_drawn(ground, frame, colour) for colour in self.colours])
        self.township_at = _townships_at(ground, frame, self.palette.shape)
        self.base = self._base(classes, marks(source))

    def _base(self, classes: Classes, said: Sequence[str]) -> Image.Image:
        """Return a frame without map, clock and total."""
        picture = self.palette.blank(_WIDTH, _MAP_HEIGHT + _HEAD)
        draw = ImageDraw.Draw(picture)
        left, top = _WIDTH - _SIDE + 14, _HEAD + 8
        place, write = self.palette.index, self.palette.write
        title = self.phrases.write("map.unit", title=self.read.title, unit=self.read.unit)
        write(picture, (left, top), title, 17)
        labels = (zero_label(self.read.measure, self.phrases.language), *classes.labels)
        for number, (label, colour) in enumerate(zip(labels, self.colours, strict=True)):
            y = top + 36 + number * 30
            draw.rectangle((left, y, left + 34, y + 20), fill=place(colour), outline=place(palette.TOWNSHIP_LINE))
            write(picture, (left + 44, y - 2), label, 16)
        for number, line in enumerate(_wrapped(classes.sentence)):
            write(picture, (left, top + 46 + len(labels) * 30 + number * 18), line, 13, palette.QUIET)
        for number, mark in enumerate(said):
            y = _HEAD + _MAP_HEIGHT - 44 - number * 42
            draw.rectangle((left, y, left + 120, y + 32), outline=place(palette.FAILED), width=2)
            write(picture, (left + 60, y + 16), mark, 19, palette.FAILED, anchor="mm")
        return picture

    def picture(self, row: int, numbers: dict[str, int | None], step: int) -> Image.Image:
        """Return the frame of a row."""
        found = [numbers.get(code) for code in self.codes]
        chosen = np.array([*(ZERO if number is None else number for number in found), ZERO]) + 1
        picture = self.base.copy()
        picture.paste(Image.fromarray(self.palette.taken(chosen[self.township_at])), (0, _HEAD))
        write = self.palette.write
        write(picture, (16, 8), clock(self.read.moments[row], self.phrases), 30)
        total = self.phrases.number(sum(self.read.rows[row]))
        write(
            picture, (_WIDTH - 16, 12), self.phrases.write("map.all", value=total, unit=self.read.unit), 24, anchor="ra"
        )
        every = "" if step == 1 else "　" + self.phrases.write("map.animation_step", hours=step)
        write(picture, (16, 48), self.incident + every, 16, palette.QUIET)
        return picture


class _Palette:
    """One set of colours for all frames, and each drawing of the map in it."""

    def __init__(self, drawings: Sequence[Any]) -> None:
        self.shape = drawings[0].shape[:2]
        extra = np.zeros((1, self.shape[1], 3), dtype=np.uint8)
        named = (palette.PAPER, palette.TOWNSHIP_LINE, *palette.LOSS_RAMP, palette.ZERO)
        greys = [
            tuple(255 + (value - 255) * share // 4 for value in _rgb(colour))
            for colour in _WRITTEN
            for share in (1, 2, 3, 4)
        ]
        for number, mixed in enumerate([*map(_rgb, named), *greys]):
            extra[0, number * 8 : (number + 1) * 8] = mixed
        whole = Image.fromarray(np.concatenate([*drawings, extra]))
        self._indexed = whole.quantize(_MOST_COLOURS, dither=Image.Dither.NONE)
        rows = np.asarray(self._indexed)
        height = self.shape[0]
        self._drawings = np.stack([rows[number * height : (number + 1) * height] for number in range(len(drawings))])
        colours = self._indexed.getpalette() or []
        self._colours = np.array(colours, dtype=np.int64).reshape(-1, 3)
        self._mixed: dict[str, Any] = {}

    def index(self, colour: str) -> int:
        """Return the place of the colour nearest to one."""
        return int(((self._colours - np.array(_rgb(colour))) ** 2).sum(axis=1).argmin())

    def blank(self, width: int, height: int) -> Image.Image:
        """Return a white picture in these colours."""
        picture = Image.new("P", (width, height), self.index(palette.PAPER))
        picture.putpalette(self._indexed.getpalette() or [])
        return picture

    def write(
        self,
        picture: Image.Image,
        place: tuple[float, float],
        text: str,
        size: int,
        colour: str = palette.INK,
        anchor: str = "la",
    ) -> None:
        """Write on white: each pixel in the colour of the set that is nearest to its mixture."""
        mask = Image.new("L", picture.size, 0)
        ImageDraw.Draw(mask).text(place, text, fill=255, font=_font(size), anchor=anchor)
        box = mask.getbbox()
        if box is None:
            return
        cut = mask.crop(box)
        picture.paste(
            Image.fromarray(self._mixtures(colour)[np.asarray(cut)]), box[:2], cut.point(lambda v: 255 if v > 24 else 0)
        )

    def _mixtures(self, colour: str) -> Any:
        """Return the index of each of 256 mixtures of a colour with white."""
        if colour not in self._mixed:
            share = np.linspace(0, 1, 256)[:, None]
            wanted = 255 + (np.array(_rgb(colour)) - 255) * share
            apart = ((wanted[:, None, :] - self._colours[None]) ** 2).sum(axis=2)
            self._mixed[colour] = apart.argmin(axis=1).astype(np.uint8)
        return self._mixed[colour]

    def taken(self, drawing: Any) -> Any:
        """Return the map whose pixels (height, width) are each taken from the drawing of that number."""
        rows, columns = np.indices(self.shape)
        return self._drawings[drawing, rows, columns]


def _drawn(ground: Ground, frame: Frame, colour: str) -> Any:
    look = Look(lambda _code: colour, name_pt=6.5, written=True, lines=False)
    return draw_body(ground, frame, Overlay(), look).pixels(_DOTS_PER_INCH)


def _townships_at(ground: Ground, frame: Frame, shape: tuple[int, int]) -> Any:
    """Return which township each pixel lies in (height, width): its number, the last for none."""
    picture = Image.new("I", (shape[1], shape[0]), len(ground.codes))
    draw = ImageDraw.Draw(picture)
    scale = np.array([shape[1] / frame.width_mm, shape[0] / frame.height_mm])
    # The largest first: what lies in another's hole is drawn over it.
    for number in sorted(range(len(ground.codes)), key=lambda index: -ground.shapes[index].area):
        for polygon in shapely.get_parts(ink.to_paper(ground.shapes[number], frame)):
            outline = shapely.get_coordinates(polygon.exterior) * scale
            draw.polygon([(float(x), float(y)) for x, y in outline], fill=number)
    return np.asarray(picture)


def _wrapped(sentence: str) -> list[str]:
    """Break a sentence into lines that fit beside the map."""
    lines, width = [""], 0.0
    for sign in sentence:
        width += 0.55 if sign.isascii() else 1.0
        if width > 15.5:
            lines, width = [*lines, ""], 0.0
        lines[-1] += sign
    return lines


def _gif(pictures: Sequence[Image.Image]) -> bytes:
    made = io.BytesIO()
    pictures[0].save(
        made,
        format="GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=[*[_FRAME_MS] * (len(pictures) - 1), _LAST_MS],
        loop=0,
        optimize=False,
    )
    return made.getvalue()


def _rgb(colour: str) -> tuple[int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def _font(size: int) -> FreeTypeFont:
    return ImageFont.truetype(str(ink.sans().get_file()), size)
