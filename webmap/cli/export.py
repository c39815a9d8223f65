"""`webmap export`: an incident as a file for others, without a server."""

from __future__ import annotations

import click

from webmap.cli.failures import explains_failures
from webmap.cli.making import Wish, save, wishes
from webmap.reports.kinds import FORMATS


@click.command("export")
@click.option("--format", "ending", type=click.Choice(list(FORMATS["files"])), required=True, help="格式 (format)")
@wishes
@explains_failures
def command(wish: Wish, ending: str) -> None:
    """导出事件资料：网页、GeoPackage、表格…… (an incident as one file: web page, GeoPackage, tables ...).

    INCIDENT: 编号或其开头 (an id or its beginning); webmap log list 列出全部 (lists all).
    """
    save(wish, "files", "incident", ending)
