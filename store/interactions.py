"""Contacts with customers. Touches: interactions."""

from collections.abc import Iterable
from datetime import datetime

from peewee import fn

from store.forgotten import Forgotten
from store.models import Tables
from store.records import Interaction
from store.rows import put, slots


class Interactions:
    """Keeps interactions, redacted before they come here."""

    def __init__(self, tables: Tables) -> None:
        self._table = tables.interactions
        self._database = tables.database
        self._forgotten = Forgotten(tables)

    def put(self, interactions: Iterable[Interaction]) -> None:
        """Keep interactions; one that comes again replaces itself."""
        mask = self._forgotten.mask()
        with self._database.atomic():
            for interaction in interactions:
                summary = mask.text(interaction.summary)
                row = slots(interaction) | {"summary": summary}
                put(self._table, row, "interaction_id")

    def newest(self, since: datetime) -> list[tuple[str, str, datetime]]:
        """Read (org, channel, time of the newest contact) of every org."""
        table = self._table
        last = fn.MAX(table.occurred_at)
        query = table.select(table.org_id, table.channel, last)
        rows = query.where(table.occurred_at >= since).group_by(
            table.org_id, table.channel
        )
        convert = table.occurred_at.python_value
        return [(org, channel, convert(at)) for org, channel, at in rows.tuples()]

    def of(self, org_id: str, since: datetime | None = None) -> list[Interaction]:
        """Read an org's interactions, newest first."""
        table = self._table
        query = table.select().where(table.org_id == org_id)
        if since is not None:
            query = query.where(table.occurred_at >= since)
        ordered = query.order_by(table.occurred_at.desc(), table.interaction_id)
        return [Interaction(**row) for row in ordered.dicts()]
