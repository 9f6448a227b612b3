"""Who wants the bot to rest: for one company, or altogether. Touches: the store.

A company rests while *Pause Bot* is ticked in its row; everything rests while a person
has ticked the box at the top of the Portfolio page. Notion is read on, so that either
can be taken back.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from store.records import MirrorRow
from store.store import Store

COLUMN = "paused"
# The jobs that go on while everything rests: reading, and forgetting what is due.
GO_ON = frozenset({"pauses", "poll", "retention"})
CHANGED = "pause.changed"  # a note: companies whose rows people changed meanwhile
ALL = "pause.all"  # a note: since when everything rests
SAID = (
    "Paused: nothing is fetched, written or alerted for this company until Pause Bot "
    "is unticked."
)


def is_paused(row: MirrorRow) -> bool:
    """Whether a person wants nothing done for a company. Pure."""
    return bool(row.values.get(COLUMN))


def paused(store: Store) -> frozenset[str]:
    """The companies that rest, by id."""
    return store.mirror.ticked(COLUMN)


def everything(store: Store) -> str:
    """Since when everything rests, as ISO time; "" where it does not."""
    note: Mapping[str, Any] = store.notes.get(ALL) or {}
    return str(note.get("since") or "")


def set_everything(store: Store, now: datetime, *, rests: bool) -> bool:
    """Note that everything rests, or goes on; False where that was so already."""
    if rests == bool(everything(store)):
        return False
    if rests:
        store.notes.put(ALL, {"since": now.isoformat()}, now)
    else:
        store.notes.drop(ALL)
    return True


def remember(store: Store, changed: Iterable[str], now: datetime) -> None:
    """Remember whose rows people changed, for when everything goes on."""
    before = store.notes.get(CHANGED, [])
    whole = sorted({*before, *changed})
    if whole != before:
        store.notes.put(CHANGED, whole, now)


def remembered(store: Store) -> list[str]:
    """Give what was remembered, once."""
    changed: list[str] = store.notes.get(CHANGED, [])
    if changed:
        store.notes.drop(CHANGED)
    return changed
