"""`cip export --to TARGET`: what the store knows, for other programs.

Touches: the store, the destination, the terminal.
"""

import dataclasses
from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from bot.config import load
from bot.errors import WrongUsage
from bot.jobs.export import wording
from bot.opening import opened_store
from bot.redaction import passwords
from store.analytics import Analytics
from sync.export import deliver, targets

FORMATS = ("parquet", "csv")


def export(environ: Mapping[str, str], to: str, kind: str) -> None:
    """Send what changed since the last time; raises ExportError, WrongUsage."""
    own = load(environ).sync.export
    if kind and kind not in FORMATS:
        raise WrongUsage(f"--format is {kind!r}; it is one of {', '.join(FORMATS)}.")
    if passwords(to):
        raise WrongUsage(
            "Everybody on this machine may read a command line, so no password belongs "
            "there. Set EXPORT_URL, or EXPORT_URL_FILE, and leave --to out."
        )
    target = targets.parse(to or own.to)
    chosen = dataclasses.replace(own, format=kind) if kind else own  # type: ignore[arg-type]
    console = Console()
    with opened_store(environ) as store, console.status("exporting"):
        sent = deliver.deliver(Analytics(store.database), target, chosen)
    console.print(escape(f"{target.shown}: {wording(sent)}"), highlight=False)
