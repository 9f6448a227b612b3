"""Brings product usage out of a database of yours by a query of yours.

The query's columns org, metric, ts and value are one reading a row. Touches: that
database (through sync/connectors/sql.py), usage_metrics, notes.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from store.store import Store
from sync.connectors import sql
from sync.connectors.sql import Asked, Batch, Limits
from sync.connectors.usage import Delivery, FindOrg, Problem, sort
from sync.connectors.usage_sql_settings import UsageSqlSettings
from sync.source import Counts, Progress, silent

NOTE = "usage_sql"
_SETTING = "sync.connectors.usage_sql"


class UsageSqlSource:
    """A query, asked from a little before its newest reading on.

    It is asked from the start again where query or database changed, or a company
    appeared that an earlier answer named.
    """

    name = "usage_sql"

    def __init__(
        self,
        settings: UsageSqlSettings,
        store: Store,
        find_org: FindOrg,
        progress: Progress = silent,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._store = settings, store
        self._find_org, self._progress = find_org, progress
        self._limits = Limits(settings.timeout_s, clock)

    def pull(self, now: datetime) -> Counts:
        """Keep every good row as a reading; raises SqlError.

        Counts `rows`, `readings` and `bad_rows`. Each batch is kept when it has come;
        where the next begins is moved only when all have. The note `usage_sql` holds
        that, the problems and the unknown orgs.
        """
        settings, place = self._settings, _Place.read(self._store.notes.get(NOTE))
        asked = Asked.of(settings.url, settings.query)
        if place.asked != asked.mark or any(map(self._find_org, place.unknown)):
            place = _Place()
        since, newest, unknown = self._since(place, now), place.newest, {*place.unknown}
        counts: Counter[str] = Counter(rows=0, readings=0, bad_rows=0)
        problems: list[Problem] = []
        with closing(sql.batches(asked, since, settings.batch, self._limits)) as found:
            for rows in found:
                taken = sort(rows, asked.name, self._find_org, now)
                counts.update(self._keep(rows, taken))
                newest = max([newest, *(r.ts.isoformat() for r in taken.readings)])
                problems += taken.problems[: settings.listed_problems - len(problems)]
                unknown |= taken.unknown
                self._progress(counts["rows"], counts["rows"], "usage query")
        listed = [[p.file, p.line, p.reason] for p in problems]
        done = _Place(asked.mark, newest, sorted(unknown), listed)
        self._store.notes.put(NOTE, done.as_json(), now)
        return dict(counts)

    def check(self, now: datetime) -> str:
        """Ask for a day and keep nothing; gives where it was asked. Raises SqlError."""
        asked = Asked.of(self._settings.url, self._settings.query)
        with closing(sql.batches(asked, now.date(), 1, self._limits)) as found:
            next(found, None)
        return asked.where

    def problems(self) -> list[Problem]:
        """The bad rows of the last reading, as far as they are listed."""
        listed = _Place.read(self._store.notes.get(NOTE)).problems
        return [Problem(*row) for row in listed]

    def _keep(self, rows: Batch, taken: Delivery) -> Mapping[str, int]:
        kept = self._store.usage.put(taken.readings)
        return {"rows": len(rows), "readings": kept, "bad_rows": len(taken.problems)}

    def _since(self, place: "_Place", now: datetime) -> date:
        first = (now - timedelta(days=self._settings.first_days)).date()
        if not place.newest:
            return first
        newest = datetime.fromisoformat(place.newest).date()
        return max(first, newest - timedelta(days=self._settings.overlap_days))


@dataclass(frozen=True, slots=True)
class _Place:
    """How far the query was read, as the note keeps it."""

    asked: str = ""
    newest: str = ""
    unknown: Sequence[str] = ()
    problems: Sequence[Sequence[Any]] = ()

    @classmethod
    def read(cls, note: Any) -> "_Place":
        return cls(**note) if note else cls()

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}
