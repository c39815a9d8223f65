"""Settings of signing in at a provider (OpenID Connect), read from the environment once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from webmap.unusable_setting import InvalidSettings


@dataclass(frozen=True)
class OidcSettings:
    """The provider (`issuer`, exactly as it calls itself), who we are to it, and what its button says.

    `name_claim` is the claim from which a new account gets its sign-in name; `ca` a PEM file with the authorities that
    may vouch for the provider's certificate, None for the usual ones.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    title: str = "统一身份认证"
    name_claim: str = "preferred_username"
    ca: Path | None = None


def oidc_settings(environment: Mapping[str, str]) -> OidcSettings | None:
    """Return the settings of the provider, None if there is none. Raises `InvalidSettings`."""
    issuer = _text(environment, "WEBMAP_OIDC_ISSUER")
    client_id = _text(environment, "WEBMAP_OIDC_CLIENT_ID")
    client_secret = _text(environment, "WEBMAP_OIDC_CLIENT_SECRET")
    given = {"ISSUER": issuer, "CLIENT_ID": client_id, "CLIENT_SECRET": client_secret}
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value:
            reason = "与另外两项一起设置 / issuer, client id and client secret go together"
            raise InvalidSettings(f"WEBMAP_OIDC_{name}", reason)
    if not is_safe_address(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        reason = "应为 https 地址，http 只用于本机 / must be an https address, http on this machine alone"
        raise InvalidSettings("WEBMAP_OIDC_ISSUER", f"{reason}: {issuer!r}")
    return OidcSettings(
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        title=_text(environment, "WEBMAP_OIDC_TITLE") or OidcSettings.title,
        name_claim=_text(environment, "WEBMAP_OIDC_NAME_CLAIM") or OidcSettings.name_claim,
        ca=_ca(environment),
    )


def is_safe_address(address: str) -> bool:
    """Whether what is sent to an address cannot be read on the way: https, or http to this machine."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _ca(environment: Mapping[str, str]) -> Path | None:
    given = _text(environment, "WEBMAP_OIDC_CA")
    if not given:
        return None
    path = Path(given).expanduser().resolve()
    if not path.is_file():
        raise InvalidSettings("WEBMAP_OIDC_CA", f"找不到文件 / no such file: {path}")
    return path


def _text(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "").strip()
