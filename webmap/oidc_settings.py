"""Settings of signing in at a provider (OpenID Connect), read from the environment once at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from webmap.unusable_setting import InvalidSettings

_ISSUER = "WEBMAP_OIDC_ISSUER"
_CLIENT_ID = "WEBMAP_OIDC_CLIENT_ID"
_CLIENT_SECRET = "WEBMAP_OIDC_CLIENT_SECRET"  # noqa: S105  the name of a variable
_CA = "WEBMAP_OIDC_CA"


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
    given = {name: environment.get(name, "").strip() for name in (_ISSUER, _CLIENT_ID, _CLIENT_SECRET)}
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value:
            raise InvalidSettings(name, "与另外两项一起设置 / issuer, client id and client secret go together")
    issuer = given[_ISSUER]
    if not is_safe_address(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        reason = "应为 https 地址，http 只用于本机 / must be an https address, http on this machine alone"
        raise InvalidSettings(_ISSUER, f"{reason}: {issuer!r}")
    return OidcSettings(
        issuer=issuer,
        client_id=given[_CLIENT_ID],
        client_secret=given[_CLIENT_SECRET],
        title=environment.get("WEBMAP_OIDC_TITLE", "").strip() or OidcSettings.title,
        name_claim=environment.get("WEBMAP_OIDC_NAME_CLAIM", "").strip() or OidcSettings.name_claim,
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
    given = environment.get(_CA, "").strip()
    if not given:
        return None
    path = Path(given).expanduser().resolve()
    if not path.is_file():
        raise InvalidSettings(_CA, f"找不到文件 / no such file: {path}")
    return path
