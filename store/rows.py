"""Small helpers between records and rows. Pure."""

from datetime import datetime
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
