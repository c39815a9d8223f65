"""Taking a record away, and what becomes of those that refer to it."""

from __future__ import annotations

from layers.editing.ground import Key, Record
from layers.editing.operations import Remove
from layers.editing.problems import Problem, Refused
from layers.editing.state import State

#: So many names a refusal tells; how many there are it tells as well.
_NAMED = 5
#: Columns whose record stays when what it names goes, and then names nothing: a plant is still a place.
_CLEARED = frozenset(
    {("facilities", "source_node"), ("coal_routes", "facility_id"), ("coal_routes", "source_facility_id")}
)


def remove(state: State, operation: Remove) -> None:
    """Take a record away, with those that need it where that is wanted; raises `Refused` with their names where not."""
    key = (operation.layer, operation.id)
    state.need(key)
    users = list(dict.fromkeys(user for user, _ in state.users(key)))
    if users and not operation.together:
        raise Refused([_still_used(state, key, users)])
    waiting = [key]
    while waiting:
        gone = waiting.pop()
        if state.find(gone) is None:
            continue
        state.put(gone, None)
        for user, field in list(state.users(gone)):
            record = state.find(user)
            if record is None:
                continue
            if (user[0], field.name) in _CLEARED:
                state.put(user, Record({**record.values, field.name: None}, record.geometry))
            else:
                waiting.append(user)


def _still_used(state: State, key: Key, users: list[Key]) -> Problem:
    names = [state.need(user).name for user in users[:_NAMED]]
    more = ("…",) if len(users) > _NAMED else ()
    return Problem("still_used", *key, detail={"count": len(users)}, names=(*names, *more))
