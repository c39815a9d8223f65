"""`webmap example-files`: raw files as an office has them, for trying out an import."""

from __future__ import annotations

from pathlib import Path

import click

from webmap.cli.failures import CommandFailed, explains_failures


@click.command("example-files")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@explains_failures
def command(folder: Path) -> None:
    """写出一套练习导入用的原始文件 (write raw files for practising an import).

    FOLDER 不存在时新建；同名文件会被覆盖。内容是虚构的小型供热、配电网；步骤见 docs/own-district.md (steps).
    """
    from layers.sample.office import FILES, write_office_files  # noqa: PLC0415

    try:
        paths = write_office_files(folder)
    except FileNotFoundError as error:
        raise CommandFailed(
            f"找不到示例数据 (the sample is missing): {error.filename}", "取回 data/geo/ (restore data/geo/)"
        ) from None
    except OSError as error:
        raise CommandFailed(
            f"写不了 (cannot write): {folder}: {error.strerror}", "换一个文件夹 (choose another folder)"
        ) from None
    for path, file in zip(paths, FILES, strict=True):
        click.echo(f"{path}  {file.about}")
