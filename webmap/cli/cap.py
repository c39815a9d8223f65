"""`webmap cap`: checks CAP messages, of ours and of others, and verifies their signatures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.failures import CommandFailed, WrongInput, settings_from_environment
from webmap.cli.input import STDIN
from webmap.languages import Language

if TYPE_CHECKING:
    from webmap.warnings.cap import Finding
    from webmap.warnings.cap.places import PlausibleBox

_LANGUAGE = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="语言 (language)"
)


@click.group("cap", no_args_is_help=True)
def command() -> None:
    """检查 CAP 预警报文及其签名 (check messages of the Common Alerting Protocol 1.2)."""


@command.command("check")
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="输出 JSON (print JSON)")
@click.option(
    "--box", default="", metavar="W,S,E,N", help="预期范围，anywhere 为不限 (where places are expected) [晋城一带]"
)
@_LANGUAGE
def check(file: str, as_json: bool, box: str, lang: Language) -> None:
    """检查报文 (check a message): 有错误时退出码为 1 (exit status 1 if there are errors)；- 为标准输入 (stdin)."""
    from webmap.documents import write_document  # noqa: PLC0415
    from webmap.warnings.cap import check_message  # noqa: PLC0415

    findings = check_message(_content(file), _box(box))
    errors = sum(item.severity == "error" for item in findings)
    if as_json:
        document = {"sound": not errors, "findings": [item.document() for item in findings]}
        click.echo(write_document(document).decode())
    else:
        click.echo(_report(file, findings, errors, lang))
    if errors:
        sys.exit(1)


@command.command("verify")
@click.argument("file", type=click.Path())
@_LANGUAGE
def verify(file: str, lang: Language) -> None:
    """核对签名 (verify the signature) 与 CAP_TRUSTED_CERTIFICATES 中的证书 (against those certificates)."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from priority.wording import Phrases  # noqa: PLC0415
    from webmap.warnings.cap.findings import Finding  # noqa: PLC0415
    from webmap.warnings.cap.signature import (  # noqa: PLC0415
        TRUST_SETTING,
        UnusableKey,
        Unverified,
        trusted_certificates,
        verify_alert,
    )
    from webmap.warnings.cap.xml import UnsafeXml  # noqa: PLC0415

    phrases = Phrases(lang)
    try:
        trusted = trusted_certificates(settings_from_environment().cap)
    except UnusableKey as error:
        raise WrongInput(f"证书无法使用 (unusable): {error}", f"改正 {error.setting} (correct it)") from None
    if not trusted:
        raise WrongInput("没有受信任的证书 (no trusted certificates)", f"设置 {TRUST_SETTING} (set it)")
    try:
        _, certificate = verify_alert(_content(file), trusted, datetime.now(UTC))
    except UnsafeXml as error:
        finding = Finding(f"xml_{error.code}", error.line, "/", values={"detail": error.detail})
        raise CommandFailed(finding.message(lang), finding.remedy(lang)) from None
    except Unverified as error:
        raise CommandFailed(
            phrases.write(f"cap.unverified.{error.code}"), phrases.write("cap.unverified.remedy")
        ) from None
    click.echo(phrases.write("cap.verified", name=certificate.subject.rfc4514_string()))


def _content(name: str) -> bytes:
    from webmap.warnings.cap.xml import MAX_BYTES  # noqa: PLC0415

    # One byte more than is taken tells that there is too much, without reading all of it.
    if name == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise WrongInput(
            f"文件无法读取 (cannot be read): {name}: {error.strerror}", "检查路径与权限 (check path and permissions)"
        ) from None


def _box(text: str) -> PlausibleBox | None:
    from webmap.warnings.cap.places import JINCHENG, PlausibleBox  # noqa: PLC0415

    if not text:
        return JINCHENG
    if text == "anywhere":
        return None
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        west = south = east = north = 0.0
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise WrongInput(
            f"范围写法不对 (not a box): {text}", "写成 西,南,东,北，例如 112.3,35.1,113.2,35.8 (west,south,east,north)"
        )
    return PlausibleBox(west, south, east, north)


def _report(file: str, findings: tuple[Finding, ...], errors: int, language: Language) -> str:
    from priority.wording import Phrases  # noqa: PLC0415

    write = Phrases(language).write
    if not findings:
        return write("cap.sound", file=file)
    lines = []
    for item in findings:
        place = write("cap.line", line=item.line) if item.line else file
        lines.append(f"{place}  {item.path}  [{write(f'cap.{item.severity}')}] {item.message(language)}")
        lines.append(f"  → {item.remedy(language)}")
    return "\n".join([*lines, write("cap.count", errors=errors, warnings=len(findings) - errors)])
