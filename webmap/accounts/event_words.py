"""Events of accounts in words, for the terminal and the administrator's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from layers.schema import Title
from webmap.accounts.events import AccountAction, AccountEvent
from webmap.accounts.moments import moment_of
from webmap.accounts.roles import ALL_PLANS, ROLE_TITLES, Role
from webmap.languages import Language

_SAID: Mapping[str, Title] = {
    AccountAction.MADE: Title("建立了账户 {subject}{roles}", "made the account {subject}{roles}"),
    AccountAction.INVITED: Title("给出了一个邀请链接：{role}{whom}", "gave out an invitation: {role}{whom}"),
    AccountAction.INVITATION_WITHDRAWN: Title(
        "撤回了一个邀请链接：{role}{whom}", "withdrew an invitation: {role}{whom}"
    ),
    AccountAction.PASSWORD_LINK_MADE: Title(
        "给出了 {subject} 设置新口令的链接", "gave out a link with which {subject} sets a new password"
    ),
    AccountAction.ROLE_GRANTED: Title("授予 {subject} 角色：{role}", "gave {subject} the role {role}"),
    AccountAction.ROLE_TAKEN: Title("收回 {subject} 的角色：{role}", "took the role {role} from {subject}"),
    AccountAction.SHUT: Title("停用了账户 {subject}", "shut the account {subject}"),
    AccountAction.OPENED: Title("启用了账户 {subject} 或解除其锁定", "opened the account {subject} or lifted its lock"),
    AccountAction.PASSWORD_CHANGED: Title("更改了自己的口令", "changed their own password"),
    AccountAction.PASSWORD_RESET: Title("重设了 {subject} 的口令", "reset the password of {subject}"),
    AccountAction.TOKEN_MADE: Title(
        "为 {subject} 建立了令牌 {prefix}…（{purpose}）", "made the token {prefix}… for {subject} ({purpose})"
    ),
    AccountAction.TOKEN_REVOKED: Title(
        "收回了 {subject} 的令牌 {prefix}…（{purpose}）", "revoked the token {prefix}… of {subject} ({purpose})"
    ),
    AccountAction.SESSIONS_ENDED: Title("结束了 {subject} 的 {count} 个会话", "ended sessions of {subject} ({count})"),
    AccountAction.LOCKED_OUT: Title(
        "{subject} 多次口令不对，锁定到 {until}", "locked {subject} until {until} after wrong passwords"
    ),
    AccountAction.IDENTITY_LINKED: Title(
        "把 {subject} 与统一身份认证的身份 {identity}（{issuer}）关联",
        "linked {subject} to the identity {identity} of the sign-in provider {issuer}",
    ),
    AccountAction.DEMO_MADE: Title("建立了演示账户 {subject}{roles}", "made the demo account {subject}{roles}"),
    AccountAction.DEMO_REMOVED: Title(
        "库中已不只是示例，停用了演示账户 {subject}",
        "shut the demo account {subject}: the data are no longer the sample alone",
    ),
}


def _in_utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"


def said(
    event: AccountEvent,
    language: Language,
    *,
    plan_name: Callable[[str], str] = str,
    moment: Callable[[datetime], str] = _in_utc,
) -> str:
    """Return what was done, without who and when; an action of a later version is named as it is written.

    `plan_name` words the key of a plan, `moment` a moment; without them they stand as the record has them.
    """
    title = _SAID.get(event.action)
    if title is None:
        return f"{event.action} {event.subject_name}".strip()
    detail = event.detail
    values = {
        "subject": event.subject_name,
        "roles": _roles(detail.get("roles", []), language, plan_name),
        "role": _role(detail, language, plan_name) if "role" in detail else "",
        # Another name than the table's: `subject` is whose account it is.
        "identity": str(detail.get("subject", "")),
        "whom": _whom(detail, language),
        "until": moment(moment_of(detail["until"])) if detail.get("until") else "",
        **{name: str(detail.get(name, "")) for name in ("prefix", "purpose", "count", "issuer")},
    }
    return (title.zh if language == "zh" else title.en).format_map(values)


def _roles(held: list[Mapping[str, Any]], language: Language, plan_name: Callable[[str], str]) -> str:
    if not held:
        return ""
    shown = "、" if language == "zh" else ", "
    text = shown.join(_role(grant, language, plan_name) for grant in held)
    return f"：{text}" if language == "zh" else f": {text}"


def _whom(detail: Mapping[str, Any], language: Language) -> str:
    whom = detail.get("whom")
    if not whom:
        return ""
    return f"，给 {whom}" if language == "zh" else f", for {whom}"


def _role(detail: Mapping[str, Any], language: Language, plan_name: Callable[[str], str]) -> str:
    role = detail["role"]
    title = ROLE_TITLES[Role(role)] if role in set(Role) else None
    name = str(role) if title is None else title.zh if language == "zh" else title.en
    if detail.get("plan", ALL_PLANS) == ALL_PLANS:
        return f"{name}（全部预案）" if language == "zh" else f"{name} (all plans)"
    plan = plan_name(detail["plan"])
    return f"{name}（{plan}）" if language == "zh" else f"{name} ({plan})"
