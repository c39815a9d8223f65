"""A file that is made of an incident, before anybody sends or saves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.schema import Title
from webmap.exports.attachments import minute_in_name
from webmap.exports.csv_file import SAMPLE_MARK
from webmap.exports.tables import in_language
from webmap.reports.china_time import china_text

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


_LAST_ENTRY = Title("{}条", "entry{}")


@dataclass(frozen=True)
class ReportFile:
    """`name_parts` are the parts of its name for people; `plain_name` is its ASCII name, with the ending."""

    name_parts: Sequence[str]
    plain_name: str
    mimetype: str
    content: bytes


def file_of(source: ReportSource, title: Title, plain_name: str, mimetype: str, content: bytes) -> ReportFile:
    """Return a file named like `演练-东站停电-示例数据-终报-城区-20260112-0800-12条.pdf`.

    The number of the last entry tells apart what was made of one moment before and after a correction.
    """
    sample = [in_language(SAMPLE_MARK, source.language)] if source.synthetic else []
    place, at = source.plan.county_name.in_language(source.language), minute_in_name(china_text(source.at))
    entry = in_language(_LAST_ENTRY, source.language).format(source.known)
    parts = [*source.mark.in_name(source.language), *sample, in_language(title, source.language), place, at, entry]
    return ReportFile(parts, source.mark.plain_name(plain_name), mimetype, content)
