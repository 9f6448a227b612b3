"""Brings product usage from its drop folder. Touches: files, the store."""

from collections.abc import Callable

from bot.app import App
from bot.report import Progress, Report
from store.records import Org
from sync.connectors.usage import UsageSource


def bring(app: App, progress: Progress) -> Report:
    """Read what was delivered; nothing to do where no folder is set."""
    settings = app.settings.sync.connectors.usage
    if not settings.folder:
        return Report()
    source = UsageSource(settings, app.store, finder(app.store.orgs.all()), progress)
    counts = source.pull(app.clock())
    problems = tuple(f"{p.file}:{p.line}: {p.reason}" for p in source.problems())
    return Report(counts, problems)


def finder(orgs: list[Org]) -> Callable[[str], str | None]:
    """Make the look-up of an org by id, callsign, name, alias or domain. Pure."""
    known: dict[str, str] = {}
    for org in orgs:
        for name in (org.org_id, *org.names, org.domain):
            if name:
                known.setdefault(name.casefold(), org.org_id)
    return lambda name: known.get(name.strip().casefold())
