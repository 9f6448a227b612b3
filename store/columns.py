"""Columns that Peewee does not have as we need them. Pure."""

from datetime import UTC, datetime
from typing import Any

from peewee import DateTimeField, JSONField

from store import ids


class UtcField(DateTimeField):
    """A moment: aware UTC in Python, naive UTC in the database."""

    def db_value(self, value: datetime | None) -> Any:
        """Drop the zone after moving to UTC."""
        plain: Any = super()
        return plain.db_value(
            value.astimezone(UTC).replace(tzinfo=None) if value else None
        )

    def python_value(self, value: Any) -> datetime | None:
        """Put the zone back."""
        plain: Any = super()
        naive: datetime | None = plain.python_value(value)
        return naive.replace(tzinfo=UTC) if naive else None


def json_field(**options: Any) -> JSONField:
    """Make a column of JSON in the one form that equal values share."""
    return JSONField(dumps=ids.canonical, **options)
