"""The script that is read out over loudspeakers, radio and television: spoken language, everything twice."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

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
    said,
    sentence,
)
from webmap.warnings.products.spoken import digit_words, spoken

#: How fast it is read: characters a second in Chinese, words a second in English. Ours; try it once with a watch.
CHARACTERS_PER_S, WORDS_PER_S = 4.0, 2.3


@dataclass(frozen=True)
class Script:
    """A script: `heading` is for the announcer and not read out; `lines` are. `seconds` is how long that takes."""

    heading: str
    lines: tuple[str, ...]
    seconds: int

    @property
    def text(self) -> str:
        """The whole sheet."""
        return "\n".join((self.heading, "", *self.lines, ""))


def broadcast_script(bulletin: Bulletin, language: Language = "zh") -> Script:
    """Return the script of a bulletin: the message twice; a drill is announced before, between and after."""
    write = Phrases(language).write
    say: Callable[[str], str] = spoken if language == "zh" else str
    message = tuple(say(line) for line in _message(bulletin, language))
    again = write("product.spoken_again")
    lines = (*message, again, *message, write("product.spoken_end"))
    if bulletin.synthetic:
        lines = (write("product.spoken_synthetic"), *lines)
    if bulletin.drill is not None:
        announcement = say(write("product.spoken_drill", drill=" ".join(bulletin.drill.split())))
        lines = (announcement, *lines, announcement)
    seconds = _seconds(lines, language)
    heading = "".join(Marks.of(bulletin, language).shown) + write("product.spoken_heading", seconds=seconds)
    return Script(heading, lines, seconds)


def _message(bulletin: Bulletin, language: Language) -> list[str]:
    """Return the message once, a sentence or two a line."""
    write = Phrases(language).write
    names = {
        "issuer": issuer_of(bulletin, language),
        "level": " ".join(bulletin.level_in(language).split()),
        "place": place_of(bulletin, language),
        "start": moment_text(bulletin.starts_at, language),
        "end": moment_text(bulletin.expires_at, language),
        "at": moment_text(bulletin.sent or bulletin.starts_at, language),
    }
    lines = [write("product.spoken_attention", **names)]
    if bulletin.message_type == "Cancel":
        lines.append(write("product.spoken_lifted", **names))
        lines.append(sentence(reason_of(bulletin, language), language))
    else:
        key = "product.spoken_update" if bulletin.message_type == "Update" else "product.spoken_issued"
        lines += [write(key, **names), sentence(said(bulletin, "category", language), language)]
        lines.append(write("product.spoken_time", **names))
        extent = said(bulletin, "extent", language)
        lines.append(write("product.spoken_extent", extent=sentence(extent, language)) if extent else "")
        lines += instructions_of(bulletin, language)
    lines.append(_contact(bulletin, language))
    return [line for line in lines if line]


def _contact(bulletin: Bulletin, language: Language) -> str:
    """Return whom to call, digits one by one."""
    if not bulletin.contact:
        return ""
    contact = " ".join(bulletin.contact.split())
    if language == "zh":
        contact = re.sub(r"[0-9][0-9-]*", lambda match: digit_words(match[0], telephone=True), contact)
    return Phrases(language).write("product.spoken_contact", contact=contact)


def _seconds(lines: tuple[str, ...], language: Language) -> int:
    if language == "zh":
        return math.ceil(sum(sign.isalnum() for line in lines for sign in line) / CHARACTERS_PER_S)
    return math.ceil(sum(len(line.split()) for line in lines) / WORDS_PER_S)
