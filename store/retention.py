"""Drops the texts of others after a time; what is cited and quoted stays.

Touches: events, http_cache.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.models import Tables

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """The settings of `[store.retention]`."""

    # After so many months raw texts and fetched pages are dropped; 0 keeps them.
    raw_text_months: int = 12


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many articles' texts and fetched pages were dropped."""

    texts: int
    pages: int


class Retention:
    """Drops what is older than it may be kept."""

    def __init__(self, tables: Tables) -> None:
        self._events, self._cache = tables.events, tables.http_cache
        self._database = tables.database

    def drop_texts(self, before: datetime) -> Dropped:
        """Drop raw texts taken in, and pages last fetched, before a moment.

        An event keeps its title, outlet, address, dates, what was read from it, whom
        it is about, and its snippets: one that nobody has judged or cut yet waits, or
        its quotes would be lost. A page loses its validators with its body, so that it
        is fetched whole when it is next asked for, and never taken for fresh.
        """
        return Dropped(self._drop_events(before), self._drop_pages(before))

    def _drop_events(self, before: datetime) -> int:
        table = self._events
        old = (
            (table.ingested_at < before)
            & (table.raw_text != "")
            & ~table.linked_at.is_null()
            & (~table.cut_at.is_null() | table.org_id.is_null())
        )
        return self._in_portions(table, table.event_id, old, {"raw_text": ""})

    def _drop_pages(self, before: datetime) -> int:
        table = self._cache
        old = (table.fetched_at < before) & (table.body != b"")
        blank = {
            "body": b"",
            "body_hash": "",
            "etag": "",
            "last_modified": "",
            "expires_at": None,
        }
        return self._in_portions(table, table.url, old, blank)

    def _in_portions(
        self, table: Any, key: Any, old: Any, blank: dict[str, Any]
    ) -> int:
        """Change rows some at a time, so that nobody else waits long for the store."""
        total = 0
        while True:
            keys = [
                row[0] for row in table.select(key).where(old).limit(_AT_ONCE).tuples()
            ]
            if not keys:
                return total
            with self._database.atomic():
                table.update(**blank).where(key.in_(keys)).execute()
            total += len(keys)
