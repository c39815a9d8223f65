"""Numbers of headings, tables and figures as official documents have them: 一、 （一） 1. 表 1 图 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webmap.reports.documents.model import Block, Figure, Heading, Table

_DIGITS = "零一二三四五六七八九"


def chinese_number(value: int) -> str:
    """Write 1 to 99 in Chinese: 一, 十, 十二, 二十一. Raises `ValueError` for others."""
    if not 1 <= value <= 99:
        raise ValueError(f"no Chinese number here for {value}")
    tens, ones = divmod(value, 10)
    head = "" if not tens else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Yield each block with its number: of headings by level, of tables and figures as 表 1, 图 1; "" for others.

    Tables without rows have none and are left out.
    """
    counts = [0, 0, 0]
    tables = figures = 0
    for block in blocks:
        if isinstance(block, Heading) and not block.counted:
            yield block, ""
        elif isinstance(block, Heading):
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (3 - block.level)
            yield block, _heading_number(block.level, counts[block.level - 1])
        elif isinstance(block, Table):
            if block.rows:
                tables += block.caption is not None
                yield block, "" if block.caption is None else f"表 {tables}"
        elif isinstance(block, Figure):
            figures += 1
            yield block, f"图 {figures}"
        else:
            yield block, ""


def _heading_number(level: int, count: int) -> str:
    if level == 3:
        return f"{count}. "
    return f"{chinese_number(count)}、" if level == 1 else f"（{chinese_number(count)}）"
