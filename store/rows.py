"""Small helpers between records and rows. Touches: the database.

What is asked for every company or every request is written as SQL here: Peewee takes
ten times as long to write such a statement as SQLite to carry it out. Names in it are
those of our own tables; values never are part of it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from peewee import Function, TextField

_AT_ONCE = 500


def slots(record: Any) -> dict[str, Any]:
    """A slotted record's fields as a dict, not copied deeply."""
    return {name: getattr(record, name) for name in record.__slots__}


def put(table: Any, row: dict[str, Any], *key: str) -> None:
    """Insert a row, or update the one that has its key."""
    whole = {**table._meta.get_default_dict(), **row}  # noqa: SLF001
    mark = table._meta.database.param  # noqa: SLF001
    target = ", ".join(_name(table, name) for name in key)
    rest = [_name(table, name) for name in row if name not in key]
    news = ", ".join(f"{name} = EXCLUDED.{name}" for name in rest)
    does = f"DO UPDATE SET {news}" if rest else "DO NOTHING"
    names = ", ".join(_name(table, name) for name in whole)
    marks = ", ".join([mark] * len(whole))
    into = f"INSERT INTO {_table(table)} ({names}) VALUES ({marks})"  # noqa: S608
    _execute(table, f"{into} ON CONFLICT ({target}) {does}", whole)


def find(
    table: Any,
    key: Mapping[str, Any],
    *order: str,
    limit: int = 0,
    lock: bool = False,
    only: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Read the rows that have a key, in order; a name after "-" counts down.

    Columns are all, or `only` some. With `lock` nobody else changes them before the
    transaction ends; SQLite lets one transaction write at a time anyway.
    """
    meta = table._meta  # noqa: SLF001 - Peewee's documented way
    fields = [f for f in meta.sorted_fields if not only or f.name in only]
    said = ", ".join(_name(table, field.name) for field in fields)
    sql = f"SELECT {said} FROM {_table(table)} WHERE {_where(table, key)}"  # noqa: S608
    if order:
        sql += f" ORDER BY {', '.join(_by(table, name) for name in order)}"
    sql += f" LIMIT {limit:d}" if limit else ""
    sql += " FOR UPDATE" if lock and meta.database.for_update else ""
    rows = _execute(table, sql, key).fetchall()
    how = [
        (field.name, None if isinstance(field, TextField) else field.python_value)
        for field in fields
    ]
    return [
        {
            name: read(value) if read else value
            for (name, read), value in zip(how, row, strict=True)
        }
        for row in rows
    ]


def first(table: Any, key: Mapping[str, Any], *order: str) -> dict[str, Any] | None:
    """Read the first row that has a key, as `find`."""
    rows = find(table, key, *order, limit=1)
    return rows[0] if rows else None


def change(table: Any, key: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Write some columns of the rows that have a key."""
    mark = table._meta.database.param  # noqa: SLF001
    news = ", ".join(f"{_name(table, name)} = {mark}" for name in row)
    sql = f"UPDATE {_table(table)} SET {news} WHERE {_where(table, key)}"  # noqa: S608
    _execute(table, sql, row, key)


def _where(table: Any, key: Mapping[str, Any]) -> str:
    mark = table._meta.database.param  # noqa: SLF001
    return " AND ".join(f"{_name(table, name)} = {mark}" for name in key)


def _by(table: Any, name: str) -> str:
    down = " DESC" if name.startswith("-") else ""
    return _name(table, name.removeprefix("-")) + down


def _name(table: Any, name: str) -> str:
    return f'"{table._meta.fields[name].column_name}"'  # noqa: SLF001


def _table(table: Any) -> str:
    return f'"{table._meta.table_name}"'  # noqa: SLF001


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
