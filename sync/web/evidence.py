"""Makes events: of a feed's item and its article, or of the item alone. Pure."""

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from store import ids
from store.records import Entry, Event, Kind
from sync.web import articles, links, moments
from sync.web.articles import Article
from sync.web.moments import Moment
from sync.web.settings import WebSettings


def from_article(
    entry: Entry, article: Article, channel: str, settings: WebSettings, now: datetime
) -> Event:
    """Make an event of an article, or of its summary where a paywall leaves none.

    The outlet is the one the item names, else what the page calls its site, else the
    feed's own title (`channel`) if the page is of the same host, else the host.
    """
    text = article.text[: settings.max_text_chars]
    whole = len(text) >= settings.min_text_chars
    if not whole:
        text = _joined(_title(entry, article), entry.summary, article.description, text)
    published, dated_by = _dated(entry, article)
    return Event(
        event_id=ids.event_id(article.url, published.at if published else None),
        org_id=None,
        kind=Kind(entry.kind),
        title=_title(entry, article),
        url=article.url,
        source=entry.outlet
        or article.site_name
        or _own_outlet(entry, article.url, channel),
        published_at=published.at if published else None,
        raw_text=text,
        extracted=_extracted(entry, article)
        | {
            "published_zone": published.zone if published else "",
            "dated_by": dated_by,
            "text_from": "page" if whole else "summary",
        },
        ingested_at=now,
        canonical_url=article.canonical_url,
        content_hash=articles.content_hash(text),
    )


def from_entry(entry: Entry, url: str, channel: str, why: str, now: datetime) -> Event:
    """Make an event of what the feed alone says; `why` its page was not to be had.

    `url` is how far the item's address led.
    """
    url = links.clean(url)
    text = _joined(entry.title, entry.summary)
    return Event(
        event_id=ids.event_id(url, entry.published_at),
        org_id=None,
        kind=Kind(entry.kind),
        title=entry.title,
        url=url,
        source=entry.outlet or _own_outlet(entry, url, channel),
        published_at=entry.published_at,
        raw_text=text,
        extracted={
            "published_zone": entry.published_zone,
            "dated_by": "feed" if entry.published_at else "",
            "text_from": "feed",
            "page_error": why,
            "outlet_domain": links.host(url),
            "feed_url": entry.feed_url,
            "feed_org": entry.org_id or "",
            "description": entry.summary,
        },
        ingested_at=now,
        canonical_url=url,
        content_hash=articles.content_hash(text),
    )


def same_document(event: Event, kept: Event) -> bool:
    """Say whether a kept event with the same canonical address is really the same.

    A page may claim any address as its own: on another host its words must agree too.
    """
    if links.host(event.url) == links.host(kept.url):
        return True
    return event.content_hash == kept.content_hash or event.title == kept.title


def _own_outlet(entry: Entry, url: str, channel: str) -> str:
    """A feed's title names the outlet of its own site's pages, and of no others."""
    same = links.host(url) == links.host(entry.feed_url)
    return channel if channel and same else links.host(url)


def _extracted(entry: Entry, article: Article) -> dict[str, Any]:
    return {
        "author": article.author,
        "language": article.language,
        "description": article.description,
        "site_name": article.site_name,
        "page_title": article.title,
        "outlet_domain": links.host(article.canonical_url),
        "feed_url": entry.feed_url,
        "feed_org": entry.org_id or "",
    }


def _dated(entry: Entry, article: Article) -> tuple[Moment | None, str]:
    by_feed = _feed_moment(entry)
    chosen = moments.choose(by_feed, article.published)
    if chosen is None:
        return article.guessed, "text" if article.guessed else ""
    return chosen, "feed" if chosen is by_feed else "page"


def _feed_moment(entry: Entry) -> Moment | None:
    """The feed's date; midnight sharp in its zone means that only the day is known."""
    if entry.published_at is None:
        return None
    local = entry.published_at.astimezone(_offset(entry.published_zone))
    exact = local.time() != time(0)
    return Moment(entry.published_at, entry.published_zone, exact=exact)


def _offset(zone: str) -> timezone:
    if not zone:
        return UTC
    hours, _, minutes = zone[1:].partition(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if zone.startswith("-") else offset)


def _title(entry: Entry, article: Article) -> str:
    """The feed's headline, unless it is missing or cut short."""
    cut = entry.title.endswith(("…", "..."))
    return article.title if article.title and (cut or not entry.title) else entry.title


def _joined(*parts: str) -> str:
    """Headline and summaries as one text, without saying anything twice."""
    said = list(dict.fromkeys(part for part in parts if part))
    folded = [part.casefold() for part in said]
    return "\n\n".join(
        part
        for part, words in zip(said, folded, strict=True)
        if not any(words != other and words in other for other in folded)
    )
