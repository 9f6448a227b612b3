"""Puts a backup in the place of a store, of either kind.

What was there is kept beside it. Whoever was forgotten since the backup was made is
forgotten still: those notes outlive it. Touches: the database, files.
"""

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peewee import Database, OperationalError, PeeweeException

from store import backup, ciphered
from store.backup import Manifest
from store.database import (
    connect,
    open_database,
    redacted,
    sqlite_path,
)
from store.errors import (
    BadBackup,
    CannotBackUp,
    CannotReplace,
    KeyMissing,
    KeyWrong,
    StoreInUse,
)
from store.forgotten import ORGS, PEOPLE
from store.leases import Leases
from store.models import Tables, table_names
from store.moving import FLEETING, move_rows, ordered
from store.rows import put

# A note: when. What was made in Notion between backup and then is not in the store.
RESTORED = "store.restored"
# What stands beside a SQLite file that somebody has open, or did not close well.
_OPEN = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the store that was there is kept, if one was."""

    manifest: Manifest
    kept: Path | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a store is to be: its URL, its key, the key it may have had `was`.

    What is there now goes into the folder `aside`.
    """

    url: str
    aside: Path
    now: datetime
    key: str
    was: str

    def key_there(self) -> str:
        """The key of what is there now; raises KeyMissing, KeyWrong."""
        if not self.url.startswith("sqlite:"):
            return ""
        return ciphered.fitting(sqlite_path(self.url), self.key, self.was)


def restore(
    source: Path, url: str, aside: Path, now: datetime, key: str = "", was: str = ""
) -> Restored:
    """Put a backup in a store's place; what was there goes into the folder `aside`.

    The backup may be older, of the other kind of database, plain, or of the key that
    was; it becomes encrypted where a key is set. Raises BadBackup, StoreInUse,
    CannotOpen, CannotReplace.
    """
    if not source.is_file():
        raise BadBackup(str(source), "there is no such file")
    opens = ciphered.fitting(source, key, was)
    if opens and not key:
        raise KeyMissing(str(source))  # nothing is written in the open by accident
    manifest = backup.check(source, opens)
    kept = _put(source, opens, _Place(url, aside, now, key, was), goes_back=True)
    return Restored(manifest, kept)


def rekey(url: str, aside: Path, now: datetime, key: str, was: str) -> Path | None:
    """Encrypt a store with another key; gives where what was there is kept.

    Raises as `restore`.
    """
    place = _Place(url, aside, now, key, was)
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix="cip-rekey-", dir=aside) as folder:
        source, opens = Path(folder) / "store.db", place.key_there()
        backup.take(url, source, now, opens)
        return _put(source, opens, place, goes_back=False)


def _put(source: Path, opens: str, place: _Place, *, goes_back: bool) -> Path | None:
    url, now, key = place.url, place.now, place.key
    try:
        place.aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        before = _present(place)
        with TemporaryDirectory(prefix="cip-restore-", dir=place.aside) as folder:
            ready = _ready(source, Path(folder) / "store.db", opens, key)
            _may_join(source, before, _notes(f"sqlite:///{ready}", key))
            _remember(ready, key, before, now if goes_back else None)
            kept = _kept(place)
            if url.startswith("sqlite:"):
                _replace(ready, sqlite_path(url), url)
            else:
                _fill(ready, url, key)
    except OSError as error:
        raise CannotReplace(redacted(url), str(error)) from error
    return kept


def _kept(place: _Place) -> Path | None:
    """Keep what is there now, if anything is."""
    if _is_new(place.url):
        return None
    stem = f"before-restore-{place.now:%Y%m%dT%H%M%SZ}"
    names = chain((f"{stem}.db",), (f"{stem}-{n}.db" for n in count(2)))
    file = next(f for name in names if not (f := place.aside / name).exists())
    try:
        backup.take(place.url, file, place.now, place.key_there())
    except CannotBackUp as error:
        raise CannotReplace(redacted(place.url), error.reason) from error
    return file


def _is_new(url: str) -> bool:
    return url.startswith("sqlite:") and not sqlite_path(url).exists()


def _ready(source: Path, place: Path, opens: str, key: str) -> Path:
    """Make a store of today's form out of a backup, encrypted where a key is set."""
    with backup.opened(source, opens) as old:
        if key != opens:
            _encrypt(source, place, opens, key)
        else:
            same = ciphered.opening(source, key)
            new = ciphered.connection(place, same) if key else _plain(place)
            with closing(new):
                old.backup(new)
    database = open_database(f"sqlite:///{place}", key)
    with closing(database):
        for name in FLEETING & set(database.get_tables()):
            database.execute_sql(f'DELETE FROM "{name}"')  # noqa: S608
        database.execute_sql("DROP TABLE IF EXISTS backup_manifest")
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute_sql("PRAGMA journal_mode = delete")
    place.chmod(0o600)
    return place


def _plain(place: Path) -> Any:
    import sqlite3  # noqa: PLC0415 - only plain files need it

    return sqlite3.connect(place)


