"""Action items: opened by the bot, decided by people. Touches: action_items."""

from datetime import datetime
from typing import Any

from peewee import fn

from store.models import Tables
from store.records import ActionItem
from store.rows import add, find, first, put, slots


class Actions:
    """Keeps action items; a person's status survives every replay."""

    def __init__(self, tables: Tables) -> None:
        self._items = tables.action_items

    def add(self, item: ActionItem) -> bool:
        """Open an item; False where it is already there, whatever its status."""
        return bool(add(self._items, [slots(item)]))

    def put(self, item: ActionItem) -> None:
        """Write an item whole."""
        put(self._items, slots(item), "action_id")

    def set_status(self, action_id: str, status: str, now: datetime) -> bool:
        """Take over a person's decision; False where it stood so already."""
        table = self._items
        query = table.update(status=status, updated_at=now)
        chosen = (table.action_id == action_id) & (table.status != status)
        return bool(query.where(chosen).execute())

    def get(self, action_id: str) -> ActionItem | None:
        """Find one."""
        row = first(self._items, {"action_id": action_id})
        return ActionItem(**row) if row else None

    def of(self, org_id: str, status: str | None = None) -> list[ActionItem]:
        """Read an org's items, newest first."""
        key = {"org_id": org_id} | ({"status": status} if status is not None else {})
        rows = find(self._items, key, "-generated_at", "action_id")
        return [ActionItem(**row) for row in rows]

    def all(self, status: str | None = None) -> list[ActionItem]:
        """Read every org's items, newest first."""
        return self._read(self._items.select(), status)

    def counts(self, status: str) -> dict[str, int]:
        """How many items of every trigger have a status."""
        table = self._items
        query = table.select(table.trigger, fn.COUNT(table.action_id))
        rows = query.where(table.status == status).group_by(table.trigger).tuples()
        return {trigger: int(count) for trigger, count in rows}

    def _read(self, query: Any, status: str | None) -> list[ActionItem]:
        table = self._items
        if status is not None:
            query = query.where(table.status == status)
        ordered = query.order_by(table.generated_at.desc(), table.action_id)
        return [ActionItem(**row) for row in ordered.dicts()]
