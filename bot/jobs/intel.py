"""Brings outside evidence in and makes sense of it. Touches: the web, the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot import pause
from bot.app import App
from bot.jobs import feeds, indexing, linking, outside, rounds, stories, telling
from bot.jobs.orgs import live, mine
from bot.report import Progress, Report
from bot.walk import Place
from store.records import Feed, Org
from sync.source import Bounds
from sync.web import discover, ingest
from sync.web.errors import WebError

LOOK_AGAIN = timedelta(days=30)
SITES_A_RUN = 20


@dataclass(frozen=True, slots=True)
class Work:
    """What every stage is given: all companies, and those of this share."""

    app: App
    every: Sequence[Org]
    own: Sequence[Org]
    progress: Progress


def bring(app: App, progress: Progress) -> Report:
    """Read feeds, fetch articles, link them to companies, index what is evidence.

    What is done is marked as done piece by piece, so that a run that stops goes on
    with the stage in which it stopped.
    """
    orgs = [org for org, _ in live(app.store)]
    own = [org for org, _ in mine(app)]
    work, place = Work(app, orgs, own, progress), Place(app, JOB)
    report, names = Report(), list(STAGES)
    begun = place.read()
    for name in names[names.index(begun) if begun in names else 0 :]:
        place.reached(name)
        report += STAGES[name](work)
        if app.halts():
            place.keep(name)
            return report + Report(cut=True)
    place.clear()
    return report


def _feeds(work: Work) -> Report:
    app, now = work.app, work.app.clock()
    settings = app.settings.sync.feeds
    feeds.take_up(app, work.every, settings, now)
    if settings.discover_on_site:
        _discover(app, work.own)
    has, resting = app.share.has, pause.paused(app.store)
    due = [
        feed
        for feed in app.store.feeds.due(now)
        if has(feed.org_id, feed.url) and feed.org_id not in resting
    ]
    told = _telling(app, work.progress)
    read = ingest.refresh_feeds(app.fetcher(), app.store, due, now, told, app.halts)
    return Report(read, _feed_problems(app))


def _sources(work: Work) -> Report:
    return outside.bring(work.app, work.own, work.progress)


def _articles(work: Work) -> Report:
    app = work.app
    limit = app.settings.sync.feeds.max_articles_per_run
    bounds = Bounds(limit, app.share.mine, app.halts)
    now, show = app.clock(), work.progress
    return Report(ingest.fetch_articles(app.fetcher(), app.store, now, bounds, show))


def _link(work: Work) -> Report:
    return linking.link(work.app, work.every, work.progress)


def _sort(work: Work) -> Report:
    app = work.app
    report = stories.sort(app, work.progress)
    if app.store.events.unlinked(1, app.share.mine):
        report += _link(work)  # they joined a story that a person refused
    return report


def _rounds(work: Work) -> Report:
    return rounds.read(work.app, work.every, work.progress)


def _cut(work: Work) -> Report:
    return linking.cut(work.app, work.progress)


def _tell(work: Work) -> Report:
    return telling.want(work.app)


def _index(work: Work) -> Report:
    return indexing.index(work.app, work.progress)


JOB = "intel"
STAGES: Mapping[str, Callable[[Work], Report]] = MappingProxyType(
    {
        "feeds": _feeds,
        "sources": _sources,
        "articles": _articles,
        "link": _link,
        "sort": _sort,
        "rounds": _rounds,
        "cut": _cut,
        "tell": _tell,
        "index": _index,
    }
)


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
        if app.halts():
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
    return tuple(
        feed.error
        for feed in app.store.feeds.all()
        if feed.error and feed.failures and app.share.has(feed.org_id, feed.url)
    )
