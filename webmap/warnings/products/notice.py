"""The notice that is posted at the entrance of a building: A4, large type, one page, to be read at two metres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from priority.plans.base import Language
from priority.warnings.content import CONTENT_PARTS
from priority.wording import Phrases
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.products.pages import page, policy_of
from webmap.warnings.products.saying import (
    Marks,
    date_text,
    instructions_of,
    issuer_of,
    moment_text,
    place_of,
    reason_of,
    sentence,
    short_place_of,
    title_of,
)
from webmap.warnings.products.type_size import Layout, size_of

#: To be sent with the notice, which has its style inside.
NOTICE_POLICY = policy_of("notice")


@dataclass(frozen=True)
class _Item:
    """A line of the notice: the plan's name of it, and what it says."""

    title: str
    text: str
    missing: bool = False


def notice_html(bulletin: Bulletin) -> str:
    """Return the notice of a bulletin as one HTML file: Chinese with a short English block.

    An item of the plan's content that nobody has written is said to be missing. One that is not issued says that it is
    a draft; a drill and made-up data say so on the page.
    """
    items = _items(bulletin)
    english, opening = _english(bulletin), _opening(bulletin, "zh")
    marks = _marks(bulletin)
    lines = [(item.title, item.text) for item in items] + ([("", bulletin.contact)] if bulletin.contact else [])
    chinese = Phrases("zh").write
    signed = bulletin.sent or bulletin.starts_at
    return page(
        "notice",
        title=chinese(f"product.notice_{bulletin.message_type.lower()}"),
        level=title_of(bulletin, "zh"),
        county=bulletin.plan.county_name.zh,
        marks=marks,
        drill=bulletin.drill,
        opening=opening,
        items=items,
        contact=bulletin.contact,
        issuer=issuer_of(bulletin, "zh"),
        date=date_text(signed, "zh") if bulletin.sent else None,
        seal=chinese("product.notice_seal"),
        number=bulletin.identifier,
        plan=f"{bulletin.plan.title.zh}（{bulletin.plan.document_number}）",
        english=english,
        size=size_of(Layout(opening, lines, english, " ".join((*marks, bulletin.drill or "")).strip())),
        texts={key: chinese(f"product.{key}") for key in ("notice_contact", "notice_number", "notice_missing")},
    )


def _marks(bulletin: Bulletin) -> list[str]:
    """Return the marks in both languages."""
    pairs = zip(Marks.of(bulletin, "zh").shown, Marks.of(bulletin, "en").shown, strict=True)
    return [f"{zh.strip('【】')} {en.strip('[] ')}" for zh, en in pairs]


def _items(bulletin: Bulletin) -> list[_Item]:
    """Return the plan's content in its order; a lifting says what is lifted and why instead."""
    write = Phrases("zh").write
    if bulletin.message_type == "Cancel":
        clause = bulletin.plan.warnings.lifting_clause
        return [
            _Item(write("product.notice_lifted_place"), place_of(bulletin, "zh")),
            _Item(write("product.notice_lifted_level"), bulletin.level_name),
            _Item(write("product.notice_reason"), reason_of(bulletin, "zh"), missing=not reason_of(bulletin, "zh")),
            _Item(write("product.notice_basis"), f"{bulletin.plan.title.zh} {clause}"),
        ]
    return [_item(bulletin, name) for name in bulletin.plan.warnings.required_content]


def _item(bulletin: Bulletin, name: str) -> _Item:
    """Return an item as it was written; place and issuer are known even where nobody wrote them."""
    text = (bulletin.texts.get("zh", {}).get(name) or "").strip()
    known: Mapping[str, str] = {"issuer": issuer_of(bulletin, "zh"), "level": bulletin.level_name}
    text = text or known.get(CONTENT_PARTS.get(name, ""), "")
    return _Item(name, text, missing=not text)


def _opening(bulletin: Bulletin, language: Language) -> str:
    """Return the sentence that stands before the items."""
    return Phrases(language).write(
        f"product.notice_opening_{bulletin.message_type.lower()}",
        issuer=issuer_of(bulletin, language),
        level=bulletin.level_name,
        start=moment_text(bulletin.starts_at, language),
        end=moment_text(bulletin.expires_at, language),
        at=moment_text(bulletin.sent or bulletin.starts_at, language),
    )


def _english(bulletin: Bulletin) -> list[str]:
    """Return the short English block; what has no English text is left to the Chinese one, which it points to."""
    where = Phrases("en").write("product.notice_where", place=short_place_of(bulletin, "en"))
    lines = [f"{_opening(bulletin, 'en')} {where}"]
    if bulletin.message_type == "Cancel":
        lines.append(sentence((bulletin.reason or {}).get("en") or "", "en"))
    elif any((bulletin.part("measures", "en"), bulletin.part("advice", "en"))):
        lines.append(" ".join(instructions_of(bulletin, "en")))
    else:
        lines.append(Phrases("en").write("product.notice_see_chinese"))
    if bulletin.contact:
        lines.append(Phrases("en").write("product.notice_contact_line", contact=bulletin.contact))
    return [line for line in lines if line]
