"""Takes back inside evidence that is gone or replaced at its source.

Touches: events, event_orgs, snippets, interactions.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from store.records import Event, EventLink, Relation
from store.store import Store


def keep_linked(store: Store, event: Event, org_id: str, why: str) -> bool:
    """Keep an event that is known to be about one company; False if already here.

    One that was withdrawn and came back is linked again.
    """
    now = event.ingested_at
    assert now is not None, "whoever brings an event says when"
    new = store.events.add(replace(event, org_id=org_id), now)
    if new or not store.events.links_of(event.event_id):
        link = EventLink(event.event_id, org_id, Relation.ABOUT, why, 1.0)
        store.events.link(event.event_id, [link], now)
    return new


def withdraw(store: Store, event_ids: Iterable[str], now: datetime) -> int:
    """Take events away from every company, with their snippets; returns how many."""
    done = 0
    for event_id in event_ids:
        if store.events.links_of(event_id):
            store.events.keep_snippets(event_id, (), now)
            store.events.link(event_id, (), now)
            done += 1
    return done
