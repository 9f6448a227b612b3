"""A dry run: the jobs work on a copy of the store, and Notion is only read.

Touches: a temporary copy of the store; Notion, reading only.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot import telemetry
from bot.app import App, open_app, system_clock
from bot.config import load
from bot.jobs import notion as notion_jobs
from bot.redaction import secrets_of
from bot.share import WHOLE, Share
from store.copying import copied
from sync.notion import preview

Preview = Callable[[], list[str]]


@contextmanager
def previewed(
    environ: Mapping[str, str], share: Share = WHOLE
) -> Iterator[tuple[App, Preview]]:
    """Open the bot on a copy of its store, with a client that refuses every write."""
    settings = load(environ)
    log = telemetry.configure(settings.bot.log, secrets_of(settings))
    with tempfile.TemporaryDirectory(prefix="cip-dry-run-") as folder:
        place = Path(folder)
        key = settings.secrets.store_key
        url = copied(settings.store.url, place / "store.db", system_clock(), key)
        index = replace(settings.intel, index_dir=str(place / "index"))
        own = replace(settings, store=replace(settings.store, url=url), intel=index)
        app = open_app(own, log, dry_run=True)
        try:
            yield replace(app, share=share), lambda: _lines(app)
        finally:
            app.close()


def _lines(app: App) -> list[str]:
    settings = notion_jobs.settings(app)
    told = preview.preview(app.notion(), app.store, settings, app.clock())
    lines = [f"{key}: {line}" for key, said in told.items() for line in said]
    return lines or ["Notion shows everything already; nothing would be written."]
