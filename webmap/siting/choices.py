"""Choosing an answer: its new sites become planned records of the layer `sites`, in one transaction with the choice."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, func, insert, select

from layers.engine import LAYERS_LOCK
from layers.history import Author as DataAuthor
from layers.history import Written, data_version_of
from layers.past import read_layer
from layers.store import replace_layer
from webmap.incidents.chain import canonical
from webmap.incidents.entry_fields import one_line
from webmap.incidents.errors import ClientKeyReused
from webmap.incidents.moments import now_utc, read_written, written
from webmap.incidents.records import Author
from webmap.languages import DEFAULT_LANGUAGE
from webmap.sample_note import choice_note, notes_of, nothing_but_the_sample
from webmap.siting.errors import SitingRefused
from webmap.siting.planned import ChosenSite, Origin, choose, take_back
from webmap.siting.runs import ANSWERED, require_run
from webmap.storage.engine import one_moment, writing
from webmap.storage.tables import SITING_CHOICES

Kind = Literal["chosen", "taken_back"]
#: So many letters of a run's id stand in the ids of the records that its choice makes.
_ID_LETTERS = 8


@dataclass(frozen=True)
class Choice:
    """What somebody did with an answer, the sites concerned, and the data versions before and after that."""

    number: int
    kind: Kind
    at: datetime
    author_name: str
    sites: tuple[ChosenSite, ...]
    data_version_before: str
    data_version_after: str


class Choices:
    """Chooses answers and takes them back. Shared by threads; `clock` tells the present moment."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = now_utc) -> None:
        self.engine = engine
        self.clock = clock

    def standing(self, run_ids: Sequence[str]) -> dict[str, Choice]:
        """Return the choices that stand, by run; runs that are not chosen are left out."""
        with one_moment(self.engine) as connection:
            latest = _latest(connection)
        return {run_id: latest[run_id] for run_id in run_ids if run_id in latest and latest[run_id].kind == "chosen"}

    def choose(self, run_id: str, author: Author, client_key: str | None = None) -> bool:
        """Make the new sites of a run's answer planned; returns whether that is new.

        With `client_key` a repeated request finds what the first one did. Raises `UnknownRun`, `SitingRefused`
        (nothing was written) and `ClientKeyReused`.
        """

        def edit(connection: Connection, row: Row[Any]) -> tuple[Any, list[ChosenSite]]:
            latest = _latest(connection)
            if run_id in latest and latest[run_id].kind == "chosen":
                raise SitingRefused("chosen_already")
            answer = _answer_of(row)
            if answer is None or answer["status"] not in ANSWERED:
                raise SitingRefused("no_answer")
            frames = {key: read_layer(connection, key) for key in ("sites", "facilities")}
            return choose(answer, frames, _sites_of(latest.values()), self._origin(connection, row, answer))

        return self._write("chosen", run_id, author, client_key, edit)

    def take_back(self, run_id: str, author: Author, client_key: str | None = None) -> bool:
        """Undo a choice: statuses become what they were, records that it made go, unless another choice needs them.

        Returns and raises as `choose`.
        """

        def edit(connection: Connection, row: Row[Any]) -> tuple[Any, list[ChosenSite]]:
            latest = _latest(connection)
            choice = latest.pop(run_id, None)
            if choice is None or choice.kind != "chosen":
                raise SitingRefused("not_chosen")
            return take_back(choice.sites, read_layer(connection, "sites"), _sites_of(latest.values()))

        return self._write("taken_back", run_id, author, client_key, edit)

    def _write(
        self,
        kind: Kind,
        run_id: str,
        author: Author,
        client_key: str | None,
        edit: Callable[[Connection, Row[Any]], tuple[Any, list[ChosenSite]]],
    ) -> bool:
        with writing(self.engine, LAYERS_LOCK) as connection:
            row = require_run(connection, run_id)
            if client_key is not None and _is_repeated(connection, run_id, client_key, kind):
                return False
            before = data_version_of(connection)
            frame, sites = edit(connection, row)
            number = connection.execute(select(func.coalesce(func.max(SITING_CHOICES.c.number), 0) + 1)).scalar_one()
            said = Written(DataAuthor(author.id, author.name), "sites", choice_note(kind, number, run_id))
            after = replace_layer(connection, "sites", frame, said)
            told = {
                "number": number,
                "run_id": run_id,
                "kind": kind,
                "at": written(self.clock()),
                "author_id": author.id,
                "author_name": author.name,
                "client_key": client_key,
                "body": canonical({"sites": [site.document() for site in sites]}),
                "data_version_before": before,
                "data_version_after": after,
            }
            connection.execute(insert(SITING_CHOICES).values(told))
            return True

    def _origin(self, connection: Connection, row: Row[Any], answer: Mapping[str, Any]) -> Origin:
        """What comes of made-up data is made up; else the place of a record is somebody's estimate."""
        name, short = one_line(row.name or "") or answer["plan"]["title"], row.id[:_ID_LETTERS]
        source = f"选址方案 siting study {short}: {name} ({self.clock():%Y-%m-%d})"
        made_up = answer["synthetic"] or nothing_but_the_sample(notes_of(connection))
        return Origin(f"siting-{short}", source, "synthetic" if made_up else "estimated")


def _answer_of(row: Row[Any]) -> Any:
    """Return a run's answer in the language of the records, None where it has none."""
    if row.result is None:
        return None
    documents = json.loads(row.result)
    return documents.get(DEFAULT_LANGUAGE) or next(iter(documents.values()))


def _latest(connection: Connection) -> dict[str, Choice]:
    """Return what was done last with each run."""
    rows = connection.execute(select(SITING_CHOICES).order_by(SITING_CHOICES.c.number)).all()
    return {row.run_id: _choice(row) for row in rows}


def _choice(row: Row[Any]) -> Choice:
    sites = tuple(ChosenSite(**site) for site in json.loads(row.body)["sites"])
    versions = row.data_version_before, row.data_version_after
    return Choice(row.number, row.kind, read_written(row.at), row.author_name, sites, *versions)


def _sites_of(choices: Any) -> list[ChosenSite]:
    return [site for choice in choices if choice.kind == "chosen" for site in choice.sites]


def _is_repeated(connection: Connection, run_id: str, client_key: str, kind: Kind) -> bool:
    columns = SITING_CHOICES.c
    same = select(columns.kind).where(columns.run_id == run_id, columns.client_key == client_key)
    before = connection.execute(same).scalar()
    if before is not None and before != kind:
        raise ClientKeyReused(client_key)
    return before is not None
