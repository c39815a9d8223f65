"""`webmap data`: the versions of the data, what is different between them, and the way back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from webmap.cli.failures import WrongInput, explains_failures, settings_from_environment
from webmap.languages import Language

if TYPE_CHECKING:
    from layers.history import DataVersion
    from layers.store import Store

_BY = "webmap data restore"
_IDS = 100
_language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)"
)
_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON (print JSON)")


@click.group("data", no_args_is_help=True)
def command() -> None:
    """数据版本 (versions of the data): 列出、查看、比较、恢复 (list, show, compare, restore).

    VERSION: 版本，如 12-0a1b2c3d4e5f，或只写序号 12 (a version, or its number alone).
    """


@command.command("versions")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="最多几个 (how many)")
@_json
@_language
@explains_failures
def versions(limit: int, as_json: bool, lang: Language) -> None:
    """列出最近的版本，新的在前 (the last versions, newest first)."""
    from webmap.api.data.documents import version_document  # noqa: PLC0415
    from webmap.cli.data_text import version_line  # noqa: PLC0415

    found = _opened().history(limit)
    if as_json:
        _print_json({"versions": [version_document(one) for one in found]})
        return
    for one in found:
        click.echo(version_line(one, lang))


@command.command("show")
@click.argument("version")
@_json
@_language
@explains_failures
def show(version: str, as_json: bool, lang: Language) -> None:
    """谁在何时写了这个版本、改了什么 (who wrote a version, when, and what it changed)."""
    from webmap.api.data.documents import version_document  # noqa: PLC0415
    from webmap.cli.data_text import version_text  # noqa: PLC0415

    found = _version(_opened(), version)
    if as_json:
        _print_json(version_document(found))
    else:
        click.echo(version_text(found, lang))


@command.command("diff")
@click.argument("version")
@click.argument("other", required=False)
@_json
@_language
@explains_failures
def diff(version: str, other: str | None, as_json: bool, lang: Language) -> None:
    """从 VERSION 到 OTHER（不写时为现在）增、改、删了哪些记录 (what is different in OTHER, or now)."""
    store = _opened()
    first = _name(store, version)
    _tell_difference(store, first, _version(store, other).version if other else store.data_version(), as_json, lang)


@command.command("restore")
@click.argument("version")
@click.option("--note", default="", metavar="TEXT", help="写入历史的说明 (a note for the history)")
@click.option("--dry-run", is_flag=True, help="只说会改什么 (only tell what would change)")
@_json
@_language
@explains_failures
def restore(version: str, note: str, dry_run: bool, as_json: bool, lang: Language) -> None:
    """把数据恢复成 VERSION 的内容，作为新版本 (make the data what they were, as a new version).

    其间的版本仍在历史里，可以再恢复回来；0 是最初的空库 (what came in between stays; 0 is the empty beginning).
    """
    from layers.history import Author, Written  # noqa: PLC0415

    store = _opened()
    wanted, before = _name(store, version), store.data_version()
    if dry_run:
        _tell_difference(store, before, wanted, as_json, lang)
        return
    if not store.compare(before, wanted, 0):
        raise WrongInput(
            f"现在的数据就是这个版本的内容 (the data are as they were then): {wanted}", "webmap data versions"
        )
    said = Written(Author(None, _BY), "undo", note.strip(), {"restored": wanted})
    made = store.restore(wanted, said, base=before)
    _tell_difference(store, before, made, as_json, lang)


def _tell_difference(store: Store, one: str, other: str, as_json: bool, language: Language) -> None:
    from webmap.api.data.documents import comparison_document  # noqa: PLC0415
    from webmap.cli.data_text import comparison_text  # noqa: PLC0415

    found = store.compare(one, other, _IDS)
    if as_json:
        _print_json(comparison_document(one, other, found))
    else:
        click.echo(comparison_text(one, other, found, language))


def _opened() -> Store:
    from webmap.cli.database import opened_store  # noqa: PLC0415

    return opened_store(settings_from_environment())


def _name(store: Store, given: str) -> str:
    """Return the name of a version, also of the empty beginning; raises `UnknownVersion`."""
    from layers.history import BEFORE_ALL  # noqa: PLC0415

    return given if given == BEFORE_ALL else _version(store, given).version


def _version(store: Store, given: str) -> DataVersion:
    """Return the version of that name or number; raises `UnknownVersion`."""
    if given.isascii() and given.isdecimal() and len(given) < 10:
        found = store.history(1, before=int(given) + 1)
        if found and found[0].sequence == int(given):
            return found[0]
    return store.version(given)


def _print_json(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
