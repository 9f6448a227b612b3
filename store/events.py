"""Evidence as it came, what it has to do with whom, and its snippets.

Touches: events, event_orgs, snippets, index_changes, snippet_fts.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from peewee import fn

from store.forgotten import Forgotten, Mask
from store.models import Tables
from store.records import Event, EventLink, Kind, Relation, Snippet
from store.rows import add, find, first, slots
from store.search import KeywordSearch
from store.waiting import Mine, every, read_event, read_waiting


class Events:
    """Stores events before they are thought about, and what thinking found."""

    def __init__(self, tables: Tables) -> None:
        self._t = tables
        self._words = KeywordSearch(tables.database)
        self._forgotten = Forgotten(tables)

    def add(self, event: Event, now: datetime) -> bool:
        """Keep an event; False where it is already here."""
        row = _masked(_row(event, now), self._forgotten.mask())
        return bool(add(self._t.events, [row]))

    def get(self, event_id: str) -> Event | None:
        """Find one."""
        row = first(self._t.events, {"event_id": event_id})
        return read_event(row) if row else None

    def many(self, event_ids: Sequence[str]) -> dict[str, Event]:
        """Find several, by id."""
        table = self._t.events
        found: dict[str, Event] = {}
        for start in range(0, len(event_ids), 500):
            chunk = list(event_ids[start : start + 500])
            rows = table.select().where(table.event_id.in_(chunk)).dicts()
            found |= {row["event_id"]: read_event(row) for row in rows}
        return found

    def by_address(self, canonical_url: str) -> Event | None:
        """Find the event kept under a canonical address."""
        key = {"canonical_url": canonical_url}
        row = first(self._t.events, key, "ingested_at")
        return read_event(row) if row else None

    def by_content(self, content_hash: str) -> Event | None:
        """Find the first event with the same text."""
        key = {"content_hash": content_hash}
        row = first(self._t.events, key, "ingested_at")
        return read_event(row) if row else None

    def unlinked(self, limit: int = 500, mine: Mine = every) -> list[Event]:
        """Read events nobody has yet asked whom they are about."""
        table = self._t.events
        order = table.ingested_at, table.event_id
        return read_waiting(table, table.linked_at.is_null(), order, limit, mine)

    def unlink_all(self) -> int:
        """Ask again about every event: a company is new or goes by new names."""
        return int(self._t.events.update(linked_at=None).execute())

    def unlink(self, event_ids: Sequence[str]) -> None:
        """Ask again about some events."""
        table = self._t.events
        for start in range(0, len(event_ids), 500):
            chunk = list(event_ids[start : start + 500])
            query = table.update(linked_at=None).where(table.event_id.in_(chunk))
            query.execute()

    def naming(self, patterns: Iterable[str]) -> list[str]:
        """Find the ids of events whose text or address fits a pattern of LIKE."""
        table = self._t.events
        found: set[str] = set()
        for pattern in patterns:
            query = table.select(table.event_id).where(
                (table.title**pattern)
                | (table.raw_text**pattern)
                | (table.url**pattern)
                | (table.canonical_url**pattern)
                | (table.source**pattern)
            )
            found.update(row["event_id"] for row in query.dicts())
        return sorted(found)

    def from_feeds_of(self, org_id: str, limit: int = 50) -> list[Event]:
        """Read the newest events that came by a feed given for an org."""
        events, entries = self._t.events, self._t.entries
        mine = entries.select(entries.event_id).where(entries.org_id == org_id)
        query = events.select().where(events.event_id.in_(mine))
        ordered = query.order_by(events.published_at.desc(), events.event_id)
        return [read_event(row) for row in ordered.limit(limit).dicts()]

    def link(self, event_id: str, links: Iterable[EventLink], now: datetime) -> None:
        """Say whom an event is about; replaces what was said before."""
        chosen = list(links)
        table = self._t.event_orgs
        with self._t.database.atomic(about=event_id):
            before = set(self._about(event_id))
            table.delete().where(table.event_id == event_id).execute()
            add(table, [_link_row(link) for link in chosen])
            after = [link.org_id for link in chosen if link.relation == Relation.ABOUT]
            self._note_changes(event_id, before ^ set(after))
            events = self._t.events
            events.update(
                linked_at=now, org_id=after[0] if after else None, rounds_at=None
            ).where(events.event_id == event_id).execute()

    def links_of(self, event_id: str) -> list[EventLink]:
        """Read what was said of an event."""
        rows = find(self._t.event_orgs, {"event_id": event_id})
        return [
            EventLink(**{**row, "relation": Relation(row["relation"])}) for row in rows
        ]

    def links_to(self, org_id: str) -> list[EventLink]:
        """Read what was said of an org, in every relation."""
        rows = find(self._t.event_orgs, {"org_id": org_id})
        return [
            EventLink(**{**row, "relation": Relation(row["relation"])}) for row in rows
        ]

    def links_among(self, org_id: str, event_ids: Sequence[str]) -> list[EventLink]:
        """Read what was said of an org in some events."""
        table = self._t.event_orgs
        mine = (table.org_id == org_id) & table.event_id.in_(list(event_ids))
        return [
            EventLink(**{**row, "relation": Relation(row["relation"])})
            for row in table.select().where(mine).dicts()
        ]

    def about(self, org_id: str, since: datetime | None = None) -> list[Event]:
        """Read the events about an org, newest first."""
        events, links = self._t.events, self._t.event_orgs
        mine = links.select(links.event_id).where(
            (links.org_id == org_id) & (links.relation == Relation.ABOUT.value)
        )
        query = events.select().where(events.event_id.in_(mine))
        if since is not None:
            query = query.where(
                (events.published_at >= since)
                | (events.published_at.is_null() & (events.ingested_at >= since))
            )
        ordered = query.order_by(events.published_at.desc(), events.event_id)
        return [read_event(row) for row in ordered.dicts()]

    def addresses(self, org_id: str, but: Iterable[Kind], most: int) -> list[str]:
        """Read the addresses of the newest events about an org, but of some kinds."""
        events, links = self._t.events, self._t.event_orgs
        query = (
            events.select(events.url)
            .join(links, on=(links.event_id == events.event_id))
            .where(
                (links.org_id == org_id)
                & (links.relation == Relation.ABOUT.value)
                & events.kind.not_in([kind.value for kind in but])
            )
            .order_by(events.published_at.desc(), events.event_id)
        )
        return [url for (url,) in query.limit(most).tuples()]

    def newest(self, since: datetime) -> list[tuple[str, str, datetime]]:
        """Read (org, kind, time of the newest event about it) of every org."""
        events, links = self._t.events, self._t.event_orgs
        at = fn.COALESCE(events.published_at, events.ingested_at)
        query = (
            events.select(links.org_id, events.kind, fn.MAX(at))
            .join(links, on=(links.event_id == events.event_id))
            .where((links.relation == Relation.ABOUT.value) & (at >= since))
            .group_by(links.org_id, events.kind)
        )
        convert = events.published_at.python_value
        return [(org, kind, convert(at)) for org, kind, at in query.tuples()]

    def set_story(self, event_id: str, story_id: str) -> None:
        """Say which story an event belongs to."""
        table = self._t.events
        query = table.update(story_id=story_id).where(table.event_id == event_id)
        query.execute()

    def unsorted(self, limit: int = 500, mine: Mine = every) -> list[Event]:
        """Read events about somebody that belong to no story yet, oldest first."""
        table = self._t.events
        chosen = (table.story_id == "") & ~table.org_id.is_null()
        order = table.published_at, table.event_id
        return read_waiting(table, chosen, order, limit, mine)

    def in_stories(self, org_ids: Sequence[str], since: datetime) -> list[Event]:
        """Read the events about some orgs since a time that belong to a story."""
        events, links = self._t.events, self._t.event_orgs
        about = links.select(links.event_id).where(
            links.org_id.in_(list(org_ids)) & (links.relation == Relation.ABOUT.value)
        )
        query = events.select().where(
            events.event_id.in_(about)
            & (events.story_id != "")
            & (events.published_at >= since)
        )
        return [read_event(row) for row in query.order_by(events.event_id).dicts()]

    def set_kind(self, event_id: str, kind: Kind, extracted: dict[str, Any]) -> None:
        """Correct an event's kind and what was read from it."""
        table = self._t.events
        told = self._forgotten.mask().value(extracted)
        query = table.update(kind=kind.value, extracted=told)
        query.where(table.event_id == event_id).execute()

    def uncut(self, limit: int = 500, mine: Mine = every) -> list[Event]:
        """Read linked events that have no snippets yet."""
        table = self._t.events
        chosen = table.cut_at.is_null() & ~table.org_id.is_null()
        order = table.ingested_at, table.event_id
        return read_waiting(table, chosen, order, limit, mine)

    def keep_snippets(
        self, event_id: str, snippets: Sequence[Snippet], now: datetime
    ) -> None:
        """Replace an event's snippets and make them findable."""
        table, events = self._t.snippets, self._t.events
        with self._t.database.atomic(about=event_id):
            old = [s.snippet_id for s in self.snippets_of([event_id])]
            self._words.remove(old)
            table.delete().where(table.event_id == event_id).execute()
            add(table, [slots(snippet) for snippet in snippets])
            self._words.add(snippets)
            self._note_changes(event_id, self._about(event_id))
            events.update(cut_at=now).where(events.event_id == event_id).execute()

    def snippets_of(self, event_ids: Sequence[str]) -> list[Snippet]:
        """Read the snippets of some events, in the order of the text."""
        table = self._t.snippets
        query = table.select().where(table.event_id.in_(list(event_ids)))
        return [
            Snippet(**r) for r in query.order_by(table.event_id, table.start).dicts()
        ]

    def snippets(self, snippet_ids: Sequence[str]) -> list[Snippet]:
        """Read some snippets, by id."""
        table = self._t.snippets
        query = table.select().where(table.snippet_id.in_(list(snippet_ids)))
        return [Snippet(**r) for r in query.order_by(table.snippet_id).dicts()]

    def snippets_about(self, org_id: str) -> list[Snippet]:
        """Read every snippet of events about an org."""
        table, links = self._t.snippets, self._t.event_orgs
        mine = links.select(links.event_id).where(
            (links.org_id == org_id) & (links.relation == Relation.ABOUT.value)
        )
        query = table.select().where(table.event_id.in_(mine))
        return [Snippet(**r) for r in query.order_by(table.snippet_id).dicts()]

    def search(self, org_id: str, query: str, k: int) -> list[str]:
        """Find an org's snippets by words, best first."""
        return self._words.find(org_id, query, k)

    def changed_orgs(self) -> dict[str, int]:
        """Orgs whose index is behind, each with the number of its last change."""
        table = self._t.index_changes
        query = table.select(table.org_id, fn.MAX(table.seq).alias("last"))
        return {r["org_id"]: r["last"] for r in query.group_by(table.org_id).dicts()}

    def indexed(self, org_id: str, up_to: int) -> None:
        """Note that an org's index holds every change up to a number."""
        table = self._t.index_changes
        table.delete().where((table.org_id == org_id) & (table.seq <= up_to)).execute()

    def count(self) -> int:
        """Count the events."""
        return int(self._t.events.select().count())

    def _about(self, event_id: str) -> list[str]:
        return [
            link.org_id
            for link in self.links_of(event_id)
            if link.relation == Relation.ABOUT
        ]

    def _note_changes(self, event_id: str, orgs: Iterable[str]) -> None:
        changes = [{"org_id": org, "event_id": event_id} for org in sorted(orgs)]
        add(self._t.index_changes, changes)


def _row(event: Event, now: datetime) -> dict[str, Any]:
    return slots(event) | {
        "kind": event.kind.value,
        "extracted": dict(event.extracted),
        "ingested_at": event.ingested_at or now,
    }


def _masked(row: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """Blacken forgotten people in what an event says."""
    said = ("title", "raw_text", "extracted")
    return row | {name: mask.value(row[name]) for name in said}


def _link_row(link: EventLink) -> dict[str, Any]:
    return slots(link) | {"relation": link.relation.value}
