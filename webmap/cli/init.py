"""`webmap init`: tables, and the sample where there is no data yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from webmap.cli.failures import CommandFailed, explains_failures, settings_from_environment

if TYPE_CHECKING:
    import pandas as pd

    from layers.store import Store

_BY = "webmap init"


@click.command("init")
@click.option(
    "--sample/--empty",
    "with_sample",
    default=True,
    help="空库时装入示例数据 / 只建表 (load the sample if there is no data / tables only); 默认装入示例",
)
@explains_failures
def command(with_sample: bool) -> None:
    """建表或升级已有的表；库中没有数据时装入示例数据 (make or upgrade the tables; load the sample if there is no data).

    可以重复运行：用户的数据不会被改动，未改动过的旧示例会换成新示例 (repeatable: your own data is never touched; an
    unchanged older sample is replaced by the present one).
    """
    from layers.store import open_store  # noqa: PLC0415
    from webmap.cli.database import make_folders  # noqa: PLC0415
    from webmap.storage.upgrade import upgrade  # noqa: PLC0415
    from webmap.storage.versions import HEAD  # noqa: PLC0415

    settings = settings_from_environment()
    make_folders(settings)
    click.echo("建立数据表 (making the tables)")
    store = open_store(settings.database_url)
    before = upgrade(store.engine).version
    if before not in (None, HEAD):
        click.echo(f"数据表已从版本 {before} 升级到 {HEAD} (tables upgraded)")
    if with_sample:
        _load_sample(store)
    _keep_demonstration(store, make=with_sample)
    version = store.data_version()
    click.echo(f"就绪，数据版本 (ready, data version) {version or '-'}")


def _load_sample(store: Store) -> None:
    from webmap.sample_note import (  # noqa: PLC0415
        notes_of,
        nothing_but_the_sample,
        sample_loaded,
        sample_note,
    )

    with store.engine.connect() as connection:
        notes = notes_of(connection)
    if notes and not nothing_but_the_sample(notes):
        click.echo("库中已有数据，保持不变 (there is data already; it is left as it is)")
        return
    from layers.history import Author, Written  # noqa: PLC0415
    from layers.sample import read_sample  # noqa: PLC0415

    click.echo("读取示例数据 (reading the sample)")
    try:
        frames = read_sample()
    except FileNotFoundError as error:
        raise CommandFailed(
            f"找不到示例数据 (the sample is missing): {error.filename}",
            "取回 data/geo/，或用 webmap init --empty (restore data/geo/, or use --empty)",
        ) from None
    note = sample_note(_digest(frames))
    if sample_loaded(notes) == note:
        click.echo("示例数据已装入 (the sample is loaded already)")
        return
    click.echo(f"写入 {sum(map(len, frames.values())):,} 条记录 (writing the records)")
    store.replace(frames, note, Written(Author(None, _BY), "sample"))


def _keep_demonstration(store: Store, *, make: bool) -> None:
    """Make the demonstration accounts beside the sample, and shut them beside anything else."""
    from webmap.accounts.accounts import Accounts  # noqa: PLC0415

    accounts = Accounts(store.engine)
    if removed := accounts.demonstration.remove(accounts.clock(), by=_BY):
        click.echo(f"库中已不只是示例，停用了 {len(removed)} 个演示账户 (demonstration accounts shut)")
    if make and (made := accounts.demonstration.make(accounts.clock(), by=_BY)):
        names = "、".join(person.display_name for person in made)
        click.echo(f"演示账户，登录页上一按即可登录 (demonstration accounts, one press to sign in)：{names}")


def _digest(frames: Mapping[str, pd.DataFrame]) -> str:
    from layers.records import conform, digest  # noqa: PLC0415

    content = "".join(digest(key, conform(key, frames[key])) for key in sorted(frames))
    return hashlib.sha256(content.encode()).hexdigest()
