"""Where to go after signing in: a path of ours, never another site."""

from __future__ import annotations

from urllib.parse import urlsplit

_HOME = "/"


def return_path(asked: str | None) -> str:
    """Return a path, query and fragment that were asked for; `/` for anything that could lead elsewhere."""
    text = asked or ""
    # Browsers read a backslash as a slash, and leave tabs and line ends out.
    if not text.startswith("/") or text.startswith("//") or "\\" in text or not text.isprintable():
        return _HOME
    parts = urlsplit(text)
    return _HOME if parts.scheme or parts.netloc else text
