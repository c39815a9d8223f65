from __future__ import annotations

import hashlib
import hmac
import socket
from collections.abc import Iterator

import pytest

from tests.web.warnings.issued import delivery, message
from tests.web.warnings.messages import SOUND
from tests.web.warnings.servers import Hook, web_server
from webmap.settings import WebhookSettings
from webmap.warnings.channels.webhook import WebhookAdapter

TO = delivery("127.0.0.1", "webhook")


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_server(Hook()) as running:
        yield running


def test_the_platform_gets_the_words_and_the_message_as_it_was_issued(hook: Hook) -> None:
    outcome = WebhookAdapter(hook.settings()).send(message(), TO)
    assert (outcome.state, outcome.reply) == ("sent", "200 OK said the platform")
    [(path, _, _)] = hook.requests
    assert path == "/in?key=1"
    document = hook.document()
    assert (document["identifier"], document["type"]) == ("140525-0001", "Update")
    assert document["cap"] == SOUND
    assert "预警级别：较大风险预警" in document["texts"]["zh"]
    assert document["headlines"]["en"] == "[Update] Loss of heating"


def test_the_receiver_can_tell_by_the_secret_that_it_is_ours(hook: Hook) -> None:
    settings = hook.settings()
    WebhookAdapter(settings, clock=lambda: 1_768_176_000.7).send(message(), TO)
    [(_, headers, body)] = hook.requests
    expected = hmac.new(b"0123456789abcdef", b"1768176000." + body, hashlib.sha256).hexdigest()
    assert headers["X-Webmap-Signature"] == f"t=1768176000,v1={expected}"
    assert "0123456789abcdef" not in str(headers) + body.decode()


def test_every_try_has_the_same_idempotency_key_and_another_message_another(hook: Hook) -> None:
    adapter = WebhookAdapter(hook.settings())
    for identifier in ("1", "1", "2"):
        adapter.send(message(), delivery("127.0.0.1", "webhook", identifier))
    first, again, other = (headers["Idempotency-Key"] for _, headers, _ in hook.requests)
    assert first == again != other


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [
        *((status, "sent", "") for status in (201, 204)),
        *((status, "failed", "http_refused") for status in (400, 404, 429)),
        *((status, "unknown", "http_unsure") for status in (408, 500, 502, 503, 504)),
    ],
)
def test_the_answer_decides(hook: Hook, status: int, state: str, code: str) -> None:
    hook.status = status
    outcome = WebhookAdapter(hook.settings()).send(message(), TO)
    assert (outcome.state, outcome.code) == (state, code)
    assert outcome.reply.startswith(str(status))


def test_no_redirect_is_followed(hook: Hook) -> None:
    with web_server(Hook()) as elsewhere:
        hook.status, hook.location = 307, f"http://127.0.0.1:{elsewhere.port}/"
        outcome = WebhookAdapter(hook.settings()).send(message(), TO)
        assert (outcome.state, outcome.code) == ("failed", "redirected")
        assert not elsewhere.requests


def test_a_proxy_of_the_environment_is_not_asked(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    with web_server(Hook()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "")
        assert WebhookAdapter(hook.settings()).send(message(), TO).state == "sent"
        assert not proxy.requests


def test_without_an_answer_nobody_knows(hook: Hook) -> None:
    hook.silent = True
    outcome = WebhookAdapter(hook.settings(), answer_s=0.3).send(message(), TO)
    assert (outcome.state, outcome.code) == ("unknown", "lost_while_sending")
    assert len(hook.requests) == 1


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = WebhookSettings(f"http://127.0.0.1:{port}/", "0123456789abcdef")
    outcome = WebhookAdapter(settings).send(message(), TO)
    assert (outcome.state, outcome.code, outcome.for_all) == ("failed", "connection_refused", True)


def test_a_receiver_that_nobody_vouches_for_is_sent_nothing(hook: Hook) -> None:
    plain = hook.settings()
    outcome = WebhookAdapter(WebhookSettings(plain.url.replace("http:", "https:"), plain.secret)).send(message(), TO)
    assert (outcome.state, outcome.code) == ("failed", "certificate")
    assert not hook.requests
