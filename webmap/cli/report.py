"""`webmap report`: the same documents and maps as the page's, without a server."""

from __future__ import annotations

import click

from webmap.cli.failures import explains_failures
from webmap.cli.making import Wish, save, wishes
from webmap.reports.kinds import FORMATS, REPORTS


@click.command("report")
@click.option("--kind", type=click.Choice(list(REPORTS)), required=True, help="哪种报告 (which report)")
@click.option(
    "--format", "ending", type=click.Choice(list(FORMATS["reports"])), default="docx", show_default=True, help="格式"
)
@wishes
@explains_failures
def command(wish: Wish, kind: str, ending: str) -> None:
    """写报告：首报、续报、终报、总结评估、简报 (write a report from the log).

    INCIDENT: 编号或其开头 (an id or its beginning); webmap log list 列出全部 (lists all).
    报告是中文的 (reports are in Chinese).
    """
    save(wish, "reports", kind, ending)
