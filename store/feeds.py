"""Feeds, their items before the articles are fetched, and fetched answers.

Touches: feeds, entries, http_cache.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from peewee import fn

from store.forgotten import Forgotten, Mask
from store.models import Tables
from store.records import Entry, Feed, Fetched
from store.rows import add, due, find, first, put, slots


class Feeds:
    """The feeds to read, each with its own pace."""

    def __init__(self, tables: Tables) -> None:
        self._feeds = tables.feeds

    def add(self, feed: Feed) -> bool:
        """Take up a feed; False where it is known (its state then stays)."""
        return bool(add(self._feeds, [slots(feed)]))

    def put(self, feed: Feed) -> None:
        """Write a feed whole."""
        put(self._feeds, slots(feed), "url")

    def drop(self, url: str) -> None:
        """Stop reading a feed."""
        self._feeds.delete().where(self._feeds.url == url).execute()

    def all(self) -> list[Feed]:
        """Read every feed, by address."""
        return [Feed(**row) for row in find(self._feeds, {}, "url")]

    def get(self, url: str) -> Feed | None:
        """Find one."""
        row = first(self._feeds, {"url": url})
        return Feed(**row) if row else None

    def due(self, now: datetime) -> list[Feed]:
        """Read the feeds whose time has come, the longest waiting first."""
        table = self._feeds
        query = table.select().where(due(table, "next_due", now))
        ordered = query.order_by(table.next_due, table.url)
        return [Feed(**row) for row in ordered.dicts()]


class Entries:
    """Items of feeds: pending, fetched, failed or skipped."""

    def __init__(self, tables: Tables) -> None:
        self._entries = tables.entries
        self._database = tables.database
        self._forgotten = Forgotten(tables)

    def add(self, entries: Iterable[Entry]) -> int:
        """Keep new items; returns how many were new."""
        mask = self._forgotten.mask()
        rows = [_entry_row(entry, mask) for entry in entries]
        with self._database.atomic():
            return add(self._entries, rows)

    def put(self, entry: Entry) -> None:
        """Write an item whole."""
        put(self._entries, _entry_row(entry, self._forgotten.mask()), "entry_id")

    def pending(self, limit: int = 1000) -> list[Entry]:
        """Read items whose article is still to be fetched, oldest find first."""
        table = self._entries
        query = table.select().where(table.state == "pending")
        ordered = query.order_by(table.seen_at, table.entry_id).limit(limit)
        return [Entry(**row) for row in ordered.dicts()]

    def of_feed(self, feed_url: str, limit: int = 100) -> list[Entry]:
        """Read a feed's newest items."""
        order = ("-published_at", "entry_id")
        found = find(self._entries, {"feed_url": feed_url}, *order, limit=limit)
        return [Entry(**row) for row in found]

    def in_state(self, state: str) -> list[Entry]:
        """Read the items in a state, by id."""
        table = self._entries
        query = table.select().where(table.state == state)
        return [Entry(**row) for row in query.order_by(table.entry_id).dicts()]

    def counts(self) -> dict[str, int]:
        """How many items are in each state."""
        table = self._entries
        query = table.select(table.state, fn.COUNT(table.entry_id))
        return {s: int(count) for s, count in query.group_by(table.state).tuples()}

    def dates(self, feed_url: str, limit: int) -> list[datetime]:
        """When a feed's newest items were published."""
        table = self._entries
        dated = (table.feed_url == feed_url) & ~table.published_at.is_null()
        query = table.select(table.published_at).where(dated)
        ordered = query.order_by(table.published_at.desc()).limit(limit)
        return [row[0] for row in ordered.tuples()]


class HttpCache:
    """Answers of the web, by the address that was asked."""

    def __init__(self, tables: Tables) -> None:
        self._cache = tables.http_cache
        self._forgotten = Forgotten(tables)

    def get(self, url: str) -> Fetched | None:
        """Find the last answer, good or bad."""
        row = first(self._cache, {"url": url})
        return _fetched(row) if row else None

    def put(self, fetched: Fetched) -> None:
        """Keep an answer in place of the one before."""
        kept = self._forgotten.mask().page(fetched)
        put(self._cache, slots(kept), "url")


def _entry_row(entry: Entry, mask: Mask) -> dict[str, Any]:
    said = {"title": mask.text(entry.title), "summary": mask.text(entry.summary)}
    return slots(entry) | said


def _fetched(row: dict[str, Any]) -> Fetched:
    return Fetched(**{**row, "body": bytes(row["body"])})
