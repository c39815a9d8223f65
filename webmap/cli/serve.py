"""`webmap serve`: the page for everybody who can reach this computer's port."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from webmap.cli.failures import CommandFailed, explains_failures, settings_from_environment
from webmap.cli.links import page_link, welcome_link

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from webmap.settings import Settings


@click.command("serve")
@click.option("--host", help="监听地址 (address to listen on); 默认 127.0.0.1")
@click.option("--port", type=click.IntRange(1, 65535), help="端口 (port); 默认 PORT 或 8000")
@explains_failures
def command(host: str | None, port: int | None) -> None:
    """启动网页服务，Ctrl-C 停止 (serve the page; Ctrl-C stops)."""
    settings = settings_from_environment()
    server = settings.server
    settings = replace(settings, server=replace(server, host=host or server.host, port=port or server.port))
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    from webmap.cli.database import store_with_tables  # noqa: PLC0415

    store = store_with_tables(settings)
    engine, empty = store.engine, not store.data_version()
    _require_free_port(settings.server.host, settings.server.port)
    _build_assets()
    settings = replace(settings, secret_key=_signing_key(settings))
    lines = [ready_line(settings), empty_line() if empty else "", first_administrator_line(settings, engine)]
    engine.dispose()

    from webmap.server import run_server  # noqa: PLC0415

    run_server(settings, on_ready=lambda: click.echo("\n".join(filter(None, lines))))


def ready_line(settings: Settings) -> str:
    """Return the line that says where the page is."""
    return f"可以使用了，请打开 {page_link(settings)} （按 Ctrl-C 停止）"


def empty_line() -> str:
    """Return the line that says how a database without records is filled."""
    return (
        "库中还没有数据：在页面里导入，或停止后运行 webmap init 装入示例 "
        "(no data yet: import it on the page, or stop and run webmap init for the sample)"
    )


def first_administrator_line(settings: Settings, engine: Engine) -> str:
    """Return the line with a new one-time link for the first administrator; "" if there is one already."""
    from webmap.accounts.accounts import Accounts  # noqa: PLC0415

    accounts = Accounts(engine)
    token = accounts.invitations.invite_first_administrator(accounts.clock())
    if token is None:
        return ""
    link = welcome_link(settings, token)
    return f"还没有管理员：24 小时内用此链接建立，只能用一次 (first administrator, works once) {link}"


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailed(
                f"无法监听 {host}:{port} (cannot listen): {error.strerror or error}",
                "换一个端口，例如 webmap serve --port 8765，或先停止占用它的程序",
            ) from None


def _signing_key(settings: Settings) -> str:
    """Return the key before there are workers, so that all have the same and a failure is told once."""
    try:
        return settings.signing_key()
    except OSError as error:
        raise CommandFailed(
            f"密钥文件无法读写 (the key file cannot be used): {error.filename}: {error.strerror}",
            "检查 WEBMAP_HOME 的权限，或设置 SECRET_KEY (check permissions, or set SECRET_KEY)",
        ) from None


def _build_assets() -> None:
    from flask import Flask  # noqa: PLC0415

    from webmap.assets import AssetsUnavailable, PageAssets  # noqa: PLC0415

    try:
        PageAssets(Flask("webmap")).build()
    except AssetsUnavailable as error:
        raise CommandFailed(str(error), "运行 webmap assets build 查看详情 (for details)") from None
