"""The channels by which a warning is made known: what each is called, which words of the plans it serves, who acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from layers.schema import Title
from priority.plans import Plan
from priority.warnings.suggestion import level_of
from priority.wording import Phrases
from webmap.settings import Settings

#: Who does it: the server sends, a person does it with what we prepare, or it is only recorded.
Kind = Literal["machine", "by_hand", "record"]
#: For whom there is a delivery: each address (`mobile` are telephones that take text messages), each township with the
#: homes that need care, or one for all.
Reach = Literal["email", "phone", "mobile", "townships", "once"]


@dataclass(frozen=True)
class Channel:
    """A way to make a warning known. `product` is the file that a person works with, `setting` what it needs set."""

    key: str
    title: Title
    kind: Kind
    reach: Reach
    product: str | None = None
    setting: str | None = None


_CHANNELS = (
    Channel("cap_feed", Title("预警订阅（CAP）", "Feed of warnings (CAP)"), "record", "once", "cap.xml"),
    Channel("email", Title("电子邮件", "E-mail"), "machine", "email", setting="WEBMAP_SMTP_HOST"),
    Channel("webhook", Title("推送到信息平台", "Push to a platform"), "machine", "once", setting="WEBMAP_WEBHOOK_URL"),
    Channel("sms", Title("手机短信", "Text messages"), "by_hand", "mobile", "sms.txt"),
    Channel("phone", Title("电话通知", "Telephone"), "by_hand", "phone", "phone.csv"),
    Channel("broadcast", Title("广播、电视口播", "Broadcast"), "by_hand", "once", "broadcast.txt"),
    Channel("notice", Title("张贴、散发公告", "Printed notice"), "by_hand", "once", "notice.html"),
    Channel("doors", Title("逐户通知", "Door to door"), "by_hand", "townships", "doors.csv"),
    Channel("null", Title("只作记录", "Recorded only"), "record", "once"),
)
#: Every channel by key.
CHANNELS: Mapping[str, Channel] = {channel.key: channel for channel in _CHANNELS}
#: Channels on which the server sends.
MACHINE_CHANNELS = tuple(channel.key for channel in _CHANNELS if channel.kind == "machine")

#: The plans' words for channels, and what serves each: the first that is there.
PLAN_WORDS: Mapping[str, tuple[str, ...]] = {
    "手机短信": ("sms",),
    "口头通知": ("broadcast",),
    "逐户通知": ("doors",),
    "派发传单": ("notice",),
    "张贴公告": ("notice",),
    "有线电话": ("phone",),
    "无线通讯": ("broadcast",),
    "广播系统": ("broadcast",),
    "电视台": ("broadcast",),
    "多媒体": ("webhook", "notice"),
    "微信": ("webhook", "notice"),
    "报刊": ("webhook", "notice"),
}
#: Suggested where a plan's level names no channel (our choice): what reaches offices, homes and doors.
_OURS = ("phone", "sms", "broadcast", "notice")


@dataclass(frozen=True)
class ChannelOffer:
    """A channel for one level. `plan_words` are the plan's words that it serves; `why_not` says what is missing."""

    key: str
    title: str
    kind: Kind
    plan_words: tuple[str, ...]
    suggested: bool
    available: bool
    why_not: str | None
    #: What an administrator has to set, where it is not available.
    setting: str | None = None


def is_available(key: str, settings: Settings) -> bool:
    """Whether the installation has a channel. Raises `KeyError` for no such channel."""
    needed = {"WEBMAP_SMTP_HOST": settings.smtp, "WEBMAP_WEBHOOK_URL": settings.webhook}
    setting = CHANNELS[key].setting
    return setting is None or needed[setting] is not None


def unknown_channels(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return those keys that name no channel."""
    return tuple(key for key in keys if key not in CHANNELS)


def serving(word: str, settings: Settings) -> str | None:
    """Return the channel that serves a plan's word in this installation, None if we have nothing for it."""
    return next((key for key in PLAN_WORDS.get(word, ()) if is_available(key, settings)), None)


def words_without_channel(plan: Plan, level: str) -> tuple[str, ...]:
    """Return the words of a level's channels that nothing of ours serves: these are up to the officer."""
    return tuple(word for word in level_of(plan, level).channels if word not in PLAN_WORDS)


def channel_offers(plan: Plan, level: str, settings: Settings, phrases: Phrases) -> tuple[ChannelOffer, ...]:
    """Return all channels for a level (its key), those it suggests marked. Raises `KeyError` for no such level.

    The feed is always suggested, e-mail where it is set up; the rest by the plan's words, or ours if it names none.
    """
    words: dict[str, list[str]] = {}
    for word in level_of(plan, level).channels:
        if (key := serving(word, settings)) is not None:
            words.setdefault(key, []).append(word)
    suggested = {"cap_feed", "email", *(words or _OURS)}
    offers = []
    for channel in CHANNELS.values():
        if channel.key == "null":
            continue
        available = is_available(channel.key, settings)
        offers.append(
            ChannelOffer(
                key=channel.key,
                title=phrases.title(channel.title),
                kind=channel.kind,
                plan_words=tuple(words.get(channel.key, ())),
                suggested=available and channel.key in suggested,
                available=available,
                setting=None if available else channel.setting,
                why_not=None if available else phrases.write(f"delivery.channel_unset_{channel.key}"),
            )
        )
    return tuple(offers)
