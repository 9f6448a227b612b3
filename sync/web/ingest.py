"""Brings feeds' items and their articles into the store, one by one.

Touches: the web (through the fetcher), feeds, entries, events.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from store.records import Entry, Event, Feed, Fetched, Kind
from store.store import Store
from sync.source import Bounds, Counts, Progress, Stopping, never, silent
from sync.web import articles, evidence, feeds, rhythm
from sync.web.articles import Article
from sync.web.errors import (
    HttpStatus,
    NotAllowed,
    NoText,
    NotNow,
    RobotsForbid,
    TooLarge,
    TooSlow,
    Unreachable,
    WebError,
)
from sync.web.fetch import Fetcher

EVERYTHING = Bounds()
_KEPT = timedelta(days=30)  # an article that we have is not asked for again
_LOOKED_AT = 500  # known items of a feed that new ones are compared with
_WAITING = 10_000
_PAYWALL = (401, 402, 403, 451)


def refresh_feeds(
    fetcher: Fetcher,
    store: Store,
    due: Sequence[Feed],
    now: datetime,
    progress: Progress = silent,
    stopping: Stopping = never,
) -> Counts:
    """Read feeds and store their new items, one after the other until told to stop.

    Counts `feeds`, `new` items, and feeds that `failed` or are `waiting`; a feed's own
    row says why and when it is read next.
    """
    counts: Counter[str] = Counter(feeds=len(due), new=0)
    for done, feed in enumerate(due, start=1):
        if stopping():
            break
        _refresh(fetcher, store, feed, now, counts)
        progress(done, len(due), feed.url)
    return dict(counts)


def fetch_articles(
    fetcher: Fetcher,
    store: Store,
    now: datetime,
    bounds: Bounds = EVERYTHING,
    progress: Progress = silent,
) -> Counts:
    """Fetch pending items' articles, within bounds, and store them as events.

    Counts `stored` events, those made `from_summary` for want of a page, `known`
    documents under another address, and items to try `again`, `waiting` or `failed`.
    """
    waiting = store.entries.pending(_WAITING)
    pending = [one for one in waiting if bounds.mine(one.org_id, one.feed_url)]
    counts: Counter[str] = Counter()
    tried = 0
    for entry in pending:
        if tried == bounds.limit or bounds.stopping():
            break
        outcome = _article(fetcher, store, entry, now)
        counts[outcome] += 1
        tried += outcome != "waiting"
        progress(sum(counts.values()), min(len(pending), bounds.limit), entry.title)
    return dict(counts)


def _refresh(
    fetcher: Fetcher, store: Store, feed: Feed, now: datetime, counts: Counter[str]
) -> None:
    try:
        fetched = _fetched(fetcher, feed.url, now)
        if fetched.body_hash and fetched.body_hash == feed.read_hash:
            _keep_unchanged(fetcher, store, feed, now)
            return
        items = feeds.read(fetched)
    except NotNow as error:
        counts["waiting"] += 1
        store.feeds.put(replace(feed, next_due=error.until, error=str(error)))
    except WebError as error:
        counts["failed"] += 1
        store.feeds.put(_failed(fetcher, feed, error, now))
    else:
        read = replace(feed, read_hash=fetched.body_hash)
        counts["new"] += _keep(fetcher, store, read, items, now)


def _fetched(fetcher: Fetcher, url: str, now: datetime) -> Fetched:
    settings = fetcher.settings
    fetched = fetcher.get(url, now, obey=settings.feeds_obey_robots)
    if len(fetched.body) > settings.max_feed_bytes:
        raise TooLarge(url, "the feed", settings.max_feed_bytes, "max_feed_bytes")
    return fetched


def _keep_unchanged(fetcher: Fetcher, store: Store, feed: Feed, now: datetime) -> None:
    """Say when a feed is read next whose items are all known already."""
    dates = store.entries.dates(feed.url, rhythm.LOOKED_AT)
    store.feeds.put(
        _read_well(feed, rhythm.interval(dates, now, fetcher.settings), now)
    )


def _read_well(feed: Feed, pause: timedelta, now: datetime) -> Feed:
    return replace(
        feed,
        next_due=now + pause,
        last_ok=now,
        failures=0,
        error="",
        interval_s=int(pause.total_seconds()),
    )


def _keep(
    fetcher: Fetcher,
    store: Store,
    feed: Feed,
    items: tuple[feeds.Item, ...],
    now: datetime,
) -> int:
    settings = fetcher.settings
    found = feeds.entries(items, feed, now, settings.max_entries)
    known = store.entries.of_feed(feed.url, _LOOKED_AT)
    dated = [entry.published_at for entry in found if entry.published_at]
    pause = rhythm.interval(dated, now, settings)
    with store.atomic():
        store.feeds.put(_read_well(feed, pause, now))
        _note_channel(store, feed, items, now)
        return store.entries.add(feeds.unseen(found, known))


def _failed(fetcher: Fetcher, feed: Feed, error: WebError, now: datetime) -> Feed:
    pause = rhythm.after_failure(feed.failures + 1, fetcher.settings)
    return replace(
        feed,
        next_due=now + pause,
        failures=feed.failures + 1,
        error=str(error),
        interval_s=int(pause.total_seconds()),
    )


def _article(fetcher: Fetcher, store: Store, entry: Entry, now: datetime) -> str:
    """Bring one item's article; returns the name of what happened, for the counts."""
    if entry.kind == Kind.TWEET:  # the feed holds the whole post
        return _from_entry(store, entry, entry.url, "", now)
    try:
        article = _read(fetcher, entry.url, now)
    except NotNow:
        return "waiting"
    except WebError as error:
        return _without_page(fetcher, store, entry, error, now)
    channel = store.notes.get(_channel(entry.feed_url), "")
    event = evidence.from_article(entry, article, channel, fetcher.settings, now)
    return _store(store, entry, event, now)


