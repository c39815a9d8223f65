"""`webmap assets`: the page's script and style sheet."""

from __future__ import annotations

import click

from webmap.cli.failures import CommandFailed


@click.group("assets")
def command() -> None:
    """页面脚本与样式 (the page's script and style sheet)."""


@command.command("build")
@click.option("--force", is_flag=True, help="即使没有变化也重新构建 (even if nothing changed)")
def build(force: bool) -> None:
    """构建页面脚本与样式 (bundle the page's script and style sheet)."""
    from flask import Flask  # noqa: PLC0415

    from webmap.assets import AssetsUnavailable, PageAssets  # noqa: PLC0415

    try:
        written = PageAssets(Flask("webmap")).build(force=force)
    except AssetsUnavailable as error:
        raise CommandFailed(str(error), "改正后重试 (correct it and try again)") from None
    for path in written:
        click.echo(f"{path.name}  {path.stat().st_size / 1000:,.0f} kB")
    if not written:
        click.echo("已是最新 (up to date)")
