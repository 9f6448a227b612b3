"""Brings who wrote to whom and when from a mailbox: never what was written.

Touches: the mail server (through sync/connectors/imap.py), interactions, notes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
from sync.source import Counts, Progress, Stopping, never, silent

CHANNEL = "email"
# Takes a host; gives each company that may own it, with its domain there.
Guess = Callable[[str], tuple[tuple[str, str], ...]]

_NOTE = "mail:"
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


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Whom addresses belong to: companies by their domain, and a guess for others.

    `basis` is a hash of what both rest on.
    """

    by_domain: Mapping[str, str]
    guess: Guess
    basis: str


class MailSource:
    """A mailbox, looked through on demand.

    The note `mail:<folder>` holds the folder's UIDVALIDITY, the last UID looked at, the
    basis by which companies were told then (a new company's older mail is found too),
    and in how many messages each company's domains, known or guessed, took part.
    """

    name = "mail"

    def __init__(
        self,
        settings: MailSettings,
        password: str,
        store: Store,
        whose: Counterparts,
        redact: Redactor,
        policy: retry.Policy | None = None,
    ) -> None:
        self._settings, self._password, self._store = settings, password, store
        self._whose, self._redact = whose, redact
        self._policy = policy or retry.Policy()
        self.progress: Progress = silent
        self.stopping: Stopping = never
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

    def check(self) -> None:
        """Log in and open every folder; raises MailError."""
        with connected(self._server, self._password) as mailbox:
            for folder in self._settings.folders:
                mailbox.open(folder)

    @property
    def _server(self) -> Server:
        settings = self._settings
        return Server(
            settings.host,
            settings.port,
            settings.security,
            settings.user,
            settings.timeout_s,
        )

    def _look(self, left: list[str], now: datetime, counts: Counter[str]) -> None:
        with connected(self._server, self._password) as mailbox:
            while left and not self.stopping():
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
        key = _NOTE + folder
        place = begun(self._store.notes.get(key), validity, self._whose.basis)
        since = (now - timedelta(days=self._settings.lookback_days)).date()
        uids = mailbox.uids(place["uid"], since)
        size = max(1, self._settings.batch)
        for start in range(0, len(uids), size):
            if self.stopping():
                return
            batch = uids[start : start + size]
            heads, failed = mailbox.heads(batch, subject=self._settings.keep_subject)
            found = [one for head in heads for one in self._contacts(head)]
            seen = [pair for head in heads for pair in self._domains(head)]
            place = {**place, "uid": batch[-1], "seen": counted(place["seen"], seen)}
            with self._store.atomic():
                self._store.interactions.put(found)
                self._store.notes.put(key, place, now)
            counts.update(messages=len(batch), kept=len(found), failed=failed)
            self.progress(start + len(batch), len(uids), folder)

    @property
    def _ours(self) -> set[str]:
        ours = {*self._settings.own_domains, *hosts(self._settings.user)[:1]}
        return {one.lower() for one in ours}

    def _contacts(self, head: Head) -> list[Interaction]:
        subject = self._redact(head.subject, ()) if head.subject else ""
        return contacts(head, self._ours, self._whose.by_domain, subject)

    def _domains(self, head: Head) -> set[tuple[str, str]]:
        """The companies that a message is with, known or guessed, by their domains."""
        addresses = counterparts(head, self._ours)[1]
        return {pair for one in addresses for pair in owners(one, self._whose)}


def begun(note: Any, validity: int, basis: str) -> dict[str, Any]:
    """Say where a folder's look goes on: at its start after a new UIDVALIDITY, or
    with new companies."""
    if note and (note["validity"], note["basis"]) == (validity, basis):
        return dict(note)
    return {"validity": validity, "basis": basis, "uid": 0, "seen": {}}


def counted(
    before: Mapping[str, Mapping[str, int]], pairs: Iterable[tuple[str, str]]
) -> dict[str, dict[str, int]]:
    """Add companies with their domains to the counts of them, by company."""
    counts = {org_id: dict(domains) for org_id, domains in before.items()}
    for org_id, domain in pairs:
        mine = counts.setdefault(org_id, {})
        mine[domain] = mine.get(domain, 0) + 1
    return counts


def seen_domains(store: Store, folders: Iterable[str]) -> dict[str, dict[str, int]]:
    """Read in how many messages of the folders each company's domains took part."""
    counts: dict[str, Counter[str]] = {}
    for folder in folders:
        note = store.notes.get(_NOTE + folder) or {"seen": {}}
        for org_id, domains in note["seen"].items():
            counts.setdefault(org_id, Counter()).update(domains)
    return {org_id: dict(domains) for org_id, domains in counts.items()}


def counterparts(head: Head, ours: set[str]) -> tuple[bool, tuple[str, ...]]:
    """Say whether a message is ours, and who its others are."""
    outgoing = any(ours & set(hosts(address)) for address in head.sender)
    return outgoing, head.recipients if outgoing else head.sender


def owners(address: str, whose: Counterparts) -> tuple[tuple[str, str], ...]:
    """Say whose an address is, known or guessed, with the domain that tells."""
    known = next((one for one in hosts(address) if one in whose.by_domain), None)
    if known is not None:
        return ((whose.by_domain[known], known),)
    return whose.guess(address.rpartition("@")[2])


def contacts(
    head: Head, ours: set[str], domains: Mapping[str, str], subject: str
) -> list[Interaction]:
    """Make an interaction for each company that a message came from or went to."""
    outgoing, others = counterparts(head, ours)
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
    words = f"E-mail {'sent to' if outgoing else 'from'} {domain}"
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
