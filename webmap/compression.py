"""Gzip for answers made on the fly and for the page's bundles; layers bring their own, compressed once."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Request, Response, request

from webmap.assets import bundle_asked_for

_TYPES = frozenset({"application/json", "application/geo+json", "text/csv", "text/html", "text/plain"})
#: Below this an answer fits one packet, and gzip gains nothing.
_WORTHWHILE_BYTES = 1400
#: Level 1 packs assessments to about an eighth at 100 MB/s and more; higher levels cost time before the first byte.
_LEVEL = 1


def accepts_gzip(request: Request) -> bool:
    """Whether the client takes gzip; a client that names no encoding is sent none."""
    return request.accept_encodings["gzip"] > 0 if "Accept-Encoding" in request.headers else False


def compress_answers(app: Flask) -> None:
    """Compress textual answers of some size for clients that take gzip."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.status_code in {204, 206, 304} or "Content-Encoding" in response.headers:
            return response
        bundle = bundle_asked_for(request)
        if bundle and response.status_code == 200:
            return _with_packed_bundle(response, Path(str(app.static_folder)) / bundle)
        if response.mimetype not in _TYPES or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        content = response.get_data()
        if accepts_gzip(request) and len(content) >= _WORTHWHILE_BYTES:
            _replace_content(response, gzip.compress(content, _LEVEL, mtime=0))
        return response


def _with_packed_bundle(response: Response, path: Path) -> Response:
    """Send a bundle compressed. Its name holds the hash of its content, so the packed form is kept by name."""
    response.vary.add("Accept-Encoding")
    if accepts_gzip(request):
        response.direct_passthrough = False
        response.close()
        _replace_content(response, _packed_file(path))
    return response


def _replace_content(response: Response, packed: bytes) -> None:
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)


@lru_cache(maxsize=12)
def _packed_file(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)
