"""`cip backup` and `cip restore`: a copy of the store, and a store out of a copy.

Touches: the store, files, the terminal.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from bot import telemetry
from bot.app import open_app, system_clock
from bot.config import load
from bot.errors import WrongUsage
from bot.jobs import forgetting
from bot.redaction import secrets_of
from bot.settings import Settings
from store import backup, ciphered
from store import restoring as store_restoring
from store.database import redacted

PATTERN = "store-*.db"


def take(environ: Mapping[str, str], file: str, keep: int | None) -> None:
    """Back the store up into a file, or into the folder of backups.

    With `keep` only so many of that folder's backups stay, the newest. Raises
    WrongUsage, CannotOpen.
    """
    if keep is not None and (file or keep < 1):
        raise WrongUsage("--keep is a number from 1 on, and goes without a FILE.")
    settings, now = load(environ), system_clock()
    folder = Path(settings.store.backups)
    target = Path(file) if file else folder / f"store-{now:%Y%m%dT%H%M%SZ}.db"
    told = backup.take(settings.store.url, target, now, settings.secrets.store_key)
    console = Console()
    console.print(escape(f"{target}: {told.rows:,} rows of {len(told.tables)} tables"))
    for old in superfluous(folder, keep):
        old.unlink()
        console.print(escape(f"{old}: removed"))


def superfluous(folder: Path, keep: int | None) -> list[Path]:
    """List the backups in a folder that are older than the newest so many."""
    every = sorted(folder.glob(PATTERN), reverse=True)
    return [] if keep is None else every[keep:]


def restore(environ: Mapping[str, str], file: str, *, yes: bool) -> None:
    """Check a backup, ask, and put it in the store's place.

    Raises BadBackup, StoreInUse, CannotOpen.
    """
    settings, console, now = load(environ), Console(), system_clock()
    keys = settings.secrets.store_key, settings.secrets.store_key_before
    told = backup.check(Path(file), ciphered.fitting(Path(file), *keys))
    console.print(
        escape(f"{file}: whole, made {told.made_at[:16]} UTC, {told.rows:,} rows")
    )
    place = redacted(settings.store.url)
    if not yes and not typer.confirm(f"Put it in the place of {place}?"):
        console.print("Nothing was changed.")
        return
    _restore(settings, Path(file), now, console)


def rekey(environ: Mapping[str, str], *, yes: bool) -> None:
    """Encrypt the store with STORE_KEY; STORE_KEY_BEFORE opens it so far, if any does.

    Raises WrongUsage, StoreInUse, KeyMissing, KeyWrong, CannotReplace.
    """
    settings, console, now = load(environ), Console(), system_clock()
    own, secrets = settings.store, settings.secrets
    if not own.url.startswith("sqlite:"):
        raise WrongUsage("Only SQLite stores are encrypted by a key of ours.")
    if not secrets.store_key:
        raise WrongUsage(
            "Set STORE_KEY to the key that the store is to have, and STORE_KEY_BEFORE "
            "to the one that it has, if it has one."
        )
    if not yes and not typer.confirm(f"Encrypt {own.url} with STORE_KEY?"):
        console.print("Nothing was changed.")
        return
    keys = secrets.store_key, secrets.store_key_before
    kept = store_restoring.rekey(own.url, Path(own.backups), now, *keys)
    console.print("The store opens with STORE_KEY now, and with no other key.")
    if kept:
        console.print(escape(f"as it was before: {kept}; delete it, and old backups"))


def _restore(settings: Settings, file: Path, now: datetime, console: Console) -> None:
    own, secrets = settings.store, settings.secrets
    keys = secrets.store_key, secrets.store_key_before
    done = store_restoring.restore(file, own.url, Path(own.backups), now, *keys)
    if done.kept:
        console.print(escape(f"what was there before: {done.kept}"))
    app = open_app(
        settings, telemetry.configure(settings.bot.log, secrets_of(settings))
    )
    try:
        again = forgetting.again(app, "cip restore")
    finally:
        app.close()
    if again.counts:
        told = ", ".join(f"{n} in {name}" for name, n in again.counts.items())
        console.print(escape(f"forgotten since, and taken out again: {told}"))
    console.print(
        "Restored. The next poll takes up what people changed in Notion since; "
        "indexes are made anew."
    )
