"""A file that is made of an incident, before anybody sends or saves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.schema import Title
from webmap.exports.attachments import minute_in_name
from webmap.exports.csv_file import SAMPLE_MARK
from webmap.exports.tables import in_language
from webmap.incidents.moments import as_entered

if TYPE_CHECKING:
    from webmap.reports.source import ReportSource


@dataclass(frozen=True)
class ReportFile:
    """`name_parts` are the parts of its name for people; `plain_name` is its ASCII name, with the ending."""

    name_parts: Sequence[str]
    plain_name: str
    mimetype: str
    content: bytes


def file_of(source: ReportSource, title: Title, plain_name: str, mimetype: str, content: bytes) -> ReportFile:
    """Return a file named like `演练-东站停电-示例数据-终报-城区-20260112-0800.pdf`."""
    sample = [in_language(SAMPLE_MARK, source.language)] if source.synthetic else []
    place, at = source.plan.county_name.in_language(source.language), minute_in_name(as_entered(source.at))
    parts = [*source.mark.in_name(source.language), *sample, in_language(title, source.language), place, at]
    return ReportFile(parts, source.mark.plain_name(plain_name), mimetype, content)
