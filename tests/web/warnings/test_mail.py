from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.web.warnings.issued import delivery, message
from tests.web.warnings.messages import SOUND
from tests.web.warnings.servers import Postbox, mail_server
from webmap.settings import SmtpSettings
from webmap.warnings.channels.mail import MailAdapter, mail_of, message_id

ADDRESS = "office@township.example"
LOGIN = ("webmap", "pass word")


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with mail_server(Postbox()) as running:
        yield running


@pytest.fixture
def adapter(postbox: Postbox) -> Iterator[MailAdapter]:
    made = MailAdapter(postbox.settings(), answer_s=5, last_answer_s=5)
    yield made
    made.close()


def test_a_mail_holds_the_words_and_the_message_byte_for_byte(postbox: Postbox, adapter: MailAdapter) -> None:
    assert adapter.send(message(), delivery()).state == "sent"
    mail = postbox.mail(ADDRESS)
    assert (mail["From"], mail["To"]) == ("warning@zezhou.example", ADDRESS)
    assert mail["Subject"] == "【更新】较大风险预警"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",))
    assert text is not None
    words = text.get_content()
    assert "预警级别：较大风险预警" in words
    assert "编号：140525-0001" in words
    assert "Loss of heating" in words
    [attached] = mail.iter_attachments()
    assert attached.get_content_type() == "application/cap+xml"
    assert attached.get_filename() == "140525-0001.xml"
    assert attached.get_payload(decode=True) == SOUND.encode()


def test_made_up_data_are_said_to_be(postbox: Postbox, adapter: MailAdapter) -> None:
    adapter.send(message(document='{"synthetic": true}'), delivery())
    text = postbox.mail(ADDRESS).get_body(("plain",))
    assert text is not None
    assert "所用数据是合成的" in text.get_content()


def test_a_mail_is_the_same_on_every_try_and_another_for_another_address(postbox: Postbox) -> None:
    first, again = (mail_of(message(), ADDRESS, postbox.settings()) for _ in range(2))
    assert first == again
    ids = {
        message_id(identifier, address, "w@zezhou.example")
        for identifier in ("1", "2")
        for address in (ADDRESS, "b@x.example")
    }
    assert len(ids) == 4


@pytest.mark.parametrize(
    "address",
    ["a@b.example\r\nRCPT TO:<c@d.example>", "a@b.example, c@d.example", "<a@b.example>", "a b@c.example", "", "a"],
)
def test_what_is_no_address_is_sent_nothing(postbox: Postbox, adapter: MailAdapter, address: str) -> None:
    outcome = adapter.send(message(), delivery(address))
    assert (outcome.state, outcome.code) == ("failed", "bad_address")
    assert not postbox.taken


def test_a_headline_cannot_add_a_header(postbox: Postbox, adapter: MailAdapter) -> None:
    sly = SOUND.replace("<headline>较大风险预警", "<headline>停热\nBcc: all@example.com\n\n全文")
    assert adapter.send(message(xml=sly), delivery()).state == "sent"
    mail = postbox.mail(ADDRESS)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "【更新】停热 Bcc: all@example.com 全文"


def test_nobody_sees_another_recipient(postbox: Postbox, adapter: MailAdapter) -> None:
    for address in (ADDRESS, "b@x.example", "c@x.example"):
        assert adapter.send(message(), delivery(address)).state == "sent"
    for address, content in postbox.taken:
        others = {ADDRESS, "b@x.example", "c@x.example"} - {address}
        assert not [other for other in others if other.encode() in content]
    assert len(postbox.connections) == 1


def test_a_refused_recipient_is_told_with_the_servers_words_and_the_next_gets_it(
    postbox: Postbox, adapter: MailAdapter
) -> None:
    postbox.refused["gone@x.example"] = "550 5.1.1 no such user here"
    postbox.refused["grey@x.example"] = "450 4.2.0 greylisted"
    outcome = adapter.send(message(), delivery("gone@x.example"))
    assert (outcome.state, outcome.code, outcome.for_all) == ("failed", "refused", False)
    assert outcome.reply == "550 5.1.1 no such user here"
    assert adapter.send(message(), delivery("grey@x.example")).code == "refused_for_now"
    assert adapter.send(message(), delivery()).state == "sent"
    assert postbox.addresses == [ADDRESS]


