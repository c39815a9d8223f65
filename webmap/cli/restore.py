"""`webmap restore`: the same documents as `POST /api/restorations`, without a server."""

from __future__ import annotations

import sys

import click

from webmap.cli.failures import WrongInput, explains_failures, settings_from_environment
from webmap.cli.input import STDIN, read_json
from webmap.documents import write_document
from webmap.languages import Language


@click.command("restore")
@click.argument("incident")
@click.option(
    "--crews", required=True, metavar="CREWS", help="队伍与机动设备的 JSON 文件 (crews and units, a JSON file)"
)
@click.option("--json", "as_json", is_flag=True, help="输出完整的抢修方案文档 (print the whole document)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)")
@explains_failures
def command(incident: str, crews: str, as_json: bool, lang: Language, include_restricted: bool) -> None:
    """安排抢修 (plan the restoration): INCIDENT 与 CREWS 是 JSON 文件，- 表示标准输入 (files, or - for stdin)."""
    if incident == crews == STDIN:
        raise WrongInput(
            "事件与队伍不能都从标准输入读取 (incident and crews cannot both come from stdin)",
            "其中一个写成文件 (give one of them as a file)",
        )
    settings = settings_from_environment()
    document = {part: read_json(name, settings.limits) for part, name in (("incident", incident), ("crews", crews))}

    from webmap.api.restorations import read_planning_request, restoration_document  # noqa: PLC0415  loads slowly
    from webmap.cli.database import opened_store  # noqa: PLC0415
    from webmap.cli.restoration_text import restoration_text  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    opened_store(settings)
    runtime = Runtime(settings.database_url, settings.plans_folder)
    asked = read_planning_request(document, runtime.plans, lang)
    plan = restoration_document(runtime.snapshot(), asked, restricted=include_restricted)
    if as_json:
        sys.stdout.buffer.write(write_document(plan) + b"\n")
    else:
        click.echo(restoration_text(plan, lang))
