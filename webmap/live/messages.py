"""Messages of a stream of server-sent events, each written and compressed once for all who get it.

Compressed by itself and ended by a full flush, a message is a run of whole deflate blocks that refer to nothing before
them. RFC 1951 lets such runs follow each other in any order, so the same bytes fit into every stream; of its own each
has the gzip header, and the check sum at the end (RFC 1952).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Any

from webmap.documents import write_document

#: Packs a picture to about an eighth at 100 MB/s; higher levels cost time before the first byte.
_LEVEL = 1
#: Deflate, no name, no time, written by an unknown system.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST_BLOCK = b"\x03\x00"


@dataclass(frozen=True)
class Message:
    """An event as bytes: as it is, and as deflate blocks."""

    plain: bytes
    packed: bytes


def message(event: str, document: dict[str, Any], number: int | None = None) -> Message:
    """Return an event with a document as its data; `number` is the id by which a client says what it has."""
    return written_message(event, write_document(document), number)


def written_message(event: str, data: bytes, number: int | None = None) -> Message:
    """Return the same for data that are JSON already, in one line."""
    identified = "" if number is None else f"id: {number}\n"
    plain = f"event: {event}\n{identified}data: ".encode() + data + b"\n\n"
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Message(plain, packing.compress(plain) + packing.flush(zlib.Z_FULL_FLUSH))


class Plain:
    """A stream for a client that takes no gzip."""

    encoding: str | None = None

    def begin(self) -> bytes:
        """Return what a stream begins with."""
        return b""

    def take(self, one: Message) -> bytes:
        """Return a message as this stream carries it."""
        return one.plain

    def end(self) -> bytes:
        """Return what a stream ends with."""
        return b""


class Packed:
    """A stream as one gzip file that grows. Of one thread: it keeps the check sum of what it has carried."""

    encoding: str | None = "gzip"

    def __init__(self) -> None:
        self._sum = 0
        self._length = 0

    def begin(self) -> bytes:
        """Return what a stream begins with."""
        return _HEADER

    def take(self, one: Message) -> bytes:
        """Return a message as this stream carries it."""
        self._sum = zlib.crc32(one.plain, self._sum)
        self._length += len(one.plain)
        return one.packed

    def end(self) -> bytes:
        """Return what a stream ends with."""
        return _LAST_BLOCK + struct.pack("<II", self._sum, self._length & 0xFFFFFFFF)


Carrier = Plain | Packed
