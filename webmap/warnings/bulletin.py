"""One version of a warning as it is made known: what every product (message, notice, text, script) is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from priority.plans import Plan
from priority.warnings.content import CONTENT_PARTS
from priority.warnings.sending import SendingShape
from webmap.languages import Language

#: What a message does, in CAP's terms.
MessageType = Literal["Alert", "Update", "Cancel"]


@dataclass(frozen=True)
class Bulletin:
    """A message about a warning. `texts` are the required content by language and by the plan's name of the item.

    `identifier` and `sent` are None while it is not issued: products of a draft say so. `reason` says in each language
    why it was lifted. `townships` are codes and names by language, `whole` the codes of those that are warned whole.
    `drill` is the name of the exercise, None for a real warning. `synthetic` says that
    made-up data are behind it.
    """

    warning_id: str
    version: int
    message_type: MessageType
    plan: Plan
    level: str
    level_name: str
    identifier: str | None
    sent: datetime | None
    starts_at: datetime
    expires_at: datetime
    texts: Mapping[Language, Mapping[str, str]]
    townships: tuple[tuple[str, Mapping[Language, str]], ...]
    shape: SendingShape
    contact: str | None
    drill: str | None
    synthetic: bool
    reason: Mapping[Language, str] | None = None
    whole: tuple[str, ...] = ()

    def level_in(self, language: Language) -> str:
        """Return the level's name: as it was issued, in English the plan's title of it where it has one."""
        if language == "zh":
            return self.level_name
        levels = self.plan.warnings.levels
        return next((item.in_language(language) for item in levels if item.key == self.level), self.level_name)

    def part(self, name: str, language: Language = "zh") -> str:
        """Return a part of the content by our name of it (category, level, place, time, extent, ...), "" if absent."""
        texts = self.texts.get(language, {})
        return next((texts[item] for item, part in CONTENT_PARTS.items() if part == name and texts.get(item)), "")
