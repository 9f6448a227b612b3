"""Brings product usage from its drop folder and from a database of the team's.

Touches: files, that database, the store.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.app import App
from bot.report import Progress, Report
from store.records import Org
from sync.connectors.errors import ConnectorError
from sync.connectors.usage import Problem, UsageSource

if TYPE_CHECKING:
    from sync.connectors.usage_sql import UsageSqlSource


def bring(app: App, progress: Progress) -> Report:
    """Read what was delivered; a source that fails keeps no other from being read."""
    report = Report()
    for source in _sources(app, progress):
        try:
            counts = source.pull(app.clock())
        except ConnectorError as error:
            report += Report(problems=(str(error),), failed=True)
        else:
            report += Report(counts, tuple(map(_in_words, source.problems())))
    return report


def finder(orgs: list[Org]) -> Callable[[str], str | None]:
    """Make the look-up of an org by id, callsign, name, alias or domain. Pure."""
    known: dict[str, str] = {}
    for org in orgs:
        for name in (org.org_id, *org.names, org.domain):
            if name:
                known.setdefault(name.casefold(), org.org_id)
    return lambda name: known.get(name.strip().casefold())


def _sources(app: App, progress: Progress) -> "Iterator[UsageSource | UsageSqlSource]":
    """The sources that are configured."""
    settings, find_org = app.settings.sync.connectors, finder(app.store.orgs.all())
    if settings.usage.folder:
        yield UsageSource(settings.usage, app.store, find_org, progress)
    if settings.usage_sql.url:
        from sync.connectors.usage_sql import UsageSqlSource  # noqa: PLC0415  (slow)

        yield UsageSqlSource(settings.usage_sql, app.store, find_org, progress)


def _in_words(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}: {problem.reason}"
