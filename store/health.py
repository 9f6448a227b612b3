"""How companies stood, day by day. Touches: health_days."""

from datetime import date
from typing import Any

from peewee import fn

from store.models import Tables
from store.records import HealthDay
from store.rows import first, put, slots


class Health:
    """Keeps one judgement per company and day; a later one of the day replaces it."""

    def __init__(self, tables: Tables) -> None:
        self._days = tables.health_days

    def put(self, judged: HealthDay) -> None:
        """Keep a company's day."""
        put(self._days, slots(judged), "org_id", "day")

    def last(self, org_id: str) -> HealthDay | None:
        """The newest judgement of a company."""
        row = first(self._days, {"org_id": org_id}, "-day")
        return _day(row) if row else None

    def history(self, day: date) -> list[tuple[str, date, str]]:
        """Read (org, day, health) of every company from a day on, oldest first."""
        table = self._days
        query = table.select(table.org_id, table.day, table.health)
        ordered = query.where(table.day >= day).order_by(table.day, table.org_id)
        return list(ordered.tuples())

    def latest(self, day: date) -> dict[str, HealthDay]:
        """The newest judgement of each company that has one from a day on."""
        table, other = self._days, self._days.alias()
        newest = other.select(other.org_id, fn.MAX(other.day).alias("newest"))
        newest = newest.where(other.day >= day).group_by(other.org_id).alias("newest")
        same = (table.org_id == newest.c.org_id) & (table.day == newest.c.newest)
        rows = table.select().join(newest, on=same).dicts()
        return {row["org_id"]: _day(row) for row in rows}

    def since(self, day: date) -> list[HealthDay]:
        """Read every company's judgements from a day on, oldest first."""
        table = self._days
        query = table.select().where(table.day >= day)
        return [_day(row) for row in query.order_by(table.day, table.org_id).dicts()]


def _day(row: dict[str, Any]) -> HealthDay:
    lists = {name: tuple(row[name]) for name in ("reasons", "usage")}
    return HealthDay(**{**row, **lists})
