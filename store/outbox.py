"""What Notion should show, what we are about to do, and what it shows by our hand.

Touches: outbox, sent.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from peewee import fn

from store import pages
from store.models import Tables
from store.records import Sent, Wanted
from store.rows import change, due, find, first, put, slots
from store.waiting import Mine, every


class Outbox:
    """Wanted things under stable keys. `state` is pending, held or done."""

    def __init__(self, tables: Tables) -> None:
        self._outbox = tables.outbox
        self._sent = tables.sent
        self._database = tables.database

    def want(
        self, key: str, body: pages.Body, org_id: str, priority: int, now: datetime
    ) -> bool:
        """Say what should be shown; False where that is wanted already."""
        wanted_hash = pages.body_hash(body)
        with self._database.atomic(about=key):
            if self._alone(key) == wanted_hash:
                return False
            row = {
                "key": key,
                "kind": pages.kind_of(body),
                "org_id": org_id,
                "body": pages.to_json(body),
                "wanted_hash": wanted_hash,
                "priority": priority,
                "state": "pending",
                "not_before": None,
                "last_error": "",
                "attempts": 0,
                "updated_at": now,
            }
            put(self._outbox, row, "key")
        return True

    def get(self, key: str) -> Wanted | None:
        """Find one."""
        row = first(self._outbox, {"key": key})
        return Wanted(**row) if row else None

    def pending(
        self, now: datetime, limit: int = 1000, mine: Mine = every
    ) -> list[Wanted]:
        """Read what is to be done now: ticks first, oldest first within a priority.

        Of a share of the work, what belongs to its companies; else by its key. That is
        chosen before any body is read: pages are large.
        """
        table = self._outbox
        query = self._due(table.select(table.key, table.org_id), now)
        if mine is every:
            query = query.limit(limit)
        rows = query.tuples().iterator()
        keys = (key for key, org_id in rows if mine(org_id, key))
        found = (self.get(key) for key in list(islice(keys, limit)))
        return [wanted for wanted in found if wanted is not None]

    def count(self, state: str) -> int:
        """Count the rows in a state."""
        table = self._outbox
        query = table.select(fn.COUNT(table.key)).where(table.state == state)
        return int(query.scalar())

    def all(self, state: str | None = None) -> list[Wanted]:
        """Read every row (in one state, where given), by key."""
        table = self._outbox
        query = table.select().order_by(table.key)
        if state is not None:
            query = query.where(table.state == state)
        return [Wanted(**row) for row in query.dicts()]

    def counts(self) -> dict[str, tuple[int, datetime]]:
        """How many there are in each state, and since when the oldest has been so."""
        table = self._outbox
        oldest = fn.MIN(table.updated_at)
        query = table.select(table.state, fn.COUNT(table.key), oldest)
        convert = table.updated_at.python_value
        rows = query.group_by(table.state).tuples()
        return {state: (int(count), convert(at)) for state, count, at in rows}

    def begin(self, key: str, attempt: Mapping[str, Any], now: datetime) -> None:
        """Record what is about to be written, before it is."""
        self._change(key, attempt=dict(attempt), updated_at=now)

    def done(self, key: str, sent: Sent, now: datetime) -> None:
        """Record what was written; pending stays where more is wanted by now."""
        with self._database.atomic(about=key):
            put(self._sent, slots(sent), "key")
            state = "done" if self._alone(key) == sent.wanted_hash else "pending"
            self._change(
                key,
                attempt=None,
                state=state,
                last_error="",
                attempts=0,
                not_before=None,
                updated_at=now,
            )

    def progress(self, sent: Sent) -> None:
        """Record part of what was written; the row stays as it is."""
        put(self._sent, slots(sent), "key")

    def fail(
        self, key: str, error: str, not_before: datetime | None, now: datetime
    ) -> None:
        """Keep a row for later, with the reason; the attempt stays recorded."""
        query = self._outbox.update(
            last_error=error,
            not_before=not_before,
            attempts=self._outbox.attempts + 1,
            updated_at=now,
        )
        query.where(self._outbox.key == key).execute()

    def hold(self, key: str, reason: str, now: datetime) -> None:
        """Stop trying until something else is wanted."""
        self._change(key, state="held", last_error=reason, updated_at=now)

    def drop(self, key: str) -> None:
        """Forget that something was wanted; what was sent stays known."""
        self._outbox.delete().where(self._outbox.key == key).execute()

    def sent(self, key: str) -> Sent | None:
        """What we last made Notion show under a key."""
        row = first(self._sent, {"key": key})
        return _sent(row) if row else None

    def all_sent(self) -> list[Sent]:
        """Read everything we made Notion show, by key."""
        table = self._sent
        return [_sent(row) for row in table.select().order_by(table.key).dicts()]

    def addresses(self, prefix: str) -> dict[str, str]:
        """Where what was sent under keys that start so stands, by key."""
        table = self._sent
        query = table.select(table.key, table.url)
        return dict(query.where(table.key.startswith(prefix)).tuples())

    def forget_sent(self, key: str) -> None:
        """Forget what was sent, because it is gone from Notion."""
        self._sent.delete().where(self._sent.key == key).execute()

    def _due(self, query: Any, now: datetime) -> Any:
        table = self._outbox
        chosen = (table.state == "pending") & due(table, "not_before", now)
        order = table.priority, table.updated_at, table.key
        return query.where(chosen).order_by(*order)

    def _alone(self, key: str) -> str | None:
        """The hash of one that nobody else changes before this transaction ends."""
        found = find(self._outbox, {"key": key}, lock=True, only=("wanted_hash",))
        return str(found[0]["wanted_hash"]) if found else None

    def _change(self, key: str, **columns: Any) -> None:
        change(self._outbox, {"key": key}, columns)


def _sent(row: dict[str, Any]) -> Sent:
    row["blocks"] = tuple(row["blocks"])
    return Sent(**row)
