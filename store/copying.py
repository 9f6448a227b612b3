"""Copies a store in use, for what is only tried. Touches: the database, a file."""

from datetime import datetime
from pathlib import Path

from store import backup
from store.database import sqlite_path


def copied(url: str, target: Path, now: datetime, key: str = "") -> str:
    """Copy the store into a SQLite file, and give the copy's URL.

    A file that is not there yet counts as empty. The copy of an encrypted store has the
    same key. Raises CannotOpen.
    """
    if not url.startswith("sqlite:") or sqlite_path(url).exists():
        backup.take(url, target, now, key)
    return f"sqlite:///{target}"
