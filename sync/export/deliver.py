"""Hands the store's tables to wherever they are wanted.

Touches: the destination, a working folder.
"""

from store.analytics import Analytics
from sync.export import pipeline, sheets, targets
from sync.export.settings import ExportSettings
from sync.export.targets import Target
from sync.source import Progress, silent


def deliver(
    store: Analytics,
    target: Target,
    settings: ExportSettings,
    progress: Progress = silent,
) -> dict[str, int]:
    """Send what changed; gives the rows sent by table. Raises ExportError."""
    if target.kind == targets.SHEET:
        return sheets.export(store, target.place, settings, progress)
    return pipeline.export(store, target, settings, progress)
