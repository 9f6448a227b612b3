"""A dry run: the jobs work on a copy of the store, and Notion is only read.

Touches: temporary copies of the store and the indexes; Notion and sources, reading.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.app import App, Clock, open_app, system_clock
from bot.differing import Known, in_words
from bot.jobs import notion as notion_jobs
from bot.settings import Settings
from bot.share import WHOLE, Share
from bot.telemetry import Logger
from store.copying import copied
from store.differences import differences
from store.store import Store
from sync.notion import preview

Preview = Callable[[], list[str]]


@contextmanager
def tried(
    settings: Settings, log: Logger, share: Share = WHOLE, clock: Clock = system_clock
) -> Iterator[tuple[App, Preview]]:
    """Open the bot on a copy of its store, with a client that refuses every write.

    Gives the app, and what tells in words what would have become of store and Notion.
    """
    with tempfile.TemporaryDirectory(prefix="cip-dry-run-") as folder:
        place = Path(folder)
        own = _laid_out(settings, place, clock)
        before = _kept(own, place)
        app = replace(open_app(own, log, clock, dry_run=True), share=share)
        try:
            yield app, lambda: [*_in_store(app, before), *_in_notion(app)]
        finally:
            app.close()


def _laid_out(settings: Settings, place: Path, clock: Clock) -> Settings:
    """Copy what the jobs write to; the settings then point there."""
    key, index = settings.secrets.store_key, Path(settings.intel.index_dir)
    url = copied(settings.store.url, place / "store.db", clock(), key)
    if index.is_dir():
        shutil.copytree(index, place / "index")
    store = replace(settings.store, url=url, backups=str(place / "backups"))
    intel = replace(settings.intel, index_dir=str(place / "index"))
    return replace(settings, store=store, intel=intel)


def _kept(own: Settings, place: Path) -> Path:
    """Bring the copy up to date, and keep it as it is before any job."""
    Store.open(own.store.url, own.secrets.store_key).close()
    before = place / "before.db"
    shutil.copyfile(place / "store.db", before)
    return before


def _in_store(app: App, before: Path) -> list[str]:
    """Say what would change in the store."""
    names = {org.org_id: org.callsign for org in app.store.orgs.all()}
    key = app.settings.secrets.store_key
    old = Store.open(f"sqlite:///{before}", key)
    try:
        days = (old.health.last(org_id) for org_id in names)
        stood = {day.org_id: day.health for day in days if day is not None}
    finally:
        old.close()
    found = differences(app.store, before)
    lines = [f"store: {line}" for line in in_words(found, Known(names, stood))]
    return lines or ["store: nothing would change"]


def _in_notion(app: App) -> list[str]:
    """Say what would be written to Notion."""
    settings, mine = notion_jobs.settings(app), app.share.published
    told = preview.preview(app.notion(), app.store, settings, app.clock(), mine)
    lines = [f"{key}: {line}" for key, said in told.items() for line in said]
    return lines or ["Notion shows everything already; nothing would be written."]
