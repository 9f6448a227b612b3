"""The part of `cip doctor` that looks at the sources inside the house.

Touches: files, the web, a mail server; it stores nothing of what it sees.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bot.app import App
from bot.commands.finding import Finding
from bot.errors import BotError
from bot.jobs import inside, usage
from bot.report import silent
from sync.connectors import transcribe
from sync.connectors.errors import NoFolder
from sync.connectors.usage_sql import UsageSqlSource
from sync.errors import SyncError


def check(app: App) -> Iterator[Finding]:
    """Ask each configured source; one that fails stops no other."""
    asked = 0
    for name, look in _LOOKS.items():
        well = True
        try:
            said = look(app)
        except (BotError, SyncError) as error:
            said, well = str(error), False
        if said:
            asked += 1
            yield Finding(f"{name}: {said}", well)
    if not asked:
        yield Finding("none is configured")


def _companies(app: App) -> str:
    if not app.settings.sync.connectors.orgs_csv.file:
        return ""
    count = inside.companies_file(app, silent).check(app.clock())
    return f"{count} companies in the file"


def _usage(app: App) -> str:
    return _folder("usage", app.settings.sync.connectors.usage.folder)


def _usage_database(app: App) -> str:
    settings = app.settings.sync.connectors.usage_sql
    if not settings.url:
        return ""
    where = UsageSqlSource(settings, app.store, usage.finder([])).check(app.clock())
    return f"{where} answers the query"


def _support(app: App) -> str:
    if not app.settings.sync.connectors.zendesk.base_url:
        return ""
    inside.zendesk(app, silent).check(app.clock())
    return "Zendesk gives its export"


def _calls(app: App) -> str:
    return _folder("calls", app.settings.sync.connectors.calls.folder)


def _recordings(app: App) -> str:
    settings = app.settings.sync.connectors.calls
    if not (settings.folder and settings.audio.base_url):
        return ""
    transcribe.check(settings.audio, app.settings.secrets.transcribe_key)
    return "the transcription endpoint answers"


def _mail(app: App) -> str:
    settings = app.settings.sync.connectors.mail
    if not settings.host:
        return ""
    inside.mailbox(app).check()
    return f"{settings.user} may read {', '.join(settings.folders)}"


def _folder(name: str, place: str) -> str:
    """Say that a drop folder is there, "" where none is set; raises NoFolder."""
    folder = Path(place).expanduser()
    if place and not folder.is_dir():
        raise NoFolder(f"sync.connectors.{name}.folder", folder)
    return f"the folder {folder} is there" if place else ""


_LOOKS: Mapping[str, Callable[[App], str]] = {
    "companies": _companies,
    "usage": _usage,
    "usage database": _usage_database,
    "support": _support,
    "calls": _calls,
    "recordings": _recordings,
    "mail": _mail,
}
