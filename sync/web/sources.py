"""The web as sources: feeds with their articles, and watched pages.

Touches: the web and the store, through `ingest` and `sitepages`.
"""

from collections.abc import Sequence
from datetime import datetime

from store.store import Store
from sync.source import Counts, Progress, silent
from sync.web.fetch import Fetcher
from sync.web.ingest import fetch_articles, refresh_feeds
from sync.web.sitepages import SitePage, refresh_pages


class FeedSource:
    """Every feed that is due, then every article still to be fetched."""

    name = "feeds"

    def __init__(
        self, fetcher: Fetcher, store: Store, progress: Progress = silent
    ) -> None:
        self._fetcher, self._store, self._progress = fetcher, store, progress

    def pull(self, now: datetime) -> Counts:
        """Bring new items and their articles."""
        due = self._store.feeds.due(now)
        read = refresh_feeds(self._fetcher, self._store, due, now, self._progress)
        got = fetch_articles(self._fetcher, self._store, now, progress=self._progress)
        return {**read, **got}


class SitePageSource:
    """Pages of companies' own sites."""

    name = "site_pages"

    def __init__(
        self,
        fetcher: Fetcher,
        store: Store,
        pages: Sequence[SitePage],
        progress: Progress = silent,
    ) -> None:
        self._fetcher, self._store = fetcher, store
        self._pages, self._progress = pages, progress

    def pull(self, now: datetime) -> Counts:
        """Bring what is new on them."""
        return refresh_pages(
            self._fetcher, self._store, self._pages, now, self._progress
        )
