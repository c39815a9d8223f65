"""Which suppliers stop, as a document."""

from __future__ import annotations

from priority.errors import InvalidStop
from priority.plans.base import Language
from priority.validation import problem
from priority.wording import Phrases

#: No district has as many heat sources.
_MOST = 100


def parse_stopped(document: object, language: Language) -> tuple[str, ...]:
    """Return the ids of a JSON list; raises `InvalidStop` for anything else, and for an empty or endless list."""
    phrases = Phrases(language)
    if not isinstance(document, list):
        raise InvalidStop([problem(phrases, "", "not_list", {})])
    if not 1 <= len(document) <= _MOST:
        raise InvalidStop([problem(phrases, "", "takeover_count", {"most": _MOST})])
    wrong = [
        problem(phrases, f"[{place}]", "not_text", {})
        for place, item in enumerate(document)
        if not isinstance(item, str)
    ]
    if wrong:
        raise InvalidStop(wrong)
    return tuple(document)
