"""A browser as far as forms and cookies go, and applications to use it on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tests.web.accounts.conftest import PASSWORD
from webmap.accounts.accounts import Accounts
from webmap.app import create_app
from webmap.runtime import Runtime
from webmap.settings import Settings

HTTPS = "https://map.example"
HTTP = "http://localhost"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def app_for(engine: Engine, accounts: Accounts, home: Path, **environment: str) -> Flask:
    url = engine.url.render_as_string(hide_password=False)
    settings = Settings.from_environment({"DATABASE_URL": url, "WEBMAP_HOME": str(home), **environment})
    runtime = Runtime(url, settings.plans_folder)
    return create_app(settings, runtime, accounts)


@dataclass
class Browser:
    """Keeps cookies, and sends forms with what their page hid in them."""

    client: FlaskClient
    base: str = HTTP
    address: str = "192.0.2.7"

    def open(self, path: str, method: str = "GET", **options: object) -> TestResponse:
        environ = {"REMOTE_ADDR": self.address}
        return self.client.open(path, method=method, base_url=self.base, environ_overrides=environ, **options)  # type: ignore[arg-type]

    def hidden(self, path: str) -> dict[str, str]:
        return dict(_HIDDEN.findall(self.open(path).get_data(as_text=True)))

    def submit(self, path: str, **fields: str) -> TestResponse:
        return self.open(path, "POST", data={**self.hidden(path), **fields})

    def sign_in(self, name: str, password: str = PASSWORD, page: str = "/sign-in") -> TestResponse:
        return self.open("/sign-in", "POST", data={**self.hidden(page), "name": name, "password": password})

    def proof(self) -> str:
        return str(self.open("/api/viewer").get_json()["csrf"])

    def who(self) -> str | None:
        person = self.open("/api/viewer").get_json()["person"]
        return person and str(person["name"])
