"""How the errors of drafts are answered: their rows of the table, and what they tell beside."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.editing.errors import DraftRefused, EditRefused, UnknownDraft
from webmap.http_errors import ErrorRule
from webmap.languages import Language

EDITING_ERRORS: Mapping[type[Exception], ErrorRule] = {
    UnknownDraft: ErrorRule(
        404,
        "unknown_draft",
        Title("没有这份草稿", "There is no such draft"),
        Title("草稿清单见 /api/data-drafts", "See /api/data-drafts for your drafts"),
    ),
    EditRefused: ErrorRule(
        422,
        "edit_refused",
        Title("这一步做不成，没有改动", "The step cannot be done; nothing was changed"),
        Title("按各条提示修改后重试", "Correct what is named and try again"),
    ),
    DraftRefused: ErrorRule(
        409,
        "draft_refused",
        Title("草稿的现状不允许这样做，未作改动", "As the draft stands this cannot be done; nothing was changed"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
}


def problem_documents(error: BaseException, language: Language) -> list[dict[str, str]] | None:
    """Return what is wrong, field by field; None for other errors than those of drafts."""
    if not isinstance(error, EditRefused | DraftRefused):
        return None
    return [
        {
            "field": problem.field or "",
            "message": problem.message(language),
            "remedy": problem.remedy(language),
            "code": problem.code,
        }
        for problem in error.problems
    ]
