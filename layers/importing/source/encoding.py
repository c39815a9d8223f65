"""In what encoding texts are, found by decoding them: UTF-8 strictly, then GB18030 (which holds GBK), then Big5."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path

from layers.importing.source.refusals import refusal

#: In the order in which they are tried. UTF-8 is strict: Chinese in GBK is no UTF-8 but for freak cases.
CANDIDATES = ("UTF-8", "GB18030", "Big5")
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAME = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "gbk": "GB18030",
    "gb2312": "GB18030",
    "gb18030": "GB18030",
    "hz": "GB18030",
    "big5": "Big5",
    "cp950": "Big5",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
#: What is left of Chinese that was stored in a wrong encoding once: nothing can read it again.
RUINED = ("锟斤拷", "烫烫烫", "\ufffd")
_CHUNK = 2**20


def normal_name(encoding: str) -> str:
    """Return the name of an encoding as the product writes it; GBK and GB2312 are read as GB18030.

    Raises `UnusableFile` (`unknown_encoding`).
    """
    word = encoding.strip().lower()
    word = {"936": "gbk", "950": "big5", "ansi 936": "gbk", "65001": "utf-8", "cp936": "gbk"}.get(word, word)
    try:
        found = codecs.lookup(word)
    except (LookupError, ValueError):
        raise refusal("unknown_encoding", encoding=encoding) from None
    if not getattr(found, "_is_text_encoding", True):
        raise refusal("unknown_encoding", encoding=encoding)
    return _SAME.get(found.name, found.name)


def byte_order_mark(head: bytes) -> str | None:
    """Return the encoding that the first bytes of a file name, None without a mark."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def candidates_of_file(path: Path) -> tuple[str, ...]:
    """Return the encodings in which the whole file can be read, the likeliest first; a mark decides alone."""
    with path.open("rb") as file:
        marked = byte_order_mark(file.read(4))
    names = (marked,) if marked else CANDIDATES
    return tuple(name for name in names if _decodes(name, _chunks(path)))


def candidates_of_values(values: Iterable[bytes]) -> tuple[str, ...]:
    """Return the encodings in which every value can be read. A value may be cut within its last character."""
    left = set(CANDIDATES)
    for value in values:
        if value.isascii():
            continue
        left = {name for name in left if _decodes_cut(value, name)}
        if not left:
            break
    return tuple(name for name in CANDIDATES if name in left)


def decode_cut(value: bytes, encoding: str) -> str:
    """Decode a text that may have been cut within its last character, which is left out then.

    Raises `UnicodeDecodeError` for anything else that is wrong.
    """
    return codecs.getincrementaldecoder(encoding)().decode(value)


def decode_anyhow(value: bytes, encoding: str) -> str:
    """Decode a text, with a replacement character where it cannot be read."""
    try:
        return decode_cut(value, encoding)
    except UnicodeDecodeError:
        return value.decode(encoding, "replace")


def is_ruined(text: str) -> bool:
    """Say whether a text bears the signs of having been stored in a wrong encoding."""
    return any(mark in text for mark in RUINED)


def _decodes_cut(value: bytes, encoding: str) -> bool:
    try:
        decode_cut(value, encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decodes(encoding: str, chunks: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
