"""Small helpers between records and rows. Touches: the database.

What is asked for every company or every request goes by SQL of our own
(store/statements.py), not by Peewee's queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from peewee import Function

_AT_ONCE, _ADDED_AT_ONCE = 500, 50


def slots(record: Any) -> dict[str, Any]:
    """A slotted record's fields as a dict, not copied deeply."""
    return {name: getattr(record, name) for name in record.__slots__}


def put(table: Any, row: dict[str, Any], *key: str) -> None:
    """Insert a row, or update the one that has its key."""
    whole = {**table._meta.get_default_dict(), **row}  # noqa: SLF001
    sql = table.statements.put(tuple(whole), key, tuple(row))
    _execute(table, sql, whole)


def add(table: Any, rows: Sequence[dict[str, Any]]) -> int:
    """Insert rows of the same columns, but for those there already; says how many."""
    added = 0
    for start in range(0, len(rows), _ADDED_AT_ONCE):
        some = rows[start : start + _ADDED_AT_ONCE]
        whole = [{**table._meta.get_default_dict(), **row} for row in some]  # noqa: SLF001
        sql = table.statements.add(tuple(whole[0]), len(whole))
        added += _execute(table, sql, *whole).rowcount
    return added


def find(
    table: Any,
    key: Mapping[str, Any],
    *order: str,
    limit: int = 0,
    lock: bool = False,
    only: tuple[str, ...] = (),
) -> list[dict[str, Any]]:
    """Read the rows that have a key, in order; a name after "-" counts down.

    Columns are all, or `only` some. With `lock` nobody else changes them before the
    transaction ends; SQLite lets one transaction write at a time anyway.
    """
    sql = table.statements.find(tuple(key), order, limit, only, lock=lock)
    return _read(table, _execute(table, sql, key), only)


def among(
    table: Any, column: str, values: Sequence[str], only: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """Read all columns, or `only` some, of the rows that have one of some values."""
    sql = table.statements.among(column, len(values), only)
    given = [{column: value} for value in values]
    return _read(table, _execute(table, sql, *given), only)


def _read(table: Any, rows: Any, only: tuple[str, ...]) -> list[dict[str, Any]]:
    how = table.statements.readers(only)
    return [
        {
            name: read(value) if read else value
            for (name, read), value in zip(how, row, strict=True)
        }
        for row in rows.fetchall()
    ]


def first(table: Any, key: Mapping[str, Any], *order: str) -> dict[str, Any] | None:
    """Read the first row that has a key, as `find`."""
    rows = find(table, key, *order, limit=1)
    return rows[0] if rows else None


def change(table: Any, key: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Write some columns of the rows that have a key."""
    sql = table.statements.change(tuple(key), tuple(row))
    _execute(table, sql, row, key)


def _execute(table: Any, sql: str, *values: Mapping[str, Any]) -> Any:
    meta = table._meta  # noqa: SLF001
    given = [
        _plain(meta.fields[name].db_value(value))
        for row in values
        for name, value in row.items()
    ]
    return meta.database.execute_sql(sql, given)


def _plain(value: Any) -> Any:
    """Take JSON's text out of SQLite's json(): it is in its one form already."""
    return (value.arguments or ())[0] if isinstance(value, Function) else value


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """Give values some at a time, in order."""
    every = sorted(values)
    return (every[n : n + _AT_ONCE] for n in range(0, len(every), _AT_ONCE))


def due(table: Any, column: str, now: datetime) -> Any:
    """The condition that a moment has come, or was never set."""
    field = getattr(table, column)
    return field.is_null() | (field <= now)


def key_of(table: Any, row: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A table's key columns, with a row's values where one is given."""
    key = table._meta.primary_key  # noqa: SLF001 - Peewee's documented way
    names = getattr(key, "field_names", None) or (key.name,)
    return {name: row[name] if row else None for name in names}


def at(table: Any, key: Mapping[str, Any]) -> Any:
    """The condition that finds one row by its key."""
    return reduce(and_, (getattr(table, name) == value for name, value in key.items()))
