"""Taking a file in: streamed to its place piece by piece, never held in memory, refused as soon as it is too large."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import unquote

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from webmap.imports.errors import DiskFull, FileTooLarge, NoFile, UnknownUpload
from webmap.imports.files import FULL, ImportFiles
from webmap.imports.records import ReceivedFile

_FIELD = "file"
#: What a form holds beside its file.
_FORM_BYTES = 64 * 1024
_RAW = frozenset({"application/octet-stream", "application/zip", "application/x-zip-compressed"})


def receive(request: Request, files: ImportFiles, import_id: str) -> ReceivedFile:
    """Write the file of a request into the folder of a new import.

    Raises `UnknownUpload`, `NoFile`, `FileTooLarge` (as soon as the request's head says so) and `DiskFull`.
    """
    if request.mimetype != "multipart/form-data" and request.mimetype not in _RAW:
        raise UnknownUpload
    length = request.content_length
    most = files.limits.file_bytes
    is_form = request.mimetype not in _RAW
    # The head and tail of a form's part are not the file's.
    files.require_room(None if length is None else max(0, length - (_FORM_BYTES if is_form else 0)))
    request.max_content_length = most + _FORM_BYTES
    try:
        return _from_form(request, files, import_id) if is_form else _raw(request, files, import_id)
    except RequestEntityTooLarge:
        files.remove(import_id)
        raise FileTooLarge(most) from None


def _raw(request: Request, files: ImportFiles, import_id: str) -> ReceivedFile:
    name = unquote(request.headers.get("X-File-Name", ""), errors="replace")
    if not name.strip():
        raise NoFile
    return files.receive(import_id, name, request.stream)


def _from_form(request: Request, files: ImportFiles, import_id: str) -> ReceivedFile:
    """Parse a form whose one file is written where it stays."""
    folder = files.folder / import_id
    part = folder / "coming"
    opened: list[IO[bytes]] = []

    def place(
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if opened:
            raise NoFile  # one file at a time
        folder.mkdir(parents=True)
        opened.append(part.open("wb+"))
        return opened[0]

    try:
        name = _parsed(request, place)
        if not opened or name is None:
            raise NoFile
        opened[0].close()
        return files.adopt(import_id, name, part)
    except BaseException as error:
        for file in opened:
            with contextlib.suppress(OSError):
                file.close()
        files.remove(import_id)
        if isinstance(error, OSError) and error.errno in FULL:
            raise DiskFull from error
        raise


def _parsed(request: Request, place: Callable[..., IO[bytes]]) -> str | None:
    parser = FormDataParser(place, max_form_memory_size=_FORM_BYTES, max_form_parts=10)
    options: dict[str, Any] = request.mimetype_params
    _, _, found = parser.parse(request.stream, request.mimetype, request.content_length, options)
    file = found.get(_FIELD)
    return None if file is None else file.filename or ""