def test_a_connection_lost_before_the_mail_is_a_failure(postbox: Postbox, adapter: MailAdapter) -> None:
    postbox.drop_early.add(ADDRESS)
    outcome = adapter.send(message(), delivery())
    assert (outcome.state, outcome.code) == ("failed", "lost_before_sending")
    assert not postbox.taken


def test_a_connection_lost_after_the_mail_leaves_it_unknown(postbox: Postbox, adapter: MailAdapter) -> None:
    postbox.drop.add(ADDRESS)
    outcome = adapter.send(message(), delivery())
    assert (outcome.state, outcome.code) == ("unknown", "lost_while_sending")
    assert adapter.send(message(), delivery("b@x.example")).state == "sent"


def test_a_server_that_never_answers_a_mail_leaves_it_unknown() -> None:
    with mail_server(Postbox(hold=threading.Event())) as postbox:
        adapter = MailAdapter(postbox.settings(), answer_s=5, last_answer_s=0.3)
        outcome = adapter.send(message(), delivery())
        assert (outcome.state, outcome.code) == ("unknown", "lost_while_sending")
        adapter.close()


def test_a_connection_that_the_server_ended_is_opened_anew(postbox: Postbox, adapter: MailAdapter) -> None:
    postbox.closes_after = 2
    addresses = [f"{number}@x.example" for number in range(5)]
    assert [adapter.send(message(), delivery(address)).state for address in addresses] == ["sent"] * 5
    assert postbox.addresses == addresses
    assert len(postbox.connections) == 3


def test_a_server_that_is_not_there_fails_for_all() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    adapter = MailAdapter(SmtpSettings("127.0.0.1", port, "w@zezhou.example", security="none"))
    outcome = adapter.send(message(), delivery())
    assert (outcome.state, outcome.code, outcome.for_all) == ("failed", "connection_refused", True)


def test_a_server_whose_name_nobody_knows_fails_for_all() -> None:
    adapter = MailAdapter(SmtpSettings("mail.nowhere.invalid", 25, "w@zezhou.example", security="none"))
    outcome = adapter.send(message(), delivery())
    assert (outcome.state, outcome.code, outcome.for_all) == ("failed", "host_unknown", True)


def test_a_server_that_does_not_greet_is_waited_for_no_longer_than_set() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = SmtpSettings("127.0.0.1", silent.getsockname()[1], "w@zezhou.example", security="none")
        outcome = MailAdapter(settings, answer_s=0.2).send(message(), delivery())
    assert (outcome.state, outcome.for_all) == ("failed", True)
    assert outcome.code in {"timed_out", "unreachable"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that nobody vouches for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(private + made.public_bytes(pem))
    return path


@pytest.fixture(scope="module")
def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mails_travel_encrypted_after_signing_in(
    certificate: Path, server_context: ssl.SSLContext, security: str
) -> None:
    with mail_server(Postbox(login=LOGIN), server_context, implicit=security == "tls") as postbox:
        user, password = LOGIN
        secure = {"security": security, "ca": certificate}
        adapter = MailAdapter(postbox.settings(**secure, user=user, password=password))
        assert adapter.send(message(), delivery()).state == "sent"
        adapter.close()
        wrong = MailAdapter(postbox.settings(**secure, user=user, password=password[:-1]))
        outcome = wrong.send(message(), delivery())
        assert (outcome.state, outcome.code, outcome.for_all) == ("failed", "login_refused", True)
        stranger = MailAdapter(postbox.settings(security=security, user=user, password=password))
        assert stranger.send(message(), delivery()).code == "certificate"
        assert postbox.addresses == [ADDRESS]


def test_nothing_is_sent_in_clear_where_encryption_is_asked_for(postbox: Postbox) -> None:
    outcome = MailAdapter(postbox.settings(security="starttls")).send(message(), delivery())
    assert (outcome.state, outcome.code) == ("failed", "not_supported")
    assert not postbox.taken
