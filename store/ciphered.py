"""SQLite encrypted at rest, by SQLCipher. Touches: the first bytes of a file.

The key never stands in a URL, because URLs are told in messages.
"""

import sqlite3
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from store.errors import KeyMissing, KeyUnused, KeyWrong, UnknownDatabase

# What every SQLite file begins with: sqlite.org/fileformat.html, section 1.3.
_PLAIN = b"SQLite format 3\x00"


def is_plain(path: Path) -> bool | None:
    """Whether a file is SQLite without encryption; None where there is no file yet."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN))
    except FileNotFoundError:
        return None
    return start == _PLAIN if start else None


def check_key(path: Path, key: str) -> None:
    """Raise KeyMissing or KeyUnused where a file and a key cannot go together."""
    plain = is_plain(path)
    if plain is False and not key:
        raise KeyMissing(str(path))
    if plain and key:
        raise KeyUnused(str(path))


def fitting(path: Path, *keys: str) -> str:
    """Choose the key that opens a file; "" for a plain one, the first for a new one.

    Raises KeyMissing, KeyWrong.
    """
    plain = is_plain(path)
    if plain is None:
        return keys[0]
    if plain:
        return ""
    given = [key for key in keys if key]
    if not given:
        raise KeyMissing(str(path))
    for key in given:
        with suppress(KeyWrong):
            connection(path, key).close()
            return key
    raise KeyWrong(str(path))


def database(path: Path, key: str, **options: Any) -> Any:
    """Make the database object of an encrypted file; raises UnknownDatabase."""
    return _class(path)(str(path), passphrase=key, **options)


def connection(path: Path, key: str) -> Any:
    """Open a file with plain SQL; raises KeyWrong, UnknownDatabase."""
    made = _driver(path).connect(str(path), isolation_level=None)
    made.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is raised below
    made.execute(f"PRAGMA key = {quoted(key)}")
    try:
        made.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _driver(path).DatabaseError as error:
        made.close()
        raise KeyWrong(str(path)) from error
    return made


def quoted(key: str) -> str:
    """Write a text as SQL does: PRAGMA and ATTACH take no parameters here. Pure."""
    return "'" + key.replace("'", "''") + "'"


def errors() -> tuple[type[Exception], ...]:
    """What work on files raises where one is damaged or a disk is full."""
    found: list[type[Exception]] = [OSError, PeeweeException, sqlite3.DatabaseError]
    with suppress(ImportError):
        found.append(import_module("sqlcipher3.dbapi2").DatabaseError)
    return tuple(found)


def _driver(path: Path) -> Any:
    try:
        return import_module("sqlcipher3.dbapi2")
    except ImportError as error:
        raise UnknownDatabase(
            f"sqlite:///{path}",
            "encryption needs the extra: pip install '.[encrypted]'",
        ) from error


def _class(path: Path) -> Any:
    _driver(path)
    from playhouse.sqlcipher_ext import SqlCipherDatabase  # noqa: PLC0415 - an extra

    class SqliteCiphered(SqlCipherDatabase):  # type: ignore[misc]
        """As `SqliteStore`: transactions wait their turn from the start."""

        def begin(self, lock_type: str | None = None, about: str = "") -> None:  # noqa: ARG002
            """Begin, with the right to write; `about` makes no difference."""
            super().begin(lock_type or "IMMEDIATE")

    return SqliteCiphered
