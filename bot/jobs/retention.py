"""Drops texts of others that are older than the settings let us keep them.

Touches: the store.
"""

from datetime import datetime

from bot.app import App
from bot.report import Progress, Report
from store.changes import Change

RECEIPT = "retention.last"


def drop(app: App, progress: Progress) -> Report:  # noqa: ARG001, every job's shape
    """Drop old raw texts and fetched pages; the audit log says how many and when."""
    months, now = app.settings.store.retention.raw_text_months, app.clock()
    if not months:
        return Report()
    before = months_before(now, months)
    with app.store.atomic():
        dropped = app.store.retention.drop_texts(before)
        told = {
            "before": before.isoformat(),
            "texts": dropped.texts,
            "pages": dropped.pages,
        }
        if dropped.texts or dropped.pages:
            source = f"store.retention.raw_text_months = {months}"
            change = Change("retention", source, now)
            app.store.audit.add(change.entry("", "raw_text", "dropped", told, None))
        app.store.notes.put(RECEIPT, {"at": now.isoformat(), **told}, now)
    return Report({"texts_dropped": dropped.texts, "pages_dropped": dropped.pages})


def months_before(now: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last of a shorter month. Pure."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))
