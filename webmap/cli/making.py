"""What `webmap report` and `webmap export` share: the source of an incident, progress on the terminal, the file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.failures import CommandFailed, settings_from_environment
from webmap.cli.incidents import found_incident, given_moment, open_journal
from webmap.cli.input import STDIN
from webmap.languages import Language

if TYPE_CHECKING:
    from webmap.reports.products import Product
    from webmap.reports.progress import Progress

#: Stands for standard output, as - stands for standard input elsewhere.
STDOUT = STDIN


@dataclass(frozen=True)
class Wish:
    """Of which incident, at which moment, from which entries, for whose eyes, and where the file goes."""

    incident: str
    at: str | None
    known: int | None
    lang: Language
    include_restricted: bool
    out: str | None


def save(wish: Wish, product: Product) -> None:
    """Make a product and save it; says where on stderr. An existing file is written over."""
    from webmap.accounts.roles import Grant, Role  # noqa: PLC0415
    from webmap.accounts.viewer import Viewer  # noqa: PLC0415
    from webmap.api.log.reader import reader_of  # noqa: PLC0415
    from webmap.exports.attachments import file_name  # noqa: PLC0415
    from webmap.incidents.kept import KeptLogs  # noqa: PLC0415
    from webmap.reports.opening import Sources  # noqa: PLC0415
    from webmap.reports.products import make  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    journal, settings = open_journal(), settings_from_environment()
    opening = found_incident(journal, wish.incident).opening
    runtime = Runtime(settings.database_url, settings.plans_folder)
    role = Role.DUTY_OFFICER if wish.include_restricted else Role.OBSERVER
    reader = reader_of(runtime, Viewer(frozenset({Grant(role)})), wish.lang, opening.plan)
    sources = Sources(runtime, journal.clock)
    look = KeptLogs(journal).look(opening.incident_id)
    asked = sources.asked(look, None if wish.at is None else given_moment(wish.at), wish.known, None)
    file = make(product, sources.open(look, reader, asked, _told(wish.lang)))
    if wish.out == STDOUT:
        sys.stdout.buffer.write(file.content)
        return
    path = Path(wish.out or file_name(file.plain_name, file.name_parts))
    path = path / file_name(file.plain_name, file.name_parts) if path.is_dir() else path
    try:
        path.write_bytes(file.content)
    except OSError as error:
        raise CommandFailed(
            f"写不了文件 (cannot write): {path}: {error.strerror}", "换一个位置：--out FILE (write elsewhere)"
        ) from None
    click.echo(f"{path}  {len(file.content):,} B", err=True)


def _told(language: Language) -> Progress:
    """Return what tells stages on stderr, each once."""
    from webmap.reports.stages_told import stage_title  # noqa: PLC0415

    last = [""]

    def tell(stage: str, _done: int, _total: int, /) -> None:
        title = stage_title(stage, language)
        if title != last[0]:
            click.echo(f"{title} …", err=True)
        last[0] = title

    return tell
