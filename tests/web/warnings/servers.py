"""Servers on loopback that deliveries really go to: a mail server and a web server, each of which may misbehave."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from webmap.settings import SmtpSettings, WebhookSettings


@dataclass
class Postbox:
    """What a mail server took, and how it is to behave: answers by address, whom it drops or lets wait.

    `drop` closes the connection when a mail for that address has come in whole; `drop_early` when it is named;
    `hold` keeps the answer to a mail back until it is set; `closes_after` ends a connection after so many mails.
    """

    refused: dict[str, str] = field(default_factory=dict)
    drop: set[str] = field(default_factory=set)
    drop_early: set[str] = field(default_factory=set)
    hold: threading.Event | None = None
    closes_after: int | None = None
    login: tuple[str, str] | None = None
    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    began: threading.Event = field(default_factory=threading.Event)
    connections: set[Any] = field(default_factory=set)
    _seen: dict[Any, int] = field(default_factory=dict)

    @property
    def addresses(self) -> list[str]:
        return [address for address, _ in self.taken]

    def mail(self, address: str) -> EmailMessage:
        content = next(content for taken, content in self.taken if taken == address)
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def settings(self, **changes: Any) -> SmtpSettings:
        given = {"host": "127.0.0.1", "port": self.port, "sender": "warning@zezhou.example", "security": "none"}
        return SmtpSettings(**(given | changes))

    async def handle_MAIL(  # noqa: N802  the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.connections.add(session.peer)
        if self.closes_after is not None and self._seen.get(session.peer, 0) >= self.closes_after:
            return "421 too many mails, come again"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.drop_early:
            server.transport.abort()
            return "421 gone"
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        self.taken.append((address, envelope.content))
        self._seen[session.peer] = self._seen.get(session.peer, 0) + 1
        self.began.set()
        if self.hold is not None:
            await asyncio.get_running_loop().run_in_executor(None, self.hold.wait, 30)
        if address in self.drop:
            server.transport.abort()
        return "250 queued"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and self.login == (data.login.decode(), data.password.decode())
        return AuthResult(success=right, handled=right)


@contextmanager
def mail_server(
    postbox: Postbox, context: ssl.SSLContext | None = None, *, implicit: bool = False
) -> Iterator[Postbox]:
    """Run a mail server; with `context` it offers STARTTLS, or with `implicit` speaks TLS from the first byte."""
    loop = asyncio.new_event_loop()
    starttls = None if implicit else context
    made: list[SMTP] = []

    def make() -> SMTP:
        encrypted = starttls is not None
        login = {"auth_required": encrypted, "authenticator": postbox.authenticate} if postbox.login else {}
        made.append(SMTP(postbox, loop=loop, tls_context=starttls, auth_require_tls=encrypted, **login))
        return made[-1]

    # All of it on a thread of its own: a browser that is open in this process has a loop running here.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listening = loop.create_server(make, "127.0.0.1", 0, ssl=context if implicit else None)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result(10)
    postbox.port = server.sockets[0].getsockname()[1]
    try:
        yield postbox
    finally:
        if postbox.hold is not None:
            postbox.hold.set()
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(_end_all(made), loop).result(10)
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(40)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end_all(connections: list[SMTP]) -> None:
    for connection in connections:
        if connection.transport is not None:
            connection.transport.abort()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@dataclass
class Hook:
    """What a web server was sent, and how it is to answer. `silent` takes the request and never answers."""

    status: int = 200
    location: str = ""
    silent: bool = False
    port: int = 0
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def settings(self, path: str = "/in?key=1") -> WebhookSettings:
        return WebhookSettings(f"http://127.0.0.1:{self.port}{path}", "0123456789abcdef")

    def document(self) -> dict[str, Any]:
        [(_, _, body)] = self.requests
        found: dict[str, Any] = json.loads(body)
        return found


@contextmanager
def web_server(hook: Hook) -> Iterator[Hook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.requests.append((self.path, dict(self.headers), body))
            if hook.silent:
                hook.ended.wait(30)
                return
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.end_headers()
            self.wfile.write(b"said the platform")

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hook
    finally:
        hook.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    with mail_server(Postbox()) as running:
        yield running


@pytest.fixture(scope="module")
def hook() -> Iterator[Hook]:
    with web_server(Hook()) as running:
        yield running


def channels(postbox: Postbox, hook: Hook) -> dict[str, str]:
    """The settings of a product that sends to these two."""
    return {
        "WEBMAP_SMTP_HOST": "127.0.0.1",
        "WEBMAP_SMTP_PORT": str(postbox.port),
        "WEBMAP_SMTP_FROM": "warning@zezhou.example",
        "WEBMAP_SMTP_SECURITY": "none",
        "WEBMAP_WEBHOOK_URL": hook.settings().url,
        "WEBMAP_WEBHOOK_SECRET": hook.settings().secret,
    }
