"""Drops what is older than the settings let us keep it, each kind in its own window.

Touches: the store, index files.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.app import App
from bot.jobs import erasing
from bot.jobs.erasing import Basis
from bot.report import Progress, Report
from intel import claims, evidence
from store.changes import Change
from store.records import Kind

RECEIPT = "retention.last"
# Each inside window, with the kind of its events and the channel of its contacts.
_INSIDE: Sequence[tuple[str, Kind | None, str]] = (
    ("support", Kind.SUPPORT, "zendesk"),
    ("calls", Kind.CALL, "call"),
    ("mail", None, "email"),
)


def drop(app: App, progress: Progress) -> Report:
    """Drop what is past its window; the audit log says how much, when and why.

    Articles lose their raw texts; what was said inside goes whole, and the dossiers
    that rested on it are written anew.
    """
    counts: Counter[str] = Counter()
    orgs: set[str] = set()
    with app.store.atomic():
        for kind, dropped in _outside(app).items():
            counts += _receipt(app, kind, dropped)
        for kind, event_kind, channel in _INSIDE:
            dropped, touched = _inside(app, kind, event_kind, channel)
            counts += _receipt(app, kind, dropped)
            orgs |= touched
        counts += _receipt(app, "usage", _usage(app))
        told = {"at": app.clock().isoformat(), **counts}
        app.store.notes.put(RECEIPT, told, app.clock())
    app.store.months.ahead(app.clock())
    report = Report({f"{name}_dropped": n for name, n in counts.items()})
    if orgs:
        report += erasing.follow_up(app, orgs, progress)
    elif app.store.notes.get(erasing.COMPACT):
        erasing.compact(app)
    return report


def _before(app: App, months: int) -> datetime | None:
    return months_before(app.clock(), months) if months else None


def _outside(app: App) -> dict[str, Counter[str]]:
    """Drop old texts of articles, and old pages."""
    retention, settings = app.store.retention, app.settings.store.retention
    found: dict[str, Counter[str]] = {}
    if before := _before(app, settings.months("news")):
        texts = retention.drop_texts(before, (Kind.NEWS,))
        found["news"] = Counter(texts=texts)
    if before := _before(app, settings.raw_text_months):
        others = (Kind.FUNDING, Kind.PRESS, Kind.TWEET, Kind.PRODUCT)
        texts = retention.drop_texts(before, others)
        found["raw_text"] = Counter(texts=texts, pages=retention.drop_pages(before))
        app.store.answers.drop_before(before)
    return found


def _inside(
    app: App, kind: str, event_kind: Kind | None, channel: str
) -> tuple[Counter[str], set[str]]:
    """Drop one kind of what was said inside; gives what went, and whose it was."""
    store, counts = app.store, Counter[str]()
    before = _before(app, app.settings.store.retention.months(kind))
    if before is None:
        return counts, set()
    events = store.retention.old_events(event_kind, before) if event_kind else []
    contacts = store.retention.old_contacts(channel, before)
    bases: dict[str, Basis] = {}
    for event in events:
        for org_id in erasing.orgs_of(store, event.event_id):
            bases.setdefault(org_id, Basis()).add_event(store, event)
    for contact in contacts:
        piece = evidence.interaction_evidence(contact)
        bases.setdefault(contact.org_id, Basis()).add(piece.evidence_id, piece.quote)
    for org_id, basis in bases.items():
        counts += erasing.unrest(store, org_id, basis, app.clock())
        counts["dossiers"] += store.erasing.claims(org_id, claims.SUPPORT, before)
    counts += store.erasing.events({event.event_id for event in events})
    counts["contacts"] += store.retention.drop_contacts(contacts)
    return +counts, set(bases)


def _usage(app: App) -> Counter[str]:
    before = _before(app, app.settings.store.retention.months("usage"))
    dropped = app.store.retention.drop_usage(before) if before else 0
    return Counter(readings=dropped)


def _receipt(app: App, kind: str, dropped: Counter[str]) -> Counter[str]:
    """Note in the audit log what went of a kind: how much and why, never what."""
    counts = +dropped
    if counts:
        months, now = app.settings.store.retention.months(kind), app.clock()
        change = Change("retention", f"store.retention: {kind} {months} months", now)
        told = {"before": months_before(now, months).isoformat(), **counts}
        app.store.audit.add(change.entry("", kind, "dropped", told, None))
    return counts


def months_before(now: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last of a shorter month. Pure."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))
