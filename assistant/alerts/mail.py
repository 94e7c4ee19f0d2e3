"""E-mail: the messages, and the one module that speaks SMTP."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from assistant.alerts.delivery import NotDelivered, Refused, Unreachable
from corpus.errors import SettingsError
from corpus.settings import AlertSettings

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
_NAME = "Safeguarding assistant"
# A long link in a header would be folded by encoding it, and no mail program would find it any more. RFC 5322
# allows lines of 998 characters.
_UNFOLDED = SMTP.clone(max_line_length=998)


def message(
    settings: AlertSettings, id_: str, to: str, subject: str, text: str, at: datetime, unsubscribe: str = ""
) -> EmailMessage:
    """Plain text. The same id gives the same Message-ID, by which mail systems know a repeated message."""
    sender = _sender(settings.sender)
    mail = EmailMessage(policy=_UNFOLDED)
    mail["From"] = Address(_NAME, addr_spec=sender)
    mail["To"] = to
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{id_}@{sender.rpartition('@')[2]}>"
    # No out-of-office reply should answer a machine.
    mail["Auto-Submitted"] = "auto-generated"
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text, cte="quoted-printable")
    return mail


class MailServer:
    """Connects when there is something to send, and sends over one connection until it is closed.

    Raises SettingsError for an address that is none of a mail server.
    """

    def __init__(self, settings: AlertSettings) -> None:
        parts = _server(settings.smtp_url.get_secret_value())
        self._scheme, self._host = parts.scheme, parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._timeout = settings.timeout_seconds
        self._sender = _sender(settings.sender)
        self._connection: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage, to: str) -> None:
        """Returns once the server has taken it. Raises NotDelivered, Refused or Unreachable."""
        connection = self._connected()
        try:
            connection.send_message(mail, self._sender, [to])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise _answered(code) from None
        except smtplib.SMTPSenderRefused as error:
            # Our own address is at fault, or the server's mood: it would refuse every other message, too.
            self.close()
            raise Unreachable(f"The mail server refuses the sender ({error.smtp_code}).") from None
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unreachable(f"The mail server broke off: {type(error).__name__}.") from None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (OSError, UnicodeError, smtplib.SMTPException) as error:
                raise Unreachable(f"The mail server cannot be used: {type(error).__name__}.") from None
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._scheme == "smtps":
            opened: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout, context=context
            )
        else:
            opened = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            if self._scheme == "smtp" and not _is_loopback(self._host):
                # Raises where it is not offered: an address and a password never go out in clear.
                opened.starttls(context=context)
            if self._user:
                opened.login(self._user, self._password)
        except BaseException:
            opened.close()
            raise
        return opened


def _answered(code: int) -> NotDelivered:
    if code >= 500:
        return Refused(f"The mail server refuses the message for good ({code}).")
    return NotDelivered(f"The mail server does not take the message now ({code}).")


def _server(address: str) -> SplitResult:
    """Its parts. Raises SettingsError, which does not repeat it: it may hold a password."""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise SettingsError(
            "ASSISTANT_ALERTS__SMTP_URL is no address of a mail server.",
            "Write it like smtp://user:password@mail.example.org:587.",
        )
    return parts


def _sender(address: str) -> str:
    if "@" not in address:
        raise SettingsError("Alerts by e-mail need an address to come from.", "Set ASSISTANT_ALERTS__SENDER.")
    try:
        return Address(addr_spec=address).addr_spec
    except (ValueError, IndexError, MessageError) as error:
        raise SettingsError(
            f"{address!r} is no e-mail address for alerts to come from.",
            "Write ASSISTANT_ALERTS__SENDER like alerts@example.org, without a name.",
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
