"""Requests that come twice: the keys that find the first, and whether both say the same."""

from __future__ import annotations

import uuid

from webmap.incidents.errors import ClientKeyReused
from webmap.incidents.records import Author
from webmap.warnings.content import Content
from webmap.warnings.state import WarningState
from webmap.warnings.steps import Drafted, Issued, Lifted, Revised, Step
from webmap.warnings.wanted import Wanted

#: Makes a warning's id from who drafts it and the client's key, so that a repeated draft finds the first.
_DRAFTS = uuid.UUID("0b3c1c1e-6c57-4f7b-8f0e-3c9f5f2f2d11")
#: What the server adds to a step.
_ADDED = {"resolved", "entry", "identifier", "approved_by"}


def warning_id_of(incident_id: str, author: Author, client_key: str | None) -> str:
    """Return the id of a warning that is drafted with a client's key; a new one each time without."""
    named = f"{incident_id}\n{author.id}\n{client_key}"
    return str(uuid.uuid4() if client_key is None else uuid.uuid5(_DRAFTS, named))


def require_same_draft(state: WarningState, content: Content, author: Author) -> None:
    """Raise `ClientKeyReused` unless the warning began with this content by this author."""
    first = state.steps[0]
    same = isinstance(first.body, Drafted) and first.body.content == content and first.author_id == author.id
    if not same:
        raise ClientKeyReused(f"warning {state.id}")


def repeated_step(state: WarningState, wanted: Wanted, author: Author, client_key: str | None) -> int | None:
    """Return the number of the step that was taken with this key, None if none was.

    Raises `ClientKeyReused` where it said something else.
    """
    if client_key is None:
        return None
    found = next((step for step in state.steps if step.client_key == client_key), None)
    if found is None:
        return None
    if found.author_id != author.id or not _says_the_same(found, wanted):
        raise ClientKeyReused(f"warning {state.id}, step {found.number}")
    return found.number


def _says_the_same(step: Step, wanted: Wanted) -> bool:
    body = step.body
    added = _ADDED if isinstance(body, Revised | Issued | Lifted) else set()
    return body.model_dump(exclude=added) == wanted.model_dump()
