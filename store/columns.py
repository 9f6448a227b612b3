"""Columns as we need them: quickly named, moments in UTC, JSON in one form. Pure."""

from datetime import UTC, datetime
from typing import Any

import peewee

from store import ids


class _Named:
    """A column that writes its name into a statement at once.

    Peewee goes through three objects and four scopes for each, which took most of the
    time of reading a row of many columns.
    """

    model: Any
    column_name: str

    def __deepcopy__(self, memo: Any) -> Any:
        """Be copied for a bound table at once: no part of a column ever changes."""
        made = object.__new__(type(self))
        vars(made).update(vars(self))
        return made

    def __sql__(self, ctx: Any) -> Any:
        """Write as Peewee does: after the table's alias, but where a value is set."""
        if ctx.scope == peewee.SCOPE_VALUES:
            return ctx.literal(f'"{self.column_name}"')
        table = self.model._meta.table  # noqa: SLF001 - Peewee's documented way
        if table._alias:  # noqa: SLF001
            ctx.alias_manager[table] = table._alias  # noqa: SLF001
        return ctx.literal(f'"{ctx.alias_manager[table]}"."{self.column_name}"')


class BigAutoField(_Named, peewee.BigAutoField):
    """A number that the database counts."""


class BlobField(_Named, peewee.BlobField):
    """Bytes."""


class BooleanField(_Named, peewee.BooleanField):
    """Yes or no."""


class DateField(_Named, peewee.DateField):
    """A day."""


class DoubleField(_Named, peewee.DoubleField):
    """A number."""


class IntegerField(_Named, peewee.IntegerField):
    """A whole number."""


class TextField(_Named, peewee.TextField):
    """A text."""


class _JsonField(_Named, peewee.JSONField):
    """A value as JSON."""


class UtcField(_Named, peewee.DateTimeField):
    """A moment: aware UTC in Python, naive UTC in the database."""

    def db_value(self, value: datetime | None) -> Any:
        """Drop the zone after moving to UTC."""
        plain: Any = super()
        return plain.db_value(
            value.astimezone(UTC).replace(tzinfo=None) if value else None
        )

    def python_value(self, value: Any) -> datetime | None:
        """Put the zone back."""
        if isinstance(value, str) and value:
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        plain: Any = super()
        naive: datetime | None = plain.python_value(value)
        return naive.replace(tzinfo=UTC) if naive else None


def json_field(**options: Any) -> Any:
    """Make a column of JSON in the one form that equal values share."""
    return _JsonField(dumps=ids.canonical, loads=ids.read, **options)