def _read(fetcher: Fetcher, url: str, now: datetime) -> Article:
    """Read a page, and the one it sends its reader on to."""
    article = articles.read(fetcher.get(url, now, keep=_KEPT))
    short = len(article.text) < fetcher.settings.min_text_chars
    if short and article.refresh and article.refresh != article.url:
        return articles.read(fetcher.get(article.refresh, now, keep=_KEPT))
    return article


def _without_page(
    fetcher: Fetcher, store: Store, entry: Entry, error: WebError, now: datetime
) -> str:
    """Decide what becomes of an item whose page cannot be had."""
    if _passing(error) and entry.tries + 1 < fetcher.settings.article_tries:
        store.entries.put(replace(entry, tries=entry.tries + 1, error=str(error)))
        return "again"
    if _summary_will_do(error):
        return _from_entry(store, entry, error.url, str(error), now)
    given_up = replace(entry, state="failed", tries=entry.tries + 1, error=str(error))
    store.entries.put(given_up)
    return "failed"


def _from_entry(store: Store, entry: Entry, url: str, why: str, now: datetime) -> str:
    channel = store.notes.get(_channel(entry.feed_url), "")
    event = evidence.from_entry(entry, url, channel, why, now)
    return _store(store, replace(entry, error=why), event, now)


def _channel(feed_url: str) -> str:
    """The note that keeps a feed's own title."""
    return f"feed_title:{feed_url}"


def _note_channel(
    store: Store, feed: Feed, items: tuple[feeds.Item, ...], now: datetime
) -> None:
    """Keep the title of a feed that is an outlet's own; that of a search names none."""
    title = items[0].channel if items and feed.origin != feeds.Origin.TEMPLATE else ""
    if title != store.notes.get(_channel(feed.url), ""):
        store.notes.put(_channel(feed.url), title, now)


def _passing(error: WebError) -> bool:
    if isinstance(error, HttpStatus):
        return error.status >= 500 or error.status in (408, 425, 429)
    return isinstance(error, Unreachable | TooSlow)


def _summary_will_do(error: WebError) -> bool:
    """The page exists, but not for us; the feed's words about it still stand."""
    if isinstance(error, HttpStatus):
        return error.status in _PAYWALL
    return isinstance(error, RobotsForbid | NotAllowed | TooLarge | NoText)


def _store(store: Store, entry: Entry, event: Event, now: datetime) -> str:
    """Keep an event once, however many addresses and feeds it comes by."""
    claimed = store.events.by_address(event.canonical_url)
    if claimed is not None and not evidence.same_document(event, claimed):
        event, claimed = replace(event, canonical_url=event.url), None
    kept = claimed or _same_text(store, event) or store.events.get(event.event_id)
    named = kept.event_id if kept else event.event_id
    done = replace(entry, state="fetched", tries=entry.tries + 1, event_id=named)
    with store.atomic():
        if kept is None:
            store.events.add(event, now)
        store.entries.put(done)
    if kept is not None:
        return "known"
    return "stored" if event.extracted["text_from"] == "page" else "from_summary"


def _same_text(store: Store, event: Event) -> Event | None:
    """An outlet's own text under another address; other outlets' copies count."""
    found = store.events.by_content(event.content_hash)
    return found if found is not None and found.source == event.source else None
