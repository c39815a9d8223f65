"""Files as phones and people with bad intentions send them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, TiffImagePlugin

#: 35° 30' 36" N, 112° 51' 36" E, as a camera writes it.
_GPS = {1: "N", 2: (35.0, 30.0, 36.0), 3: "E", 4: (112.0, 51.0, 36.0)}
CAMERA = "PhoneMaker 7731"
COMMENT = b"taken by Wang, flat 502"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>home</secret></x:xmpmeta>'


def two_halves(width_px: int = 60, height_px: int = 40) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width_px, height_px), (220, 20, 20))
    image.paste((20, 20, 220), (width_px // 2, 0, width_px, height_px))
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


def from_a_phone(image: Image.Image, orientation: int = 1) -> bytes:
    """A JPEG with position, camera, orientation, comment, XMP and a colour profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = CAMERA
    position = {key: value if isinstance(value, str) else _rational(value) for key, value in _GPS.items()}
    exif._ifds[0x8825] = position
    profile = b"\0" * 128 + b"colour profile of PhoneMaker"
    return saved(image, exif=exif, comment=COMMENT, xmp=XMP, icc_profile=profile, quality=95)


def _rational(values: tuple[float, ...]) -> tuple[TiffImagePlugin.IFDRational, ...]:
    return tuple(TiffImagePlugin.IFDRational(int(value), 1) for value in values)


def png_of(width_px: int, height_px: int, rows: bytes = b"") -> bytes:
    """A PNG whose head says so many pixels, whatever follows."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg_of(width_px: int, height_px: int) -> bytes:
    """A JPEG whose head says so many pixels, and which holds far fewer."""
    content = bytearray(saved(two_halves()))
    start = content.index(b"\xff\xc0") + 5
    content[start : start + 4] = struct.pack(">HH", height_px, width_px)
    return bytes(content)


def animation(kind: str) -> bytes:
    frames = [two_halves(), two_halves().rotate(90)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
