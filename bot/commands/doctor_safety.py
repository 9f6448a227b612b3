"""The part of `cip doctor` that looks at who else could read what the bot keeps.

Touches: files' permissions, a backup's date; it reads none of them.
"""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bot.app import App
from bot.commands.backup import PATTERN
from bot.commands.finding import Finding
from store.database import sqlite_path

_OLD = timedelta(days=8)  # of the newest backup, where there are any
_ON_THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
_ENCRYPTED_LINES = ("require", "verify-ca", "verify-full")
_OTHERS = 0o077  # any right of the group or of others
_WAY_IN = 0o011  # the right to pass through a folder


def check(app: App) -> Iterator[Finding]:
    """Say whether the store is encrypted, private and backed up."""
    url, backups = app.settings.store.url, Path(app.settings.store.backups)
    is_file = url.startswith("sqlite:")
    yield _encrypted(app) if is_file else line(url)
    own = [Path(app.settings.intel.index_dir), backups, *_files(url, backups)]
    yield from open_to_others(own)
    yield _writable(backups)
    yield _newest(backups, app.clock())


def open_to_others(paths: list[Path]) -> Iterator[Finding]:
    """Name what other users of this machine may get at, or say that it is nothing."""
    found = [path for path in paths if is_open(path)]
    for path in found:
        wanted = "700" if path.is_dir() else "600"
        yield Finding(
            f"other users of this machine may get at {path} "
            f"({path.stat().st_mode & 0o777:o}). Run `chmod {wanted} {path}`.",
            well=False,
        )
    if not found:
        yield Finding("no other user of this machine may read store, index or backups")


def is_open(path: Path) -> bool:
    """Whether others have any right to it, and a way there."""
    place = path.expanduser().absolute()
    if not place.exists() or not place.stat().st_mode & _OTHERS:
        return False
    return all(parent.stat().st_mode & _WAY_IN for parent in place.parents)


def _files(url: str, backups: Path) -> list[Path]:
    found = sorted(backups.glob("*.db")) if backups.is_dir() else []
    if not url.startswith("sqlite:"):
        return found
    store = sqlite_path(url)
    beside = [store.with_name(store.name + end) for end in ("", "-wal", "-shm")]
    return [*beside, *found]


def _encrypted(app: App) -> Finding:
    if app.settings.secrets.store_key:
        return Finding("the store is encrypted with STORE_KEY, and backups with it")
    return Finding("the store is not encrypted; STORE_KEY would have it so")


def line(url: str) -> Finding:
    """Whether what goes to a server is encrypted on its way. Pure."""
    parts = urlsplit(url)
    mode = parse_qs(parts.query).get("sslmode", [""])[0]
    if (parts.hostname or "") in _ON_THIS_MACHINE or mode in _ENCRYPTED_LINES:
        return Finding("the store is on a server, whose disk is its own affair")
    return Finding(
        f"what goes to the store at {parts.hostname} may go unencrypted. Add "
        "sslmode=verify-full to DATABASE_URL.",
        well=False,
    )


def _writable(backups: Path) -> Finding:
    """Whether backups can be put where they belong, the folder made where needed."""
    there = next(
        folder
        for folder in (backups.absolute(), *backups.absolute().parents)
        if folder.exists()
    )
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding(f"backups can be written into {backups}")
    return Finding(
        f"backups cannot be written into {backups}, and no newer version can migrate "
        f"the store. Let this user write {there}, or set [store] backups.",
        well=False,
    )


def _newest(backups: Path, now: datetime) -> Finding:
    """How old the newest backup of `cip backup` is; some keep theirs elsewhere."""
    made = [path.stat().st_mtime for path in backups.glob(PATTERN)]
    if not made:
        return Finding(f"no backup in {backups} yet; `cip backup` makes one")
    newest = datetime.fromtimestamp(max(made), now.tzinfo)
    age = f"{newest:%Y-%m-%d %H:%M} UTC ({len(made)} in {backups})"
    if now - newest <= _OLD:
        return Finding(f"the newest backup is of {age}")
    return Finding(
        f"the newest backup is of {age}, which is long ago. Run `cip backup`, best "
        "each night.",
        well=False,
    )
