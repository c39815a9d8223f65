"""Settings of the channels that send warnings by themselves, read from the environment once at start.

Each is None while nothing is set. Secrets are never part of a message or of a printed settings object.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from webmap.oidc_settings import is_safe_address
from webmap.unusable_setting import InvalidSettings

#: `starttls` begins in clear and goes on encrypted or not at all, `tls` is encrypted from the first byte.
SmtpSecurity = Literal["starttls", "tls", "none"]

_USUAL_PORTS: Mapping[SmtpSecurity, int] = {"starttls": 587, "tls": 465, "none": 25}
#: One address of the plain sort: what every mail server takes, and nothing that could end a header line.
EMAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_FROM = re.compile(rf"(?:(?P<name>[^<>@,]*)<(?P<inner>{EMAIL_ADDRESS.pattern})>|(?P<bare>{EMAIL_ADDRESS.pattern}))")
_NO_SENDER = "缺少发件人，如 warning@example.gov.cn / the sender is missing, such as warning@example.gov.cn"
_SHORTEST_SECRET = 16


@dataclass(frozen=True)
class SmtpSettings:
    """The mail server that takes our messages, and whom they come from: an address, and a name in words.

    `ca` is a PEM file with the authorities that may vouch for the server's certificate, None for the usual ones.
    """

    host: str
    port: int
    sender: str
    sender_name: str = ""
    security: SmtpSecurity = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None


@dataclass(frozen=True)
class WebhookSettings:
    """The one address that takes warnings as JSON, and the secret that signs them."""

    url: str = field(repr=False)  # its path or query may be what lets one in
    secret: str = field(repr=False)
    ca: Path | None = None

    @property
    def host(self) -> str:
        """The host alone, which may be shown."""
        return urlsplit(self.url).netloc


def smtp_settings(environment: Mapping[str, str]) -> SmtpSettings | None:
    """Return the settings of the mail server, None if there is none. Raises `InvalidSettings`."""
    given = {
        "HOST": _text(environment, "WEBMAP_SMTP_HOST"),
        "PORT": _text(environment, "WEBMAP_SMTP_PORT"),
        "USER": _text(environment, "WEBMAP_SMTP_USER"),
        "PASSWORD": _text(environment, "WEBMAP_SMTP_PASSWORD"),
        "FROM": _text(environment, "WEBMAP_SMTP_FROM"),
        "SECURITY": _text(environment, "WEBMAP_SMTP_SECURITY"),
        "CA": _text(environment, "WEBMAP_SMTP_CA"),
    }
    if not any(given.values()):
        return None
    for name, reason in {"HOST": "缺少邮件服务器 / the mail server is missing", "FROM": _NO_SENDER}.items():
        if not given[name]:
            raise InvalidSettings(f"WEBMAP_SMTP_{name}", reason)
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", given["HOST"]):
        reason = "应为主机名或地址 / must be a host name or address"
        raise InvalidSettings("WEBMAP_SMTP_HOST", f"{reason}: {given['HOST']!r}")
    sender_name, sender = _sender(given["FROM"])
    security = _security(given["SECURITY"])
    _require_login(given["USER"], given["PASSWORD"], given["HOST"], security)
    return SmtpSettings(
        host=given["HOST"],
        port=_port(given["PORT"], security),
        sender=sender,
        sender_name=sender_name,
        security=security,
        user=given["USER"],
        password=given["PASSWORD"],
        ca=_file("WEBMAP_SMTP_CA", given["CA"]),
    )


def _sender(given: str) -> tuple[str, str]:
    found = _FROM.fullmatch(given)
    if not given.isprintable() or found is None:
        reason = "应为一个邮件地址，前面可以有名称 / must be one e-mail address, which a name may precede"
        raise InvalidSettings("WEBMAP_SMTP_FROM", f"{reason}: {given!r}")
    return (found["name"] or "").strip().strip('"'), found["inner"] or found["bare"]


def _security(given: str) -> SmtpSecurity:
    wanted = given.lower() or SmtpSettings.security
    for security in get_args(SmtpSecurity):
        if wanted == security:
            found: SmtpSecurity = security
            return found
    raise InvalidSettings(
        "WEBMAP_SMTP_SECURITY", f"应为 starttls、tls 或 none / must be starttls, tls or none: {given!r}"
    )


def _port(given: str, security: SmtpSecurity) -> int:
    if not given:
        return _USUAL_PORTS[security]
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 65535:
        raise InvalidSettings(
            "WEBMAP_SMTP_PORT", f"应为 1 至 65535 的整数 / must be a whole number from 1 to 65535: {given!r}"
        )
    return int(given)


def _require_login(user: str, password: str, host: str, security: SmtpSecurity) -> None:
    for name, value, other in (("USER", user, password), ("PASSWORD", password, user)):
        if other and not value:
            raise InvalidSettings(f"WEBMAP_SMTP_{name}", "用户名与口令一起设置 / user and password go together")
        if not value.isascii() or not (value + "x").isprintable():  # what SMTP's usual ways to sign in can carry
            raise InvalidSettings(f"WEBMAP_SMTP_{name}", "只能用 ASCII 字符 / ASCII characters alone can be sent")
    if user and security == "none" and not is_safe_address(f"http://{host}"):
        reason = "口令不能不加密地传送：用 starttls 或 tls / a password must not travel in clear: use starttls or tls"
        raise InvalidSettings("WEBMAP_SMTP_SECURITY", reason)


def webhook_settings(environment: Mapping[str, str]) -> WebhookSettings | None:
    """Return the settings of the webhook, None if there is none. Raises `InvalidSettings`."""
    url = _text(environment, "WEBMAP_WEBHOOK_URL")
    secret = _text(environment, "WEBMAP_WEBHOOK_SECRET")
    ca = _text(environment, "WEBMAP_WEBHOOK_CA")
    if not url and not secret and not ca:
        return None
    if not url:
        raise InvalidSettings("WEBMAP_WEBHOOK_URL", "缺少接收地址 / the address is missing")
    if not is_safe_address(url) or urlsplit(url).fragment:
        # The address is not repeated: what stands behind its host is often a secret.
        reason = "应为 https 地址，http 只用于本机 / must be an https address, http on this machine alone"
        raise InvalidSettings("WEBMAP_WEBHOOK_URL", reason)
    if len(secret) < _SHORTEST_SECRET:
        reason = f"签名密钥至少 {_SHORTEST_SECRET} 个字符 / the secret needs at least {_SHORTEST_SECRET} characters"
        raise InvalidSettings("WEBMAP_WEBHOOK_SECRET", reason)
    return WebhookSettings(url, secret, _file("WEBMAP_WEBHOOK_CA", ca))


def _file(name: str, given: str) -> Path | None:
    if not given:
        return None
    path = Path(given).expanduser().resolve()
    if not path.is_file():
        raise InvalidSettings(name, f"找不到文件 / no such file: {path}")
    return path


def _text(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "").strip()
