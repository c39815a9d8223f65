"""The feed of warnings (Atom, RFC 4287): messages in force, and liftings of the last 24 hours. Never a drill."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from lxml import etree

from priority.wording import Phrases
from webmap.languages import LANGUAGES, Language
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.products.saying import (
    Marks,
    instructions_of,
    issuer_of,
    moment_text,
    place_of,
    reason_of,
    sentence,
    title_of,
)
from webmap.warnings.standing import Message, standing_at

ATOM = "http://www.w3.org/2005/Atom"
CAP_TYPE = "application/cap+xml"
FEED_TYPE = "application/atom+xml"
#: Identifiers of feed and entries are made from the messages' own, so that they outlive a move to another address.
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:webmap:warnings")
#: What XML 1.0 cannot carry.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom_feed(messages: Iterable[Message], now: datetime, *, url: str, page: str, sender: str) -> bytes:
    """Return the feed at a moment as XML. The same messages give the same bytes until one comes or goes.

    `url` is the feed's own address, `page` that of the public page (both absolute), `sender` whose messages these are:
    the feed's identity hangs on it. Of each warning the latest message is told; without any the feed is empty.
    """
    standing = standing_at(messages, now)
    shown = sorted((*standing.in_force, *standing.lifted), key=lambda item: (item.sent, item.identifier), reverse=True)
    write = Phrases("zh").write
    feed: etree._Element = etree.fromstring(f'<feed xmlns="{ATOM}"/>')  # a default namespace: no prefixes
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _text(feed, "id", _id(f"feed {sender}"))
    _text(feed, "title", write("product.feed_title"))
    _text(feed, "subtitle", write("product.feed_subtitle"))
    # An empty feed changed when the last warning went, which nobody recorded: midnight keeps it still for a day.
    _text(feed, "updated", _moment(shown[0].sent if shown else _midnight(now)))
    author = etree.SubElement(feed, _name("author"))
    _text(author, "name", sender)
    etree.SubElement(feed, _name("link"), rel="self", type=FEED_TYPE, href=url)
    etree.SubElement(feed, _name("link"), rel="alternate", type="text/html", href=page)
    for message in shown:
        _entry(feed, message)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def headline_of(bulletin: Bulletin, language: Language) -> str:
    """Return a message in one line, marked where its data are made up."""
    phrases = Phrases(language)
    headline = phrases.write(
        "product.feed_headline",
        county=bulletin.plan.county_name.in_language(language),
        level=title_of(bulletin, language),
        place=place_of(bulletin, language),
    )
    if bulletin.message_type != "Alert":
        key = "product.feed_lifted" if bulletin.message_type == "Cancel" else "product.feed_updated"
        headline = phrases.write(key, headline=headline)
    return "".join((*Marks.of(bulletin, language).shown, headline))


def _entry(feed: etree._Element, message: Message) -> None:
    bulletin = message.bulletin
    entry = etree.SubElement(feed, _name("entry"))
    _text(entry, "id", _id(f"message {message.identifier}"))
    _text(entry, "title", headline_of(bulletin, "zh"))
    _text(entry, "updated", _moment(message.sent))
    _text(entry, "published", _moment(message.sent))
    author = etree.SubElement(entry, _name("author"))
    _text(author, "name", issuer_of(bulletin, "zh"))
    etree.SubElement(entry, _name("link"), rel="alternate", type=CAP_TYPE, href=message.url)
    etree.SubElement(
        entry, _name("category"), term=bulletin.message_type, scheme="urn:oasis:names:tc:emergency:cap:1.2"
    )
    _text(entry, "summary", "\n".join(_summary(bulletin, language) for language in LANGUAGES))


def _summary(bulletin: Bulletin, language: Language) -> str:
    if bulletin.message_type == "Cancel":
        parts = [headline_of(bulletin, language), sentence(reason_of(bulletin, language), language)]
    else:
        until = Phrases(language).write("product.feed_until", end=moment_text(bulletin.expires_at, language))
        parts = [headline_of(bulletin, language), until, *instructions_of(bulletin, language)]
    return ("" if language == "zh" else " ").join(sentence(part, language) for part in parts if part)


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, _name(tag)).text = _FORBIDDEN.sub("\ufffd", text)


def _id(name: str) -> str:
    return uuid.uuid5(_NAMES, name).urn


def _moment(moment: datetime) -> str:
    """Write a moment as RFC 3339 asks."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
