"""Photographs that are sent to us: looked at with care, and made anew without what the camera wrote into them."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from webmap.field.errors import PhotoRefused

#: What is taken; a file of another type is never handed to a decoder. Phones' JPEG with a second picture is MPO.
_FORMATS = ("JPEG", "PNG", "WEBP")
_TAKEN = frozenset({*_FORMATS, "MPO"})
MIMETYPE = "image/jpeg"
#: More is refused before anything is decoded. A JPEG decodes to a fraction of its size at once; others decode whole,
#: and cost their sender next to nothing where they are of one colour.
MOST_PIXELS = 40_000_000
MOST_PIXELS_WHOLE = 12_000_000
_BY_FRACTIONS = frozenset({"JPEG", "MPO"})
#: The longer side of what is kept.
LONGEST_SIDE_PX = 1600
_QUALITY = 85
_ORIENTATION = 0x0112
#: What turns a picture upright that was taken so (EXIF orientation 2-8).
_TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: What Pillow raises for files that are broken, or made to break it.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, ArithmeticError, MemoryError)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Photo:
    """A photograph as it is kept: a JPEG of our own making. `content` are its bytes."""

    content: bytes
    width_px: int
    height_px: int

    @property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def text(self) -> str:
        """The bytes as base64, as the table holds them."""
        return base64.b64encode(self.content).decode("ascii")


def made_anew(content: bytes) -> Photo:
    """Return a photograph turned upright, of at most `LONGEST_SIDE_PX`, with nothing in it but the picture.

    Position, time, camera, comments, colour profile and thumbnails of the file are gone. Raises `PhotoRefused` for what
    is no still picture of a type that is taken, holds too many pixels, or is broken off. `webmap.field.gate` keeps many
    from doing it at once.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            _require_still_and_small(image)
            return _jpeg(_upright(image))
    except _BOMB:
        raise PhotoRefused("too_large", most_megapixels=MOST_PIXELS // 1_000_000) from None
    except UnidentifiedImageError:
        raise PhotoRefused("unknown_type") from None
    except _BROKEN:
        raise PhotoRefused("broken") from None


def _require_still_and_small(image: Image.Image) -> None:
    """Only the head of the file was read so far."""
    if image.format not in _TAKEN:
        raise PhotoRefused("unknown_type")
    most = MOST_PIXELS if image.format in _BY_FRACTIONS else MOST_PIXELS_WHOLE
    if image.width * image.height > most:
        raise PhotoRefused("too_large", most_megapixels=most // 1_000_000)
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise PhotoRefused("animated")


def _upright(image: Image.Image) -> Image.Image:
    orientation = _orientation(image)
    # A JPEG decodes to a half, quarter or eighth at once, never below what is wanted.
    image.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    image.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    plain = image if image.mode == "RGB" else _on_white(image)
    # Nothing but pixels: what the file said beside them would be written on.
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare.transpose(_TURNS[orientation]) if orientation in _TURNS else bare


def _orientation(image: Image.Image) -> int:
    """How the camera was held; a broken note of it is as none."""
    try:
        said = image.getexif().get(_ORIENTATION, 1)
    except (*_BROKEN, RuntimeError):
        return 1
    return said if isinstance(said, int) else 1


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _jpeg(image: Image.Image) -> Photo:
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(kept.getvalue(), image.width, image.height)
