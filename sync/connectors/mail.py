"""Brings who wrote to whom and when from a mailbox: never what was written.

Touches: the mail server (through sync/connectors/imap.py), interactions, notes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store import ids
from store.records import Interaction, Org
from store.store import Store
from sync import retry
from sync.connectors.errors import MailError, MailSilent
from sync.connectors.imap import Head, Mailbox, Server, connected
from sync.connectors.tickets import hosts
from sync.connectors.words import Redactor, shortened
from sync.source import Counts, Progress, silent

CHANNEL = "email"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_SECURITY = ("tls", "starttls", "none")
_SUBJECT = 120  # characters


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The settings of `[sync.connectors.mail]`; the password is MAIL_PASSWORD.

    Raises ValueError where the mail would travel in the open.
    """

    # The IMAP server; "" leaves the connector out.
    host: str = ""
    port: int = 993
    # "tls", "starttls", or "none" (to a server on this very machine only).
    security: str = "tls"
    # Who logs in.
    user: str = ""
    # The folders that are looked through.
    folders: tuple[str, ...] = ("INBOX",)
    # The domains that are ours: mail from them is outgoing. The user's is always one.
    own_domains: tuple[str, ...] = ()
    # Whether subjects are fetched at all, and kept redacted.
    keep_subject: bool = False
    # How far back the first look goes.
    lookback_days: int = 90
    # How many messages are asked about at a time.
    batch: int = 200
    # The longest silence of the server, in seconds.
    timeout_s: float = 30.0

    def __post_init__(self) -> None:
        if self.security not in _SECURITY:
            raise ValueError(
                f"sync.connectors.mail.security is {self.security!r}; use one of "
                f"{', '.join(_SECURITY)}"
            )
        if self.security == "none" and self.host not in _LOOPBACK:
            raise ValueError(
                'sync.connectors.mail.security = "none" would send the password in '
                'the open; use "tls" or "starttls"'
            )


class MailSource:
    """A mailbox, looked through on demand. `domains` gives each company's by domain.

    The note `mail:<folder>` holds the folder's UIDVALIDITY, the last UID looked at, and
    a hash of the domains known then: a new company's older mail is found too.
    """

    name = "mail"

    def __init__(
        self,
        settings: MailSettings,
        password: str,
        store: Store,
        domains: Mapping[str, str],
        redact: Redactor,
        policy: retry.Policy | None = None,
    ) -> None:
        self._settings, self._password, self._store = settings, password, store
        self._domains, self._redact = domains, redact
        self._policy = policy or retry.Policy()
        self.progress: Progress = silent
        self.problems: tuple[str, ...] = ()

    def pull(self, now: datetime) -> Counts:
        """Store an interaction for each message with a company; raises MailError.

        Counts `messages` looked at, `kept` interactions, `failed` messages and folders.
        A connection that breaks is made anew, and goes on where it was.
        """
        counts: Counter[str] = Counter(messages=0, kept=0)
        self.problems = ()
        left = list(self._settings.folders)
        retry.call(self._policy, lambda: self._look(left, now, counts))
        return {"messages": 0, "kept": 0, **+counts}

    def _look(self, left: list[str], now: datetime, counts: Counter[str]) -> None:
        settings = self._settings
        server = Server(
            settings.host,
            settings.port,
            settings.security,
            settings.user,
            settings.timeout_s,
        )
        with connected(server, self._password) as mailbox:
            while left:
                try:
                    self._folder(mailbox, left[0], now, counts)
                except MailSilent:
                    raise
                except MailError as error:
                    counts["failed"] += 1
                    self.problems = (*self.problems, str(error))
                left.pop(0)

    def _folder(
        self, mailbox: Mailbox, folder: str, now: datetime, counts: Counter[str]
    ) -> None:
        """Look through one folder from where it was left, batch by batch."""
        validity = mailbox.open(folder)
        key = f"mail:{folder}"
        place = begun(self._store.notes.get(key), validity, self._known)
        since = (now - timedelta(days=self._settings.lookback_days)).date()
        uids = mailbox.uids(place["uid"], since)
        size = max(1, self._settings.batch)
        for start in range(0, len(uids), size):
            batch = uids[start : start + size]
            heads, failed = mailbox.heads(batch, subject=self._settings.keep_subject)
            found = [one for head in heads for one in self._contacts(head)]
            with self._store.atomic():
                self._store.interactions.put(found)
                self._store.notes.put(key, {**place, "uid": batch[-1]}, now)
            counts.update(messages=len(batch), kept=len(found), failed=failed)
            self.progress(start + len(batch), len(uids), folder)

    @property
    def _known(self) -> str:
        return ids.value_hash(dict(self._domains))

    def _contacts(self, head: Head) -> list[Interaction]:
        ours = {*self._settings.own_domains, *hosts(self._settings.user)[:1]}
        subject = self._redact(head.subject, ()) if head.subject else ""
        return contacts(head, {one.lower() for one in ours}, self._domains, subject)


def begun(note: Any, validity: int, known: str) -> dict[str, Any]:
    """Say where a folder's look goes on: at its start after a new UIDVALIDITY, or
    with new companies."""
    fresh = {"validity": validity, "known": known, "uid": 0}
    if not note or (note["validity"], note["known"]) != (validity, known):
        return fresh
    return {**fresh, "uid": note["uid"]}


def contacts(
    head: Head, ours: set[str], domains: Mapping[str, str], subject: str
) -> list[Interaction]:
    """Make an interaction for each company that a message came from or went to."""
    outgoing = any(ours & set(hosts(address)) for address in head.sender)
    others = head.recipients if outgoing else head.sender
    found: dict[str, list[str]] = {}
    for address in others:
        at = next((host for host in hosts(address) if host in domains), None)
        if at is not None:
            found.setdefault(domains[at], []).append(at)
    return [
        _contact(head, org_id, at[0], subject, outgoing=outgoing)
        for org_id, at in found.items()
    ]


def _contact(
    head: Head, org_id: str, domain: str, subject: str, *, outgoing: bool
) -> Interaction:
    """A message is itself by its Message-ID, in whatever folder it lies."""
    name = head.message_id or "\x1f".join([*head.sender, head.arrived.isoformat()])
    words = f"E-mail {'to' if outgoing else 'from'} {domain}"
    return Interaction(
        interaction_id=ids.digest(CHANNEL, name, org_id),
        org_id=org_id,
        channel=CHANNEL,
        occurred_at=head.arrived,
        summary=f"{words}: {shortened(subject, _SUBJECT)}" if subject else words,
        sentiment=None,
        raw_url="",
    )


def domains_of(orgs: Iterable[Org]) -> dict[str, str]:
    """Each company by its domain; a domain that two share tells neither."""
    found: dict[str, list[str]] = {}
    for org in orgs:
        if org.domain:
            found.setdefault(org.domain.lower(), []).append(org.org_id)
    return {domain: only[0] for domain, only in found.items() if len(only) == 1}
