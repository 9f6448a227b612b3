"""Opens the bot for a command and closes it again. Touches: environment, store."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from bot import telemetry
from bot.app import App, open_app, open_store
from bot.config import load
from bot.redaction import secrets_of
from bot.settings import Settings
from bot.share import WHOLE, Share
from store.store import Store


@contextmanager
def opened_store(environ: Mapping[str, str]) -> Iterator[Store]:
    """Open just the store."""
    settings = load(environ)
    log = telemetry.configure(settings.bot.log, secrets_of(settings))
    store = open_store(settings, log)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_app(
    environ: Mapping[str, str],
    *,
    dry_run: bool = False,
    parent: str = "",
    patience: timedelta = timedelta(0),
    share: Share = WHOLE,
) -> Iterator[App]:
    """Open everything a job may ask for; `parent` stands in for the settings' own."""
    settings = part_of(under(load(environ), parent), share)
    log = telemetry.configure(settings.bot.log, secrets_of(settings))
    app = open_app(settings, log, dry_run=dry_run, patience=patience)
    try:
        yield replace(app, share=share)
    finally:
        app.close()


def part_of(settings: Settings, share: Share) -> Settings:
    """The settings with a slice's part of the requests that Notion allows. Pure."""
    own = settings.sync.notion
    if share.count == 1:
        return settings
    part = max(1, own.requests_per_window // share.count)
    return replace(
        settings,
        sync=replace(settings.sync, notion=replace(own, requests_per_window=part)),
    )


def under(settings: Settings, parent: str) -> Settings:
    """The settings with another parent page, where one is given. Pure."""
    if not parent:
        return settings
    notion = replace(settings.sync.notion, parent=parent)
    return replace(settings, sync=replace(settings.sync, notion=notion))
