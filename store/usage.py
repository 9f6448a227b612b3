"""Usage readings. Touches: usage_metrics."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from peewee import SQL, Case, fn

from store.models import Tables
from store.records import UsageReading
from store.rows import put, slots

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class Usage:
    """Keeps readings; a reading delivered again replaces the old one."""

    def __init__(self, tables: Tables) -> None:
        self._readings = tables.usage_metrics
        self._database = tables.database

    def put(self, readings: Iterable[UsageReading]) -> int:
        """Keep readings; returns how many."""
        count = 0
        with self._database.atomic():
            for reading in readings:
                put(self._readings, slots(reading), "org_id", "metric", "ts")
                count += 1
        return count

    def of(self, org_id: str, since: datetime | None = None) -> list[UsageReading]:
        """Read an org's readings by metric and time."""
        table = self._readings
        query = table.select().where(table.org_id == org_id)
        if since is not None:
            query = query.where(table.ts >= since)
        ordered = query.order_by(table.metric, table.ts)
        return [UsageReading(**row) for row in ordered.dicts()]

    def weekly(self, sundays: Sequence[date]) -> dict[str, list[UsageReading]]:
        """Give each week's mean, by org, as a reading of its Sunday; in one query."""
        if not sundays:
            return {}
        table = self._readings
        ends = [datetime.combine(day + _DAY, time(), UTC) for day in sorted(sundays)]
        week = Case(None, [(table.ts < end, at) for at, end in enumerate(ends)])
        mean = fn.AVG(table.value)
        query = table.select(table.org_id, table.metric, week.alias("week"), mean)
        inside = (table.ts >= ends[0] - _WEEK) & (table.ts < ends[-1])
        groups = query.where(inside).group_by(table.org_id, table.metric, SQL("week"))
        found: dict[str, list[UsageReading]] = defaultdict(list)
        for org_id, metric, at, value in sorted(groups.tuples()):
            found[org_id].append(UsageReading(org_id, metric, ends[at] - _DAY, value))
        return dict(found)

    def latest(self) -> dict[str, datetime]:
        """The time of each org's last reading."""
        table = self._readings
        query = table.select(table.org_id, fn.MAX(table.ts).alias("ts"))
        rows = query.group_by(table.org_id).tuples()
        convert = table.ts.python_value
        return {org_id: convert(ts) for org_id, ts in rows}
