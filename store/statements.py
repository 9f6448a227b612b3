"""Writes the SQL of one table, each statement once. Touches: nothing.

Peewee takes ten times as long to write such a statement as SQLite to carry it out.
Names in it are those of our own tables; values never are part of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from peewee import TextField

Names = tuple[str, ...]
Readers = tuple[tuple[str, Callable[[Any], Any] | None], ...]


class Statements:
    """What is asked of one table most, as SQL; `mark` stands where a value goes."""

    def __init__(self, table: Any) -> None:
        meta = table._meta  # noqa: SLF001 - Peewee's documented way
        self._table = f'"{meta.table_name}"'
        self._fields: Mapping[str, Any] = {f.name: f for f in meta.sorted_fields}
        self._columns = {n: f'"{f.column_name}"' for n, f in self._fields.items()}
        self._mark: str = meta.database.param
        self._locks = bool(meta.database.for_update)
        self._written: dict[tuple[Any, ...], str] = {}
        self._readers: dict[Names, Readers] = {}

    def put(self, names: Names, key: Names, given: Names) -> str:
        """Insert `names`, or update the `given` ones of the row that has the key."""
        return self._once(("put", names, key, given), self._put)

    def add(self, names: Names, count: int) -> str:
        """Insert so many rows, but for those that are there already."""
        return self._once(("add", names, count), self._add)

    def find(
        self, key: Names, order: Names, limit: int, only: Names, *, lock: bool
    ) -> str:
        """Read rows by key, in order; a name after "-" counts down."""
        return self._once(("find", key, order, limit, only, lock), self._find)

    def among(self, column: str, count: int, only: Names) -> str:
        """Read the rows that have one of so many values."""
        return self._once(("among", column, count, only), self._among)

    def change(self, key: Names, names: Names) -> str:
        """Write some columns of the rows that have a key."""
        return self._once(("change", key, names), self._change)

    def readers(self, only: Names) -> Readers:
        """Say how each column that is read becomes Python; None for as it is."""
        if only not in self._readers:
            self._readers[only] = tuple(
                (name, None if isinstance(field, TextField) else field.python_value)
                for name, field in self._fields.items()
                if not only or name in only
            )
        return self._readers[only]

    def _once(self, asked: tuple[Any, ...], write: Callable[..., str]) -> str:
        if asked not in self._written:
            self._written[asked] = write(*asked[1:])
        return self._written[asked]

    def _add(self, names: Names, count: int) -> str:
        marks = ", ".join([f"({', '.join([self._mark] * len(names))})"] * count)
        into = f"INSERT INTO {self._table} ({self._named(names)}) VALUES {marks}"  # noqa: S608
        return f"{into} ON CONFLICT DO NOTHING"

    def _put(self, names: Names, key: Names, given: Names) -> str:
        rest = [self._columns[name] for name in given if name not in key]
        news = ", ".join(f"{column} = EXCLUDED.{column}" for column in rest)
        does = f"DO UPDATE SET {news}" if rest else "DO NOTHING"
        marks = ", ".join([self._mark] * len(names))
        into = f"INSERT INTO {self._table} ({self._named(names)}) VALUES ({marks})"  # noqa: S608
        return f"{into} ON CONFLICT ({self._named(key)}) {does}"

    def _find(
        self, key: Names, order: Names, limit: int, only: Names, lock: Any
    ) -> str:
        sql = self._select(only, self._where(key) if key else "TRUE")
        if order:
            sql += f" ORDER BY {', '.join(self._by(name) for name in order)}"
        sql += f" LIMIT {limit:d}" if limit else ""
        return sql + (" FOR UPDATE" if lock and self._locks else "")

    def _among(self, column: str, count: int, only: Names) -> str:
        marks = ", ".join([self._mark] * count)
        return self._select(only, f"{self._columns[column]} IN ({marks})")

    def _change(self, key: Names, names: Names) -> str:
        news = ", ".join(f"{self._columns[name]} = {self._mark}" for name in names)
        return f"UPDATE {self._table} SET {news} WHERE {self._where(key)}"  # noqa: S608

    def _select(self, only: Names, where: str) -> str:
        said = self._named(tuple(name for name, _ in self.readers(only)))
        return f"SELECT {said} FROM {self._table} WHERE {where}"  # noqa: S608

    def _where(self, key: Names) -> str:
        return " AND ".join(f"{self._columns[name]} = {self._mark}" for name in key)

    def _by(self, name: str) -> str:
        down = " DESC" if name.startswith("-") else ""
        return self._columns[name.removeprefix("-")] + down

    def _named(self, names: Names) -> str:
        return ", ".join(self._columns[name] for name in names)
