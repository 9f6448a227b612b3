"""Brings what stands inside the house: the Companies file, support, calls, mail.

Each job does nothing where its source is not configured. Texts are redacted before the
store sees them. Touches: files, the web, a mail server, the store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from bot.app import App
from bot.errors import NoSecret
from bot.fields import READERS
from bot.jobs import domains, erasing, newcomers, outside
from bot.report import Progress, Report
from intel import redact, sentiment, text
from intel.counterparts import guesser
from intel.privacy.known import Known
from store import ids
from store.records import Org
from store.store import Store
from sync import retry
from sync.connectors.calls import CallsSource, Transcribe
from sync.connectors.errors import ApiSilent
from sync.connectors.mail import Counterparts, MailSource, domains_of, seen_domains
from sync.connectors.orgs_csv import OrgsCsvSource
from sync.connectors.usage import Problem, org_finder
from sync.connectors.words import Words
from sync.connectors.zendesk import ZendeskSource, zendesk_api

_NOT_SENT = "recordings are not sent for transcribing in a dry run"


def companies(app: App, progress: Progress) -> Report:
    """Read the Companies file where it changed; its newcomers become rows in Notion."""
    settings = app.settings.sync.connectors.orgs_csv
    if not settings.file:
        return newcomers.withdraw(app)
    source = companies_file(app, progress)
    report = Report(source.pull(app.clock()), _lines(source.problems()))
    return report + newcomers.want(app, source.newcomers())


def companies_file(app: App, progress: Progress) -> OrgsCsvSource:
    """Make the source of the Companies file."""
    settings = app.settings.sync.connectors.orgs_csv
    return OrgsCsvSource(settings, app.store, read_field, progress)


def support(app: App, progress: Progress) -> Report:
    """Bring tickets that changed, with their comments."""
    settings = app.settings.sync.connectors.zendesk
    if not settings.base_url:
        return Report()
    source = zendesk(app, progress)
    counts = source.pull(app.clock())
    return Report(counts, source.problems) + erasing.take_out_withdrawn(app)


def zendesk(app: App, progress: Progress) -> ZendeskSource:
    """Make the source of tickets; raises NoSecret."""
    settings = app.settings.sync.connectors.zendesk
    token, store = app.settings.secrets.zendesk_token, app.store
    if not token:
        raise NoSecret("ZENDESK_TOKEN", "zendesk.base_url")
    api = zendesk_api(settings, token, outside.outside_line(app), store)
    orgs = store.orgs.all()
    find, words = org_finder(orgs), words_for(app, orgs)
    source = ZendeskSource(settings, api, store, find, words, progress)
    source.stopping = app.halts
    return source


def calls(app: App, progress: Progress) -> Report:
    """Read transcripts and recordings that are new in the drop folder."""
    settings, store = app.settings.sync.connectors.calls, app.store
    if not settings.folder:
        return Report()
    orgs = store.orgs.all()
    find, words = org_finder(orgs), words_for(app, orgs)
    source = CallsSource(settings, store, find, words, _transcribe(app), progress)
    source.stopping = app.halts
    counts = source.pull(app.clock())
    report = Report(counts, _lines(source.problems()), _held_back(app, counts))
    return report + erasing.take_out_withdrawn(app)


def _held_back(app: App, counts: Mapping[str, int]) -> tuple[str, ...]:
    waiting = counts.get("waiting", 0) if app.dry_run else 0
    words = f"recordings that would be sent for transcribing: {waiting}"
    return (words,) if waiting else ()


def _transcribe(app: App) -> Transcribe | None:
    settings = app.settings.sync.connectors.calls.audio
    if not settings.base_url:
        return None
    if app.dry_run:
        return _not_sent
    from sync.connectors.transcribe import transcriber  # noqa: PLC0415  (slow)

    key = app.settings.secrets.transcribe_key
    return transcriber(settings, key, retry.Policy())


def _not_sent(name: str, body: bytes) -> NoReturn:
    del name, body
    raise ApiSilent("The endpoint", _NOT_SENT, at_once=False)


def mail(app: App, progress: Progress) -> Report:
    """Look through the mailbox for contacts, and for the domains of companies."""
    settings, store = app.settings.sync.connectors.mail, app.store
    if not settings.host:
        return Report()
    source = mailbox(app)
    source.progress, source.stopping = progress, app.halts
    counts = source.pull(app.clock())
    _keep_domains(store, seen_domains(store, settings.folders), app.clock())
    return Report(counts, source.problems)


def mailbox(app: App) -> MailSource:
    """Make the source of contacts by mail; raises NoSecret."""
    settings, store = app.settings.sync.connectors.mail, app.store
    password, orgs = app.settings.secrets.mail_password, store.orgs.all()
    if not password:
        raise NoSecret("MAIL_PASSWORD", "mail.host")
    bare = Redactor(keep_list(app, orgs))
    return MailSource(settings, password, store, counterparts(orgs), bare)


def counterparts(orgs: Sequence[Org]) -> Counterparts:
    """Say whom addresses belong to. Pure."""
    known = domains_of(orgs)
    names = {org.org_id: sorted(org.names) for org in orgs}
    return Counterparts(known, guesser(orgs), ids.value_hash([known, names]))


def _keep_domains(store: Store, seen: dict[str, dict[str, int]], now: datetime) -> None:
    """Keep what mail tells of companies' domains, for the job that looks for them."""
    wanted = {domains.MAILS + org_id: counts for org_id, counts in seen.items()}
    before = store.notes.starting(domains.MAILS)
    with store.atomic():
        for key in before.keys() - wanted.keys():
            store.notes.drop(key)
        for key, counts in wanted.items():
            if before.get(key) != counts:
                store.notes.put(key, counts, now)


@dataclass(frozen=True, slots=True)
class Redactor:
    """Cleans and redacts a text: `keep` are names that are nobody's own."""

    keep: tuple[str, ...]

    def __call__(self, said: str, people: Sequence[str]) -> str:
        """Give what may be kept of a text in which these people take part. Pure."""
        plain = "\n".join(text.clean(line) for line in said.splitlines())
        return redact.redact(plain.strip(), Known(tuple(people), self.keep)).text


def words_for(app: App, orgs: Iterable[Org]) -> Words:
    """Say what is done to every text from inside before it is kept."""
    return Words(Redactor(keep_list(app, orgs)), sentiment.feeling)


def keep_list(app: App, orgs: Iterable[Org]) -> tuple[str, ...]:
    """List the names that stay, though they may look like people's."""
    known = (name for org in orgs for name in org.names)
    return tuple(dict.fromkeys((*app.settings.intel.privacy.keep, *known)))


def read_field(field: str, value: str, now: datetime) -> Any:
    """Read a cell of the Companies file as the same column in Notion is read."""
    return READERS[field](value, now)


def _lines(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(
        f"{p.file}:{p.line}: {p.reason}" if p.line else f"{p.file}: {p.reason}"
        for p in problems
    )
