"""`webmap dispatch`: the same documents as `POST /api/dispatches`, without a server."""

from __future__ import annotations

import json
import sys

import click

from webmap.cli.failures import WrongInput, explains_failures, settings_from_environment
from webmap.cli.input import STDIN, read_json
from webmap.documents import write_document
from webmap.languages import Language


@click.command("dispatch")
@click.argument("incident", required=False)
@click.argument("supply", required=False)
@click.option(
    "--suggest", is_flag=True, help="只打印数据所建议的库存与车辆，作为 SUPPLY (print a suggested SUPPLY only)"
)
@click.option("--json", "as_json", is_flag=True, help="输出完整的调运方案文档 (print the whole document)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)")
@explains_failures
def command(
    incident: str | None, supply: str | None, suggest: bool, as_json: bool, lang: Language, include_restricted: bool
) -> None:
    """安排调运：谁把什么送到哪里 (who brings what where before reserves end).

    INCIDENT 与 SUPPLY 是 JSON 文件，- 表示标准输入 (files, or - for stdin).
    """
    settings = settings_from_environment()
    if suggest:
        _check_alone(incident, supply)
    elif incident is None or supply is None:
        raise WrongInput(
            "缺少 INCIDENT 或 SUPPLY (INCIDENT or SUPPLY is missing)",
            "两个文件都要写；--suggest 给出可改的 SUPPLY (give both files; --suggest prints a supply to start from)",
        )
    elif incident == supply == STDIN:
        raise WrongInput(
            "事件与库存不能都从标准输入读取 (incident and supply cannot both come from stdin)",
            "其中一个写成文件 (give one of them as a file)",
        )
    named = {"incident": incident, "supply": supply}
    document = {part: read_json(name, settings.limits) for part, name in named.items() if name is not None}

    from webmap.api.dispatch import (  # noqa: PLC0415  loads slowly
        dispatch_document,
        read_dispatch_request,
        suggestion_document,
    )
    from webmap.cli.database import opened_store  # noqa: PLC0415
    from webmap.cli.dispatch_text import dispatch_text  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    opened_store(settings)
    runtime = Runtime(settings.database_url, settings.plans_folder)
    if suggest:
        click.echo(json.dumps(suggestion_document(runtime.snapshot(), lang), ensure_ascii=False, indent=2))
        return
    asked = read_dispatch_request(document, runtime.plans, lang)
    plan = dispatch_document(runtime.snapshot(), asked, restricted=include_restricted)
    if as_json:
        sys.stdout.buffer.write(write_document(plan) + b"\n")
    else:
        click.echo(dispatch_text(plan, lang))


def _check_alone(*names: str | None) -> None:
    if any(name is not None for name in names):
        raise WrongInput(
            "--suggest 不读文件 (--suggest reads no files)",
            "单独运行 webmap dispatch --suggest > 库存与车辆.json (run it alone)",
        )
