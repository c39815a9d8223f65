"""What every channel's adapter does: it takes one message to one recipient and says what came of it."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from typing import Literal, Protocol

from webmap.warnings.channels.message import Message

#: `failed` may be tried again; `unknown` may have arrived, and only a person decides; `prepared` is for a person to do.
State = Literal["waiting", "sending", "sent", "failed", "unknown", "prepared", "done", "recorded"]
#: The audience of an update for whom an earlier message went to, and whose place is not in the area any more.
LEFT_AREA = "left_area"
#: The longest answer of another server that is kept, in characters.
_LONGEST_REPLY = 300


@dataclass(frozen=True)
class Delivery:
    """One message to one recipient by one channel; `address` is "" where none is known or none is needed."""

    id: str
    message: str
    channel: str
    audience: str
    recipient_key: str
    recipient_name: str
    address: str


@dataclass(frozen=True)
class Outcome:
    """What came of a delivery: `code` names the reason (`delivery.<code>` in the phrase book), `reply` is the answer.

    `for_all` says that nobody else can be reached by the channel now either.
    """

    state: State
    code: str = ""
    reply: str = ""
    for_all: bool = False


class Adapter(Protocol):
    """A way to send. An adapter belongs to one thread."""

    @property
    def initial(self) -> Outcome:
        """What a delivery is when it is recorded: `waiting` where something is to be sent."""

    def send(self, message: Message, delivery: Delivery) -> Outcome:
        """Send, and say what came of it; raises nothing that was foreseen."""

    def close(self) -> None:
        """Let go of a connection; the next `send` opens a new one."""


def failed(code: str, reply: object = "", *, for_all: bool = False) -> Outcome:
    """Return a failure: nothing was delivered, for sure."""
    return Outcome("failed", code, quoted(reply), for_all)


def connect_code(error: OSError) -> str:
    """Return the code of why no connection came about."""
    codes: tuple[tuple[type[OSError], str], ...] = (
        (ssl.SSLError, "certificate"),
        (socket.gaierror, "host_unknown"),
        (ConnectionRefusedError, "connection_refused"),
        (TimeoutError, "timed_out"),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), "unreachable")


def quoted(reply: object) -> str:
    """Return an answer as one short line of text."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST_REPLY]
