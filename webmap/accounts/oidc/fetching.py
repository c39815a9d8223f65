"""Asking the provider for JSON: bounded in time, in size and in how many wait at once; never sent elsewhere."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webmap.accounts.oidc.errors import ProviderProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import Response

#: For the connection, for each wait on an answer, and for the whole of it.
TIMEOUT_S = 5.0
_MAX_BYTES = 1 << 20
#: A provider that hangs must not hold the threads that draw maps.
_AT_ONCE = 4


@dataclass(frozen=True)
class Answer:
    """What the provider answered: the HTTP status and a JSON object."""

    status: int
    document: Mapping[str, Any]


class Fetching:
    """Fetches JSON objects. Shared by threads. `ca` is a file of certificate authorities, None for the usual ones."""

    def __init__(self, ca: Path | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self._verify = True if ca is None else str(ca)
        self._timeout_s = timeout_s
        self._slots = threading.BoundedSemaphore(_AT_ONCE)

    def get(self, url: str, *, bearer: str = "") -> Mapping[str, Any]:
        """Return the object at an address; raises `ProviderProblem`, also for a status other than 200."""
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        answer = self._ask("GET", url, headers=headers)
        if answer.status != 200:
            raise ProviderProblem(f"status {answer.status}")
        return answer.document

    def post_form(self, url: str, fields: Mapping[str, str], basic: tuple[str, str] | None) -> Answer:
        """Send a form, with HTTP's basic authentication where `basic` is given; raises `ProviderProblem`."""
        return self._ask("POST", url, headers={}, data=fields, auth=basic)

    def _ask(self, method: str, url: str, *, headers: Mapping[str, str], **options: Any) -> Answer:
        import requests  # noqa: PLC0415  only who signs in elsewhere pays for it

        with self._slot(), requests.Session() as session:
            # Or a .netrc or a proxy for the internet would come between.
            session.trust_env = False
            deadline_s = time.monotonic() + self._timeout_s
            try:
                with session.request(
                    method,
                    url,
                    headers={"Accept": "application/json", **headers},
                    timeout=self._timeout_s,
                    allow_redirects=False,
                    stream=True,
                    verify=self._verify,
                    **options,
                ) as response:
                    return Answer(response.status_code, _object(_content(response, deadline_s)))
            except (requests.RequestException, OSError) as error:
                # Not its text: addresses may hold what is nobody's business.
                raise ProviderProblem(type(error).__name__) from None

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(blocking=False):
            raise ProviderProblem("too many are waiting for it")
        try:
            yield
        finally:
            self._slots.release()


def _content(response: Response, deadline_s: float) -> bytes:
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    content = bytearray()
    try:
        # What has arrived, not a full block: who sends a byte a second would hold a block for hours.
        while part := response.raw.read1(65536, decode_content=True):
            content += part
            if len(content) > _MAX_BYTES:
                raise ProviderProblem("the answer is too long")
            if time.monotonic() > deadline_s:
                raise ProviderProblem("the answer takes too long")
    except HTTPError as error:
        raise ProviderProblem(type(error).__name__) from None
    return bytes(content)


def _object(content: bytes) -> Mapping[str, Any]:
    document = None
    with suppress(ValueError, RecursionError):
        document = json.loads(content)
    if not isinstance(document, dict):
        raise ProviderProblem("the answer is no JSON object")
    return document
