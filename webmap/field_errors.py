"""How the errors of reports from the place are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.field.errors import FieldRefused, UnknownFieldReport
from webmap.http_errors import ErrorRule

FIELD_ERRORS: Mapping[type[Exception], ErrorRule] = {
    UnknownFieldReport: ErrorRule(
        404,
        "unknown_field_report",
        Title("没有这条现场报告", "There is no such report from the place"),
        Title("报告清单见 /api/field-reports", "See /api/field-reports for the reports"),
    ),
    FieldRefused: ErrorRule(
        409,
        "field_refused",
        Title("报告的现状不允许这样做，未作改动", "As the report stands this cannot be done; nothing was changed"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
}
