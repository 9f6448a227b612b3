"""Where a test's store is: in SQLite or in Postgres, migrated already, its own.

A folder stands for a store: its file, or a database made for it. Outside of pytest it
is a file. Touches: files; a Postgres server, where one is asked for.
"""

import shutil
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from store.store import Store
from tests.support.postgres import Server

SQLITE, POSTGRES = "sqlite", "postgres"
KINDS = (SQLITE, POSTGRES)
FILE = "store.db"


class Stores:
    """Makes stores of the kind that is asked for now."""

    def __init__(self, home: Path, server: Callable[[], Server]) -> None:
        self._home = home
        self._template = home / "template.db"
        self._server = server
        self._databases: dict[Path, str] = {}
        self._kept: dict[tuple[str, str], Path] = {}
        self.kind = SQLITE

    def url(self, folder: Path) -> str:
        """The URL of a folder's store, which is made where there is none yet."""
        folder = folder.resolve()
        if folder in self._databases:
            return self._server().url(self._databases[folder])
        if self.kind == POSTGRES:
            self._databases[folder] = self._server().migrated()
            return self.url(folder)
        if not (folder / FILE).exists():
            self._copy_template(folder)
        return _file(folder)

    def is_there(self, folder: Path) -> bool:
        """Whether a folder has a store."""
        return folder.resolve() in self._databases or (folder / FILE).exists()

    def copy(self, folder: Path, to: Path) -> None:
        """Give a folder a copy of another's store, if files do not hold it."""
        database = self._databases.get(folder.resolve())
        if database is not None:
            self._databases[to.resolve()] = self._server().copy(database)

    def kept(self, name: str, make: Callable[[Path], None]) -> Path:
        """The folder of that name, with a store of the kind that is asked for now."""
        key = (self.kind, name)
        if key not in self._kept:
            folder = self._home / f"{self.kind}-{name}"
            folder.mkdir()
            make(folder)
            self._kept[key] = folder
        return self._kept[key]

    def drop(self, under: Path) -> None:
        """Take away the databases of a folder and of all folders in it."""
        under = under.resolve()
        for folder in [f for f in self._databases if f.is_relative_to(under)]:
            self._server().drop(self._databases.pop(folder))

    def _copy_template(self, folder: Path) -> None:
        if not self._template.exists():
            Store.open(f"sqlite:///{self._template}").close()
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._template, folder / FILE)


CURRENT: ContextVar[Stores | None] = ContextVar("stores", default=None)


def url_in(folder: Path) -> str:
    """The URL of a folder's store."""
    stores = CURRENT.get()
    return stores.url(folder) if stores else _file(folder)


def is_there(folder: Path) -> bool:
    """Whether a folder has a store."""
    stores = CURRENT.get()
    return stores is not None and stores.is_there(folder)


def copy(folder: Path, to: Path) -> None:
    """Have a copied folder's store be a copy as well."""
    stores = CURRENT.get()
    if stores:
        stores.copy(folder, to)


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled, once for each name in a test process."""
    stores = CURRENT.get()
    assert stores is not None, "nothing is kept outside of pytest"
    return stores.kept(name, make)


def drop(folder: Path) -> None:
    """Take away a folder's database, if it has one."""
    stores = CURRENT.get()
    if stores:
        stores.drop(folder)


def tables_of(folder: Path) -> list[tuple[str, bytes]]:
    """Every table of a folder's store, written out; a file speaks for itself."""
    url = url_in(folder)
    if not url.startswith("postgresql"):
        return []
    with psycopg.connect(url) as line:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        names = [name for (name,) in line.execute(query)]
        return [(name, _written(line, name)) for name in names]


def _written(line: "psycopg.Connection[Any]", name: str) -> bytes:
    rows = line.execute(
        sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name))
    )
    return "\n".join(row for (row,) in rows).encode()


def _file(folder: Path) -> str:
    return f"sqlite:///{folder}/{FILE}"
