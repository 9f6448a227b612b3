"""`cip metabase`: questions and a dashboard over the store's views.

Touches: Metabase, the terminal.
"""

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from bot.config import load
from sync.metabase.client import Metabase
from sync.metabase.errors import NoKey
from sync.metabase.setup import set_up


def show(environ: Mapping[str, str], url: str, database: str, *, dry_run: bool) -> None:
    """Make what is missing and say what was done; raises MetabaseError."""
    key = load(environ).secrets.metabase_api_key
    if not key:
        raise NoKey
    metabase = Metabase(url, key)
    try:
        done = set_up(metabase, database, dry_run=dry_run)
    finally:
        metabase.close()
    console = Console()
    would = "would be: " if dry_run else ""
    for line in done.lines:
        console.print(escape(f"{would}{line}"), highlight=False)
    if not done.lines:
        console.print("Everything is there already.")
    if done.dashboard:
        console.print(escape(done.dashboard), highlight=False, soft_wrap=True)
