"""Postgres as the store needs it: turns of writing, and connections that were lost.

Touches: the database.
"""

import hashlib
import select
import threading
from typing import Any

import peewee
from peewee import PostgresqlDatabase

from store.errors import StoreLost, StoreWaited

# Advisory locks of ours are pairs: this number, and whose turn it is (0: everybody's).
TURNS = 9107
_ALONE = f"BEGIN; SELECT pg_advisory_xact_lock({TURNS}, 0)"
_BESIDE = (
    f"BEGIN; SELECT pg_advisory_xact_lock_shared({TURNS}, 0), "
    f"pg_advisory_xact_lock({TURNS}, %d)"
)
# What the server says where somebody else kept a lock for too long: lock_not_available
# and deadlock_detected.
_WAITED = frozenset({"55P03", "40P01"})
OPTIONS = {
    "application_name": "cip",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    # A process that is frozen within a transaction does not keep all others waiting.
    "options": "-c timezone=UTC -c lock_timeout=60s "
    "-c idle_in_transaction_session_timeout=45s",
}


class PostgresStore(PostgresqlDatabase):
    """Postgres whose transactions wait their turn from the start, as SQLite's do.

    What is read in a transaction and written by it must not change in between: so one
    transaction writes at a time, on whichever machine, except for those that say what
    they are about; they go beside each other where that differs.

    A connection that is lost between two transactions is made anew. One that is lost
    within a transaction raises StoreLost, and nothing of the transaction is kept.
    """

    _state: Any  # Peewee's own: this thread's connection and transactions

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._guard = threading.Lock()
        self._lines: list[tuple[threading.Thread, Any]] = []

    def _connect(self) -> Any:
        """Connect for this thread; what threads that have ended had is closed."""
        made = super()._connect()  # type: ignore[misc]
        with self._guard:
            self._let_go([line for line in self._lines if not line[0].is_alive()])
            self._lines.append((threading.current_thread(), made))
        return made

    def close_all(self) -> None:
        """Close the connections of every thread."""
        with self._guard:
            self._let_go(list(self._lines))

    def _let_go(self, lines: list[tuple[threading.Thread, Any]]) -> None:
        for line in lines:
            line[1].close()
            self._lines.remove(line)

    def begin(self, isolation_level: str | None = None, about: str = "") -> None:
        """Begin, when it is our turn; raises StoreLost, StoreWaited."""
        if isolation_level:
            super().begin(isolation_level)
            return
        start = _BESIDE % _turn(about) if about else _ALONE
        try:
            self.execute_sql(start)
        except BaseException:
            self.rollback()
            raise

    def rollback(self) -> None:
        """Roll back; where the connection is lost, the server has done so."""
        if self.is_closed() or self._is_lost():
            return
        try:
            super().rollback()
        except peewee.DatabaseError:
            if not self._is_lost():
                raise

    def commit(self) -> None:
        """Commit; raises StoreLost."""
        self._telling(super().commit)

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Run one statement; raises StoreLost, StoreWaited."""
        return self._telling(super().execute_sql, sql, params)

    def cursor(self, named_cursor: str | None = None) -> Any:
        """Give a cursor, on a new connection where the last one is lost."""
        if not self.is_closed() and not self.in_transaction() and self._is_lost():
            self._state.conn.close()
            self._state.reset()
        plain: Any = super()
        return plain.cursor(named_cursor)

    def _is_lost(self) -> bool:
        """Whether the server hung up, as far as this end can know without asking."""
        conn = self._state.conn
        if conn.closed:
            return True
        idle = conn.info.transaction_status.name == "IDLE"
        return idle and _is_readable(conn) and not _answers(conn)

    def _telling(self, do: Any, *args: Any) -> Any:
        try:
            return do(*args)
        except peewee.DatabaseError as error:
            cause = error.__context__
            if getattr(cause, "sqlstate", None) in _WAITED:
                raise StoreWaited(str(error).strip()) from error
            if self.is_closed() or self._state.conn.closed:
                raise StoreLost(str(error).strip()) from error
            raise


def _turn(about: str) -> int:
    """Whose turn it is: a number for a subject, never 0. Pure."""
    made = hashlib.blake2b(about.encode(), digest_size=4).digest()
    return int.from_bytes(made, signed=True) or 1


def _is_readable(conn: Any) -> bool:
    """Whether something came that nobody asked for: a farewell, mostly."""
    poll = select.poll()
    poll.register(conn.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _answers(conn: Any) -> bool:
    try:
        conn.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever it says, this connection is of no use
        return False
    return True
