"""How the errors of the incident log are answered: their rows of the table, and what refusals tell beside."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from webmap.accounts.log_rights import MissingRight
from webmap.accounts.roles import ACTION_TITLES, ROLE_TITLES, roles_with
from webmap.editing.errors import DraftRefused
from webmap.field.errors import FieldRefused
from webmap.http_errors import ErrorRule
from webmap.imports.errors import ImportRefused
from webmap.incidents.errors import (
    ClientKeyReused,
    Conflict,
    InvalidEntry,
    LogError,
    Refused,
    UnknownIncident,
    UnreadableEntry,
)
from webmap.languages import Language
from webmap.siting.errors import SitingRefused

LOG_ERRORS: Mapping[type[Exception], ErrorRule] = {
    InvalidEntry: ErrorRule(
        422,
        "invalid_entry",
        Title("内容有误，未作记录", "The entry is not valid; nothing was written"),
        Title("按各条提示修改后重试", "Correct the fields named and try again"),
    ),
    Refused: ErrorRule(
        409,
        "refused",
        Title("按预案不能这样记录，未作记录", "The plan or the log's rules do not allow it; nothing was written"),
        Title("见所示条款", "See the clause named"),
    ),
    Conflict: ErrorRule(
        409,
        "written_meanwhile",
        Title("其间已有他人记录，未作记录", "Others wrote meanwhile; nothing was written"),
        Title("看过新的记录再决定", "Look at the new entries and decide again"),
    ),
    ClientKeyReused: ErrorRule(
        409,
        "client_key_reused",
        Title("这个 client_key 已用于别的内容，未作记录", "This client_key was used for something else"),
        Title(
            "每次提交用新的 client_key，只有重试才用原来的", "Use a new client_key, and the old one only to try again"
        ),
    ),
    UnknownIncident: ErrorRule(
        404,
        "unknown_incident",
        Title("没有这个事件", "There is no such incident"),
        Title("事件清单见 /api/incidents", "See /api/incidents for the incidents"),
    ),
    UnreadableEntry: ErrorRule(
        500,
        "unreadable_entry",
        Title("日志中有一条无法读出", "An entry of the log cannot be read"),
        Title(
            "请管理员运行 webmap log verify：由更新的版本写入，或被改动过",
            "Ask the administrator to run webmap log verify: a newer version wrote it, or it was tampered with",
        ),
    ),
    LogError: ErrorRule(
        500,
        "log_error",
        Title("日志无法使用", "The log cannot be used"),
        Title("请管理员检查数据库", "Ask the administrator to check the database"),
    ),
    MissingRight: ErrorRule(
        403,
        "forbidden",
        Title("无权这样做", "Not allowed"),
        Title("请用有权限的账户", "Use an account that has the right"),
    ),
}
#: Refusals that are answered as another status and code than `refused`: what the table of rights would have said, and
#: what a client answers by itself, by showing the present picture.
OWN_CODES: Mapping[str, tuple[int, str]] = {
    "office_not_held": (403, "office_not_held"),
    "recommendation_changed": (409, "recommendation_changed"),
    "recommendation_gone": (409, "recommendation_changed"),
    "recommendation_failed": (409, "recommendation_changed"),
}


def refusal_status(error: Refused) -> tuple[int, str]:
    """Return the status and the code of a refusal."""
    return OWN_CODES.get(error.code, (409, "refused"))


def extras_of(error: BaseException) -> dict[str, object]:
    """Return what the error document says beside what all say: of a refusal the rule, the clause and the plan's words.

    `place` is that of the fact in the request. Of a refusal about siting the rule and the sites that stand in the way;
    of other errors nothing.
    """
    if isinstance(error, SitingRefused):
        return {"rule": error.rule, "sites": list(error.names)}
    if isinstance(error, FieldRefused | ImportRefused):
        return {"rule": error.rule}
    if isinstance(error, DraftRefused):
        return {"rule": error.rule, "records": list(error.names)}
    if not isinstance(error, Refused):
        return {}
    told = ("clause", error.clause), ("quotation", error.quotation), ("place", error.place)
    extras: dict[str, object] = {"rule": error.code, **dict(told)}
    if error.code in {"recommendation_changed", "recommendation_gone", "recommendation_failed"}:
        extras["recommended"] = error.values.get("level")
    return extras


def missing_right_words(error: MissingRight, language: Language) -> tuple[str, str]:
    """Say which right is missing for which plan, that it may have been taken just now, and who has it."""
    roles = [ROLE_TITLES[role] for role in ROLE_TITLES if role in roles_with(error.action)]
    title = ACTION_TITLES[error.action]
    if language == "zh":
        message = f"没有“{title.zh}”的权利" + (f"（{error.plan}）" if error.plan else "")
        changed = "权限可能刚被调整，请刷新页面或联系管理员"
        return message, f"{changed}；或由{'、'.join(role.zh for role in roles)}办理"
    message = f"You may not {title.en}" + (f" ({error.plan})" if error.plan else "")
    changed = "Your rights may just have been changed: reload the page or ask the administrator"
    return message, f"{changed}; or leave it to: {', '.join(role.en for role in roles)}"
