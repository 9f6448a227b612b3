"""Brings people's decisions on rows of our own databases back into the store's reach.

Touches: Notion, the store's notes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.store import Store
from sync.notion import rows, schema, setup, wire
from sync.notion.client import Notion
from sync.notion.settings import NotionSettings

_NOTE = "notion.pull."  # notes: when each database was last looked through
# Where one of these is filled in, a row that a person made is meant for the bot.
_MEANT = frozenset({"claim_verdict"})


@dataclass(frozen=True, slots=True)
class Item:
    """A row of ours as people left it: its outbox key and the people's columns.

    A row that a person made has no key; `title` and `related` are what they wrote.
    """

    page_id: str
    key: str
    url: str
    values: Mapping[str, Any]
    edited_by: str
    edited_at: str
    title: str = ""
    related: tuple[str, ...] = ()


def pull_items(
    notion: Notion,
    store: Store,
    settings: NotionSettings,
    name: str = schema.ACTIONS.name,
) -> tuple[Item, ...]:
    """Read the rows that changed since the last look: one request when quiet.

    Until `looked` is told that they were taken over, they are read again.
    """
    binding = setup.bound(store, name)
    notion.guard.bind(store.bindings.all())
    start = rows.since(store.notes.get(_NOTE + name), settings.overlap_s)
    found = notion.rows(binding.data_source_id, "last_edited_time", start)
    read = (rows.read(page, binding) for page in found)
    key = schema.DATABASES[name].key
    items = (
        Item(
            row.page_id,
            str(wire.read(row.own.get(key) or {}) or ""),
            row.url,
            row.values,
            row.last_edited_by,
            row.last_edited_time,
            row.title,
            _related(row.own.get("company")),
        )
        for row in read
    )
    return tuple(item for item in items if item.key or _MEANT & _set(item.values))


def _related(company: Mapping[str, Any] | None) -> tuple[str, ...]:
    value = wire.read(company) if company else None
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _set(values: Mapping[str, Any]) -> set[str]:
    return {name for name, value in values.items() if value}


def looked(store: Store, name: str, at: datetime) -> None:
    """Note that what was read at that moment is taken over."""
    store.notes.put(_NOTE + name, at.isoformat(), at)
