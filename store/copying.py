"""Copies a SQLite store while it is in use. Touches: two files."""

import sqlite3
from pathlib import Path

from store.database import redacted
from store.errors import StoreError


class CannotCopy(StoreError):
    """A store on a server is not copied to a file."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{redacted(url)} is no SQLite file, so no copy of it can be made here. "
            "Dry runs work on a copy; point DATABASE_URL at a restored dump instead."
        )


def copied(url: str, target: Path) -> str:
    """Copy the store and give back the copy's URL; a store not made yet is empty."""
    if not url.startswith("sqlite:///"):
        raise CannotCopy(url)
    source = Path(url.removeprefix("sqlite:///")).expanduser()
    if source.exists():
        with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
            old.backup(new)
        old.close()
        new.close()
    return f"sqlite:///{target}"
