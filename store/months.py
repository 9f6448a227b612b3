"""Months of readings and events, each a partition of its own. Touches: Postgres.

Decision 0020 says why; migration 0006 made `cip_months`.
"""

from datetime import UTC, datetime

from peewee import Database

from store.database import is_sqlite


class Months:
    """Makes partitions before they are needed; what comes without one waits apart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ahead(self, now: datetime) -> int:
        """Make this month, the next two, and those of rows without; returns how many.

        SQLite has no partitions, and Timescale makes its own.
        """
        if is_sqlite(self._database):
            return 0
        moment = now.astimezone(UTC).replace(tzinfo=None)
        with self._database.atomic():
            asked = "SELECT cip_months(CAST(%s AS timestamp))"
            return int(self._database.execute_sql(asked, (moment,)).fetchone()[0])
