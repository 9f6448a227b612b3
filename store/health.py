"""How companies stood, day by day. Touches: health_days."""

from datetime import date
from typing import Any

from store.models import Tables
from store.records import HealthDay
from store.rows import put, slots


class Health:
    """Keeps one judgement per company and day; a later one of the day replaces it."""

    def __init__(self, tables: Tables) -> None:
        self._days = tables.health_days

    def put(self, judged: HealthDay) -> None:
        """Keep a company's day."""
        put(self._days, slots(judged), "org_id", "day")

    def last(self, org_id: str) -> HealthDay | None:
        """The newest judgement of a company."""
        table = self._days
        query = table.select().where(table.org_id == org_id)
        row = query.order_by(table.day.desc()).dicts().first()
        return _day(row) if row else None

    def since(self, day: date) -> list[HealthDay]:
        """Read every company's judgements from a day on, oldest first."""
        table = self._days
        query = table.select().where(table.day >= day)
        return [_day(row) for row in query.order_by(table.day, table.org_id).dicts()]


def _day(row: dict[str, Any]) -> HealthDay:
    lists = {name: tuple(row[name]) for name in ("reasons", "usage")}
    return HealthDay(**{**row, **lists})
