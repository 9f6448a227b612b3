"""Takes a backup of a store while it is in use.

A backup is a store of its own: one SQLite file of the same tables, whatever database
the store is in, with a manifest by which it is checked before it is restored. That of
an encrypted store is encrypted with the same key. Touches: the database, files.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from peewee import Database, DatabaseError
from playhouse.migrations import Migration, Runner

from store import ciphered
from store.database import MIGRATIONS, connect, is_sqlite, sqlite_path
from store.errors import BadBackup, CannotBackUp, CannotOpen, StoreError
from store.models import table_names
from store.moving import FLEETING, move_rows

_MANIFEST = "backup_manifest"
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_HISTORY = "schema_migration"
_ABANDONED_S = 86_400


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when, of what, and how much is in it.

    `tables` gives for each its number of rows and a hash of them all, in order.
    """

    made_at: str
    made_of: str
    migrations: tuple[str, ...]
    tables: dict[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(count for count, _ in self.tables.values())


def take(url: str, target: Path, now: datetime, key: str = "") -> Manifest:
    """Write a backup, whole or not at all; raises CannotBackUp, CannotOpen.

    What is written to the store meanwhile is in it wholly or not at all. What is at
    `target` is only replaced where it is a backup.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
        _may_replace(target, url, key)
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        _sweep(target.parent, now)
        remove(part)
        _empty(part)
        try:
            manifest = _write(url, part, now, key)
            put_in_place(part, target)
        finally:
            remove(part)
    except ciphered.errors() as error:
        raise CannotBackUp(str(target), str(error)) from error
    return manifest


def put_in_place(ready: Path, place: Path) -> None:
    """Give a file its name at one go, so that not even a power cut halves it."""
    _flush(ready)
    ready.replace(place)
    _flush(place.parent)


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what was left by backups that were killed."""
    for left in folder.glob(".*.part*"):
        if now.timestamp() - left.stat().st_mtime > _ABANDONED_S:
            left.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _may_replace(target: Path, url: str, key: str) -> None:
    """Raise CannotBackUp where something stands that is no backup."""
    if not target.exists():
        return
    store = sqlite_path(url) if url.startswith("sqlite:") else None
    if store and store.exists() and target.samefile(store):
        raise CannotBackUp(str(target), "that is the store itself")
    if not target.is_file():
        raise CannotBackUp(str(target), "that is no file; name one, not a folder")
    try:
        with opened(target, key) as there:
            _manifest(there, target)
    except StoreError as error:
        why = "something is there that is no backup of this key; name another file"
        raise CannotBackUp(str(target), why) from error


def _write(url: str, part: Path, now: datetime, key: str) -> Manifest:
    source = connect(url, key)
    if is_sqlite(source):
        _copy_file(sqlite_path(url), part, key)
    else:
        _copy_rows(source, part, key)
    return _describe(part, key, url.partition(":")[0], now)


def check(path: Path, key: str = "") -> Manifest:
    """Read a backup's manifest and compare it with what is there; raises BadBackup.

    A key that is set is only used where the file is encrypted.
    """
    if not path.is_file():
        raise BadBackup(str(path), "there is no such file")
    if path.stat().st_size == 0:
        raise BadBackup(str(path), "it is empty")
    with opened(path, key) as database:
        told = _manifest(database, path)
        found = {name: _digest(database, name) for name in told.tables}
        (state,) = database.execute("PRAGMA quick_check(1)").fetchone()
    wrong = sorted(name for name, value in told.tables.items() if found[name] != value)
    if wrong or state != "ok":
        what = f"its table {wrong[0]} is not as it was made" if wrong else state
        raise BadBackup(str(path), f"it is damaged ({what})")
    return told


def kept_before(url: str, folder: Path, now: datetime, key: str = "") -> Path | None:
    """Back up a store that is about to be migrated; None where it is not.

    The backup is named after the first migration that the store lacks, and takes the
    place of one that was made before the same.
    """
    if url.startswith("sqlite:") and not sqlite_path(url).exists():
        return None
    database = connect(url, key)
    with closing(database):
        try:
            had = level(database)
        except DatabaseError:
            return None  # opening it says what is wrong
    missing = _known() - set(had)
    if not had or not missing or set(had) - _known():
        return None
    place = folder / f"before-{min(missing)}.db"
    take(url, place, now, key)
    return place


@contextmanager
def opened(path: Path, key: str) -> Iterator[Any]:
    """Open a backup's file with plain SQL; raises BadBackup, KeyMissing, KeyWrong."""
    plain = ciphered.is_plain(path)
    if not plain:
        ciphered.check_key(path, key)
    made = sqlite3.connect(path) if plain else ciphered.connection(path, key)
    with closing(made) as database:
        try:
            yield database
        except Exception as error:
            if type(error).__name__ in ("DatabaseError", "OperationalError"):
                raise BadBackup(str(path), f"it is damaged ({error})") from error
            raise


def remove(path: Path) -> None:
    """Remove a SQLite file with what stands beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def level(database: Database) -> list[str]:
    """Name the migrations that a database has."""
    if _HISTORY not in database.get_tables():
        return []
    rows = database.execute_sql(f"SELECT name FROM {_HISTORY} ORDER BY name")  # noqa: S608
    return [row[0] for row in rows.fetchall()]


def _empty(path: Path) -> None:
    """Make a file that nobody else may read, before anything is in it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))


