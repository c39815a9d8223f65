"""What `webmap report` and `webmap export` share: the source of an incident, progress on the terminal, the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from webmap.cli.failures import CommandFailed, settings_from_environment
from webmap.cli.incidents import found_incident, given_moment, open_journal
from webmap.cli.input import STDIN
from webmap.languages import Language

if TYPE_CHECKING:
    from webmap.reports.kinds import Group
    from webmap.reports.progress import Progress

#: Stands for standard output, as - stands for standard input elsewhere.
STDOUT = STDIN


_OPTIONS = (
    click.argument("incident"),
    click.option("--at", metavar="TIME", help="说到哪个时刻 (moment that it tells of), 2026-01-12T08:00:00+08:00"),
    click.option("--known", type=click.IntRange(min=1), metavar="N", help="只用到第几条 (entries up to this number)"),
    click.option("--out", metavar="FILE", help="保存为；目录或 - (where to; a folder, or - for stdout)"),
    click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)"),
    click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)"),
)


@dataclass(frozen=True)
class Wish:
    """Of which incident, at which moment, from which entries, for whose eyes, and where the file goes."""

    incident: str
    at: str | None
    known: int | None
    lang: Language
    include_restricted: bool
    out: str | None


_Command = TypeVar("_Command", bound=Callable[..., Any])


def wishes(command: _Command) -> _Command:
    """Give a command the argument and options of a `Wish`, which it gets as its first argument `wish`."""

    @wraps(command)
    def wished(**given: Any) -> Any:
        wish = Wish(**{field.name: given.pop(field.name) for field in fields(Wish)})
        return command(wish, **given)

    for option in reversed(_OPTIONS):
        wished = option(wished)
    return cast("_Command", wished)


def save(wish: Wish, group: Group, name: str, ending: str) -> None:
    """Make a product and save it; says where on stderr. An existing file is written over."""
    from webmap.accounts.roles import Grant, Role  # noqa: PLC0415
    from webmap.accounts.viewer import Viewer  # noqa: PLC0415
    from webmap.api.log.reader import reader_of  # noqa: PLC0415
    from webmap.exports.attachments import file_name  # noqa: PLC0415
    from webmap.incidents.kept import KeptLogs  # noqa: PLC0415
    from webmap.reports.opening import Sources, log_of  # noqa: PLC0415
    from webmap.reports.products import Product, make  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    journal, settings = open_journal(), settings_from_environment()
    opening = found_incident(journal, wish.incident).opening
    runtime = Runtime(settings.database_url, settings.plans_folder)
    role = Role.DUTY_OFFICER if wish.include_restricted else Role.OBSERVER
    sources = Sources(runtime, journal.clock)
    look = KeptLogs(journal).look(opening.incident_id)
    asked = sources.asked(look, None if wish.at is None else given_moment(wish.at), wish.known, None)
    viewer = Viewer(frozenset({Grant(role)}))
    reader = reader_of(runtime, viewer, wish.lang, opening.plan, log_of(look, asked))
    file = make(Product(group, name, ending), sources.open(look, reader, asked, _told(wish.lang)))
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
