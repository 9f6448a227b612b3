"""Gathers what a company's tickets come to. Touches: the store, index files."""

from datetime import timedelta

from bot.app import App
from intel import tickets
from intel.index import Index
from intel.retrieve import Retriever
from intel.themes import ALIKE, MOST_REMARKS, Remark
from intel.tickets import Look
from store.records import Event, Evidence, Kind, Org

_USUAL = 2  # windows: what there was before is told beside what there is


def signals(app: App, org: Org, finder: Retriever) -> tuple[Evidence, ...]:
    """Say how many tickets there were, how they stand, and what they are about.

    The vectors of the company's index tell which remarks are alike; what is not in it
    yet is left out.
    """
    store, now = app.store, app.clock()
    name = app.embedder()[0].name
    days = app.settings.intel.dossier.window_days
    look = Look(now, days, ALIKE.get(name, max(ALIKE.values())))
    events = _events(app, org, days)
    quotes = store.events.snippets_of([event.event_id for event in events])
    if not quotes:
        return ()
    opened = finder.index(org.org_id)
    said = _known(tickets.remarks(events, quotes, look.since), opened)
    vectors = opened.rows([remark.evidence_id for remark in said])
    every = tickets.tickets(events)
    return tickets.support_signals(org, every, said, vectors, look)


def _events(app: App, org: Org, days: int) -> list[Event]:
    since = app.clock() - timedelta(days=_USUAL * days)
    about = app.store.events.about(org.org_id, since)
    return [event for event in about if event.kind is Kind.SUPPORT]


def _known(remarks: tuple[Remark, ...], opened: Index) -> list[Remark]:
    newest = sorted(remarks, key=lambda r: (-r.at.timestamp(), r.evidence_id))
    return [r for r in newest if r.evidence_id in opened.ids][:MOST_REMARKS]
