"""What several processes on one store stand on: Postgres, and a lock for Notion.

Touches: Postgres, where the store is there.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from bot.errors import NeedsExtra, NeedsPostgres, PublisherRuns
from store.locks import Lock

NAME = "publisher"
_NEEDED = ("procrastinate", "psycopg_pool")


def on_postgres(url: str, command: str) -> str:
    """The store's URL, fit for a command; raises NeedsPostgres and NeedsExtra."""
    if not is_postgres(url):
        raise NeedsPostgres(command, url)
    if missing():
        raise NeedsExtra(f"`cip {command}`", "postgres")
    return url


def missing() -> list[str]:
    """Name the packages for several processes that are not installed."""
    return [name for name in _NEEDED if find_spec(name) is None]


def is_postgres(url: str) -> bool:
    """Whether a store's URL names a Postgres. Pure."""
    return url.startswith(("postgres:", "postgresql:"))


def lock_of(url: str, command: str, *, shared: bool = False) -> Lock:
    """The lock that goes with Notion's request budget."""
    me = f"cip {command} {socket.gethostname()}:{os.getpid()}"
    return Lock(url, NAME, me, shared=shared)


@contextmanager
def no_other(url: str, command: str, *, shared: bool = False) -> Iterator[None]:
    """Let a command speak with Notion where no publisher does; raises PublisherRuns.

    Commands that share Notion among themselves say so. On SQLite there is no publisher.
    """
    if not is_postgres(url):
        yield
        return
    lock = lock_of(url, command, shared=shared)
    try:
        if not lock.take():
            raise PublisherRuns(lock.holder())
        yield
    finally:
        lock.release()
