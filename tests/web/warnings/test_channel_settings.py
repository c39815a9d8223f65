from __future__ import annotations

from pathlib import Path

import pytest

from webmap.settings import InvalidSettings, Settings

SERVER = {"WEBMAP_SMTP_HOST": "mail.example.gov.cn", "WEBMAP_SMTP_FROM": "warning@example.gov.cn"}
HOOK = {"WEBMAP_WEBHOOK_URL": "https://hook.example.gov.cn/in?key=k3y", "WEBMAP_WEBHOOK_SECRET": "0123456789abcdef"}


def settings(**environment: str) -> Settings:
    return Settings.from_environment(environment)


def test_without_any_variable_there_is_no_mail_server_and_no_webhook() -> None:
    found = settings()
    assert (found.smtp, found.webhook) == (None, None)


def test_empty_variables_are_no_variables() -> None:
    names = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM", "SMTP_SECURITY", "WEBHOOK_URL")
    found = settings(**dict.fromkeys((f"WEBMAP_{name}" for name in names), " "))
    assert (found.smtp, found.webhook) == (None, None)


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("TLS", 465), ("none", 25)])
def test_the_port_is_the_usual_one_of_the_security(security: str, port: int) -> None:
    found = settings(**SERVER, WEBMAP_SMTP_SECURITY=security).smtp
    assert found is not None
    assert (found.security, found.port) == (security.lower() or "starttls", port)


@pytest.mark.parametrize("written", ['"预警 发布" <warning@example.gov.cn>', "预警 发布 <warning@example.gov.cn>"])
def test_the_sender_may_have_a_name(written: str) -> None:
    found = settings(**(SERVER | {"WEBMAP_SMTP_FROM": written})).smtp
    assert found is not None
    assert (found.sender_name, found.sender) == ("预警 发布", "warning@example.gov.cn")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"WEBMAP_SMTP_HOST": ""}, "WEBMAP_SMTP_HOST"),
        ({"WEBMAP_SMTP_HOST": "mail.example\r\nQUIT"}, "WEBMAP_SMTP_HOST"),
        ({"WEBMAP_SMTP_FROM": ""}, "WEBMAP_SMTP_FROM"),
        ({"WEBMAP_SMTP_FROM": "warning"}, "WEBMAP_SMTP_FROM"),
        ({"WEBMAP_SMTP_FROM": "a@example.com, b@example.com"}, "WEBMAP_SMTP_FROM"),
        ({"WEBMAP_SMTP_FROM": "x\nBcc: b@example.com <a@example.com>"}, "WEBMAP_SMTP_FROM"),
        ({"WEBMAP_SMTP_PORT": "70000"}, "WEBMAP_SMTP_PORT"),
        ({"WEBMAP_SMTP_SECURITY": "ssl"}, "WEBMAP_SMTP_SECURITY"),
        ({"WEBMAP_SMTP_USER": "u"}, "WEBMAP_SMTP_PASSWORD"),
        ({"WEBMAP_SMTP_PASSWORD": "hidden"}, "WEBMAP_SMTP_USER"),
        ({"WEBMAP_SMTP_USER": "u", "WEBMAP_SMTP_PASSWORD": "hidden口令"}, "WEBMAP_SMTP_PASSWORD"),
        (
            {"WEBMAP_SMTP_USER": "u", "WEBMAP_SMTP_PASSWORD": "hidden", "WEBMAP_SMTP_SECURITY": "none"},
            "WEBMAP_SMTP_SECURITY",
        ),
        ({"WEBMAP_SMTP_CA": "/nowhere.pem"}, "WEBMAP_SMTP_CA"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(**(SERVER | wrong))
    assert failure.value.name == named
    assert "hidden" not in str(failure.value)


def test_a_password_may_go_in_clear_within_this_machine() -> None:
    here = {"WEBMAP_SMTP_HOST": "127.0.0.1", "WEBMAP_SMTP_USER": "u", "WEBMAP_SMTP_PASSWORD": "p"}
    found = settings(**(SERVER | here), WEBMAP_SMTP_SECURITY="none").smtp
    assert found is not None
    assert (found.host, found.port, found.user, found.password) == ("127.0.0.1", 25, "u", "p")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"WEBMAP_WEBHOOK_URL": ""}, "WEBMAP_WEBHOOK_URL"),
        ({"WEBMAP_WEBHOOK_URL": "http://hook.example.gov.cn/in?key=k3y"}, "WEBMAP_WEBHOOK_URL"),
        ({"WEBMAP_WEBHOOK_URL": "ftp://hook.example.gov.cn/"}, "WEBMAP_WEBHOOK_URL"),
        ({"WEBMAP_WEBHOOK_URL": "https://user:k3y@hook.example.gov.cn/"}, "WEBMAP_WEBHOOK_URL"),
        ({"WEBMAP_WEBHOOK_SECRET": ""}, "WEBMAP_WEBHOOK_SECRET"),
        ({"WEBMAP_WEBHOOK_SECRET": "k3y"}, "WEBMAP_WEBHOOK_SECRET"),
        ({"WEBMAP_WEBHOOK_CA": "/nowhere.pem"}, "WEBMAP_WEBHOOK_CA"),
    ],
)
def test_a_webhook_that_cannot_be_used_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(**(HOOK | wrong))
    assert failure.value.name == named
    assert "k3y" not in str(failure.value)


def test_no_secret_is_printed(tmp_path: Path) -> None:
    login = {"WEBMAP_SMTP_USER": "u", "WEBMAP_SMTP_PASSWORD": "h1dden", "WEBMAP_SMTP_CA": str(_file(tmp_path))}
    found = settings(**SERVER, **HOOK, **login)
    assert found.webhook is not None
    assert found.webhook.host == "hook.example.gov.cn"
    assert not [secret for secret in ("h1dden", "k3y", HOOK["WEBMAP_WEBHOOK_SECRET"]) if secret in repr(found)]


def _file(folder: Path) -> Path:
    path = folder / "ca.pem"
    path.write_text("")
    return path


def test_a_sender_that_was_not_set_speaks_for_nobody() -> None:
    found = settings().cap
    assert not found.is_sender_set
    assert found.sender.endswith(".invalid")
    assert (found.agency, found.identifier) == ("hq", "ours")


def test_the_senders_of_messages_are_set() -> None:
    found = settings(CAP_SENDER="em.example.gov.cn", CAP_AGENCY="41", CAP_IDENTIFIER="China").cap
    assert found.is_sender_set
    assert (found.sender, found.agency, found.identifier) == ("em.example.gov.cn", "41", "china")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CAP_SENDER", "a b"),
        ("CAP_SENDER", "a,b"),
        ("CAP_AGENCY", "a&b"),
        ("CAP_AGENCY", "泽州"),
        ("CAP_IDENTIFIER", "chinese"),
    ],
)
def test_a_name_that_a_message_may_not_carry_is_refused(name: str, value: str) -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(**{name: value})
    assert failure.value.name == name


def test_the_chinese_pattern_needs_the_agencys_code() -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(CAP_IDENTIFIER="china")
    assert failure.value.name == "CAP_AGENCY"
