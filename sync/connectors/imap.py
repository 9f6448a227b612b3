"""Asks an IMAP server for the heads of messages, and for nothing else.

Folders are opened for reading only, and the one FETCH there is names header fields
(RFC 9051, section 6.4.5). Touches: the mail server.
"""

import base64
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, TypeVar

from sync.connectors.errors import BadLogin, MailRefused, MailSilent, NoMailbox

T = TypeVar("T")

_FIELDS = ("FROM", "TO", "CC", "MESSAGE-ID")
_UID = re.compile(rb"\bUID (\d+)")
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]+)"')
# Not calendar.month_abbr, which speaks the language of the machine.
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_UNPLAIN = re.compile(r"&|[^ -~]+")
_LITERAL_PARTS = 2


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mail is. `security` is "tls", "starttls" or "none"."""

    host: str
    port: int
    security: str
    user: str
    timeout_s: float


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked of a message. `arrived` is the server's date, not the sender's."""

    uid: int
    arrived: datetime
    message_id: str
    sender: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: str = ""


class Mailbox:
    """An open connection; makes imaplib's errors ours."""

    def __init__(self, server: Server, client: imaplib.IMAP4) -> None:
        self._server, self._client = server, client

    def open(self, folder: str) -> int:
        """Open a folder for reading only; returns its UIDVALIDITY. Raises MailError."""
        quoted = quote(folder)
        kind, said = self._do(lambda: self._client.select(quoted, readonly=True))
        if kind != "OK":
            raise NoMailbox(folder, _words(said))
        found = self._client.untagged_responses.get("UIDVALIDITY") or [b""]
        if not isinstance(last := found[-1], bytes) or not last.isdigit():
            raise MailRefused(self._server.host, f"folder {folder}", "no UIDVALIDITY")
        return int(last)

    def uids(self, after: int, since: date) -> list[int]:
        """The messages with a higher UID that arrived since a day. Raises MailError."""
        day = f"{since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}"
        found = self._uid("a search", "SEARCH", f"UID {after + 1}:*", f"SINCE {day}")
        words = b" ".join(part for part in found if isinstance(part, bytes)).split()
        # "9:*" means the last message too, where it is below 9 (RFC 9051, 6.4.4).
        return sorted(uid for w in words if w.isdigit() and (uid := int(w)) > after)

    def heads(self, uids: Sequence[int], *, subject: bool) -> tuple[list[Head], int]:
        """Read some messages' heads, and count the unreadable. Raises MailError."""
        fields = " ".join((*_FIELDS, "SUBJECT") if subject else _FIELDS)
        wanted = f"(UID INTERNALDATE BODY.PEEK[HEADER.FIELDS ({fields})])"
        numbers = ",".join(map(str, uids))
        found = [
            head(*one) for one in _pairs(self._uid("heads", "FETCH", numbers, wanted))
        ]
        good = [one for one in found if one is not None and one.uid in set(uids)]
        return good, sum(one is None for one in found)

    def _uid(self, doing: str, *command: str) -> list[Any]:
        kind, found = self._do(lambda: self._client.uid(*command))
        if kind != "OK":
            raise MailRefused(self._server.host, doing, _words(found))
        return list(found)

    def _do(self, work: Callable[[], T]) -> T:
        server = self._server
        try:
            return work()
        except (imaplib.IMAP4.abort, OSError) as error:
            raise MailSilent(server.host, server.port, str(error)) from error
        except imaplib.IMAP4.error as error:
            raise MailRefused(server.host, "a command", str(error)) from error


@contextmanager
def connected(server: Server, password: str) -> Iterator[Mailbox]:
    """Open a connection for the length of a with block; raises MailError."""
    client = _connect(server)
    try:
        _log_in(client, server, password)
        yield Mailbox(server, client)
    finally:
        _log_out(client)


