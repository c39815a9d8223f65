"""`webmap drill`: scripts of drills listed, checked and played; drills that play held and stopped."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.failures import CommandFailed, WrongInput, explains_failures, settings_from_environment
from webmap.cli.incidents import found_incident, given_moment
from webmap.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from webmap.drills.rooms import DrillRooms
    from webmap.drills.runs import DrillRuns, Run

#: Whom the log names where nobody is signed in.
_NOBODY = "command-line"
_STATES: dict[str, dict[Language, str]] = {
    "playing": {"zh": "播放中", "en": "playing"},
    "paused": {"zh": "已暂停", "en": "paused"},
    "done": {"zh": "已演完", "en": "done"},
    "stopped": {"zh": "已停止", "en": "stopped"},
    "failed": {"zh": "停住了", "en": "halted"},
}
_language = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)"
)
_speed = click.option(
    "--speed", type=click.FloatRange(1, 600), default=1.0, show_default=True, help="倍速，1 至 600 (times the clock)"
)


@click.group("drill", no_args_is_help=True)
def command() -> None:
    """自己播放的演练 (drills that play themselves): 脚本、开演、暂停、停止 (scripts, play, pause, stop)."""


@command.command("list")
@_language
@explains_failures
def list_scripts(lang: Language) -> None:
    """列出脚本与演练 (the scripts there are, and the drills that play one)."""
    rooms = _rooms()
    found = rooms.scripts()
    for script in found.scripts.values():
        levels = " → ".join(script.levels)
        facts = f"{len(script.steps)} 步" if lang == "zh" else f"{len(script.steps)} steps"
        click.echo(f"{script.key}  {script.plan}  {facts}  {_length(script.length_s)}  {levels}")
        click.echo(f"    {script.title.in_language(lang)}")
    for run in rooms.runs.all():
        click.echo(_run_line(run, lang))
    for message in found.broken.values():
        click.echo(f"✗ {message}", err=True)


@command.command("check")
@click.argument("script")
@_language
@explains_failures
def check(script: str, lang: Language) -> None:
    """对照数据和预案检查脚本 (check a script on the data, by its plan). SCRIPT: 名称或文件 (its key, or a file)."""
    from webmap.drills.prepared import prepare  # noqa: PLC0415
    from webmap.drills.reading import read_script  # noqa: PLC0415
    from webmap.incidents.moments import now_utc  # noqa: PLC0415

    rooms = _rooms()
    path = Path(script)
    found = read_script(path) if path.is_file() else rooms.scripts().script(script)
    prepared = prepare(found, rooms.runtime.snapshot(), rooms.runtime.plan(found.plan), now_utc(), lang)
    for step in prepared.steps:
        kinds = ", ".join(str(document["kind"]) for document in step.facts)
        click.echo(f"{_length(step.at_s):>8}  {kinds}" + (f"  {step.by}" if step.by else ""))
    left_out = len(found.steps) - len(prepared.steps)
    said = (
        f"{left_out} 步因数据中没有所说的地点而略去"
        if lang == "zh"
        else f"{left_out} steps are left out: no such place"
    )
    click.echo(f"✓ {found.key}" + (f"  {said}" if left_out else ""))


@command.command("play")
@click.argument("script")
@_speed
@click.option("--name", help="演练名称 (its name); 默认用脚本的标题 (the script's title)")
@click.option(
    "--begins-at", metavar="TIME", help="演练起点 (when it begins), 2026-01-12T20:00:00+08:00; 默认现在 (now)"
)
@click.option(
    "--wait", is_flag=True, help="等到演完 (until its end); 没有服务在运行时由本命令播放 (plays it without a server)"
)
@_language
@explains_failures
def play(script: str, speed: float, name: str | None, begins_at: str | None, wait: bool, lang: Language) -> None:
    """按脚本开一次演练 (begin a drill by a script). 由正在运行的服务播放 (the running server plays it)."""
    from priority.wording import Phrases  # noqa: PLC0415
    from webmap.drills.rooms import Beginning  # noqa: PLC0415

    rooms = _rooms()
    begins = _now() if begins_at is None else given_moment(begins_at)
    beginning = Beginning(name, begins, speed, None, lang)
    person = Phrases(lang).write("drills.command_line")
    incident_id = rooms.begin(rooms.scripts().script(script), _NOBODY, person, beginning)
    click.echo(_run_line(rooms.runs.read(incident_id), lang))
    if wait:
        _play_until_over(rooms, incident_id, lang)


def _play_until_over(rooms: DrillRooms, incident_id: str, lang: Language) -> None:
    """Whoever claims the drill plays it: the server that runs, or this command."""
    rooms.worker.start()
    told = -1
    try:
        while (run := rooms.runs.read(incident_id)).state in {"playing", "paused"}:
            if run.position != told:
                told = run.position
                click.echo(_run_line(run, lang))
            time.sleep(0.2)
    finally:
        rooms.worker.stop()
    click.echo(_run_line(run, lang))
    if run.state == "failed" and run.error is not None:
        raise CommandFailed(run.error[lang]["message"], run.error[lang]["remedy"])


@command.command("pause")
@click.argument("incident")
@_language
@explains_failures
def pause(incident: str, lang: Language) -> None:
    """让演练停住 (let a drill stand still). INCIDENT: 编号或其开头 (an id or its beginning)."""
    _change(incident, lambda runs, found: runs.pause(found), lang)


@command.command("resume")
@click.argument("incident")
@_language
@explains_failures
def resume(incident: str, lang: Language) -> None:
    """让演练继续 (let it go on). INCIDENT: 编号或其开头 (an id or its beginning)."""
    _change(incident, lambda runs, found: runs.resume(found), lang)


@command.command("step")
@click.argument("incident")
@_language
@explains_failures
def step(incident: str, lang: Language) -> None:
    """下一步现在就来 (let the next step come now). INCIDENT: 编号或其开头 (an id or its beginning)."""
    _change(incident, lambda runs, found: runs.step(found), lang)


@command.command("speed")
@click.argument("incident")
@click.argument("times", type=click.FloatRange(1, 600))
@_language
@explains_failures
def set_speed(incident: str, times: float, lang: Language) -> None:
    """改倍速 (change its speed). INCIDENT: 编号或其开头 (an id or its beginning)."""
    _change(incident, lambda runs, found: runs.set_speed(found, times), lang)


@command.command("stop")
@click.argument("incident")
@_language
@explains_failures
def stop(incident: str, lang: Language) -> None:
    """停止脚本，演练仍开着 (stop the script, not the drill). INCIDENT: 编号或其开头 (an id or its beginning)."""
    _change(incident, lambda runs, found: runs.stop(found), lang)


def _change(beginning: str, change: Callable[[DrillRuns, str], None], lang: Language) -> None:
    from webmap.drills.errors import DrillRefused, UnknownDrill  # noqa: PLC0415

    rooms = _rooms()
    incident_id = found_incident(rooms.player.journal, beginning).opening.incident_id
    try:
        change(rooms.runs, incident_id)
    except UnknownDrill:
        remedy = "webmap drill list 列出正在演的 (lists those that play)"
        raise WrongInput(f"这个事件里没有脚本在演 (no script plays there): {beginning}", remedy) from None
    except DrillRefused as error:
        raise CommandFailed(error.message(lang), error.remedy(lang)) from None
    rooms.changed(incident_id)
    click.echo(_run_line(rooms.runs.read(incident_id), lang))


def _rooms() -> DrillRooms:
    from webmap.cli.incidents import open_journal  # noqa: PLC0415
    from webmap.drills.rooms import DrillRooms  # noqa: PLC0415
    from webmap.incidents.kept import KeptLogs  # noqa: PLC0415
    from webmap.live.signals import Signals  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415
    from webmap.workload import Workload  # noqa: PLC0415

    settings = settings_from_environment()
    journal = open_journal()
    runtime = Runtime(settings.database_url, settings.plans_folder)
    signals = Signals(runtime.store.engine)
    return DrillRooms.of(runtime, settings, Workload.beside(1), journal, KeptLogs(journal), signals.nudge)


def _now() -> datetime:
    from webmap.api.log.view_document import CHINA  # noqa: PLC0415
    from webmap.incidents.moments import now_utc  # noqa: PLC0415

    return now_utc().astimezone(CHINA).replace(microsecond=0)


def _run_line(run: Run, lang: Language) -> str:
    steps = f"{run.position}/{len(run.prepared.steps)}"
    return f"{run.incident_id}  {run.prepared.script}  {_STATES[run.state][lang]}  {steps}  ×{run.course.speed:g}"


def _length(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}"
