"""Drops what is older than it may be kept.

Of outside texts what is cited and quoted stays; of what was said inside nothing does.
Touches: events, http_cache, interactions, usage_metrics.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.models import Tables
from store.records import Event, Interaction, Kind
from store.waiting import read_event

INSIDE = (Kind.SUPPORT, Kind.CALL)
_AT_ONCE = 500
_AS_ABOVE = -1


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """The settings of `[store.retention]`, in months; 0 keeps for ever.

    Raises ValueError for fewer months than -1, which means: as raw_text_months.
    """

    # Raw texts of everything outside and fetched pages, and all that has no own window.
    raw_text_months: int = 12
    # Raw texts of news.
    news_months: int = -1
    # Tickets, whole: texts, quotes, vectors, contacts, claims that rest on them.
    support_months: int = -1
    # Calls, as whole.
    calls_months: int = -1
    # Contacts by mail.
    mail_months: int = -1
    # Usage readings.
    usage_months: int = 0

    def __post_init__(self) -> None:
        for name in self.__slots__:
            least = 0 if name == "raw_text_months" else _AS_ABOVE
            if getattr(self, name) < least:
                raise ValueError(f"store.retention.{name} is {least} or more")

    def months(self, kind: str) -> int:
        """The window of news, support, calls, mail or usage; 0 is for ever."""
        own = int(getattr(self, f"{kind}_months"))
        return self.raw_text_months if own == _AS_ABOVE else own


class Retention:
    """Finds and drops what is older than it may be kept."""

    def __init__(self, tables: Tables) -> None:
        self._t = tables
        self._database = tables.database

    def drop_texts(self, before: datetime, kinds: Collection[Kind] = ()) -> int:
        """Drop raw texts taken in before a moment, of some kinds or of all outside.

        An event keeps its title, outlet, address, dates, what was read from it, whom
        it is about, and its snippets: one that nobody has judged or cut yet waits, or
        its quotes would be lost.
        """
        table = self._t.events
        chosen = [kind.value for kind in (kinds or set(Kind) - set(INSIDE))]
        old = (
            (table.ingested_at < before)
            & table.kind.in_(chosen)
            & (table.raw_text != "")
            & ~table.linked_at.is_null()
            & (~table.cut_at.is_null() | table.org_id.is_null())
        )
        return self._in_portions(table, table.event_id, old, {"raw_text": ""})

    def drop_pages(self, before: datetime) -> int:
        """Drop the bodies of pages last fetched before a moment.

        A page loses its validators with its body, so that it is fetched whole when it
        is next asked for, and never taken for fresh.
        """
        table = self._t.http_cache
        old = (table.fetched_at < before) & (table.body != b"")
        blank = {
            "body": b"",
            "body_hash": "",
            "etag": "",
            "last_modified": "",
            "expires_at": None,
        }
        return self._in_portions(table, table.url, old, blank)

    def old_events(self, kind: Kind, before: datetime) -> list[Event]:
        """Read the inside events of a kind from before a moment."""
        table = self._t.events
        query = table.select().where(
            (table.kind == kind.value)
            & (
                (table.published_at < before)
                | (table.published_at.is_null() & (table.ingested_at < before))
            )
        )
        return [read_event(row) for row in query.order_by(table.event_id).dicts()]

    def old_contacts(self, channel: str, before: datetime) -> list[Interaction]:
        """Read the contacts over a channel from before a moment."""
        table = self._t.interactions
        query = table.select().where(
            (table.channel == channel) & (table.occurred_at < before)
        )
        ordered = query.order_by(table.interaction_id)
        return [Interaction(**row) for row in ordered.dicts()]

    def drop_contacts(self, contacts: Sequence[Interaction]) -> int:
        """Drop contacts, whole."""
        table, dropped = self._t.interactions, 0
        names = [one.interaction_id for one in contacts]
        for start in range(0, len(names), _AT_ONCE):
            chunk = names[start : start + _AT_ONCE]
            gone = table.delete().where(table.interaction_id.in_(chunk))
            dropped += gone.execute()
        return dropped

    def drop_usage(self, before: datetime) -> int:
        """Drop readings from before a moment."""
        table = self._t.usage_metrics
        return int(table.delete().where(table.ts < before).execute())

    def _in_portions(
        self, table: Any, key: Any, old: Any, blank: Mapping[str, Any]
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
