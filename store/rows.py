"""Small helpers between records and rows. Pure."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any


def slots(record: Any) -> dict[str, Any]:
    """A slotted record's fields as a dict, not copied deeply."""
    return {name: getattr(record, name) for name in record.__slots__}


def put(table: Any, row: dict[str, Any], *key: str) -> None:
    """Insert a row, or update the one that has its key."""
    rest = {name: value for name, value in row.items() if name not in key}
    target = [getattr(table, name) for name in key]
    query = table.insert(**row)
    query.on_conflict(conflict_target=target, update=rest).execute()


def due(table: Any, column: str, now: datetime) -> Any:
    """The condition that a moment has come, or was never set."""
    field = getattr(table, column)
    return field.is_null() | (field <= now)


def locked(query: Any, database: Any) -> Any:
    """Keep what a query finds from being changed by others until the transaction ends.

    SQLite lets one transaction write at a time anyway.
    """
    return query.for_update() if database.for_update else query


def key_of(table: Any, row: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A table's key columns, with a row's values where one is given."""
    key = table._meta.primary_key  # noqa: SLF001 - Peewee's documented way
    names = getattr(key, "field_names", None) or (key.name,)
    return {name: row[name] if row else None for name in names}


def at(table: Any, key: Mapping[str, Any]) -> Any:
    """The condition that finds one row by its key."""
    return reduce(and_, (getattr(table, name) == value for name, value in key.items()))
