"""Reads Companies whole and finds out what became of rows that are gone.

Touches: Notion, the store's mirror. None of it deletes data.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.records import MirrorRow, RowState
from store.store import Store
from sync.notion import pull
from sync.notion.client import Notion
from sync.notion.errors import EmptiedDatabase, NotShared
from sync.notion.guard import plain
from sync.notion.pull import PullReport, Readers


def sweep(notion: Notion, store: Store, readers: Readers, now: datetime) -> PullReport:
    """Re-read every row, then look up each one that did not come.

    Raises EmptiedDatabase where all of several rows are gone at once.
    """
    work = pull.begin(notion, store, readers, now)
    found = notion.rows(work.binding.data_source_id, "created_time")
    known = store.mirror.all(RowState.LIVE)
    if not found and len(known) > 1:
        raise EmptiedDatabase("Companies", len(known))
    seen = {row["id"] for row in found}
    missing = [row for row in known if row.page_id not in seen]
    gone = [
        _gone(notion, store, row, work.binding.data_source_id, now) for row in missing
    ]
    pull.take_all(work, found)
    store.mirror.stamp(seen, now)
    vanished = tuple(fate for fate in gone if fate)
    changed = (org_id for org_id, _ in vanished if org_id)
    work.note(changed=changed, vanished=vanished)
    return work.report


def fate(page: Mapping[str, Any], source_id: str) -> RowState:
    """Say what became of a row, from the page itself."""
    parent = (page.get("parent") or {}).get("data_source_id") or ""
    if page.get("in_trash"):
        return RowState.TRASHED
    if page.get("is_archived"):
        return RowState.ARCHIVED
    return RowState.LIVE if plain(parent) == plain(source_id) else RowState.MOVED


def _gone(
    notion: Notion, store: Store, row: MirrorRow, source_id: str, now: datetime
) -> tuple[str, RowState] | None:
    try:
        state = fate(notion.page(row.page_id), source_id)
    except NotShared:
        state = RowState.UNSHARED
    if state is RowState.LIVE:
        return None  # the index was behind; the row is there
    store.mirror.set_state(row.page_id, state, now)
    return row.org_id, state
