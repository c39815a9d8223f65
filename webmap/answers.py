"""Answers of the API and how errors become answers."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from webmap.documents import write_document
from webmap.errors import fault_of
from webmap.languages import language_of
from webmap.workload import TooBusy

_LOG = logging.getLogger(__name__)
_JSON_PATHS = ("/api/", "/healthz")


def json_answer(document: object, status: int = 200) -> Response:
    """Return a JSON response that no cache keeps."""
    return prepared_answer(write_document(document), status)


def prepared_answer(content: bytes, status: int = 200) -> Response:
    """Return JSON that is text already as a response that no cache keeps."""
    response = Response(content, status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def answer_errors(app: Flask) -> None:
    """Answer every error as the table of `webmap.errors` says: JSON below /api, a line of text elsewhere."""

    @app.errorhandler(Exception)
    def answer(error: Exception) -> Response:
        fault = fault_of(error, language_of(request))
        if fault.status >= 500 and not isinstance(error, TooBusy):
            _LOG.error("%s %s: %s", request.method, _path_to_log(), fault.code, exc_info=error)
        if request.path.startswith(_JSON_PATHS):
            response = json_answer(fault.document(), fault.status)
        else:
            response = Response(f"{fault.message}。{fault.remedy}\n", fault.status, mimetype="text/plain")
        if isinstance(error, HTTPException):
            keep_headers(error, response)
        if isinstance(error, TooBusy):
            response.headers["Retry-After"] = str(error.retry_after_s)
        return response


def _path_to_log() -> str:
    """Return the request's path; the rule of its route where the path holds a secret."""
    rule = request.url_rule
    return rule.rule if rule is not None and "token" in rule.arguments else request.path


def keep_headers(error: HTTPException, response: BaseResponse) -> None:
    """Keep what the status obliges us to say: Allow with 405, Content-Range with 416."""
    for name, value in error.get_headers(request.environ):
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
