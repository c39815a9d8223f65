"""`webmap protect`: the same document as `GET /api/protection`, without a server."""

from __future__ import annotations

import sys

import click

from webmap.cli.failures import WrongInput, explains_failures, settings_from_environment
from webmap.documents import write_document
from webmap.languages import Language


@click.command("protect")
@click.option("--plan", "plan_key", help="预案，默认第一份 (plan; default: the first)")
@click.option("--at", help="时刻，ISO 8601 带时差，默认现在的整点 (moment with offset; default: this hour)")
@click.option("--horizon-hours", help="向前看多少小时，默认 72 (hours to look ahead; default 72)")
@click.option("--json", "as_json", is_flag=True, help="输出完整的防护清单文档 (print the whole document)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的单位 (with restricted facilities)")
@explains_failures
def command(
    plan_key: str | None,
    at: str | None,
    horizon_hours: str | None,
    as_json: bool,
    lang: Language,
    include_restricted: bool,
) -> None:
    """列出平时先防护什么 (list what to guard before anything breaks)."""
    settings = settings_from_environment()

    from webmap.api import protection  # noqa: PLC0415  the analysis takes a moment to load
    from webmap.cli.database import opened_store  # noqa: PLC0415
    from webmap.cli.plan_choice import chosen_plan  # noqa: PLC0415
    from webmap.cli.protection_text import protection_text  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    try:
        moment = protection.moment_of(at) if at else protection.this_hour()
    except ValueError:
        raise WrongInput(f"--at 不是带时差的时刻 (no moment with offset): {at}", protection.MOMENT_FORM) from None
    try:
        hours = protection.horizon_of(horizon_hours) if horizon_hours else protection.DEFAULT_HORIZON_HOURS
    except ValueError:
        raise WrongInput(f"--horizon-hours 超出范围 (out of range): {horizon_hours}", protection.HORIZON_FORM) from None
    opened_store(settings)
    runtime = Runtime(settings.database_url, settings.plans_folder)
    plan = chosen_plan(settings, plan_key) if plan_key else next(iter(runtime.plans.values()))
    listed = protection.protection_document(
        runtime.snapshot(), plan, moment, hours, lang, restricted=include_restricted
    )
    if as_json:
        sys.stdout.buffer.write(write_document(listed) + b"\n")
    else:
        click.echo(protection_text(listed, lang))
