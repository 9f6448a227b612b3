"""What follows where something was taken out for good.

Indexes and dossiers are made anew, and Notion shows those. Touches: the store, index
files.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.app import App
from bot.jobs import dossiers, indexing, linking
from bot.jobs.orgs import live
from bot.report import Progress, Report, silent
from intel import evidence
from store import pages
from store.changes import Change
from store.erasing import URGENT
from store.records import Event, Relation
from store.store import Store
from sync.connectors import withdrawing
from sync.notion import push

_DRAFT = "draft"  # the trigger of an action item that is a letter
_TAKEN_BACK: Mapping[str, Any] = {
    "subject": "",
    "body_md": "",
    "citations": [],
    "summary": "The draft was taken back: what it rested on may be kept no longer.",
}
COMPACT = "store.compact"  # a note: the files still hold what was taken out


@dataclass(slots=True)
class Basis:
    """Evidence that goes: its ids, and the words by which it may have been quoted."""

    ids: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)

    def add(self, evidence_id: str, words: str) -> None:
        """Take up one piece."""
        self.ids.add(evidence_id)
        self.texts.append(words)

    def add_event(self, store: Store, event: Event) -> None:
        """Take up an event with every quote from it."""
        self.texts.append(event.raw_text)
        for snippet in store.events.snippets_of([event.event_id]):
            self.ids.add(snippet.snippet_id)


def orgs_of(store: Store, event_id: str) -> list[str]:
    """Whom an event is about."""
    links = store.events.links_of(event_id)
    return [link.org_id for link in links if link.relation is Relation.ABOUT]


def unrest(store: Store, org_id: str, basis: Basis, now: datetime) -> Counter[str]:
    """Take evidence out of all that rests on it: claims, reasons, items, letters."""
    counts = Counter(letters=_letters(store, org_id, basis, now))
    counts += store.erasing.evidence(basis.ids, basis.texts, org_id)
    counts["answers"] += store.answers.drop_of(org_id)
    return +counts


def take_out_withdrawn(app: App) -> Report:
    """Take out for good what sources have withdrawn, and what rested on it.

    The audit log says how much and when, never what.
    """
    store, counts, orgs = app.store, Counter[str](), set[str]()
    with store.atomic():
        notes = store.notes.starting(withdrawing.WITHDRAWN)
        events = {
            key.removeprefix(withdrawing.WITHDRAWN): n for key, n in notes.items()
        }
        for event_id, note in events.items():
            for org_id in note["orgs"]:
                basis = _withdrawn(store, event_id, note)
                counts += unrest(store, org_id, basis, app.clock())
                orgs.add(org_id)
        counts += store.erasing.events(events)
        for key in notes:
            store.notes.drop(key)
        if events:
            change = Change("source", "withdrawn at its source", app.clock())
            store.audit.add(change.entry("", "evidence", "dropped", dict(counts), None))
    return follow_up(app, orgs) if orgs else Report()


def _withdrawn(store: Store, event_id: str, note: Mapping[str, Any]) -> Basis:
    """What a withdrawn event was cited by."""
    basis = Basis(set(note["quotes"]))
    for event in store.events.many([event_id]).values():
        basis.texts.append(event.raw_text)
    for contact, summary in note["contacts"]:
        basis.add(evidence.contact_id(contact, summary), summary)
    return basis


def _letters(store: Store, org_id: str, basis: Basis, now: datetime) -> int:
    """Take back the drafts that cite what goes, in the store and in Notion."""
    done = 0
    for item in store.actions.of(org_id):
        cited = {one["evidence_id"] for one in item.payload.get("citations", ())}
        if item.trigger != _DRAFT or cited.isdisjoint(basis.ids):
            continue
        first = push.DRAFT.format(org_id=org_id, tick_id=item.payload["tick_id"])
        key = item.payload.get("comment", first)
        wanted = store.outbox.get(key)
        if wanted is not None and store.outbox.sent(key) is not None:
            store.outbox.want(key, pages.Gone(wanted.kind), org_id, URGENT, now)
        else:
            store.outbox.drop(key)
        store.actions.put(replace(item, payload={**item.payload, **_TAKEN_BACK}))
        done += 1
    return done


def follow_up(app: App, orgs: Collection[str], progress: Progress = silent) -> Report:
    """Bring indexes and dossiers in step, and the files of the store with them."""
    linking.cut(app, silent)
    report = indexing.index(app, progress)
    touched = [org for org, _ in live(app.store) if org.org_id in orgs]
    report += dossiers.write(app, touched, silent)
    compact(app)
    return report


def compact(app: App) -> None:
    """Have the files of the store hold nothing any more of what was taken out.

    Raises StoreBusy where another process keeps it from that; the next run of
    `retention` tries again.
    """
    app.store.notes.put(COMPACT, app.clock().isoformat(), app.clock())
    app.store.erasing.compact()
    app.store.notes.drop(COMPACT)
