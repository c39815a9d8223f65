"""JSON that a command is given, as a file or on standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from webmap.cli.failures import WrongInput
from webmap.documents import read_document
from webmap.settings import Limits

#: The name that stands for standard input.
STDIN = "-"


def read_json(name: str, limits: Limits) -> object:
    """Return the JSON in a file, or on standard input for `-`.

    Raises `WrongInput`, `MalformedJson`, `DocumentTooDeep` and `TooManyValues`.
    """
    if name == STDIN:
        return read_document(sys.stdin.buffer.read(), limits.json_depth, limits.json_values)
    try:
        content = Path(name).read_bytes()
    except FileNotFoundError:
        raise WrongInput(
            f"找不到文件 (no such file): {name}",
            "检查路径；用 - 从标准输入读取 (check the path; - reads stdin)",
        ) from None
    except OSError as error:
        raise WrongInput(
            f"文件无法读取 (cannot be read): {name}: {error.strerror}", "检查文件权限 (check permissions)"
        ) from None
    return read_document(content, limits.json_depth, limits.json_values)
