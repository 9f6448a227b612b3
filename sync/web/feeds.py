"""Turns what a feed's address answers into items. The only user of feedparser. Pure."""

import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

import feedparser

from store import ids
from store.records import Entry, Feed, Fetched, Kind
from sync.web import charset, jsonfeed, links, moments
from sync.web.errors import BadAnswer, NotAFeed
from sync.web.html import plain
from sync.web.moments import Moment

_MOST_TITLE = 500
_MOST_SUMMARY = 2000
_DEEPEST = 1000
_MOST_ITEMS = 1000
# An internal DTD is where entity bombs and references to files live; no feed needs it.
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)\b[^>]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S)
_TAG = re.compile(r"<(/?)[A-Za-z_][^<>]*?(/?)>")
_TEXT = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
# What feedparser is known to trip over in hostile or broken markup.
_TRIPS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
_CHANNEL_TAIL = re.compile(r"(?:\s*[-–—|:»]*\s*\b(?:rss|atom|feeds?))+\s*$", re.I)
_CUT_SHORT = re.compile(r"\s*(?:…|\.\.\.)$")


class Origin(StrEnum):
    """Where a feed's address came from; it says what its items are.

    `template` is a news search per company, whose ids and links may change on each
    fetch; `site` the company's own site; `x` its posts; `shared` and `notion` are
    feeds that a person named.
    """

    TEMPLATE = "template"
    SITE = "site"
    X = "x"
    SHARED = "shared"
    NOTION = "notion"


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the feed gives it. `outlet` is "" unless the item names one.

    `channel` is the title of the feed itself.
    """

    guid: str
    url: str
    title: str
    outlet: str
    summary: str
    published: Moment | None
    channel: str = ""


def kind_of(origin: str) -> Kind:
    """Say what kind of evidence a feed of this origin brings."""
    kinds = {Origin.SITE.value: Kind.PRESS, Origin.X.value: Kind.TWEET}
    return kinds.get(origin, Kind.NEWS)


def read(fetched: Fetched) -> tuple[Item, ...]:
    """Read a feed's items in its own order; raises NotAFeed."""
    text = charset.decode(fetched.body, fetched.content_type)
    if text.lstrip().startswith("{"):
        found = jsonfeed.read(text)
        if found is None:
            raise NotAFeed(fetched.url, fetched.content_type)
        return tuple(_json_item(item, fetched.final_url) for item in found)
    if _PAGE.match(text):
        raise NotAFeed(fetched.url, "an HTML page")
    if _too_deep(text):
        raise BadAnswer(fetched.url, f"elements nested over {_DEEPEST} deep")
    parsed = _parse(_first_items(text), fetched)
    if not parsed.get("version") and not parsed.entries:
        raise NotAFeed(fetched.url, fetched.content_type)
    channel = _CHANNEL_TAIL.sub("", plain(parsed.feed.get("title") or ""))
    items = (_item(entry, fetched.final_url) for entry in parsed.entries)
    return tuple(replace(item, channel=channel) for item in items)


def entries(
    items: tuple[Item, ...], feed: Feed, now: datetime, most: int
) -> tuple[Entry, ...]:
    """Make store entries of a feed's newest items that have an address and a title."""
    usable = [item for item in items if links.is_web(item.url) and item.title]
    newest = sorted(usable, key=_age_key, reverse=True)[:most]
    made = (_entry(item, feed, now) for item in newest)
    return tuple({entry.entry_id: entry for entry in made}.values())


def unseen(found: tuple[Entry, ...], known: list[Entry]) -> tuple[Entry, ...]:
    """Leave out what is known under another id or link: same words, same outlet."""
    seen_ids = {entry.entry_id for entry in known}
    seen = {content_key(entry) for entry in known}
    return tuple(
        entry
        for entry in found
        if entry.entry_id not in seen_ids and content_key(entry) not in seen
    )


def content_key(entry: Entry) -> str:
    """What stays the same of an item when its id and link change on each fetch."""
    when = entry.published_at.isoformat() if entry.published_at else entry.summary
    return ids.digest(_folded(entry.title), _folded(entry.outlet), when)


