"""`cip migrate`: the store brought up to date by its owner. Touches: the store."""

import sys
from collections.abc import Mapping

from bot.config import load
from bot.opening import opened_store
from bot.work import ground
from store import grants


def migrate(environ: Mapping[str, str]) -> None:
    """Make or alter the tables, and grant the roles that are there what they need."""
    with opened_store(environ) as store:
        url = load(environ).store.url
        if ground.is_postgres(url) and not ground.missing():
            from bot.work import queue  # noqa: PLC0415 - an extra

            queue.prepare(url)
        roles = grants.grant(store.database)
    said = f" Granted: {', '.join(roles)}." if roles else ""
    sys.stdout.write(f"The store is up to date.{said}\n")
