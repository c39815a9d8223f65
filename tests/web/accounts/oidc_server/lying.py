"""A provider that says whatever a test wants: what a real one never would."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

SECRET = "a secret of the client, long enough for a key"  # noqa: S105


def unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


@cache
def rsa_key(kid: str, number: int = 1) -> RSAKey:
    """Return a key of that name, the same each time; with another `number` another key."""
    return RSAKey.generate_key(2048, {"kid": kid})


@dataclass
class LyingProvider:
    """What it answers, path by path; tests change it. `told` are the forms that its token endpoint was sent."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: rsa_key("first"))
    metadata: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=list)
    tokens: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    #: (status, body, seconds before each byte) by path, instead of all that.
    instead: dict[str, tuple[int, bytes, float]] = field(default_factory=dict)
    told: list[dict[str, list[str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.metadata = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        self.keys = [self.key.as_dict(private=False)]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "WEBMAP_OIDC_ISSUER": self.issuer,
            "WEBMAP_OIDC_CLIENT_ID": "webmap",
            "WEBMAP_OIDC_CLIENT_SECRET": SECRET,
        }

    def claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        return {
            "iss": self.issuer,
            "sub": "7",
            "aud": "webmap",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "preferred_username": "li",
            "name": "李",
        }

    def vouch(self, claims: dict[str, Any], key: RSAKey | OctKey | None = None, **header: str) -> None:
        """Have the token endpoint give out an ID token with these claims."""
        signed = jwt.encode({"alg": "RS256", "kid": "first", **header}, claims, key or self.key)
        self.tokens = {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str) -> tuple[int, bytes, float]:
        documents = {
            "/.well-known/openid-configuration": self.metadata,
            "/keys": {"keys": self.keys},
            "/token": self.tokens,
            "/me": self.userinfo,
        }
        if path in self.instead:
            return self.instead[path]
        return 200, json.dumps(documents[path]).encode(), 0.0


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """Run it on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            status, body, wait_s = provider.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status in {301, 302, 307, 308}:
                self.send_header("Location", f"{provider.issuer}/elsewhere")
            self.end_headers()
            try:
                for start in range(0, len(body), 1 if wait_s else max(1, len(body))):
                    self.wfile.write(body[start : start + 1] if wait_s else body)
                    self.wfile.flush()
                    time.sleep(wait_s)
            except OSError:
                pass  # nobody listens any more

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            provider.told.append(parse_qs(body.decode()))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    provider = LyingProvider(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
