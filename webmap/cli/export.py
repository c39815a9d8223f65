"""`webmap export`: an incident as a file for others, without a server."""

from __future__ import annotations

import click

from webmap.cli.failures import explains_failures
from webmap.cli.making import Wish, save
from webmap.languages import Language
from webmap.reports.products import FORMATS, Product


@click.command("export")
@click.argument("incident")
@click.option("--format", "ending", type=click.Choice(list(FORMATS["files"])), required=True, help="格式 (format)")
@click.option("--at", metavar="TIME", help="说到哪个时刻 (moment that it tells of), 2026-01-12T08:00:00+08:00")
@click.option("--known", type=click.IntRange(min=1), metavar="N", help="只用到第几条 (entries up to this number)")
@click.option("--out", metavar="FILE", help="保存为；目录或 - (where to; a folder, or - for stdout)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@explains_failures
def command(
    incident: str,
    ending: str,
    at: str | None,
    known: int | None,
    out: str | None,
    include_restricted: bool,
    lang: Language,
) -> None:
    """导出事件资料：网页、GeoPackage、表格…… (an incident as one file: web page, GeoPackage, tables ...).

    INCIDENT: 编号或其开头 (an id or its beginning); webmap log list 列出全部 (lists all).
    """
    save(Wish(incident, at, known, lang, include_restricted, out), Product("files", "incident", ending))
