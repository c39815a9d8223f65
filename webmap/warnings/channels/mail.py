"""E-mail over SMTP: one mail to one recipient, the same bytes on every try, over one connection for many."""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from priority.wording import Phrases
from webmap.channel_settings import EMAIL_ADDRESS, SmtpSettings
from webmap.languages import LANGUAGES
from webmap.warnings.channels.adapter import LEFT_AREA, Delivery, Outcome, connect_code, failed, quoted
from webmap.warnings.channels.message import Message

#: Seconds that a server may take for an answer, and for the last one: there it looks at the whole mail.
_ANSWER_S = 20.0
_LAST_ANSWER_S = 90.0
_OK, _CLOSING, _GO_AHEAD = 250, 421, 354
_ACCEPTED_RECIPIENT = (250, 251)


class MailAdapter:
    """Sends by the mail server of the settings. Keeps its connection until `close`."""

    initial = Outcome("waiting")

    def __init__(
        self, settings: SmtpSettings, *, answer_s: float = _ANSWER_S, last_answer_s: float = _LAST_ANSWER_S
    ) -> None:
        self._settings = settings
        self._answer_s = answer_s
        self._last_answer_s = last_answer_s
        self._connection: smtplib.SMTP | None = None

    def send(self, message: Message, delivery: Delivery) -> Outcome:
        """Send one mail. A connection that the server has closed meanwhile is opened anew, once."""
        if not EMAIL_ADDRESS.fullmatch(delivery.address):
            return failed("bad_address")
        mail = mail_of(message, delivery.address, self._settings, left_area=delivery.audience == LEFT_AREA)
        outcome = self._attempt(mail, delivery.address) if self._connection is not None else None
        if outcome is None:
            self.close()
            outcome = self._attempt(mail, delivery.address)
        return outcome or failed("unreachable", for_all=True)

    def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()

    def _attempt(self, mail: bytes, address: str) -> Outcome | None:
        """Return what came of one attempt, None if the connection was closed before anything was asked for."""
        if self._connection is None:
            opened = connect(self._settings, self._answer_s)
            if isinstance(opened, Outcome):
                return opened
            self._connection = opened
        try:
            code, reply = self._connection.mail(self._settings.sender)
        except (smtplib.SMTPException, OSError):
            return None
        if code == _CLOSING:
            return None
        if code != _OK:
            self._start_over()
            return failed("sender_refused", f"{code} {quoted(reply)}", for_all=code >= 500)
        return self._deliver(self._connection, mail, address)

    def _deliver(self, connection: smtplib.SMTP, mail: bytes, address: str) -> Outcome:
        """Name the recipient and hand over the mail; from its first byte on a lost connection leaves it unknown."""
        try:
            code, reply = connection.rcpt(address)
            if code in _ACCEPTED_RECIPIENT:
                code, reply = connection.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return failed("lost_before_sending", error)
        if code != _GO_AHEAD:
            self._start_over()
            return _refusal(code, reply)
        try:
            code, reply = self._hand_over(connection, mail)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Outcome("unknown", "lost_while_sending", quoted(error))
        return Outcome("sent", reply=quoted(reply)) if code == _OK else _refusal(code, reply)

    def _hand_over(self, connection: smtplib.SMTP, mail: bytes) -> tuple[int, bytes]:
        # A line that begins with a dot gets another: a dot alone ends the mail (RFC 5321, 4.5.2).
        connection.send(re.sub(rb"(?m)^\.", b"..", mail) + b".\r\n")
        assert connection.sock is not None  # noqa: S101  something was just sent through it
        connection.sock.settimeout(self._last_answer_s)
        answer = connection.getreply()
        connection.sock.settimeout(self._answer_s)
        return answer

    def _start_over(self) -> None:
        """Make the server forget the mail that was begun."""
        try:
            if self._connection is not None and self._connection.rset()[0] == _OK:
                return
        except (smtplib.SMTPException, OSError):
            pass
        self.close()


def mail_of(message: Message, address: str, settings: SmtpSettings, *, left_area: bool = False) -> bytes:
    """Return the mail to one address, ready for SMTP: the words in Chinese and English, and the CAP message attached.

    `left_area` says first that the recipient's place is not in the area any more.
    The same message gives the same Message-ID and Date for an address, however often it is tried. Raises `ValueError`
    for an address that is none.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(settings.sender_name, addr_spec=settings.sender)
    mail["To"] = Address(addr_spec=address)
    mail["Subject"] = " ".join(message.headlines.get("zh", message.identifier).split())
    mail["Date"] = format_datetime(message.sent)
    mail["Message-ID"] = message_id(message.identifier, address, settings.sender)
    mail["Auto-Submitted"] = "auto-generated"
    told = [language for language in LANGUAGES if language in message.texts]
    leads = {language: Phrases(language).write("delivery.left_area") + "\n\n" if left_area else "" for language in told}
    texts = [leads[language] + message.texts[language] for language in told]
    attached = "\n".join(Phrases(language).write("delivery.attached") for language in LANGUAGES)
    mail.set_content("\n\n".join([*texts, attached]), cte="base64")
    name = re.sub(r"[^A-Za-z0-9._-]", "_", message.identifier)
    mail.add_attachment(message.xml, maintype="application", subtype="cap+xml", filename=f"{name}.xml")
    mail.set_boundary(f"=_{hashlib.sha256(message.identifier.encode()).hexdigest()[:32]}")
    return mail.as_bytes()


def message_id(identifier: str, address: str, sender: str) -> str:
    """Return the Message-ID of a message to an address: servers know by it that they have a mail already."""
    digest = hashlib.sha256(f"{identifier}\0{address.casefold()}".encode()).hexdigest()
    return f"<{digest[:40]}@{sender.rpartition('@')[2]}>"


def _refusal(code: int, reply: bytes) -> Outcome:
    return failed("refused" if code >= 500 else "refused_for_now", f"{code} {quoted(reply)}")


def connect(settings: SmtpSettings, answer_s: float) -> smtplib.SMTP | Outcome:
    """Return a connection that is encrypted and signed in as the settings ask for, or why there is none."""
    connection: smtplib.SMTP | None = None
    try:
        connection = _opened(settings, answer_s)
        if settings.security == "starttls":
            connection.starttls(context=_context(settings))
        if settings.user:
            connection.login(settings.user, settings.password)
        connection.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError) as error:
        if connection is not None:
            connection.close()
        return failed(_connect_code(error), _reply_of(error), for_all=True)
    return connection


def _opened(settings: SmtpSettings, answer_s: float) -> smtplib.SMTP:
    name = settings.sender.rpartition("@")[2]
    if settings.security == "tls":
        context = _context(settings)
        return smtplib.SMTP_SSL(settings.host, settings.port, local_hostname=name, timeout=answer_s, context=context)
    return smtplib.SMTP(settings.host, settings.port, local_hostname=name, timeout=answer_s)


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if settings.ca is None else str(settings.ca))


def _connect_code(error: OSError) -> str:
    codes: tuple[tuple[type[Exception], str], ...] = (
        (smtplib.SMTPAuthenticationError, "login_refused"),
        (smtplib.SMTPNotSupportedError, "not_supported"),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), connect_code(error))


def _reply_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {quoted(error.smtp_error)}"
    return quoted(error)
