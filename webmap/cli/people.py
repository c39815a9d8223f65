"""`webmap people`: accounts and roles, for who runs the server."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from webmap.accounts.roles import ALL_PLANS, GRANTABLE, ROLE_TITLES, Grant, Role
from webmap.cli.failures import WrongInput, explains_failures, settings_from_environment

if TYPE_CHECKING:
    from webmap.accounts.accounts import Accounts
    from webmap.accounts.person import Person
    from webmap.languages import Language

_BY = "webmap people"
_NAME = click.argument("name")
_ROLE = click.argument("role", type=click.Choice([role.value for role in GRANTABLE]))
_PLAN = click.option("--plan", help="只对这份预案 (for this plan alone); 默认全部预案 (all plans)")
_FROM_STDIN = click.option("--password-stdin", is_flag=True, help="口令从标准输入读一行 (read it from stdin)")


@click.group("people")
def command() -> None:
    """账户与角色 (accounts and roles)."""


def explains_accounts(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate a command so that what is wrong with an account ends it with the reason."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        from webmap.accounts.errors import AccountError  # noqa: PLC0415

        try:
            command(*args, **options)
        except AccountError as error:
            raise WrongInput(str(error), "未作改动 (nothing was changed)") from None

    return explains_failures(run)


def opened_accounts() -> Accounts:
    """Return the accounts of the database that the settings name; it need not hold layers."""
    from layers.errors import MissingLayers  # noqa: PLC0415
    from webmap.accounts.accounts import Accounts  # noqa: PLC0415
    from webmap.cli.database import engine_with_file  # noqa: PLC0415
    from webmap.storage.upgrade import require_present_tables  # noqa: PLC0415

    engine = engine_with_file(settings_from_environment())
    if not require_present_tables(engine):
        raise MissingLayers("the database has no tables")
    return Accounts(engine)


@command.command("list")
@explains_accounts
def list_() -> None:
    """列出所有人和他们的角色 (list everybody with their roles)."""
    accounts = opened_accounts()
    now = accounts.clock()
    people, linked = accounts.people.all(), accounts.identities.linked()
    demo = "演示 (demonstration)" if accounts.demonstration.is_open() else "演示，已失效 (demonstration, void)"
    for person in people:
        marks = [
            *(["已停用 (shut)"] if not person.active else []),
            *([demo] if person.demo else []),
            *(["没有口令 (no password)"] if not person.has_password else []),
            *(["统一身份认证 (sign-in provider)"] if person.id in linked else []),
            *(["锁定中 (locked)"] if person.locked_until and person.locked_until > now else []),
        ]
        click.echo(f"{person.name}  {person.display_name}" + "".join(f"  [{mark}]" for mark in marks))
        for grant in sorted(person.grants, key=lambda grant: (GRANTABLE.index(grant.role), grant.plan)):
            click.echo(f"    {_shown(grant)}")
    if not people:
        click.echo("还没有账户：webmap people invite administrator (nobody yet)")


@command.command("add")
@_NAME
@click.option("--display-name", help="姓名，显示在日志里 (the name shown in the log); 默认用户名")
@click.option("--role", type=click.Choice([role.value for role in GRANTABLE]), help="同时给予的角色 (a role to hold)")
@_PLAN
@_FROM_STDIN
@explains_accounts
def add(name: str, display_name: str | None, role: str | None, plan: str | None, password_stdin: bool) -> None:
    """新建账户，口令在提示后输入 (make an account; the password is asked for)."""
    grants = frozenset({_grant(role, plan)}) if role else frozenset()
    accounts = opened_accounts()
    password = _asked_password(from_stdin=password_stdin)
    made = accounts.people.add(name, display_name or name, password, accounts.clock(), grants=grants, by=_BY)
    click.echo(f"已建立 (made)：{made.name}")


@command.command("grant")
@_NAME
@_ROLE
@_PLAN
@explains_accounts
def grant(name: str, role: str, plan: str | None) -> None:
    """给予角色 (give a role)."""
    accounts, wanted = opened_accounts(), _grant(role, plan)
    accounts.people.grant(accounts.people.named(name).id, wanted, accounts.clock(), by=_BY)
    _show(accounts.people.named(name))


@command.command("revoke")
@_NAME
@_ROLE
@_PLAN
@explains_accounts
def revoke(name: str, role: str, plan: str | None) -> None:
    """收回角色，立即生效 (take a role away, at once)."""
    accounts = opened_accounts()
    # A plan that is no longer there must not keep its roles.
    accounts.people.revoke(
        accounts.people.named(name).id, Grant(Role(role), plan or ALL_PLANS), accounts.clock(), by=_BY
    )
    _show(accounts.people.named(name))


@command.command("password")
@_NAME
@_FROM_STDIN
@explains_accounts
def password(name: str, password_stdin: bool) -> None:
    """改口令、解除锁定，并使此人各处退出登录 (set the password, lift a lock, sign out everywhere)."""
    accounts = opened_accounts()
    person = accounts.people.named(name)
    accounts.people.set_password(person.id, _asked_password(from_stdin=password_stdin), accounts.clock(), by=_BY)
    click.echo(f"口令已改 (password set)：{person.name}")


@command.command("deactivate")
@_NAME
@explains_accounts
def deactivate(name: str) -> None:
    """停用账户及其会话和令牌；写过的日志不变 (shut an account, its sessions and tokens)."""
    accounts = opened_accounts()
    accounts.people.deactivate(accounts.people.named(name).id, accounts.clock(), by=_BY)
    click.echo(f"已停用 (shut)：{name}")


@command.command("activate")
@_NAME
@explains_accounts
def activate(name: str) -> None:
    """重新启用账户或解除锁定 (open an account again, or lift a lock)."""
    accounts = opened_accounts()
    accounts.people.activate(accounts.people.named(name).id, accounts.clock(), by=_BY)
    click.echo(f"已启用 (open)：{name}")


@command.command("invite")
@_ROLE
@_PLAN
@click.option("--for", "display_name", default="", help="给谁，姓名 (the name of who is to have the account)")
@explains_accounts
def invite(role: str, plan: str | None, display_name: str) -> None:
    """给出一个一次性链接，由对方自己设口令 (print a link with which one person makes an account)."""
    from webmap.cli.links import welcome_link  # noqa: PLC0415

    accounts, wanted = opened_accounts(), _grant(role, plan)
    now = accounts.clock()
    token = accounts.invitations.invite(wanted.role, now, by=_BY, plan=wanted.plan, display_name=display_name)
    click.echo(welcome_link(settings_from_environment(), token))


@command.command("password-link")
@_NAME
@explains_accounts
def password_link(name: str) -> None:
    """给出一个一次性链接，由本人设新口令 (print a link with which the person sets a new password)."""
    from webmap.cli.links import new_password_link  # noqa: PLC0415

    accounts = opened_accounts()
    token = accounts.password_links.make(accounts.people.named(name).id, accounts.clock(), by=_BY)
    click.echo(new_password_link(settings_from_environment(), token))


@command.command("token")
@_NAME
@click.argument("purpose")
@explains_accounts
def token(name: str, purpose: str) -> None:
    """新建 API 令牌，只显示这一次 (make an API token; it is shown this once)."""
    accounts = opened_accounts()
    _, secret = accounts.tokens.make(accounts.people.named(name).id, purpose, accounts.clock(), by=_BY)
    click.echo(secret)


@command.command("tokens")
@_NAME
@explains_accounts
def tokens(name: str) -> None:
    """列出某人的 API 令牌 (list somebody's API tokens)."""
    accounts = opened_accounts()
    for made in accounts.tokens.of(accounts.people.named(name).id):
        used = f"{made.last_used_at:%Y-%m-%d %H:%M}Z" if made.last_used_at else "—"
        state = "已收回 (revoked)" if made.revoked_at else f"最近使用 (last used) {used}"
        click.echo(f"{made.prefix}…  {made.name}  {state}")


@command.command("revoke-token")
@_NAME
@click.argument("prefix")
@explains_accounts
def revoke_token(name: str, prefix: str) -> None:
    """收回 API 令牌，按列表里的开头指明 (revoke an API token, named by its beginning)."""
    accounts = opened_accounts()
    accounts.tokens.revoke(accounts.people.named(name).id, prefix.rstrip("…"), accounts.clock(), by=_BY)
    click.echo(f"已收回 (revoked)：{prefix}")


@command.command("link")
@_NAME
@click.option("--issuer", help="签发者的地址 (the provider's issuer); 默认 WEBMAP_OIDC_ISSUER")
@click.option("--subject", required=True, help="签发者给此人的编号 (the provider's `sub` for the person)")
@explains_accounts
def link(name: str, issuer: str | None, subject: str) -> None:
    """把统一身份认证的一个身份与账户关联 (let an identity of the sign-in provider sign in to an account)."""
    provider = settings_from_environment().oidc
    accounts, wanted = opened_accounts(), issuer or (provider.issuer if provider else "")
    accounts.identities.link(accounts.people.named(name).id, wanted, subject, accounts.clock(), by=_BY)
    click.echo(f"已关联 (linked)：{name}")


@command.command("events")
@click.option("--last", "count", type=click.IntRange(1), default=50, show_default=True, help="最近多少条 (how many)")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)")
@explains_accounts
def events(count: int, lang: Language) -> None:
    """列出账户的变更，最近的在后 (what was done to accounts, the latest last)."""
    from webmap.accounts.event_words import said  # noqa: PLC0415

    for event in reversed(opened_accounts().events.latest(count)):
        click.echo(f"{event.number}  {event.at:%Y-%m-%d %H:%M:%S}Z  {event.actor_name}  {said(event, lang)}")


def _grant(role: str, plan: str | None) -> Grant:
    if plan is None:
        return Grant(Role(role))
    from webmap.cli.plan_choice import chosen_plan  # noqa: PLC0415

    return Grant(Role(role), chosen_plan(settings_from_environment(), plan).key)


def _asked_password(*, from_stdin: bool) -> str:
    """Return a password that was typed twice unseen, or read from stdin; never from the command's arguments."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("口令 (password)", hide_input=True, confirmation_prompt="再输一次 (again)", err=True)
    return typed


def _show(person: Person) -> None:
    held = "；".join(_shown(grant) for grant in sorted(person.grants, key=lambda grant: (grant.role, grant.plan)))
    click.echo(f"{person.name}: {held or '没有角色 (no role)'}")


def _shown(grant: Grant) -> str:
    title = ROLE_TITLES[grant.role]
    return f"{title.zh} ({title.en}) · {grant.plan or '全部预案 (all plans)'}"
