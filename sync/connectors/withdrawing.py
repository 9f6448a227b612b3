"""Takes back inside evidence that is gone or replaced at its source.

What rested on it (claims, reasons, letters) is not this room's to find: a note tells of
it until somebody has. Touches: events, event_orgs, snippets, notes.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from store.records import Event, EventLink, Interaction, Relation
from store.store import Store

WITHDRAWN = "withdrawn."  # notes: what was withdrawn and is not taken out yet


def keep_linked(store: Store, event: Event, org_id: str, why: str) -> bool:
    """Keep an event that is known to be about one company; False if already here.

    One that was withdrawn and came back is linked again.
    """
    now = event.ingested_at
    assert now is not None, "whoever brings an event says when"
    new = store.events.add(replace(event, org_id=org_id), now)
    if new or not store.events.links_of(event.event_id):
        store.notes.drop(WITHDRAWN + event.event_id)
        link = EventLink(event.event_id, org_id, Relation.ABOUT, why, 1.0)
        store.events.link(event.event_id, [link], now)
    return new


def withdraw(
    store: Store,
    event_ids: Iterable[str],
    now: datetime,
    contacts: Iterable[Interaction] = (),
) -> int:
    """Take events away from every company, with their snippets; returns how many.

    What rested on them and on their `contacts` is left to whoever reads the notes that
    start with `WITHDRAWN`: the texts stay until then.
    """
    done, said = 0, [[one.interaction_id, one.summary] for one in contacts]
    for event_id in event_ids:
        links = store.events.links_of(event_id)
        if links:
            quotes = [one.snippet_id for one in store.events.snippets_of([event_id])]
            told = {
                "orgs": sorted({link.org_id for link in links}),
                "quotes": quotes,
                "contacts": said,
            }
            store.notes.put(WITHDRAWN + event_id, told, now)
            store.events.keep_snippets(event_id, (), now)
            store.events.link(event_id, (), now)
            done += 1
    return done
