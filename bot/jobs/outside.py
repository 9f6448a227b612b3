"""Asks the sources that need a key, and watches companies' own sites.

Each is built only with its key (or setting); what goes wrong with one becomes a
problem line and stops no other. Touches: the web, the store.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from bot.app import App
from bot.report import Progress, Report
from intel.rounds import round_name
from store.records import Org
from sync import retry
from sync.connectors.api import Line
from sync.connectors.crunchbase import CrunchbaseSource, crunchbase_api
from sync.connectors.google_cse import GoogleSearch, GoogleSource, google_api
from sync.connectors.newsapi import NewsApiSource, news_api
from sync.errors import SyncError
from sync.source import Source, Stopping
from sync.web.pace import Pacer
from sync.web.sites import SitesSource


class Telling(Source, Protocol):
    """A source that says in sentences what went wrong in its last run.

    It asks `stopping` between two companies.
    """

    stopping: Stopping

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, each with what to do about it."""


Make = Callable[[App, Sequence[Org], Line, Progress], Telling | None]


def bring(app: App, orgs: Sequence[Org], progress: Progress) -> Report:
    """Pull from every source there is, one after the other."""
    report = Report()
    for source in sources(app, orgs, progress):
        if app.halts():
            break
        report += pull(app, source)
    return report


def pull(app: App, source: Telling) -> Report:
    """Pull from one source; its counts carry its name."""
    try:
        counts = source.pull(app.clock())
    except SyncError as error:
        app.log.warning("source", source=source.name, outcome="failed", why=str(error))
        return Report({f"{source.name}_failed": 1}, (f"{source.name}: {error}",))
    app.log.info("source", source=source.name, outcome="read", **counts)
    return Report(_named(source.name, counts), source.problems)


def sources(app: App, orgs: Sequence[Org], progress: Progress) -> Iterator[Telling]:
    """Make the sources whose keys and settings are there."""
    line = outside_line(app)
    for make in (_newsapi, _google, _crunchbase, _sites):
        source = make(app, orgs, line, progress)
        if source is not None:
            source.stopping = app.halts
            yield source


def google_search(app: App, line: Line) -> GoogleSearch | None:
    """Make the web search, where its key and engine are configured."""
    settings, secrets = app.settings.sync.connectors.google_cse, app.settings.secrets
    if not (secrets.google_cse_key and secrets.google_cse_id):
        return None
    api = google_api(settings, secrets.google_cse_key, line, app.store)
    return GoogleSearch(settings, secrets.google_cse_id, api)


def outside_line(app: App) -> Line:
    """Make the way to the providers, within the guard of `[sync.web]`."""
    wire = app.tracing.wire(app.settings.sync.web)
    return Line(wire, app.store.http_cache, Pacer(), retry.Policy())


def _newsapi(
    app: App, orgs: Sequence[Org], line: Line, progress: Progress
) -> Telling | None:
    settings, key = (
        app.settings.sync.connectors.newsapi,
        app.settings.secrets.newsapi_key,
    )
    if not key:
        return None
    api = news_api(settings, key, line, app.store)
    return NewsApiSource(settings, api, app.store, orgs, progress)


def _google(
    app: App, orgs: Sequence[Org], line: Line, progress: Progress
) -> Telling | None:
    search = google_search(app, line)
    if search is None:
        return None
    settings = app.settings.sync.connectors.google_cse
    return GoogleSource(settings, search, app.store, orgs, progress)


def _crunchbase(
    app: App, orgs: Sequence[Org], line: Line, progress: Progress
) -> Telling | None:
    connectors, key = app.settings.sync.connectors, app.settings.secrets.crunchbase_key
    if not key:
        return None
    api = crunchbase_api(connectors.crunchbase, key, line, app.store)
    return CrunchbaseSource(
        connectors.crunchbase, api, app.store, orgs, round_name, progress
    )


def _sites(
    app: App,
    orgs: Sequence[Org],
    line: Line,  # noqa: ARG001, sites are read by the fetcher
    progress: Progress,
) -> Telling | None:
    settings = app.settings.sync.sites
    if not settings.watch:
        return None
    return SitesSource(settings, app.fetcher(), app.store, orgs, progress)


def _named(name: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {f"{name}_{word}": count for word, count in counts.items()}
