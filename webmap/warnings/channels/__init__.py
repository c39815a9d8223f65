"""Channels by which warnings are made known: the table of them, and an adapter for each."""

from webmap.warnings.channels.adapter import Adapter, Delivery, Outcome, State
from webmap.warnings.channels.adapters import Adapters
from webmap.warnings.channels.message import Message, message_of
from webmap.warnings.channels.table import (
    CHANNELS,
    MACHINE_CHANNELS,
    Channel,
    ChannelOffer,
    channel_offers,
    unknown_channels,
    words_without_channel,
)

__all__ = [
    "CHANNELS",
    "MACHINE_CHANNELS",
    "Adapter",
    "Adapters",
    "Channel",
    "ChannelOffer",
    "Delivery",
    "Message",
    "Outcome",
    "State",
    "channel_offers",
    "message_of",
    "unknown_channels",
    "words_without_channel",
]
