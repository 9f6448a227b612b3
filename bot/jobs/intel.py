"""Brings outside evidence in and makes sense of it. Touches: the web, the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import feeds, indexing, linking, outside, rounds, stories, telling
from bot.jobs.orgs import live
from bot.report import Progress, Report
from store.records import Feed, Org
from sync.web import discover, ingest
from sync.web.errors import WebError

LOOK_AGAIN = timedelta(days=30)
SITES_A_RUN = 20


def bring(app: App, progress: Progress) -> Report:
    """Read feeds, fetch articles, link them to companies, index what is evidence."""
    store, now = app.store, app.clock()
    orgs = [org for org, _ in live(store)]
    settings = app.settings.sync.feeds
    feeds.take_up(store, orgs, settings, now)
    if settings.discover_on_site:
        _discover(app, orgs)
    read = ingest.refresh_feeds(
        app.fetcher(), store, store.feeds.due(now), now, _telling(app, progress)
    )
    beside = outside.bring(app, orgs, progress)
    limit = settings.max_articles_per_run
    articles = ingest.fetch_articles(app.fetcher(), store, now, limit, progress)
    report = Report({**read, **articles}, _feed_problems(app)) + beside
    report += linking.link(app, orgs, progress)
    report += stories.sort(app, progress)
    if store.events.unlinked(1):  # they joined a story that a person refused
        report += linking.link(app, orgs, progress)
    report += rounds.read(app, orgs, progress)
    report += linking.cut(app, progress)
    report += telling.want(app)
    return report + indexing.index(app, progress)


def _telling(app: App, progress: Progress) -> Progress:
    """Log what became of each feed, besides showing how far we are."""

    def told(step: int, total: int, about: str = "") -> None:
        feed = app.store.feeds.get(about)
        if feed is not None:
            tell = app.log.warning if feed.error else app.log.info
            outcome = "failed" if feed.error else "read"
            tell("feed", url=about, org=feed.org_id, outcome=outcome, why=feed.error)
        progress(step, total, about)

    return told


def _discover(app: App, orgs: Sequence[Org]) -> None:
    """Look once a month for feeds on the site of each company, some in each run."""
    notes, now = app.store.notes, app.clock()
    told = notes.starting("discovered.")
    due = [
        org
        for org in orgs
        if org.official_site_url
        and not _looked(
            told.get(f"discovered.{org.org_id}"), org.official_site_url, now
        )
    ]
    for org in due[:SITES_A_RUN]:
        if app.stopping.is_set():
            return
        again = _look(app, org, now)
        note = {"site": org.official_site_url, "again": again.isoformat()}
        notes.put(f"discovered.{org.org_id}", note, now)


def _look(app: App, org: Org, now: datetime) -> datetime:
    try:
        found = discover.find_feeds(app.fetcher(), org.official_site_url, now)
    except WebError as error:
        app.log.info("site not read", org=org.org_id, why=str(error))
        return now + timedelta(days=1)
    for url in found:
        app.store.feeds.add(Feed(url, org.org_id, "site", next_due=now))
    return now + LOOK_AGAIN


def _looked(told: Mapping[str, str] | None, site: str, now: datetime) -> bool:
    return (
        told is not None
        and told["site"] == site
        and now < datetime.fromisoformat(told["again"])
    )


def _feed_problems(app: App) -> tuple[str, ...]:
    return tuple(f.error for f in app.store.feeds.all() if f.error and f.failures)
