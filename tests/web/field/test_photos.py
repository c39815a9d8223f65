"""Photographs are made anew: upright, small, and without a word of what the camera wrote into them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.web.field.pictures import CAMERA, COMMENT, animation, from_a_phone, jpeg_of, png_of, saved, two_halves
from webmap.field.errors import PhotoRefused
from webmap.field.photos import LONGEST_SIDE_PX, Photo, made_anew


def opened(photo: Photo) -> Image.Image:
    image = Image.open(io.BytesIO(photo.content))
    image.load()
    return image


def test_position_camera_comment_and_profile_are_gone() -> None:
    sent = from_a_phone(two_halves())
    before = Image.open(io.BytesIO(sent))
    assert before.getexif().get_ifd(0x8825)[4] == (112, 51, 36)
    assert {"exif", "icc_profile", "comment", "xmp"} <= before.info.keys()
    kept = made_anew(sent)
    image = opened(kept)
    assert image.format == "JPEG"
    assert not image.getexif()
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for said in (CAMERA.encode(), COMMENT, b"secret", b"colour profile", b"Exif"):
        assert said in sent
        assert said not in kept.content


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    # What viewers show of the file that was sent, by the standard's own table: the first row's and column's side.
    turned = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}
    image = opened(made_anew(from_a_phone(two_halves(), orientation)))
    assert image.size == ((60, 40) if orientation < 5 else (40, 60))
    width, height = image.size
    middle = {"left": (5, height // 2), "right": (width - 5, height // 2), "top": (width // 2, 5)}
    middle["bottom"] = (width // 2, height - 5)
    red, _, blue = image.getpixel(middle[turned[orientation]])  # type: ignore[misc]
    assert red > blue + 100


def test_large_pictures_are_made_small_and_keep_their_shape() -> None:
    kept = made_anew(saved(two_halves(4000, 3000)))
    assert (kept.width_px, kept.height_px) == (LONGEST_SIDE_PX, 1200)
    assert opened(kept).size == (1600, 1200)
    assert opened(made_anew(jpeg_of(8000, 5000))).size == (1600, 1000)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_types_become_jpeg_on_white(kind: str) -> None:
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    kept = opened(made_anew(saved(image, kind)))
    assert (kept.format, kept.mode) == ("JPEG", "RGB")
    assert min(kept.getpixel((10, 10))) > 245  # type: ignore[type-var, arg-type]


def test_grey_and_palette_pictures_are_taken() -> None:
    for mode in ("L", "P", "CMYK"):
        assert opened(made_anew(saved(two_halves().convert(mode), "PNG" if mode == "P" else "JPEG"))).mode == "RGB"


@pytest.mark.parametrize(
    ("sent", "rule"),
    [
        (b"", "unknown_type"),
        (b"<svg onload=alert(1)>", "unknown_type"),
        (b"<html><script>alert(1)</script>", "unknown_type"),
        (saved(two_halves(), "GIF"), "unknown_type"),
        (saved(two_halves(), "BMP"), "unknown_type"),
        (saved(two_halves(), "TIFF"), "unknown_type"),
        (saved(two_halves(), "PDF"), "unknown_type"),
        (animation("PNG"), "animated"),
        (animation("WEBP"), "animated"),
        (png_of(4000, 3001), "too_large"),
        (jpeg_of(8000, 5001), "too_large"),
        (png_of(30_000, 30_000), "too_large"),
        (png_of(4_000_000, 40), "too_large"),
        (png_of(60_000, 60_000, b"\0" * 10_000_000), "too_large"),
        (png_of(600, 400, b"\0" * 100), "broken"),
        (saved(two_halves(600, 400))[:-900], "broken"),
        (saved(two_halves(), "PNG")[:60], "broken"),
        (saved(two_halves())[:30], "broken"),
    ],
)
def test_what_is_no_sound_still_photograph_is_refused(sent: bytes, rule: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        made_anew(sent)
    assert refused.value.rule == rule
    for language in ("zh", "en"):
        assert refused.value.message(language)  # type: ignore[arg-type]
        assert refused.value.remedy(language)  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_broken_note_of_the_orientation_is_as_none() -> None:
    sent = bytearray(from_a_phone(two_halves()))
    start = sent.index(b"Exif\0\0") + 6
    sent[start + 4 : start + 8] = b"\xff\xff\xff\xff"
    assert opened(made_anew(bytes(sent))).size == (60, 40)
