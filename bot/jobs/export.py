"""Hands out what the store knows, where `[sync.export]` says so.

Touches: the store, the destination.
"""

from collections.abc import Mapping

from bot.app import App
from bot.report import Progress, Report
from store.analytics import Analytics
from sync.export import deliver, targets


def hand_out(app: App, progress: Progress) -> Report:
    """Send what changed since the last time; nothing where no target is set.

    It is done once for all companies, and in a dry run only said.
    """
    own = app.settings.sync.export
    if not own.to or not app.share.leads:
        return Report()
    target = targets.parse(own.to)
    if app.dry_run:
        return Report(lines=(f"what has changed would be sent to {target.shown}",))
    sent = deliver.deliver(Analytics(app.store.database), target, own, progress)
    return Report({"rows": sum(sent.values()), "tables": len(sent)})


def wording(sent: Mapping[str, int]) -> str:
    """Say what was sent. Pure."""
    told = ", ".join(f"{rows:,} of {name}" for name, rows in sent.items())
    return f"sent {told}" if told else "nothing has changed since the last export"
