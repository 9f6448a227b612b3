"""The append-only log of every change of a value. Touches: audit_log."""

from datetime import datetime
from typing import Any

from store.models import Tables
from store.records import AuditEntry
from store.rows import add


class Audit:
    """Writes and reads the log; there is no way to change a line of it."""

    def __init__(self, tables: Tables) -> None:
        self._log = tables.audit_log

    def add(self, entry: AuditEntry) -> None:
        """Append one line."""
        add(self._log, [_row(entry)])

    def of(
        self, org_id: str, field: str | None = None, since: datetime | None = None
    ) -> list[AuditEntry]:
        """Read an org's lines, oldest first."""
        query = self._log.select().where(self._log.org_id == org_id)
        if field is not None:
            query = query.where(self._log.field == field)
        if since is not None:
            query = query.where(self._log.at >= since)
        return [_entry(row) for row in query.order_by(self._log.id).dicts()]


def _row(entry: AuditEntry) -> dict[str, Any]:
    names = AuditEntry.__slots__
    return {name: getattr(entry, name) for name in names}


def _entry(row: dict[str, Any]) -> AuditEntry:
    row.pop("id")
    return AuditEntry(**row)
