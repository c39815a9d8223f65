"""A webhook: the message as signed JSON to the one address that is set."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from webmap.channel_settings import WebhookSettings
from webmap.warnings.channels.adapter import Delivery, Outcome, connect_code, failed, quoted
from webmap.warnings.channels.message import Message

#: Seconds for every answer of the receiver.
_ANSWER_S = 15.0
#: No more of an answer is read than fits a line.
_READ_BYTES = 600

#: The receiver, or what stands before it, gave up: the message may have gone through all the same. So may any 5xx.
_UNSURE = (408,)

SIGNATURE_HEADER = "X-Webmap-Signature"
IDEMPOTENCY_HEADER = "Idempotency-Key"


class WebhookAdapter:
    """POSTs to the address of the settings; follows nothing, asks no proxy."""

    initial = Outcome("waiting")

    def __init__(
        self, settings: WebhookSettings, *, answer_s: float = _ANSWER_S, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._answer_s = answer_s
        self._clock = clock

    def send(self, message: Message, delivery: Delivery) -> Outcome:
        """Send one request. Without a connection nothing was delivered; without a clear answer nobody knows."""
        body = payload_of(message)
        try:
            connection = self._connection()
            connection.connect()
        except OSError as error:
            return failed(connect_code(error), error, for_all=True)
        try:
            connection.request("POST", self._target(), body=body, headers=self._headers(body, delivery))
            response = connection.getresponse()
            status, reason = response.status, quoted(response.reason)
            return _outcome(status, f"{status} {reason} {quoted(response.read(_READ_BYTES))}")
        except (HTTPException, OSError) as error:
            return Outcome("unknown", "lost_while_sending", quoted(error))
        finally:
            connection.close()

    def close(self) -> None:
        """Do nothing: every request has its own connection."""

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self._settings.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            authorities = None if self._settings.ca is None else str(self._settings.ca)
            context = ssl.create_default_context(cafile=authorities)
            return HTTPSConnection(host, parts.port, timeout=self._answer_s, context=context)
        return HTTPConnection(host, parts.port, timeout=self._answer_s)

    def _target(self) -> str:
        parts = urlsplit(self._settings.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _headers(self, body: bytes, delivery: Delivery) -> dict[str, str]:
        return {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "energy-emergency-map",
            SIGNATURE_HEADER: signature(body, self._settings.secret, int(self._clock())),
            IDEMPOTENCY_HEADER: hashlib.sha256(f"{delivery.message}\0{delivery.recipient_key}".encode()).hexdigest(),
        }


def payload_of(message: Message) -> bytes:
    """Return the body: what it is, the words in both languages, and the CAP message as it was issued."""
    document = {
        "identifier": message.identifier,
        "type": message.type,
        "sent": message.sent.isoformat(),
        "expires_at": message.expires_at.isoformat(),
        "synthetic": message.synthetic,
        "headlines": dict(message.headlines),
        "texts": dict(message.texts),
        "cap": message.xml.decode("utf-8"),
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8")


def signature(body: bytes, secret: str, at_s: int) -> str:
    """Return `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 of the seconds, a dot and the body."""
    digest = hmac.new(secret.encode("utf-8"), f"{at_s}.".encode("ascii") + body, hashlib.sha256).hexdigest()
    return f"t={at_s},v1={digest}"


def _outcome(status: int, reply: str) -> Outcome:
    if 200 <= status < 300:
        return Outcome("sent", reply=quoted(reply))
    if status >= 500 or status in _UNSURE:
        return Outcome("unknown", "http_unsure", quoted(reply))
    return failed("redirected" if 300 <= status < 400 else "http_refused", reply)
