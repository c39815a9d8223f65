"""How the errors of the register of warnings are answered: their rows of the table."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.http_errors import ErrorRule
from webmap.warnings.errors import StepConflict, UnknownWarning, UnreadableStep

WARNING_ERRORS: Mapping[type[Exception], ErrorRule] = {
    UnknownWarning: ErrorRule(
        404,
        "unknown_warning",
        Title("没有这个预警", "There is no such warning"),
        Title("预警清单见 /api/warnings", "See /api/warnings for the warnings"),
    ),
    StepConflict: ErrorRule(
        409,
        "changed_meanwhile",
        Title("其间已有他人处理这个预警，未作改动", "Others worked on this warning meanwhile; nothing was changed"),
        Title("看过他人所做的再决定", "Look at what they did and decide again"),
    ),
    UnreadableStep: ErrorRule(
        500,
        "unreadable_step",
        Title("预警的一步无法读出", "A step of the warning cannot be read"),
        Title(
            "请管理员检查：由更新的版本写入，或被改动过",
            "Ask the administrator: a newer version wrote it, or it was tampered with",
        ),
    ),
}
