"""`webmap log`: the incidents there are, a log as prose, and the proof that nothing was tampered with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.failures import CommandFailed, explains_failures, settings_from_environment
from webmap.cli.incidents import found_incident, given_moment, open_journal
from webmap.languages import Language

if TYPE_CHECKING:
    from webmap.incidents.journal import Which
    from webmap.incidents.records import IncidentSummary

_PHASES: dict[str, dict[Language, str]] = {
    "reported": {"zh": "未启动响应", "en": "no response"},
    "responding": {"zh": "响应中", "en": "responding"},
    "ended": {"zh": "已结束", "en": "ended"},
}
_language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)"
)


@click.group("log", no_args_is_help=True)
def command() -> None:
    """事件日志 (the incident log): 列出、阅读、校验 (list, read, verify)."""


@command.command("list")
@click.argument("which", type=click.Choice(["all", "running", "ended", "drills"]), default="all")
@_language
@explains_failures
def list_incidents(which: Which, lang: Language) -> None:
    """列出事件 (list incidents): 全部 all、进行中 running、已结束 ended、演练 drills."""
    found = open_journal().incidents(which)
    for one in found:
        click.echo(_incident_line(one, lang))
    if not found:
        click.echo("没有事件" if lang == "zh" else "no incidents", err=True)


def _incident_line(one: IncidentSummary, language: Language) -> str:
    opening = one.opening
    drill = ("【演练】" if language == "zh" else "[DRILL] ") if opening.drill else ""
    phase = _PHASES[one.phase][language] + (f" {one.level}" if one.level else "")
    return f"{opening.incident_id}  {opening.plan}  {one.length:>5}  {phase}  {drill}{opening.name}"


@command.command("show")
@click.argument("incident")
@click.option("--known-at", metavar="TIME", help="当时已记录的 (what was written by then), 2026-01-12T08:00:00+08:00")
@_language
@explains_failures
def show(incident: str, known_at: str | None, lang: Language) -> None:
    """把日志写成文字 (the log as prose). INCIDENT: 编号或其开头 (an id or its beginning)."""
    from priority.errors import UnknownPlan  # noqa: PLC0415
    from priority.wording import Phrases  # noqa: PLC0415
    from webmap.cli.log_names import ElementNames  # noqa: PLC0415
    from webmap.incidents.prose import Prose  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    settings = settings_from_environment()
    journal = open_journal()
    log = journal.read(found_incident(journal, incident).opening.incident_id)
    if known_at is not None:
        log = log.known_at(given_moment(known_at))
    try:
        plan = Runtime(settings.database_url, settings.plans_folder).plan(log.opening.plan)
    except UnknownPlan:  # the district took its plan away; the log is still to be read
        plan = None
    names = ElementNames(journal.engine, log)
    title = plan.title.in_language(lang) if plan is not None else log.opening.plan
    drill = ("【演练】" if lang == "zh" else "[DRILL] ") if log.opening.drill else ""
    click.echo(f"{drill}{log.opening.name}  {title}  {log.opening.incident_id}")
    for line in Prose(Phrases(lang), plan, names.name_of).lines(log):
        click.echo(line)


@command.command("verify")
@click.argument("incident", required=False)
@click.option("--against", type=click.Path(), help="与先前保存的末条核对 (compare with heads saved before)")
@click.option("--save", type=click.Path(), help="保存各日志的末条 (save every log's head), 应存放在别处 (elsewhere)")
@_language
@explains_failures
def verify(incident: str | None, against: str | None, save: str | None, lang: Language) -> None:
    """校验日志链 (verify the chain): 有改动时列出位置，退出码 1 (names every place; exit status 1)."""
    from webmap.cli.log_heads import read_heads, write_heads  # noqa: PLC0415
    from webmap.incidents.errors import UnknownIncident  # noqa: PLC0415

    journal = open_journal()
    noted = {} if against is None else read_heads(Path(against))
    known = [one.opening.incident_id for one in journal.incidents()]
    asked = [found_incident(journal, incident).opening.incident_id] if incident else sorted({*known, *noted})
    heads, damaged = {}, 0
    for incident_id in asked:
        try:
            heads[incident_id], found = journal.verify(incident_id, noted.get(incident_id))
        except UnknownIncident:
            click.echo(f"✗ {incident_id}  {_words('gone', lang)}")
            damaged += 1
            continue
        damaged += bool(found)
        mark = "✗" if found else "✓"
        click.echo(f"{mark} {incident_id}  {heads[incident_id].number}  {heads[incident_id].hash}")
        for one in found:
            click.echo(f"    {one.number}  {_words(one.what, lang)}")
    if damaged:
        raise CommandFailed(
            f"{damaged} 个日志与写入时不同 ({damaged} logs are not as they were written)",
            "用备份核对 (compare with a backup: webmap backup load)",
        )
    if save is not None:
        write_heads(Path(save), heads)


def _words(what: str, language: Language) -> str:
    from priority.wording import Phrases  # noqa: PLC0415

    return Phrases(language).write(f"log_break.{what}")