def _copy_file(source: Path, target: Path, key: str) -> None:
    """Copy a SQLite file as of one moment, by its own online backup."""
    if not source.exists():
        raise CannotOpen(f"sqlite:///{source}", "there is no such file")
    ciphered.check_key(source, key)
    with (
        closing(_opened(source, key)) as old,
        closing(_opened(target, ciphered.opening(source, key))) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = delete")


def _opened(path: Path, key: str) -> Any:
    return ciphered.connection(path, key) if key else sqlite3.connect(path)


def _copy_rows(source: Database, target: Path, key: str) -> None:
    """Copy what a server holds as of one moment."""
    made = connect(f"sqlite:///{target}", key)
    with closing(source), closing(made):
        source.connect(reuse_if_open=True)
        source.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            steps = level(source)
            Runner(made, str(MIGRATIONS)).up(steps[-1] if steps else None)
            made.execute_sql("PRAGMA foreign_keys = 0")
            with made.atomic():
                move_rows(source, made, table_names())
            made.execute_sql("PRAGMA journal_mode = delete")
        finally:
            source.execute_sql("ROLLBACK")


def _describe(path: Path, key: str, made_of: str, now: datetime) -> Manifest:
    """Write into a backup what it is."""
    with closing(_opened(path, key)) as database:
        found = {
            row[0]
            for row in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            )
        }
        steps = database.execute(f"SELECT name FROM {_HISTORY} ORDER BY name")  # noqa: S608
        migrations = tuple(row[0] for row in steps)
        for name in FLEETING & found:
            database.execute(f'DELETE FROM "{name}"')  # noqa: S608
        tables = {n: _digest(database, n) for n in table_names() if n in found}
        manifest = Manifest(now.isoformat(), made_of, migrations, tables)
        database.execute(f"DROP TABLE IF EXISTS {_MANIFEST}")
        database.execute(f"CREATE TABLE {_MANIFEST} (told TEXT NOT NULL)")
        told = json.dumps(asdict(manifest))
        database.execute(f"INSERT INTO {_MANIFEST} VALUES (?)", (told,))  # noqa: S608
        database.commit()
    return manifest


def _manifest(database: Any, path: Path) -> Manifest:
    """Read what a backup says of itself; raises BadBackup."""
    there = "SELECT count(*) FROM sqlite_master WHERE name = ?"
    if not database.execute(there, (_MANIFEST,)).fetchone()[0]:
        raise BadBackup(str(path), "it was not made by `cip backup`")
    row = database.execute(f"SELECT told FROM {_MANIFEST}").fetchone()  # noqa: S608
    try:
        told = json.loads(row[0])
        tables = {
            str(name): (int(n), str(d)) for name, (n, d) in told["tables"].items()
        }
        migrations = tuple(map(str, told["migrations"]))
        made = Manifest(str(told["made_at"]), str(told["made_of"]), migrations, tables)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        why = "what it says of itself cannot be read"
        raise BadBackup(str(path), why) from error
    if newer := sorted(set(migrations) - _known()):
        why = f"a newer version of this bot made it ({', '.join(newer)})"
        raise BadBackup(str(path), why)
    if set(tables) - set(table_names()):
        raise BadBackup(str(path), "it names tables that no version of this bot has")
    return made


def _digest(database: Any, name: str) -> tuple[int, str]:
    made, count = hashlib.blake2b(digest_size=16), 0
    for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608
        made.update(repr(row).encode("utf-8", "surrogatepass"))
        count += 1
    return count, made.hexdigest()


def _known() -> set[str]:
    """Name the migrations that this version knows."""
    return {step.name for step in Migration.load_directory(str(MIGRATIONS))}
