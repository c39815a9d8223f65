"""The subcommands of `tools/dev.py` and how their failures are shown."""

import argparse
import io
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from tools import checks, launch, lock, testing
from tools.progress import ToolError

DEFAULT_PORT = 8000


def port_number(text: str) -> int:
    """Return a TCP port from its text; raises ToolError when it is none."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ToolError(
            f"PORT={text} 不是端口号 (not a port number)",
            "请给 1 到 65535 之间的整数，例如 make run PORT=8765",
        )
    return int(text)


def _stop_on_sigterm(_signal: int, _frame: FrameType | None) -> None:
    # Raised as an exception so that every `finally` runs: a throw-away database must not outlive us.
    raise KeyboardInterrupt


def _print_whatever_the_terminal_can_show() -> None:
    # A terminal in an old Chinese encoding lacks some signs; a message with a hole beats a crash.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _dispatch(root: Path, command: str, environ: Mapping[str, str], extra: list[str]) -> int:
    if command == "run":
        return launch.run(root, port_number(environ.get("PORT") or str(DEFAULT_PORT)), environ)
    if command == "test":
        return testing.test(root, environ, extra)
    if command == "check":
        return checks.check(root)
    return lock.lock(root)


def main(root: Path, arguments: list[str]) -> int:
    """Run one subcommand in the checkout `root`; returns the exit status, 130 when interrupted."""
    parser = argparse.ArgumentParser(prog="tools/dev.py", description="启动、测试、检查 (run, test, check)")
    parser.add_argument("command", choices=["run", "test", "check", "lock"])
    parser.add_argument("extra", nargs="*", help="给 pytest 的参数，只用于 test (arguments for pytest)")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop_on_sigterm)
    _print_whatever_the_terminal_can_show()
    os.chdir(root)
    try:
        return _dispatch(root, chosen.command, os.environ, chosen.extra)
    except ToolError as error:
        print(f"\n✗ {error}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停止；再次运行会从中断处继续 (stopped; the next run goes on from here)", file=sys.stderr)
        return 130
