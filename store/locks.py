"""A lock that one process of many holds, for as long as its connection lives.

Touches: Postgres, by a connection of its own.
"""

import threading
from importlib import import_module
from typing import Any

from store.database import redacted
from store.errors import CannotOpen, LockLost, UnknownDatabase
from store.ids import digest

_OURS = 0x636970  # the first half of our keys, so that other programs' do not meet them
# A peer that is gone is noticed within seconds, on either side.
_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 6000,
    "connect_timeout": 5,
}
_SERVER = (
    "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 "
    "-c tcp_keepalives_count=3 -c tcp_user_timeout=6000 -c idle_session_timeout=0"
)
_ALONE = "SELECT pg_try_advisory_lock(%s, %s)"
_SHARED = "SELECT pg_try_advisory_lock_shared(%s, %s)"
_HOLDER = """
    SELECT activity.application_name, activity.backend_start
    FROM pg_locks AS lock JOIN pg_stat_activity AS activity USING (pid)
    WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 2
      AND lock.classid::bigint = %s AND lock.objid::bigint = %s
      AND lock.database = (SELECT oid FROM pg_database
                           WHERE datname = current_database())
    ORDER BY activity.backend_start
"""


class Lock:
    """An advisory lock of Postgres; the server releases it when our connection ends.

    `me` is what others are told about whoever holds it. Several may hold it `shared`,
    while nobody has it to himself.
    """

    def __init__(self, url: str, name: str, me: str, *, shared: bool = False) -> None:
        self._url, self._name, self._me = url, name, me
        self._take = _SHARED if shared else _ALONE
        self._key = int(digest(name, size=7), 16)
        self._line: Any = None
        self._mutex = threading.Lock()

    def take(self) -> bool:
        """Try once; raises CannotOpen where the server does not answer."""
        psycopg = _psycopg(self._url)
        with self._mutex:
            try:
                if self._line is None:
                    self._line = self._connected(psycopg)
                return bool(self._asked(self._take)[0])
            except psycopg.Error as error:
                self._hang_up()
                why = str(error).strip()
                raise CannotOpen(redacted(self._url), why) from error

    def check(self) -> None:
        """See that it is still ours; raises LockLost where the connection is gone.

        The server has then given the lock away, or will: whoever held it stops.
        """
        psycopg = _psycopg(self._url)
        with self._mutex:
            if self._line is None:
                raise LockLost(self._name, "its connection was closed")
            try:
                self._line.execute("SELECT 1")
            except psycopg.Error as error:
                self._hang_up()
                raise LockLost(self._name, str(error).strip()) from error

    def holder(self) -> str:
        """Say who holds it and since when; "" where nobody does, or nobody can tell."""
        psycopg = _psycopg(self._url)
        with self._mutex:
            if self._line is None:
                return ""
            try:
                row = self._asked(_HOLDER)
            except psycopg.Error:
                self._hang_up()
                return ""
        return f"{row[0]}, since {row[1]:%Y-%m-%d %H:%M} UTC" if row else ""

    def release(self) -> None:
        """Give it back, with the connection."""
        with self._mutex:
            self._hang_up()

    def _connected(self, psycopg: Any) -> Any:
        options = f"{_SERVER} -c timezone=UTC"
        return psycopg.connect(
            self._url,
            autocommit=True,
            application_name=self._me[:63],
            options=options,
            **_ALIVE,
        )

    def _asked(self, query: str) -> Any:
        return self._line.execute(query, (_OURS, self._key)).fetchone()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        self._line = None


def _psycopg(url: str) -> Any:
    try:
        return import_module("psycopg")
    except ImportError as error:
        why = "Postgres needs the extra: pip install '.[postgres]'"
        raise UnknownDatabase(redacted(url), why) from error
