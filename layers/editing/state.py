"""What stands while operations are applied one after the other: the ground, and over it what they changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from layers.catalog import CATALOG
from layers.editing.ground import REFERENCES, Ground, Key, Record, Value
from layers.editing.problems import Problem, Refused
from layers.editing.rules import read_value
from layers.schema import Field


class State:
    """Records as they stand. What a step puts counts at once; `undo` takes back what it put."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.changed: dict[Key, Record | None] = {}
        self._before: dict[Key, tuple[bool, Record | None]] = {}
        # Which of the changed records refer to a record, so that not all of them are asked.
        self._referring: dict[Key, dict[Key, None]] = {}

    def begin(self) -> None:
        """Begin a step."""
        self._before = {}

    def undo(self) -> None:
        """Take back what was put since the step began."""
        for key, (was_changed, record) in reversed(self._before.items()):
            self._forget(key, self.changed.pop(key))
            if was_changed:
                self.changed[key] = record
                self._note(key, record)
        self._before = {}

    @property
    def stepped(self) -> tuple[Key, ...]:
        """What was put since the step began, in that order."""
        return tuple(self._before)

    def before_step(self, key: Key) -> Record | None:
        """Return a record as it stood when the step began."""
        was_changed, record = self._before.get(key, (True, self.find(key)))
        return record if was_changed else self.ground.record(key)

    def find(self, key: Key) -> Record | None:
        """Return a record as it stands; None where there is none."""
        return self.changed[key] if key in self.changed else self.ground.record(key)

    def need(self, key: Key) -> Record:
        """Return a record as it stands; raises `Refused`."""
        record = self.find(key)
        if record is None:
            raise Refused([Problem("unknown_record", *key, detail={"layer": CATALOG[key[0]].title})])
        return record

    def put(self, key: Key, record: Record | None) -> None:
        """Put a record in place of what stands; None takes it away."""
        self._before.setdefault(key, (key in self.changed, self.changed.get(key)))
        self._forget(key, self.changed.get(key))
        self.changed[key] = record
        self._note(key, record)

    def _note(self, user: Key, record: Record | None) -> None:
        for named in _named_by(user, record):
            self._referring.setdefault(named, {})[user] = None

    def _forget(self, user: Key, record: Record | None) -> None:
        for named in _named_by(user, record):
            self._referring[named].pop(user, None)

    def was_ever(self, key: Key) -> bool:
        """Whether a record of that id stands, or stood before it was taken away: its id is not given again."""
        return key in self.changed or self.ground.record(key) is not None

    def users(self, key: Key) -> Iterator[tuple[Key, Field]]:
        """Yield every record that refers to a record as things stand, and the column in which it does."""
        for user, field in self.ground.users(*key):
            if user not in self.changed:
                yield user, field
        for user in list(self._referring.get(key, ())):
            record = self.need(user)
            for layer, field, target in REFERENCES:
                if layer == user[0] and target == key[0] and record.values.get(field.name) == key[1]:
                    yield user, field

    def with_values(self, key: Key, record: Record, given: Mapping[str, Any]) -> Record:
        """Return the record with some values set; raises `Refused`, field by field."""
        known = {field.name: field for field in CATALOG[key[0]].fields}
        problems: list[Problem] = []
        values: dict[str, Value] = dict(record.values)
        for name, value in given.items():
            if name not in known:
                problems.append(Problem("unknown_field", *key, name, detail={"field": name}))
            elif name == "id" and value != key[1]:
                problems.append(Problem("id_fixed", *key, name))
            else:
                values[name], problem = read_value(*key, known[name], value)
                problems += [problem] if problem else []
        if problems:
            raise Refused(problems)
        return Record(values, record.geometry)


def _named_by(user: Key, record: Record | None) -> Iterator[Key]:
    """Yield the records to which a record refers."""
    if record is None:
        return
    for layer, field, target in REFERENCES:
        named = record.values.get(field.name) if layer == user[0] else None
        if named is not None:
            yield target, str(named)
