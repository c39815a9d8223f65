"""Addresses of the page as the terminal shows them."""

from __future__ import annotations

from webmap.settings import Settings

_ANY_HOST = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  compared with, not bound to


def page_link(settings: Settings) -> str:
    """Return the address of the page on this machine."""
    host = "127.0.0.1" if settings.server.host in _ANY_HOST else settings.server.host
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{settings.server.port}/"


def welcome_link(settings: Settings, token: str) -> str:
    """Return the address of an invitation; behind a proxy its beginning is the proxy's."""
    return f"{page_link(settings)}welcome/{token}"


def new_password_link(settings: Settings, token: str) -> str:
    """Return the address at which a person sets a new password; behind a proxy its beginning is the proxy's."""
    return f"{page_link(settings)}new-password/{token}"
