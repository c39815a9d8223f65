"""`webmap report`: the same documents and maps as the page's, without a server."""

from __future__ import annotations

import click

from webmap.cli.failures import explains_failures
from webmap.cli.making import Wish, save
from webmap.languages import Language
from webmap.reports.products import FORMATS, REPORTS, Product


@click.command("report")
@click.argument("incident")
@click.option("--kind", type=click.Choice(list(REPORTS)), required=True, help="哪种报告 (which report)")
@click.option(
    "--format", "ending", type=click.Choice(list(FORMATS["reports"])), default="docx", show_default=True, help="格式"
)
@click.option("--at", metavar="TIME", help="说到哪个时刻 (moment that it tells of), 2026-01-12T08:00:00+08:00")
@click.option("--known", type=click.IntRange(min=1), metavar="N", help="只用到第几条 (entries up to this number)")
@click.option("--out", metavar="FILE", help="保存为；目录或 - (where to; a folder, or - for stdout)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@explains_failures
def command(
    incident: str,
    kind: str,
    ending: str,
    at: str | None,
    known: int | None,
    out: str | None,
    include_restricted: bool,
    lang: Language,
) -> None:
    """写报告：首报、续报、终报、总结评估、简报 (write a report from the log).

    INCIDENT: 编号或其开头 (an id or its beginning); webmap log list 列出全部 (lists all).
    报告是中文的 (reports are in Chinese).
    """
    save(Wish(incident, at, known, lang, include_restricted, out), Product("reports", kind, ending))
