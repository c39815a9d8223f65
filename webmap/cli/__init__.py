"""The command line `webmap`. Each command imports what it needs when it runs, so that help appears at once."""

from __future__ import annotations

import os
from importlib import import_module

import click

#: Command -> the module below that defines it as `command`.
COMMANDS = {
    "init": "init",
    "serve": "serve",
    "assess": "assess",
    "restore": "restore",
    "dispatch": "dispatch",
    "protect": "protect",
    "level": "level",
    "plan": "plan",
    "layers": "layers",
    "export-layer": "export_layer",
    "import": "import_",
    "data": "data",
    "example-files": "example_files",
    "log": "log",
    "drill": "drill",
    "report": "report",
    "export": "export",
    "network": "network",
    "sites": "sites",
    "people": "people",
    "cap": "cap",
    "backup": "backup",
    "assets": "assets",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in the order a new user needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"webmap.cli.{COMMANDS[cmd_name]}").command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """能源与供热应急态势图 (situational map for energy and heating emergencies).

    \b
    DATABASE_URL  数据库 (database); 默认 SQLite 文件 <WEBMAP_HOME>/webmap.sqlite
    WEBMAP_HOME   状态目录 (state folder); 默认 instance/
    PORT          端口 (port); 默认 8000
    """  # noqa: D301  \b is click's mark for lines to be left as they are
    # BLAS threads gain nothing on our small arrays and cost start-up time and memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
