"""`webmap network`: segments, traces and criticality of networks in files, without a database."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from webmap.cli.failures import WrongInput

_SHOWN = 20
_LISTS = ("--fault", "--open")


class _ListOptions(click.Command):
    """A command whose list options take several values at a time: `--fault a b` is `--fault a --fault b`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each further value; these commands have no arguments to be mistaken for one."""
        spread: list[str] = []
        option, filled = "", False
        for argument in args:
            if argument.startswith("-") and (filled or not option):
                option, filled = (argument if argument in _LISTS else ""), False
                spread.append(argument)
                continue
            spread += [option, argument] if option and filled else [argument]
            filled = True
        return super().parse_args(ctx, spread)


@click.group("network")
def command() -> None:
    """分析文件中的网络，不需要数据库 (analyse networks in files; no database is needed).

    文件为 GeoJSON、GeoPackage 或 GeoParquet，编号为任何文字 (ids are text in any script)。

    \b
    节点列 (node columns)  id, kind; 可选 (optional) network, normally_open, in_service
    管线列 (line columns)  id, from_node, to_node; 可选 (optional) in_service
    """  # noqa: D301  \b is click's mark for lines to be left as they are


def _options(*, faults: bool = False, weight: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds the options which the subcommands share, and explains unusable files."""
    file = click.Path(path_type=Path)
    options = [
        click.option("--nodes", "nodes_path", type=file, required=True, help="节点文件 (file of nodes)"),
        click.option("--lines", "lines_path", type=file, required=True, help="管线文件 (file of lines)"),
    ]
    if faults:
        options.append(
            click.option("--fault", "faults", multiple=True, metavar="ID ...", help="一起发生的故障 (together)")
        )
    options.append(
        click.option("--open", "opened", multiple=True, metavar="ID ...", help="先断开的设备 (opened before)")
    )
    if weight:
        options.append(
            click.option("--weight", metavar="COLUMN", help="节点的权重列，默认每个节点为 1 (default: 1 a node)")
        )
    options.append(click.option("--json", "as_json", is_flag=True, help="输出 JSON (print JSON)"))

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(function)
        def run(**given: Any) -> None:
            from layers.errors import InvalidFile  # noqa: PLC0415

            try:
                function(**given)
            except InvalidFile as error:
                raise WrongInput(str(error), error.remedy) from None

        decorated: Callable[..., None] = run
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


@command.command("segments", cls=_ListOptions)
@_options()
def segments(nodes_path: Path, lines_path: Path, opened: tuple[str, ...], as_json: bool) -> None:
    """列出由开关、阀门隔开的段，与其开合无关 (what the devices part, open or closed)."""
    from priority.network import Segments  # noqa: PLC0415
    from webmap.cli.network_answers import segment_members  # noqa: PLC0415
    from webmap.cli.network_files import NetworkFiles  # noqa: PLC0415
    from webmap.cli.network_json import encoded, segments_json  # noqa: PLC0415

    files = NetworkFiles.read(nodes_path, lines_path)
    files.devices(opened)
    arrays = files.arrays
    found = Segments.of(arrays)
    members = segment_members(found, encoded(arrays.node_ids), encoded(arrays.line_ids))
    if as_json:
        return _write(segments_json(members))
    click.echo(f"{found.count} 段 (segments)\n    段 id    节点 nodes    管线 lines")
    largest = sorted(range(found.count), key=lambda at: (-len(members[at][0]) - len(members[at][1]), at))
    for at in largest[:_SHOWN]:
        click.echo(f"{at + 1:>9} {len(members[at][0]):>13,} {len(members[at][1]):>13,}")
    return _more(found.count)


@command.command("trace", cls=_ListOptions)
@_options(faults=True)
def trace(nodes_path: Path, lines_path: Path, faults: tuple[str, ...], opened: tuple[str, ...], as_json: bool) -> None:
    """故障后隔离、失去供应与可转供的设备 (isolation, lost supply and backfeed of faults that happen together)."""
    from webmap.cli.network_answers import fault_trace  # noqa: PLC0415
    from webmap.cli.network_files import NetworkFiles  # noqa: PLC0415
    from webmap.cli.network_json import lists_json  # noqa: PLC0415

    files = NetworkFiles.read(nodes_path, lines_path)
    lists = fault_trace(files.arrays, *files.faulted(faults), files.devices(opened))
    if as_json:
        return _write(lists_json(lists))
    titles = {
        "isolating_devices": "断开以隔离 (open to isolate)",
        "lost_nodes": "故障段节点 (nodes of the faulted segments)",
        "lost_lines": "故障段管线 (lines of the faulted segments)",
        "unsupplied_nodes": "无供应节点 (nodes without supply)",
        "newly_unsupplied_nodes": "其中新失去供应 (of these, lost by the fault)",
        "backfeed_devices": "可合上转供 (close to feed back)",
    }
    for name, ids in lists.items():
        listed = ", ".join(ids[:_SHOWN]) + (" …" if ids.size > _SHOWN else "")
        click.echo(f"{titles[name]}: {ids.size:,}" + (f"\n    {listed}" if ids.size else ""))
    return None


@command.command("criticality", cls=_ListOptions)
@_options(weight=True)
def criticality(nodes_path: Path, lines_path: Path, opened: tuple[str, ...], weight: str | None, as_json: bool) -> None:
    """逐一失去每个节点、设备、管线的后果，重者在前 (the loss with every single element, heaviest first)."""
    from webmap.cli.network_answers import ratings  # noqa: PLC0415
    from webmap.cli.network_files import NetworkFiles  # noqa: PLC0415
    from webmap.cli.network_json import number, ratings_json  # noqa: PLC0415

    files = NetworkFiles.read(nodes_path, lines_path, weight)
    element, kind, nodes, weights = ratings(files.arrays, files.weights, files.devices(opened))
    if as_json:
        return _write(ratings_json(element, kind, nodes, weights))
    click.echo(f"{'节点 nodes':>12} {weight or '权重 weight':>12}  类别 kind  编号 element")
    for at in range(min(_SHOWN, element.size)):
        click.echo(f"{nodes[at]:>14,} {number(float(weights[at])):>14}  {kind[at]:<9}  {element[at]}")
    return _more(element.size)


def _more(count: int) -> None:
    if count > _SHOWN:
        click.echo(f"… 共 {count:,}；全部见 --json ({count:,} in all; --json prints them)")


def _write(pieces: Iterable[str]) -> None:
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