def head(meta: bytes, fields: bytes) -> Head | None:
    """Read one message's answer; None where it makes no sense. Pure."""
    uid, arrived = _UID.search(meta), _ARRIVED.search(meta)
    at = _moment(arrived[1].decode("ascii", "replace")) if arrived else None
    if uid is None or at is None:
        return None
    message = message_from_bytes(fields, policy=policy.default)
    return Head(
        uid=int(uid[1]),
        arrived=at,
        message_id=_header(message, "message-id"),
        sender=_addresses(message, "from"),
        recipients=(*_addresses(message, "to"), *_addresses(message, "cc")),
        subject=_header(message, "subject"),
    )


def quote(folder: str) -> str:
    """Write a folder's name in modified UTF-7 (RFC 3501, 5.1.3), quoted. Pure."""
    coded = _UNPLAIN.sub(lambda found: _shifted(found[0]), folder)
    return '"' + coded.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(text: str) -> str:
    if text == "&":
        return "&-"
    coded = base64.b64encode(text.encode("utf-16-be"), b"+,").decode("ascii")
    return f"&{coded.rstrip('=')}-"


def _connect(server: Server) -> imaplib.IMAP4:
    where = (server.host, server.port)
    try:
        if server.security == "tls":
            tls = ssl.create_default_context()
            return imaplib.IMAP4_SSL(*where, ssl_context=tls, timeout=server.timeout_s)
        client = imaplib.IMAP4(*where, timeout=server.timeout_s)
        if server.security == "starttls":
            _encrypt(client)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailSilent(*where, str(error) or type(error).__name__) from error
    return client


def _encrypt(client: imaplib.IMAP4) -> None:
    try:
        client.starttls(ssl.create_default_context())
    except (OSError, imaplib.IMAP4.error):
        _hang_up(client)
        raise


def _log_in(client: imaplib.IMAP4, server: Server, password: str) -> None:
    try:
        client.login(server.user, password)
    except UnicodeError as error:
        said = "user and password may hold ASCII only"
        raise BadLogin(server.host, server.user, said) from error
    except (imaplib.IMAP4.abort, OSError) as error:
        raise MailSilent(server.host, server.port, str(error)) from error
    except imaplib.IMAP4.error as error:
        said = _words(error.args).replace(password, "…")
        raise BadLogin(server.host, server.user, said) from error


def _log_out(client: imaplib.IMAP4) -> None:
    try:
        client.logout()
    except (OSError, imaplib.IMAP4.error):
        _hang_up(client)  # it hung up before us


def _hang_up(client: imaplib.IMAP4) -> None:
    with suppress(OSError):  # the socket is closed all the same
        client.shutdown()


def _pairs(found: Sequence[Any]) -> Iterator[tuple[bytes, bytes]]:
    """Each message's data before and after its header fields, and the fields."""
    for at, part in enumerate(found):
        if isinstance(part, tuple) and len(part) == _LITERAL_PARTS:
            rest = found[at + 1] if at + 1 < len(found) else b""
            yield part[0] + (rest if isinstance(rest, bytes) else b""), part[1]


def _addresses(message: EmailMessage, name: str) -> tuple[str, ...]:
    found = message.get_all(name, [])
    every = (a.addr_spec for one in found for a in getattr(one, "addresses", ()))
    return tuple(dict.fromkeys(one.lower() for one in every if "@" in one))


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _moment(text: str) -> datetime | None:
    """Read `17-Jul-1996 02:44:25 -0700` (RFC 9051, date-time)."""
    try:
        day, month, rest = text.strip().split("-", 2)
        numbered = f"{int(day):02d}-{_MONTHS.index(month.title()) + 1:02d}-{rest}"
        return datetime.strptime(numbered, "%d-%m-%Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None


def _words(said: Sequence[Any]) -> str:
    parts = (p.decode("utf-8", "replace") if isinstance(p, bytes) else p for p in said)
    return " ".join(str(part) for part in parts if part)[:300] or "no reason"
