"""Brings outside evidence in and makes sense of it. Touches: the web, the store."""

from bot.app import App
from bot.jobs import feeds, indexing, linking
from bot.jobs.orgs import live
from bot.report import Progress, Report
from sync.web import ingest


def bring(app: App, progress: Progress) -> Report:
    """Read feeds, fetch articles, link them to companies, index what is evidence."""
    store, now = app.store, app.clock()
    orgs = [org for org, _ in live(store)]
    settings = app.settings.sync.feeds
    feeds.take_up(store, orgs, settings, now)
    read = ingest.refresh_feeds(
        app.fetcher(), store, store.feeds.due(now), now, progress
    )
    limit = settings.max_articles_per_run
    articles = ingest.fetch_articles(app.fetcher(), store, now, limit, progress)
    report = Report({**read, **articles}, _feed_problems(app))
    report += linking.link(app, orgs, progress)
    report += linking.cut(app, progress)
    return report + indexing.index(app, progress)


def _feed_problems(app: App) -> tuple[str, ...]:
    return tuple(f.error for f in app.store.feeds.all() if f.error and f.failures)
