"""Which adapter sends: the one place that decides whether anything may leave."""

from __future__ import annotations

from webmap.settings import Settings
from webmap.warnings.channels.adapter import Adapter
from webmap.warnings.channels.mail import MailAdapter
from webmap.warnings.channels.recording import BY_HAND, FEED, NOT_CONFIGURED, NULL
from webmap.warnings.channels.table import CHANNELS
from webmap.warnings.channels.webhook import WebhookAdapter


class Adapters:
    """The adapters of one installation for one thread, made when they are first asked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: dict[str, Adapter] = {}

    def of(self, channel: str, *, drill: bool) -> Adapter:
        """Return what sends a message on a channel. Nothing of a drill ever leaves, whatever the channel.

        Raises `KeyError` for no such channel.
        """
        if drill:
            return NULL
        if channel not in self._made:
            self._made[channel] = self._make(channel)
        return self._made[channel]

    def close(self) -> None:
        """Let go of all connections."""
        for adapter in self._made.values():
            adapter.close()

    def _make(self, channel: str) -> Adapter:
        smtp, webhook = self._settings.smtp, self._settings.webhook
        if channel == "email":
            return NOT_CONFIGURED if smtp is None else MailAdapter(smtp)
        if channel == "webhook":
            return NOT_CONFIGURED if webhook is None else WebhookAdapter(webhook)
        if CHANNELS[channel].kind == "by_hand":
            return BY_HAND
        return FEED if channel == "cap_feed" else NULL
