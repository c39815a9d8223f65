"""Gzip for answers made on the fly; layers bring their own, compressed once."""

from __future__ import annotations

import gzip

from flask import Flask, Request, Response, request

_TYPES = frozenset({"application/json", "application/geo+json", "text/csv", "text/html"})
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
        if response.mimetype not in _TYPES or response.is_streamed or response.status_code in {204, 206, 304}:
            return response
        response.vary.add("Accept-Encoding")
        if "Content-Encoding" in response.headers or not accepts_gzip(request):
            return response
        content = response.get_data()
        if len(content) >= _WORTHWHILE_BYTES:
            response.set_data(gzip.compress(content, _LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response