def _encrypt(source: Path, place: Path, opens: str, key: str) -> None:
    """Write a file anew under another key: zetetic.net/sqlcipher, sqlcipher_export."""
    with closing(ciphered.connection(place, key)) as new:
        said = ciphered.quoted(str(source))
        known = ciphered.quoted(ciphered.opening(source, opens))
        new.execute(f"ATTACH DATABASE {said} AS old KEY {known}")
        new.execute("SELECT sqlcipher_export('main', 'old')")
        new.execute("DETACH DATABASE old")


def _replace(ready: Path, place: Path, url: str) -> None:
    """Put a file where the store is, at one go; raises StoreInUse."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = place.with_name(f".{place.name}.restored")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)  # before anything is in it
    try:
        shutil.copyfile(ready, beside)
        _nobody_there(place, url)
        backup.put_in_place(beside, place)
    finally:
        beside.unlink(missing_ok=True)


def _nobody_there(place: Path, url: str) -> None:
    """Raise StoreInUse where a plain store is open elsewhere and cannot be closed off.

    Its log is only removed by whoever closes the file last; one that stayed would be
    read into the store that comes in its place.
    """
    if any(place.with_name(place.name + end).exists() for end in _OPEN):
        raise StoreInUse(redacted(url), "another process has its files open")


def _fill(ready: Path, url: str, key: str) -> None:
    """Put a backup's rows into a server's tables, all or nothing."""
    source, target = open_database(f"sqlite:///{ready}", key), open_database(url)
    with closing(source), closing(target):
        there = set(target.get_tables())
        names = [n for n in table_names() if n in there]
        try:
            with target.atomic():
                for name in reversed(ordered(target, names)):
                    target.execute_sql(f'DELETE FROM "{name}"')  # noqa: S608
                move_rows(source, target, names)
        except OperationalError as error:
            raise StoreInUse(redacted(url), str(error).strip()) from error


def _present(place: _Place) -> dict[str, Any]:
    """Read what must outlive the store that is there; of any version, unchanged.

    Raises StoreInUse where somebody works on it, CannotReplace where it is unreadable.
    """
    url = place.url
    if _is_new(url):
        return {}
    try:
        key, is_file = place.key_there(), url.startswith("sqlite:")
        with closing(connect(url, key) if is_file else open_database(url)) as database:
            held = _held(database, place.now)
            if held:
                raise StoreInUse(redacted(url), held)
            return _notes_in(database)
    except (PeeweeException, KeyMissing, KeyWrong) as error:
        raise CannotReplace(redacted(url), str(error).strip()) from error


def _held(database: Database, now: datetime) -> str:
    """Say who works on a store; "" where nobody does."""
    if "leases" not in database.get_tables():
        return ""
    held = Leases(Tables(database)).held(now)
    until = max((lease.expires_at for lease in held if lease.expires_at), default=now)
    names = ", ".join(sorted({lease.holder or lease.name for lease in held}))
    return f"by {names}, until {until:%H:%M:%S} UTC at least" if held else ""


def _notes(url: str, key: str) -> dict[str, Any]:
    with closing(connect(url, key)) as database:
        return _notes_in(database)


def _notes_in(database: Database) -> dict[str, Any]:
    if "notes" not in database.get_tables():
        return {}
    notes = Tables(database).notes
    rows = notes.select().where(notes.key.in_((PEOPLE, ORGS))).dicts()
    return {row["key"]: row["value"] for row in rows}


def _may_join(source: Path, one: Mapping[str, Any], two: Mapping[str, Any]) -> None:
    """Raise BadBackup where two lists of forgotten people cannot become one."""
    salts = {notes[PEOPLE]["salt"] for notes in (one, two) if PEOPLE in notes}
    if len(salts) > 1:
        raise BadBackup(
            str(source),
            "it is of another store, and both have forgotten people, of whom only "
            "hashes are left that cannot be joined; restore it into an empty store",
        )


def _remember(
    ready: Path, key: str, before: Mapping[str, Any], restored: datetime | None
) -> None:
    """Add who was forgotten before to those whom the backup knows of.

    Before it takes the store's place: whatever happens then, nobody comes back.
    """
    if restored is None:
        return  # it is the same store
    database = connect(f"sqlite:///{ready}", key)
    with closing(database), database.atomic():
        notes = Tables(database).notes
        told = {"key": RESTORED, "value": restored.isoformat(), "updated_at": restored}
        put(notes, told, "key")
        for name, old in before.items():
            row = notes.select().where(notes.key == name).dicts().first()
            value = joined(name, old, row["value"] if row else None)
            put(notes, {"key": name, "value": value, "updated_at": restored}, "key")


def joined(name: str, one: Mapping[str, Any], two: Mapping[str, Any] | None) -> Any:
    """Join two lists of the forgotten. Pure."""
    if two is None:
        return one
    if name == ORGS:
        return {**two, **one}
    return {
        "salt": one["salt"],
        "hashes": sorted({*one["hashes"], *two["hashes"]}),
        "sizes": sorted({*one["sizes"], *two["sizes"]}),
    }