def _entry(item: Item, feed: Feed, now: datetime) -> Entry:
    published = moments.believable(item.published, now)
    entry = Entry(
        entry_id="",
        feed_url=feed.url,
        url=links.unwrap(item.url),
        title=_without_outlet(item.title, item.outlet)[:_MOST_TITLE],
        outlet=item.outlet,
        summary=item.summary[:_MOST_SUMMARY],
        published_at=published.at if published else None,
        published_zone=published.zone if published else "",
        seen_at=now,
        org_id=feed.org_id,
        kind=kind_of(feed.origin).value,
    )
    return _named(entry, item, feed)


def _named(entry: Entry, item: Item, feed: Feed) -> Entry:
    """Give an entry the id that it will have again on the next fetch."""
    shifting = feed.origin == Origin.TEMPLATE or links.is_redirector(item.url)
    own = content_key(entry) if shifting else item.guid or links.clean(item.url)
    return replace(entry, entry_id=ids.digest(feed.url, own))


def _parse(text: str, fetched: Fetched) -> Any:
    """Parse; markup within texts is left as it is, because only plain text is kept."""
    without = _ENTITY.sub("", _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1)))
    try:
        return feedparser.parse(
            without.lstrip().encode("utf-8"),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": fetched.final_url,
            },
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _TRIPS as error:
        raise BadAnswer(
            fetched.url, f"the feed breaks the parser: {error!r}"
        ) from error


def _item(entry: Any, base: str) -> Item:
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    outlet = plain((entry.get("source") or {}).get("title") or "")
    text = entry.get("summary") or _content(entry)
    return Item(
        guid=entry.get("id") or "",
        url=links.absolute(base, link) if link else "",
        title=plain(entry.get("title") or ""),
        outlet=outlet or plain(entry.get("news_source") or ""),
        summary=plain(text),
        published=_published(entry),
    )


def _content(entry: Any) -> str:
    parts = entry.get("content") or []
    return str(parts[0].get("value") or "") if parts else ""


def _published(entry: Any) -> Moment | None:
    """The item's date with its zone; feedparser knows formats that we do not."""
    for name in ("published", "updated", "created"):
        if name not in entry:
            continue
        moment = moments.read(str(entry[name]))
        parsed = entry.get(f"{name}_parsed")
        if moment is not None:
            return moment
        if parsed is not None:
            return Moment(datetime.fromtimestamp(timegm(parsed), UTC), "")
    return None


def _json_item(item: jsonfeed.JsonItem, base: str) -> Item:
    return Item(
        guid=item.guid,
        url=links.absolute(base, item.url) if item.url else "",
        title=plain(item.title),
        outlet="",
        summary=plain(item.summary),
        published=moments.read(item.published),
    )


def _without_outlet(title: str, outlet: str) -> str:
    """Aggregators append the outlet to the headline; it is kept apart here."""
    for dash in (" - ", " – ", " — ", " | "):
        if outlet and title.endswith(dash + outlet):
            return title.removesuffix(dash + outlet).strip()
    return title


def _age_key(item: Item) -> datetime:
    return item.published.at if item.published else datetime.min.replace(tzinfo=UTC)


def _folded(text: str) -> str:
    return " ".join(_CUT_SHORT.sub("", text).casefold().split())


def _first_items(text: str) -> str:
    """The feed up to an end: some go on for ever, and the news comes first."""
    ends = islice(_END.finditer(text), _MOST_ITEMS - 1, _MOST_ITEMS)
    last = next(ends, None)
    return text[: last.end()] if last else text


def _too_deep(text: str) -> bool:
    """Say whether elements are nested deeper than any feed nests them."""
    depth = 0
    for match in _TAG.finditer(_TEXT.sub("", text)):
        closing, alone = match.groups()
        depth += -1 if closing else 0 if alone else 1
        if depth > _DEEPEST:
            return True
    return False
