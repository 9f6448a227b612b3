"""Finds the feeds of a company's site. Touches: the web, through the fetcher."""

from datetime import datetime, timedelta

from store.records import Fetched
from sync.web import charset, feeds, html, links
from sync.web.errors import NotAFeed, WebError
from sync.web.fetch import Fetcher

# Where sites put feeds that they do not announce, likeliest first.
COMMON = (
    "/feed",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/rss",
    "/index.xml",
    "/blog/feed",
    "/blog/rss.xml",
    "/news/feed",
    "/news/rss.xml",
    "/press/rss.xml",
    "/feed.json",
)
_KEEP = timedelta(days=1)


def find_feeds(
    fetcher: Fetcher, site_url: str, now: datetime, most: int = 3
) -> tuple[str, ...]:
    """Find the feeds a site announces, else one in a usual place; each was read once.

    Raises WebError where the site itself cannot be read.
    """
    front = fetcher.get(site_url, now, keep=_KEEP)
    if _is_feed(front):
        return (front.url,)
    announced = announced_feeds(front)
    found = [url for url in announced if _reads(fetcher, url, now)]
    if found:
        return tuple(found[:most])
    usual = (links.absolute(front.final_url, path) for path in COMMON)
    return tuple(next(([url] for url in usual if _reads(fetcher, url, now)), []))


def announced_feeds(front: Fetched) -> tuple[str, ...]:
    """The feeds a page announces, without those of comments."""
    text = charset.decode(front.body, front.content_type)
    head = html.read_head(text, front.final_url)
    return tuple(url for url in head.feeds if "comment" not in url.lower())


def _reads(fetcher: Fetcher, url: str, now: datetime) -> bool:
    try:
        return _is_feed(fetcher.get(url, now, keep=_KEEP))
    except WebError:  # kept with its reason in http_cache; the next place may do
        return False


def _is_feed(fetched: Fetched) -> bool:
    try:
        return bool(feeds.read(fetched))
    except NotAFeed:
        return False
