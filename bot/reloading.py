"""Takes over a new cadence while the bot runs: after a changed file, or SIGHUP.

Only `[bot.schedule]` applies at once; whatever else changed is named, and needs a
restart. A file that cannot be used leaves everything as it was. Touches: the settings
file, the store (notes), the log.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import config, variables
from bot.app import App
from bot.errors import BadConfig
from bot.settings import Settings

BROKEN = "settings.broken"  # a note: what is wrong with the file as it stands
RESTART = "settings.restart"  # a note: which settings wait for a restart
AT_ONCE = ("bot", "schedule")


class Reloading:
    """Remembers what the settings file said when it was read last."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._seen = _content(config.path_of(environ))

    def look(self, *, asked: bool = False) -> Settings | None:
        """Read the settings where the file has changed, or somebody asked.

        Raises BadConfig.
        """
        content = _content(config.path_of(self._environ))
        if content == self._seen and not asked:
            return None
        self._seen = content
        return config.load(self._environ)


def begin(app: App) -> None:
    """Forget what a former process waited for."""
    for note in (BROKEN, RESTART):
        app.store.notes.drop(note)


def take(app: App, reloading: Reloading, *, asked: bool = False) -> App:
    """Give the app with the cadence that the settings ask for now."""
    try:
        new = reloading.look(asked=asked)
    except BadConfig as error:
        told = "; ".join(error.problems)
        app.log.error("settings broken", why=told, remedy="the old ones stay")
        app.store.notes.put(BROKEN, told, app.clock())
        return app
    if new is None:
        return app
    app.store.notes.drop(BROKEN)
    changed = differing(app.settings, new)
    now = [path for path in changed if path[: len(AT_ONCE)] == AT_ONCE]
    later = [".".join(path) for path in changed if path not in now]
    if later or app.store.notes.get(RESTART):
        app.store.notes.put(RESTART, later, app.clock())
    if later:
        app.log.warning("settings changed that need a restart", settings=later)
    if not now:
        return app
    app.log.info("settings reloaded", settings=[".".join(path) for path in now])
    bot = replace(app.settings.bot, schedule=new.bot.schedule)
    return replace(app, settings=replace(app.settings, bot=bot))


def differing(old: Settings, new: Settings) -> list[variables.Path_]:
    """List the settings that are not the same, by path; never their values. Pure."""
    paths = [path for path, _ in variables.leaves(Settings)]
    return [path for path in paths if _at(old, path) != _at(new, path)]


def _at(settings: Any, path: variables.Path_) -> Any:
    for name in path:
        settings = getattr(settings, name)
    return settings


def _content(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return type(error).__name__
