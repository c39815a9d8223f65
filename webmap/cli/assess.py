"""`webmap assess`: the same documents as `POST /api/assessments`, without a server."""

from __future__ import annotations

import sys

import click

from webmap.cli.failures import explains_failures, settings_from_environment
from webmap.cli.input import read_json
from webmap.documents import write_document
from webmap.languages import Language


@click.command("assess")
@click.argument("incident")
@click.option("--json", "as_json", is_flag=True, help="输出完整的研判文档 (print the whole document)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)")
@explains_failures
def command(incident: str, as_json: bool, lang: Language, include_restricted: bool) -> None:
    """研判一个事件 (assess an incident): INCIDENT 是 JSON 文件，- 表示标准输入 (a file, or - for stdin)."""
    settings = settings_from_environment()
    document = read_json(incident, settings.limits)

    from webmap.api.incidents import assess_document  # noqa: PLC0415  the analysis takes a moment to load
    from webmap.cli.database import opened_store  # noqa: PLC0415
    from webmap.cli.summary import summary  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    opened_store(settings)
    runtime = Runtime(settings.database_url, settings.plans_folder)
    assessment = assess_document(runtime.snapshot(), runtime.plans, document, lang, restricted=include_restricted)
    if as_json:
        sys.stdout.buffer.write(write_document(assessment) + b"\n")
    else:
        click.echo(summary(assessment, lang))
