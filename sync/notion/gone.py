"""Rows of companies that were forgotten: they belong to people and stay; nothing of
them is kept but that they are there. Touches: the store.
"""

from datetime import datetime

from store import pages
from store.records import MirrorRow, RowState
from store.store import Store
from sync.notion import schema
from sync.notion.rows import ReadRow

NOTE = "note:"
PRIORITY = 1


def leave_alone(store: Store, row: ReadRow, day: str, now: datetime) -> MirrorRow:
    """Keep a bare mark of a row, and have it say why the bot does not follow it.

    It has no hash of its values, so that it counts as changed whenever it is read.
    """
    bare = MirrorRow(
        page_id=row.page_id,
        org_id="",
        title="",
        url="",
        state=RowState.LIVE,
        values={},
        value_hash="",
        last_edited_time=row.last_edited_time,
        problems=(),
        seen_at=now,
    )
    store.mirror.put(bare)
    want_note(store, row.page_id, day, now)
    return bare


def want_note(store: Store, page_id: str, day: str, now: datetime) -> None:
    """Want the bot's columns of a row empty but for the note."""
    mine = {p.name: None for p in schema.COMPANIES.owned_by(schema.BOT)}
    columns = pages.Columns({**mine, "sync_note": words(day)})
    store.outbox.want(f"{NOTE}{page_id}", columns, "", PRIORITY, now)


def words(day: str) -> str:
    """What the row says."""
    return (
        f"Forgotten on {day}: the bot keeps nothing of this company and does not "
        "follow this row. `cip remember`, with the company's name, brings it back."
    )
