"""The feed by the rules of RFC 4287, read with another reader than the one that wrote it; and what may be in it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.warnings.bulletins import county_bulletin, street_bulletin
from tests.web.warnings.messages import SENT
from webmap.warnings.feed import CAP_TYPE, atom_feed
from webmap.warnings.standing import Message, standing_at

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
HOST = "https://map.example"
LATER = SENT + timedelta(hours=1)


def message(**changes: Any) -> Message:
    bulletin = county_bulletin(**changes)
    return Message(bulletin, f"{HOST}/feeds/warnings/{bulletin.identifier}.xml")


def feed_of(*messages: Message, now: datetime = LATER) -> ElementTree.Element:
    content = atom_feed(
        messages, now, url=f"{HOST}/feeds/warnings.atom", page=f"{HOST}/warnings", sender="heating@zezhou.example"
    )
    feed = ElementTree.fromstring(content)  # noqa: S314  our own feed
    assert_atom(feed)
    return feed


def only(node: ElementTree.Element, tag: str) -> ElementTree.Element:
    (found,) = node.findall(f"{ATOM}{tag}")
    return found


def assert_atom(feed: ElementTree.Element) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: what must be there once, what dates, identifiers and links must be."""
    assert feed.tag == f"{ATOM}feed"
    known = {"id", "title", "subtitle", "updated", "author", "link", "entry"}
    assert {child.tag.removeprefix(ATOM) for child in feed} <= known
    links = {link.get("rel"): link for link in feed.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"}
    identifiers = []
    for node in (feed, *feed.findall(f"{ATOM}entry")):
        identifier = only(node, "id").text or ""
        assert urlsplit(identifier).scheme == "urn"
        identifiers.append(identifier)
        assert (only(node, "title").text or "").strip()
        assert RFC_3339.fullmatch(only(node, "updated").text or "")
        assert (only(only(node, "author"), "name").text or "").strip()
    assert len(set(identifiers)) == len(identifiers)
    for entry in feed.findall(f"{ATOM}entry"):
        assert RFC_3339.fullmatch(only(entry, "published").text or "")
        link = only(entry, "link")
        assert (link.get("rel"), link.get("type")) == ("alternate", CAP_TYPE)
        assert urlsplit(link.get("href") or "").scheme == "https"
        assert only(entry, "summary").text


def titles(feed: ElementTree.Element) -> list[str]:
    return [only(entry, "title").text or "" for entry in feed.findall(f"{ATOM}entry")]


def test_a_warning_in_force_is_an_entry_that_leads_to_its_message() -> None:
    feed = feed_of(message())
    (entry,) = feed.findall(f"{ATOM}entry")
    assert only(entry, "title").text.startswith("【示例数据】泽州县较大风险预警（供热中断）：南村镇")  # type: ignore[union-attr]
    assert only(entry, "updated").text == "2026-01-12T00:00:00Z" == only(feed, "updated").text
    assert only(entry, "link").get("href") == f"{HOST}/feeds/warnings/140525-1-20260112080000-0001.xml"
    summary = only(entry, "summary").text or ""
    assert "有效期至2026年1月12日 20:00" in summary
    assert "carbon monoxide" in summary


def test_without_warnings_the_feed_is_empty_and_still_sound() -> None:
    assert feed_of().findall(f"{ATOM}entry") == []


def test_identity_outlives_another_address_and_is_another_for_each_message() -> None:
    first, again = feed_of(message()), feed_of(message(), now=LATER + timedelta(minutes=5))
    moved = ElementTree.fromstring(  # noqa: S314  our own feed
        atom_feed(
            [message()], LATER, url="https://b.example/a", page="https://b.example", sender="heating@zezhou.example"
        )
    )
    ids = [[node.text for node in feed.iter(f"{ATOM}id")] for feed in (first, again, moved)]
    assert ids[0] == ids[1] == ids[2]
    other = feed_of(message(identifier="another"))
    assert only(other, "id").text == ids[0][0]
    assert only(only(other, "entry"), "id").text != ids[0][1]


def test_a_drill_or_a_draft_is_never_in_it() -> None:
    drill, draft = message(drill="演练"), message(identifier=None, sent=None)
    assert titles(feed_of(drill, draft)) == []
    # Not even beside a real one of the same warning.
    assert len(titles(feed_of(message(), message(drill="演练", version=2, sent=LATER)))) == 1


def test_an_update_takes_the_place_of_what_it_updates_and_a_lifting_stays_a_day() -> None:
    first = message()
    update = message(message_type="Update", version=2, sent=SENT + timedelta(minutes=30), identifier="u")
    (title,) = titles(feed_of(first, update))
    assert title.startswith("【示例数据】更新：")
    lifted_at = SENT + timedelta(hours=2)
    cancel = message(
        message_type="Cancel", version=2, sent=lifted_at, identifier="c", reason={"zh": "已修复", "en": "Repaired"}
    )
    everything = (first, update, cancel)
    (title,) = titles(feed_of(*everything, now=lifted_at))
    assert title.startswith("【示例数据】解除：")
    # Longer than the warning itself would have been in force.
    assert len(titles(feed_of(*everything, now=lifted_at + timedelta(hours=23, minutes=59)))) == 1
    assert titles(feed_of(*everything, now=lifted_at + timedelta(hours=24))) == []


def test_a_warning_that_ran_out_is_gone_to_the_second() -> None:
    expires = county_bulletin().expires_at
    assert len(titles(feed_of(message(), now=expires - timedelta(seconds=1)))) == 1
    assert titles(feed_of(message(), now=expires)) == []


def test_the_same_messages_give_the_same_bytes() -> None:
    def content(now: datetime, *messages: Message) -> bytes:
        return atom_feed(messages, now, url=HOST, page=HOST, sender="a")

    first, other = message(), Message(street_bulletin(warning_id="w2"), HOST)
    assert content(LATER, first, other) == content(LATER + timedelta(minutes=1), other, first)


@settings(max_examples=80)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60).filter(str.strip))
def test_whatever_people_write_the_feed_is_sound(text: str) -> None:
    texts = {language: dict.fromkeys(county_bulletin().texts["zh"], text) for language in ("zh", "en")}
    feed_of(message(texts=texts, level_name=text))


@pytest.mark.parametrize("gap_h", [0, 5, 11])
def test_what_counts_does_not_hang_on_the_order_of_messages(gap_h: int) -> None:
    messages = [
        message(),
        message(message_type="Update", version=2, sent=SENT + timedelta(minutes=5), identifier="u"),
        Message(street_bulletin(warning_id="w2"), HOST),
    ]
    now = SENT + timedelta(hours=gap_h)
    assert standing_at(messages, now) == standing_at(messages[::-1], now)
