"""Opens the bot for a command and closes it again. Touches: environment, store."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bot import telemetry
from bot.app import App, open_app
from bot.config import load
from store.store import Store


@contextmanager
def opened_store(environ: Mapping[str, str]) -> Iterator[Store]:
    """Open just the store."""
    store = Store.open(load(environ).store.url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_app(environ: Mapping[str, str], *, dry_run: bool = False) -> Iterator[App]:
    """Open everything a job may ask for."""
    settings = load(environ)
    log = telemetry.configure(settings.bot.log)
    app = open_app(settings, log, dry_run=dry_run)
    try:
        yield app
    finally:
        app.close()
