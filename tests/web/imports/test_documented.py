"""The page of the documentation names every option, code and limit that there is."""

from __future__ import annotations

from pathlib import Path

from layers.importing.codes.table import BY_NAME
from layers.importing.source.refusals import REFUSALS
from webmap.cli.import_ import command
from webmap.import_settings import ImportLimits

PAGE = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")


def test_every_code_and_option_is_documented() -> None:
    codes = [*BY_NAME, *REFUSALS]
    options = [name for option in command.params for name in option.opts if name.startswith("--")]
    assert [name for name in (*codes, *options) if f"`{name}" not in PAGE] == []


def test_the_limits_told_are_the_limits_kept() -> None:
    limits = ImportLimits()
    told = {
        "LIMIT_MB": limits.file_bytes // 2**20,
        "STORE_MB": limits.store_bytes // 2**20,
        "KEEP_DAYS": limits.keep_days,
        "MEMORY_MB": limits.memory_bytes // 2**20,
        "SECONDS": limits.seconds,
    }
    assert [name for name, value in told.items() if f"| `WEBMAP_IMPORT_{name}` | {value} |" not in PAGE] == []
