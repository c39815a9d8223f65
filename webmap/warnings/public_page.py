"""The public page of warnings: what is in force and what was just lifted, for everybody, without scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from priority.townships import Townships
from priority.wording import Phrases
from webmap.languages import PRODUCT_NAME, Language
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.products.pages import page, policy_of
from webmap.warnings.products.saying import (
    issuer_of,
    measures_for_units,
    moment_text,
    place_of,
    reason_of,
    said,
    title_of,
)
from webmap.warnings.sketch import Sketch, sketch_of
from webmap.warnings.standing import Message, standing_at

#: To be sent with the page, which has its style inside.
PUBLIC_PAGE_POLICY = policy_of("public")
#: The page asks for itself again after so long.
REFRESH_S = 60


@dataclass(frozen=True)
class _Line:
    title: str
    text: str


@dataclass(frozen=True)
class _Card:
    """A warning on the page: headline, lines in the order in which people need them, a sketch of where."""

    level: str
    county: str
    note: str | None
    lines: tuple[_Line, ...]
    sketch: Sketch | None
    sketch_title: str
    cap: str


def render_public_page(
    messages: Iterable[Message],
    language: Language,
    *,
    now: datetime,
    townships: Townships | None = None,
    feed: str = "/feeds/warnings.atom",
) -> str:
    """Return the page at a moment as one HTML file that refreshes itself.

    `messages` may hold everything that was ever issued: of each warning the latest counts, drills and drafts never.
    `townships` are drawn round the area, `feed` is the address of the feed.
    """
    standing = standing_at(messages, now)
    phrases = Phrases(language)
    keys = ("title", "none", "current", "lifted", "map_note", "feed", "cap", "synthetic")
    return page(
        "public",
        language=language,
        other="en" if language == "zh" else "zh",
        product=PRODUCT_NAME[language],
        refresh=REFRESH_S,
        feed=feed,
        current=[_card(item, language, townships) for item in standing.in_force],
        lifted=[_card(item, language, None) for item in standing.lifted],
        synthetic=any(item.bulletin.synthetic for item in (*standing.in_force, *standing.lifted)),
        at=phrases.write("product.page_at", time=moment_text(now, language)),
        texts={key: phrases.write(f"product.page_{key}") for key in keys},
    )


def _card(message: Message, language: Language, townships: Townships | None) -> _Card:
    bulletin, phrases = message.bulletin, Phrases(language)
    lifted = bulletin.message_type == "Cancel"
    lines = _lifted_lines(message, language) if lifted else _lines(message, language)
    shown = None if lifted else sketch_of(bulletin.shape.pieces, townships, bulletin.plan.county_code)
    return _Card(
        level=title_of(bulletin, language),
        county=bulletin.plan.county_name.in_language(language),
        note=phrases.write("product.page_updated") if bulletin.message_type == "Update" else None,
        lines=tuple(_Line(phrases.write(f"product.page_{key}"), text) for key, text in lines if text),
        sketch=shown,
        sketch_title=phrases.write("product.page_map", place=place_of(bulletin, language)),
        cap=message.url,
    )


def _lines(message: Message, language: Language) -> list[tuple[str, str]]:
    bulletin = message.bulletin
    return [
        ("place", _where(bulletin, language)),
        ("start", moment_text(bulletin.starts_at, language)),
        ("until", moment_text(bulletin.expires_at, language)),
        *_instructions(bulletin, language),
        ("extent", said(bulletin, "extent", language)),
        ("issuer", issuer_of(bulletin, language)),
        ("issued", moment_text(message.sent, language)),
        ("contact", bulletin.contact or ""),
    ]


def _instructions(bulletin: Bulletin, language: Language) -> list[tuple[str, str]]:
    """Return what to do and what to beware of; measures that are meant for units stand last."""
    lines = [("todo", said(bulletin, "measures", language)), ("advice", said(bulletin, "advice", language))]
    return lines[::-1] if measures_for_units(bulletin, language) else lines


def _lifted_lines(message: Message, language: Language) -> list[tuple[str, str]]:
    bulletin = message.bulletin
    return [
        ("place", _where(bulletin, language)),
        ("lifted_at", moment_text(message.sent, language)),
        ("reason", reason_of(bulletin, language)),
        ("issuer", issuer_of(bulletin, language)),
    ]


def _where(bulletin: Bulletin, language: Language) -> str:
    """Return where it holds: the text, and the townships that the text does not name."""
    place = place_of(bulletin, language)
    others = [name[language] for _, name in bulletin.townships if name[language] not in place]
    return Phrases(language).join([place, *others])
