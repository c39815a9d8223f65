"""The last changes to accounts as the administrator's pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webmap.accounts.event_words import said
from webmap.accounts.page_frame import page_text, present_language
from webmap.accounts.pages.desk import Desk
from webmap.accounts.pages.moments_in_words import moment_in_words
from webmap.accounts.pages.rights_in_words import plan_title

_SHOWN = 10
#: Who does something without being a person, as the record names them, and the key of what the page calls them.
_NOBODY = {"sign-in": "people.by.sign_in", "invitation": "people.by.invitation", "webmap serve": "people.by.server"}


@dataclass(frozen=True)
class ShownEvent:
    """An event in words: who, what, when."""

    who: str
    what: str
    at: datetime


def latest_events(desk: Desk, *, about: str | None = None) -> list[ShownEvent]:
    """Return the last events, the newest first, all people's or those about one (by id)."""
    language = present_language()

    def plan_name(key: str) -> str:
        return plan_title(key, desk.plans)

    def moment(at: datetime) -> str:
        return moment_in_words(at, desk.now, language)

    return [
        ShownEvent(
            _who(event.actor_id, event.actor_name), said(event, language, plan_name=plan_name, moment=moment), event.at
        )
        for event in desk.accounts.events.latest(_SHOWN, about=about)
    ]


def _who(actor_id: str | None, name: str) -> str:
    key = None if actor_id else _NOBODY.get(name)
    return page_text(key) if key else name
