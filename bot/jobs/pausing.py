"""Looks whether people want everything to rest: the box on the Portfolio page.

Touches: Notion (reading only), the store.
"""

from bot import pause
from bot.app import App
from bot.jobs.portfolio import KEY
from bot.report import Progress, Report
from store.records import Sent
from sync.notion import switch

BOX = "pause.box"  # a note: the page, the box on it, and when the page was looked over


def look(app: App, progress: Progress) -> Report:  # noqa: ARG001
    """Take over whether the box is ticked; one request, none without the page.

    A box that a person has removed counts as not ticked.
    """
    page = app.store.outbox.sent(KEY)
    rests = _ticked(app, page) if page else False
    if not pause.set_everything(app.store, app.clock(), rests=rests):
        return Report()
    app.log.warning("everything rests" if rests else "everything goes on")
    return Report({"paused" if rests else "resumed": 1})


def _ticked(app: App, page: Sent) -> bool:
    box = _box(app, page)
    ticked = switch.is_ticked(app.notion(), box) if box else False
    if ticked is None:
        app.store.notes.drop(BOX)
    return bool(ticked)


def _box(app: App, page: Sent) -> str:
    """Find the box, looking over the page only where it was written since."""
    known = app.store.notes.get(BOX) or {}
    stamp = page.sent_at.isoformat()
    same = known.get("page") == page.notion_id
    if same and (known["box"] or known["at"] == stamp):
        return str(known["box"])
    box = switch.find(app.notion(), page.notion_id)
    note = {"page": page.notion_id, "box": box, "at": stamp}
    app.store.notes.put(BOX, note, app.clock())
    return box
