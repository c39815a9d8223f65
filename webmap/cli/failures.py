"""How commands fail: one message on stderr that says what, why and what to do, and a telling exit status."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from webmap.settings import InvalidSettings, Settings

if TYPE_CHECKING:
    from webmap.languages import Language


class CommandFailed(click.ClickException):
    """A command cannot go on: the surroundings are not right (database, port, files). Exit status 1.

    `problem` says what is wrong, `remedy` what to do.
    """

    exit_code = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}\n  → {remedy}" if remedy else problem)

    def show(self, file: Any = None) -> None:
        """Print the message on stderr."""
        click.echo(f"✗ {self.format_message()}", err=True, file=file)


class WrongInput(CommandFailed):
    """What the user gave cannot be used. Exit status 2, as with click's own usage errors."""

    exit_code = 2


def settings_from_environment() -> Settings:
    """Return the settings; a value that cannot be used ends the command."""
    try:
        return Settings.from_environment(os.environ)
    except InvalidSettings as error:
        raise unusable_setting(error) from None


def unusable_setting(error: InvalidSettings) -> WrongInput:
    """Return the failure of a setting whose value cannot be used."""
    return WrongInput(str(error), f"改正环境变量 {error.name} / correct {error.name}")


def hidden_password(database_url: str) -> str:
    """Return a database address that may be shown."""
    from sqlalchemy.engine import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        return make_url(database_url).render_as_string(hide_password=True)
    except ArgumentError:
        return "(DATABASE_URL)"


def explains_failures(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate a command so that errors of the domain and of the database end it with their explanation."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError  # noqa: PLC0415

        from layers.errors import LayerError, MissingLayers  # noqa: PLC0415
        from priority.errors import PriorityError  # noqa: PLC0415
        from webmap.documents import DocumentTooDeep, MalformedJson, TooManyValues  # noqa: PLC0415
        from webmap.drills.errors import DrillError  # noqa: PLC0415
        from webmap.storage.errors import StorageError  # noqa: PLC0415

        try:
            command(*args, **options)
        except MissingLayers:
            raise CommandFailed(
                "数据库中还没有数据 (the database holds no data)",
                "导入数据：webmap import，或网页里的“数据”；装入示例：webmap init (import, or load the sample)",
            ) from None
        except InvalidSettings as error:
            raise unusable_setting(error) from None
        except (ArgumentError, NoSuchModuleError):
            raise WrongInput(
                "DATABASE_URL 不是数据库地址 (not a database address)",
                "例如 postgresql+psycopg://用户@主机/库名，或不设置以使用 SQLite",
            ) from None
        except IntegrityError:
            raise CommandFailed(
                "同时有人写入，未作改动 (somebody wrote at the same time; nothing was changed)", "请重试 (try again)"
            ) from None
        except SQLAlchemyError as error:
            raise unreachable(error) from None
        except (
            LayerError,
            PriorityError,
            StorageError,
            DrillError,
            MalformedJson,
            DocumentTooDeep,
            TooManyValues,
        ) as error:
            raise _explained(error, options.get("lang") or "zh") from None

    return run


def unreachable(error: Exception) -> CommandFailed:
    """Return the failure of a database that does not answer, with its address but never its password."""
    address = hidden_password(settings_from_environment().database_url)
    reason = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
    return CommandFailed(
        f"数据库无法访问 (the database does not answer): {address}\n  {reason}",
        "检查数据库是否运行、DATABASE_URL 是否正确；SQLite 请检查目录权限与磁盘空间",
    )


def _explained(error: Exception, language: Language) -> CommandFailed:
    from webmap.errors import fault_of  # noqa: PLC0415

    fault = fault_of(error, language)
    failure = WrongInput if fault.status < 500 else CommandFailed
    if not fault.problems:
        return failure(f"{fault.message}: {error}", fault.remedy)
    lines = [fault.message]
    for problem in fault.problems:
        place = f"{problem['field']}: " if problem["field"] else ""
        lines.append(f"  {place}{problem['message']}\n    → {problem['remedy']}")
    return failure("\n".join(lines))
