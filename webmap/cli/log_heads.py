"""A file of logs' heads: kept away from the database, it shows when a whole log was rewritten or cut short."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from webmap.cli.failures import CommandFailed, WrongInput
from webmap.incidents.chain import Head


def write_heads(path: Path, heads: Mapping[str, Head]) -> None:
    """Write a line for each incident: its id, the number and the hash of its last entry."""
    lines = [f"{incident_id} {head.number} {head.hash}\n" for incident_id, head in sorted(heads.items())]
    try:
        path.write_text("".join(lines), encoding="ascii")
    except OSError as error:
        raise CommandFailed(f"文件无法写入 (cannot be written): {path}: {error.strerror}") from None


def read_heads(path: Path) -> dict[str, Head]:
    """Return the heads in a file that `write_heads` wrote; `WrongInput` for any other."""
    heads = {}
    try:
        for line in path.read_text(encoding="ascii").splitlines():
            incident_id, number, digest = line.split()
            heads[incident_id] = Head(int(number), digest)
    except OSError as error:
        raise WrongInput(f"文件无法读取 (cannot be read): {path}: {error.strerror}") from None
    except ValueError:
        raise WrongInput(
            f"不是保存的末条 (no saved heads): {path}", "由 webmap log verify --save 写成 (written by --save)"
        ) from None
    return heads
