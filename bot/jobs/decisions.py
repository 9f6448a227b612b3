"""Takes over what people decide about drafts. Touches: the store."""

from dataclasses import dataclass
from datetime import datetime

from bot.app import App
from intel import action_rows, draft_life
from intel.draft_life import Said
from store.records import ActionItem, AuditEntry
from sync.notion.items import Item

FIELD = "draft"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a row: the company it changed, what is wrong, whether it waits."""

    org_id: str = ""
    problem: str = ""
    waits: bool = False


def take(app: App, item: Item) -> Taken:
    """Keep what a person decided about a draft; nothing where that is old."""
    now, said = app.clock(), _said(app, item)
    action_id = item.key.removeprefix(action_rows.KEY)
    with app.store.atomic():
        known = app.store.actions.get(action_id)
        if known is None or not draft_life.is_news(known, said):
            return Taken()
        if known.trigger != draft_life.TRIGGER:
            return Taken(problem=_no_draft(item))
        if said.value and said.value not in draft_life.DECISIONS:
            return Taken(problem=_strange(item, said.value))
        if draft_life.is_settling(known, said, now):
            return Taken(waits=True)
        app.store.actions.put(draft_life.decided(known, said, now))
        app.store.audit.add(_entry(item, known, said, now))
    return Taken(known.org_id)


def _said(app: App, item: Item) -> Said:
    value, note = item.values.get("decision"), item.values.get("draft_note")
    edited = datetime.fromisoformat(item.edited_at) if item.edited_at else None
    person = "" if item.edited_by == app.notion().bot_id else item.edited_by
    return Said(str(value) if value else None, str(note or ""), person, edited)


def _entry(item: Item, known: ActionItem, said: Said, now: datetime) -> AuditEntry:
    before = (known.payload.get("decision") or {}).get("value")
    which = f"{item.key}: decision {'set' if said.value else 'cleared'}"
    return AuditEntry(
        *(now, known.org_id, FIELD, which, said.by or "notion"),
        *(before, said.value, item.url, ""),
    )


def _no_draft(item: Item) -> str:
    return (
        f"Action Items row {item.url}: it is no draft, so Draft Decision says nothing "
        "there. Set Status instead, and empty Draft Decision."
    )


def _strange(item: Item, value: str) -> str:
    known = ", ".join(draft_life.DECISIONS)
    return (
        f"Action Items row {item.url}: {value!r} is no decision about a draft. Choose "
        f"one of {known}."
    )
