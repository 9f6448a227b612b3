"""Opens the store by URL and brings its tables up to date. Touches: the database."""

import importlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from peewee import Database, SqliteDatabase
from playhouse import db_url
from playhouse.migrations import Runner

from store import ciphered, views
from store.errors import (
    CannotOpen,
    KeyWrong,
    NewerStore,
    NotMigrated,
    UnknownDatabase,
)
from store.postgres import OPTIONS, PostgresStore

MIGRATIONS = Path(__file__).with_name("migrations")
_PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 30_000,
    "synchronous": "normal",
    "secure_delete": 1,
}


_NO_RIGHT = "42501"  # insufficient_privilege
# Texts in the order of their code points on every server, as SQLite and Python have it.
_POSTGRES_TYPES = {"JSON": "JSONB", "TEXT": 'TEXT COLLATE "C"'}

# A password, also one with @ or / in it that ought to be percent-encoded.
_BEFORE_HOST = re.compile(r"(://[^:@/]*):.*@", re.DOTALL)
_IN_QUERY = re.compile(r"([?&](?:ssl)?password=)[^&#]*", re.IGNORECASE)


class SqliteStore(SqliteDatabase):
    """SQLite whose transactions wait their turn from the start.

    A transaction that reads first and writes later would be refused at once where
    another thread has written in between; one that begins immediate waits instead.
    """

    def begin(self, lock_type: str | None = None, about: str = "") -> None:
        """Begin, with the right to write; what it is `about` makes no difference."""
        del about
        super().begin(lock_type or "IMMEDIATE")


def connect(url: str, key: str = "") -> Database:
    """Make the database object for a URL, without touching the database yet.

    With a `key` a SQLite file is encrypted. Raises UnknownDatabase, KeyMissing,
    KeyUnused.
    """
    scheme = url.partition(":")[0].lower() if ":" in url else ""
    if scheme == "sqlite":
        return _sqlite(url, key)
    if scheme in ("postgresql", "postgres"):
        return _postgres(url)
    raise UnknownDatabase(redacted(url), f"{scheme or 'no scheme'!r} is not supported")


def open_database(url: str, key: str = "") -> Database:
    """Connect and migrate; raises NewerStore, CannotOpen, KeyWrong, as `connect`."""
    database = connect(url, key)
    try:
        database.connect(reuse_if_open=True)
        _migrate(database, url)
    except (peewee.OperationalError, peewee.DatabaseError, sqlite3.Error) as error:
        database.close()
        if key and "not a database" in str(error):
            raise KeyWrong(str(sqlite_path(url))) from error
        if getattr(error.__context__, "sqlstate", None) == _NO_RIGHT:
            raise NotMigrated(redacted(url), str(error).strip()) from error
        raise CannotOpen(redacted(url), str(error).strip()) from error
    return database


def redacted(url: str) -> str:
    """The URL without its password, for messages; also where it is written wrongly."""
    return _IN_QUERY.sub(r"\1***", _BEFORE_HOST.sub(r"\1:***@", url))


def is_sqlite(database: Database) -> bool:
    """Tell SQLite from Postgres; only `store/search.py` and this module may ask."""
    return isinstance(database, SqliteDatabase)


def _migrate(database: Database, url: str) -> None:
    """Bring the tables up to date, all or nothing, one process at a time."""
    runner = Runner(database, str(MIGRATIONS))
    steps = runner.status()
    unknown = [step.name for step in steps if step.path is None]
    if unknown:
        raise NewerStore(redacted(url), unknown)
    if all(step.applied for step in steps) and views.current(database):
        return
    with _unchecked(database), database.atomic():
        readers = views.drop(database)
        runner.up()
        views.create(database, readers)


@contextmanager
def _unchecked(database: Database) -> Iterator[None]:
    """Leave foreign keys unchecked on SQLite, where tables are altered by copying."""
    if not isinstance(database, SqliteDatabase):
        yield
        return
    database.pragma("foreign_keys", 0)
    try:
        yield
    finally:
        database.pragma("foreign_keys", 1)


def sqlite_path(url: str) -> Path:
    """The file that a SQLite URL names; raises UnknownDatabase. Pure."""
    path = url.removeprefix("sqlite://").removeprefix("/")
    if not path or path == ":memory:":
        raise UnknownDatabase(url, "it names no file (three slashes, then the path)")
    return Path(path).expanduser()


def _sqlite(url: str, key: str) -> Database:
    path = sqlite_path(url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)  # what stands beside it takes after it
    ciphered.check_key(path, key)
    if key:
        return ciphered.database(path, key, pragmas=_PRAGMAS, timeout=30)  # type: ignore[no-any-return]
    return SqliteStore(str(path), pragmas=_PRAGMAS, timeout=30)


def _postgres(url: str) -> Database:
    try:
        importlib.import_module("psycopg")
    except ImportError as error:
        raise UnknownDatabase(
            redacted(url), "Postgres needs the extra: pip install '.[postgres]'"
        ) from error
    try:
        own = db_url.parse(url, unquote_password=True, unquote_user=True)
    except ValueError:  # which quotes a part of the URL, perhaps of its password
        why = "it cannot be read; percent-encode what is special in its password"
        raise UnknownDatabase(redacted(url), why) from None
    return PostgresStore(
        **{**OPTIONS, **own}, prefer_psycopg3=True, field_types=_POSTGRES_TYPES
    )
