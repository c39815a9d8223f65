"""The warning as a text message: counted as telephones count Chinese, never longer than three parts.

A message of up to 70 characters (UCS-2, so some signs count twice) is one part; a longer one is cut into parts of 67.
What stays when it must be shorter: level, where, from when, what to do, who issued it, whom to call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from priority.plans.base import Language
from priority.wording import Phrases
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.products.saying import (
    Marks,
    instructions_of,
    issuer_of,
    moment_text,
    place_of,
    reason_of,
    sentence,
    short_place_of,
    title_of,
)

ONE_PART, OF_SEVERAL = 70, 67
MOST_PARTS = 3
#: Texts of people are cut to these lengths at first, and to ever smaller shares of them while it is still too long.
_LIMITS = {"level": 24, "place": 60, "issuer": 30, "contact": 30}
_SHARES = (1.0, 0.75, 0.5, 0.35, 0.2)
_STOPS = "。！？.!?"
#: Fewer characters of an instruction than this say nothing.
_WORTH_SAYING = 12


@dataclass(frozen=True)
class Sms:
    """A text message: its length in UCS-2 characters, in how many parts it goes, and whether it was shortened."""

    text: str
    length: int
    parts: int
    shortened: bool


@dataclass(frozen=True)
class _Draft:
    """What a message is made of. `instructions` in the order in which they are given up, the last first."""

    head: str
    tail: str
    level: str
    place: str
    time: str
    instructions: tuple[str, ...]
    issuer: str
    contact: str | None
    language: Language
    kind: str

    def text(self, *, shortened: bool) -> str:
        """Return the message."""
        write = Phrases(self.language).write
        body = ("" if self.language == "zh" else " ").join(self.instructions)
        level = write(f"product.sms_level_{self.kind}", level=self.level)
        line = write("product.sms", level=level, place=self.place, time=self.time, body=body, issuer=self.issuer)
        if shortened:
            key = "product.sms_shortened" if self.contact else "product.sms_shortened_ask"
            line += write(key, contact=self.contact, issuer=self.issuer)
        elif self.contact:  # without a number nothing is said of one
            line += write("product.sms_contact", contact=self.contact)
        return f"{self.head}{' '.join(line.split())}{self.tail}"


def sms_text(bulletin: Bulletin, language: Language = "zh", *, left_area: bool = False) -> Sms:
    """Return the text message of a bulletin; one that had to be shortened says so, and whom to call.

    `left_area` says first that the recipient's place is not in the area any more.
    """
    draft = _draft(bulletin, language)
    if left_area:
        draft = replace(draft, head=draft.head + Phrases(language).write("product.sms_left_area"))
    full = draft.text(shortened=False)
    if parts_of(full) <= MOST_PARTS:
        return Sms(full, length_of(full), parts_of(full), shortened=False)
    text = next(text for text in _shorter(draft, bulletin) if parts_of(text) <= MOST_PARTS)
    return Sms(text, length_of(text), parts_of(text), shortened=True)


def length_of(text: str) -> int:
    """Return the length in UCS-2 characters: signs beyond the first 65,536 count twice."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def parts_of(text: str) -> int:
    """Return in how many parts a text goes; a sign that counts twice is never torn between two parts."""
    if length_of(text) <= ONE_PART:
        return 1
    parts, room = 1, OF_SEVERAL
    for sign in text:
        size = 2 if ord(sign) > 0xFFFF else 1
        if size > room:
            parts, room = parts + 1, OF_SEVERAL
        room -= size
    return parts


def _draft(bulletin: Bulletin, language: Language) -> _Draft:
    marks = Marks.of(bulletin, language)
    write = Phrases(language).write
    if bulletin.message_type == "Cancel":
        moment = bulletin.sent or bulletin.starts_at
        time = write("product.sms_lifted_at", time=moment_text(moment, language))
        body = tuple(filter(None, (sentence(reason_of(bulletin, language), language),)))
    else:
        moments = {"start": bulletin.starts_at, "end": bulletin.expires_at}
        time = write("product.sms_time", **{name: moment_text(at, language) for name, at in moments.items()})
        body = instructions_of(bulletin, language)
    return _Draft(
        head=marks.drill + marks.draft + marks.synthetic,
        tail=marks.drill if language == "zh" or not marks.drill else f" {marks.drill.strip()}",
        level=title_of(bulletin, language),
        place=place_of(bulletin, language),
        time=time,
        instructions=body,
        issuer=issuer_of(bulletin, language),
        contact=" ".join(bulletin.contact.split()) if bulletin.contact else None,
        language=language,
        kind=bulletin.message_type.lower(),
    )


def _shorter(draft: _Draft, bulletin: Bulletin) -> Iterator[str]:
    """Yield ever shorter texts: fewer townships, fewer instructions, then everything cut; the last one always fits.

    The list of townships goes first: who gets the text is in the area, and what to beware of saves lives.
    """
    few = replace(draft, place=short_place_of(bulletin, draft.language))
    for kept in range(len(draft.instructions), 0, -1):
        for names in (draft, few):
            yield replace(names, instructions=draft.instructions[:kept]).text(shortened=True)
    for share in _SHARES:
        narrow = _narrowed(few, share)
        bare = replace(narrow, instructions=()).text(shortened=True)
        room = MOST_PARTS * OF_SEVERAL - length_of(bare) - MOST_PARTS
        if draft.instructions and room >= _WORTH_SAYING:
            yield replace(narrow, instructions=(_clipped(draft.instructions[0], room),)).text(shortened=True)
    yield replace(_narrowed(few, _SHARES[-1]), instructions=()).text(shortened=True)


def _narrowed(draft: _Draft, share: float) -> _Draft:
    """Return a draft whose names are cut to a share of what they may be."""
    most = {name: max(4, round(limit * share)) for name, limit in _LIMITS.items()}
    return replace(
        draft,
        level=_clipped(draft.level, most["level"]),
        place=_clipped(draft.place, most["place"]),
        issuer=_clipped(draft.issuer, most["issuer"]),
        contact=_clipped(draft.contact, most["contact"]) if draft.contact else None,
    )


def _clipped(text: str, most: int) -> str:
    """Return as many whole sentences as go into a length, else the beginning with an ellipsis."""
    if length_of(text) <= most:
        return text
    kept, size = [], 1  # the ellipsis
    for sign in text:
        size += 2 if ord(sign) > 0xFFFF else 1
        if size > most:
            break
        kept.append(sign)
    beginning = "".join(kept)
    stop = max(beginning.rfind(sign) for sign in _STOPS)
    if stop >= len(beginning) // 2:
        return beginning[: stop + 1]
    words = beginning.rpartition(" ")[0]  # English: no half words
    return (words if len(words) >= len(beginning) * 3 // 4 else beginning) + "…"
