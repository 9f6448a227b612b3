"""SQLite encrypted at rest, by SQLCipher. Touches: the first bytes of a file.

The key never stands in a URL, because URLs are told in messages. SQLCipher would work
out what encrypts a file (a quarter of a second) for each connection anew; here that is
done once for each file.
"""

import hashlib
import re
import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from store.errors import KeyMissing, KeyUnused, KeyWrong, UnknownDatabase

# What every SQLite file begins with: sqlite.org/fileformat.html, section 1.3.
_PLAIN = b"SQLite format 3\x00"
# How SQLCipher works out what encrypts: zetetic.net/sqlcipher, PRAGMA key.
_ALGORITHM, _BYTES = "PBKDF2_HMAC_SHA512", 32
_WORKED_OUT = re.compile(r"x'([0-9a-f]{64}|[0-9a-f]{96})'", re.IGNORECASE)


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
    return _class(path, key)(str(path), **options)


def connection(path: Path, key: str) -> Any:
    """Open a file with plain SQL; raises KeyWrong, UnknownDatabase."""
    made = _driver(path).connect(str(path), isolation_level=None)
    made.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is raised below
    made.execute(f"PRAGMA key = {quoted(opening(path, key))}")
    try:
        made.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _driver(path).DatabaseError as error:
        made.close()
        raise KeyWrong(str(path)) from error
    return made


def opening(path: Path, key: str) -> str:
    """Write the key so that it opens a file at once; a new file takes it as it is."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        salt = file.read(len(_PLAIN))
        if salt and salt != _PLAIN and not _WORKED_OUT.fullmatch(key):
            return _worked_out(_driver(path), key, salt)
    return key


def quoted(key: str) -> str:
    """Write a text as SQL does: PRAGMA and ATTACH take no parameters here. Pure."""
    return "'" + key.replace("'", "''") + "'"


def errors() -> tuple[type[Exception], ...]:
    """What work on files raises where one is damaged or a disk is full."""
    found: list[type[Exception]] = [OSError, PeeweeException, sqlite3.DatabaseError]
    with suppress(ImportError):
        found.append(import_module("sqlcipher3.dbapi2").DatabaseError)
    return tuple(found)


@lru_cache(maxsize=32)
def _worked_out(driver: Any, key: str, salt: bytes) -> str:
    """Do as SQLCipher does with a key; one of another manner is left to it."""
    with closing(driver.connect(":memory:")) as line:
        (algorithm,) = line.execute("PRAGMA cipher_default_kdf_algorithm").fetchone()
        (rounds,) = line.execute("PRAGMA cipher_default_kdf_iter").fetchone()
    if algorithm != _ALGORITHM:
        return key
    made = hashlib.pbkdf2_hmac("sha512", key.encode(), salt, int(rounds), _BYTES)
    return f"x'{made.hex()}{salt.hex()}'"


def _driver(path: Path) -> Any:
    try:
        return import_module("sqlcipher3.dbapi2")
    except ImportError as error:
        raise UnknownDatabase(
            f"sqlite:///{path}",
            "encryption needs the extra: pip install '.[encrypted]'",
        ) from error


def _class(path: Path, key: str) -> Any:
    _driver(path)
    from playhouse.sqlcipher_ext import SqlCipherDatabase  # noqa: PLC0415 - an extra

    class SqliteCiphered(SqlCipherDatabase):  # type: ignore[misc]
        """As `SqliteStore`: transactions wait their turn from the start."""

        def _connect(self) -> Any:
            self.connect_params["passphrase"] = opening(path, key)
            return super()._connect()

        def begin(self, lock_type: str | None = None, about: str = "") -> None:  # noqa: ARG002
            """Begin, with the right to write; `about` makes no difference."""
            super().begin(lock_type or "IMMEDIATE")

    return SqliteCiphered
