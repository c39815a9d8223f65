"""`webmap backup`: save, check and load backups."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webmap.cli.failures import CommandFailed, WrongInput, explains_failures, settings_from_environment

if TYPE_CHECKING:
    from webmap.storage.backup_file import Manifest

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group("backup")
def command() -> None:
    """备份与恢复整个数据库，SQLite 与 PostGIS 通用 (back up and restore the whole database, of either kind)."""


def _explains_files(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate a command so that what is wrong with a backup's file or its database is explained."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        from webmap.storage.errors import DamagedDatabase, DatabaseNotEmpty, UnusableBackup  # noqa: PLC0415

        try:
            command(*args, **options)
        except UnusableBackup as error:
            raise WrongInput(
                f"备份不能使用 (the backup cannot be used): {error}",
                "换用完好的备份；新版本的备份需先升级本程序 (use a sound one; for a newer one upgrade first)",
            ) from None
        except DatabaseNotEmpty as error:
            held = ", ".join(error.tables)
            raise CommandFailed(
                f"数据库里有记录，未作改动 (the database holds records; nothing was changed): {held}",
                "先备份它，再加 --replace 以备份取代全部记录 (save it first, then replace everything with --replace)",
            ) from None
        except DamagedDatabase as error:
            raise CommandFailed(
                f"数据库文件已损坏或无法复制，未作备份 (the database file is damaged or cannot be copied): {error}",
                "停止服务，换上最近的备份 (stop the server and load the latest backup)",
            ) from None
        except FileExistsError:
            raise WrongInput(
                f"文件已存在 (there is such a file): {options['file']}", "换一个名字，例如加上日期 (use another name)"
            ) from None
        except OSError as error:
            name = error.filename or options["file"]
            raise CommandFailed(
                f"文件无法读写 (the file cannot be used): {name}: {error.strerror or error}",
                "检查路径、权限与磁盘空间 (check path, permissions and disk space)",
            ) from None

    return run


@command.command("save")
@_FILE
@explains_failures
@_explains_files
def save(file: Path) -> None:
    """把此刻的全部数据写入新文件，不必停止服务 (write all data as of now to a new file; the server may go on)."""
    from webmap.cli.database import engine_with_file  # noqa: PLC0415
    from webmap.storage.backup import save_backup  # noqa: PLC0415

    engine = engine_with_file(settings_from_environment())
    try:
        _tell("已备份 (saved)", file, save_backup(engine, file.absolute()))
    finally:
        engine.dispose()


@command.command("check")
@_FILE
@explains_failures
@_explains_files
def check(file: Path) -> None:
    """核对备份是否完好，不碰数据库 (compare a backup with its digests; no database is touched)."""
    from webmap.storage.backup import check_backup  # noqa: PLC0415

    _tell("完好 (sound)", file, check_backup(file))


@command.command("load")
@_FILE
@click.option("--replace", is_flag=True, help="取代数据库里的全部记录 (replace all records in the database)")
@explains_failures
@_explains_files
def load(file: Path, replace: bool) -> None:
    """把备份装入空的数据库 (load a backup into an empty database)."""
    from webmap.cli.database import make_folders  # noqa: PLC0415
    from webmap.storage.backup import load_backup  # noqa: PLC0415
    from webmap.storage.engine import open_engine  # noqa: PLC0415

    settings = settings_from_environment()
    make_folders(settings)
    engine = open_engine(settings.database_url)
    try:
        _tell("已装入 (loaded)", file, load_backup(engine, file, replace=replace))
    finally:
        engine.dispose()
    click.echo("所有人需要重新登录 (everybody has to sign in again)")


def _tell(done: str, file: Path, manifest: Manifest) -> None:
    click.echo(
        f"{done}: {file}\n"
        f"  {manifest.rows:,} 条记录 (records)，数据版本 (data version) {manifest.data_version or '-'}，"
        f"表版本 (tables) {manifest.tables_version}，备份时间 (made) {manifest.made_at}"
    )
