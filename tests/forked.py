"""Processes that are at work a moment after their start: forked from a server that has imported the product once.

A process of its own in all else: its arguments, environment, folder, input and output are those it is given, and it can
be killed. What has to be shown of a start from nothing is run by the interpreter anew (`anew`).
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory

_TIMEOUT_S = 120
_WEBMAP = Path(sys.executable).with_name("webmap")


def forking() -> ForkServerContext:
    """Return what starts such processes; the server begins with the first of them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "tests.preloaded"])
    return context


def webmap(
    arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path, text: str = "", *, anew: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command as in a terminal, `text` on its input, and return what it wrote and its status."""
    if anew:
        return subprocess.run(
            [str(_WEBMAP), *arguments],
            env=dict(environment),
            cwd=folder,
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=_TIMEOUT_S,
            check=False,
        )
    with TemporaryDirectory() as place:
        given, out, errors = (Path(place) / name for name in ("in", "out", "err"))
        given.write_text(text, encoding="utf-8")
        streams = (str(given), str(out), str(errors))
        process = forking().Process(target=_run, args=(arguments, dict(environment), str(folder), streams))
        process.start()
        process.join(_TIMEOUT_S)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(["webmap", *arguments], _TIMEOUT_S)
        said = [path.read_bytes().decode("utf-8") if path.exists() else "" for path in (out, errors)]
        return subprocess.CompletedProcess(["webmap", *arguments], process.exitcode, *said)


def _run(arguments: tuple[str, ...], environment: dict[str, str], folder: str, streams: tuple[str, str, str]) -> None:
    """Become the command: what the console script `webmap` does, in the process that was forked for it."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    flags = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    for number, (path, flag) in enumerate(zip(streams, flags, strict=True)):
        os.dup2(os.open(path, flag), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  by the number, for the process's life
        for number, mode in ((0, "r"), (1, "w"), (2, "w"))
    )
    sys.argv = ["webmap", *arguments]
    from webmap.cli import main  # noqa: PLC0415  as the script does, once the environment is the command's

    sys.exit(main())
