"""Who works on which share of which jobs: one process each, until its time runs out.

Each taking has a token of its own. Whoever was asleep while another took over finds
another token there, and may not write. Touches: leases.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from peewee import OperationalError

from store.errors import LeaseLost, StoreWaited
from store.models import Tables
from store.rows import find, first, put, slots

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True, slots=True)
class Lease:
    """Share `number` of `count` of some work; the whole of it is 1 of 1.

    `holder` is for people to read, `process` tells one process from all others.
    """

    work: str
    number: int = 1
    count: int = 1
    holder: str = ""
    process: str = ""
    token: int = 0
    taken_at: datetime | None = None
    renewed_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def name(self) -> str:
        """What it is kept under."""
        return f"{self.work} {self.number}/{self.count}"

    def is_held(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return self.expires_at is not None and self.expires_at > now

    def overlaps(self, other: "Lease") -> bool:
        """Whether both hold the same company: two slices of as many do not."""
        if self.work != other.work:
            return False
        return self.count != other.count or self.number == other.number


class Leases:
    """Takes, renews and gives back leases."""

    def __init__(self, tables: Tables) -> None:
        self._leases = tables.leases
        self._database = tables.database

    def take(
        self,
        wanted: Sequence[Lease],
        now: datetime,
        life: timedelta,
        is_gone: Callable[[Lease], bool],
    ) -> list[Lease] | Lease:
        """Take some leases together; gives what stands against it where one is held.

        One that ran out is taken over, and one whose holder `is_gone`.
        """
        with self._database.atomic():
            before = {lease.name: lease for lease in self.all()}
            overlapping = [one for one in before.values() if _overlaps(one, wanted)]
            for lease in overlapping:
                if lease.is_held(now) and not is_gone(lease):
                    return lease
            for lease in overlapping:
                self._end(lease, now)
            return [
                self._put(lease, before.get(lease.name), now, life) for lease in wanted
            ]

    def renew(self, held: Iterable[Lease], now: datetime, life: timedelta) -> None:
        """Hold some leases for longer.

        Raises LeaseLost where one is not ours now, StoreError where it cannot be told.
        """
        table = self._leases
        try:
            with self._database.atomic():
                for lease in held:
                    self.check(lease)
                    query = table.update(renewed_at=now, expires_at=now + life)
                    query.where(table.name == lease.name).execute()
        except OperationalError as error:
            raise StoreWaited(str(error)) from error

    def check(self, lease: Lease) -> None:
        """See that a lease is still ours; raises LeaseLost."""
        row = first(self._leases, {"name": lease.name})
        if row is None or row["token"] != lease.token:
            raise LeaseLost(lease.name, row["holder"] if row else "")

    def give_back(self, held: Iterable[Lease], now: datetime) -> None:
        """End some leases that are still ours."""
        table = self._leases
        for lease in held:
            ours = (table.name == lease.name) & (table.token == lease.token)
            table.update(expires_at=now).where(ours).execute()

    def all(self) -> list[Lease]:
        """Read every lease there ever was, by name."""
        return [_lease(row) for row in find(self._leases, {}, "name")]

    def held(self, now: datetime) -> list[Lease]:
        """Read the leases that have not run out."""
        return [lease for lease in self.all() if lease.is_held(now)]

    @contextmanager
    def fencing(self, held: Sequence[Lease]) -> Iterator[None]:
        """Let this database object write only while some leases are ours.

        It is looked for in the transaction of each write; taking over is a transaction,
        too, so that nothing is written after it.
        """
        database: Any = self._database
        begin, execute = database.begin, database.execute_sql

        def checked(*args: Any, **options: Any) -> None:
            begin(*args, **options)
            try:
                for lease in held:
                    self.check(lease)
            except BaseException:
                database.rollback()
                raise

        def in_a_transaction(sql: str, *args: Any, **options: Any) -> Any:
            writes = sql.lstrip().upper().startswith(_WRITES)
            if not writes or database.in_transaction():
                return execute(sql, *args, **options)
            with database.atomic():
                return execute(sql, *args, **options)

        database.begin, database.execute_sql = checked, in_a_transaction
        try:
            yield
        finally:
            database.begin, database.execute_sql = begin, execute

    def _end(self, lease: Lease, now: datetime) -> None:
        """Spend a token, so that whoever holds it and sleeps may not write any more."""
        ended = replace(lease, token=lease.token + 1, expires_at=now)
        put(self._leases, _row(ended), "name")

    def _put(
        self, wanted: Lease, before: Lease | None, now: datetime, life: timedelta
    ) -> Lease:
        taken = replace(
            wanted,
            token=before.token + 2 if before else 1,
            taken_at=now,
            renewed_at=now,
            expires_at=now + life,
        )
        put(self._leases, _row(taken), "name")
        return taken


def _overlaps(lease: Lease, wanted: Iterable[Lease]) -> bool:
    return any(lease.overlaps(one) for one in wanted)


def _row(lease: Lease) -> dict[str, Any]:
    return {"name": lease.name, **slots(lease)}


def _lease(row: dict[str, Any]) -> Lease:
    return Lease(**{name: row[name] for name in Lease.__slots__})
