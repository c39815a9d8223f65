"""Which settings an administrator looks at for a failure of sending: people who warn are told what to do, not these."""

from __future__ import annotations

from collections.abc import Mapping

_SMTP, _WEBHOOK = "WEBMAP_SMTP_", "WEBMAP_WEBHOOK_"
_SERVER = (f"{_SMTP}HOST", f"{_SMTP}PORT")
_PLATFORM = (f"{_WEBHOOK}URL",)
_BY_CODE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "email": {
        **dict.fromkeys(("unreachable", "host_unknown", "connection_refused", "timed_out", "not_configured"), _SERVER),
        "sender_refused": (f"{_SMTP}FROM",),
        "login_refused": (f"{_SMTP}USER", f"{_SMTP}PASSWORD"),
        "not_supported": (f"{_SMTP}SECURITY",),
        "certificate": (f"{_SMTP}CA", f"{_SMTP}HOST"),
    },
    "webhook": {
        **dict.fromkeys(
            ("unreachable", "host_unknown", "connection_refused", "timed_out", "redirected", "not_configured"),
            _PLATFORM,
        ),
        "http_refused": (f"{_WEBHOOK}URL", f"{_WEBHOOK}SECRET"),
        "certificate": (f"{_WEBHOOK}CA", f"{_WEBHOOK}URL"),
    },
}


def settings_for(channel: str, code: str) -> tuple[str, ...]:
    """Return the names of the settings that a failure on a channel hangs on; none where it hangs on no setting."""
    return _BY_CODE.get(channel, {}).get(code, ())
