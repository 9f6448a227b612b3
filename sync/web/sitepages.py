"""Watches pages of a company's own site: press, blog, changelog, status.

A change is what a visitor can newly read there; markup, order and counters are none.
Touches: the web (through the fetcher), events, notes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from store import ids
from store.records import Event, Fetched, Kind
from store.store import Store
from sync.source import Counts, Progress, silent
from sync.web import articles, charset, html, links
from sync.web.errors import NoText, NotNow, WebError
from sync.web.fetch import Fetcher

_LEAST_WORDS = 4
_REMEMBERED = 5000
_WORD = re.compile(r"[^\W\d_]{2,}")
# Numbers that tick on by themselves; others (a version, an amount) are news.
_TICKING = re.compile(
    r"\d[\d.,]*\s*(?=(?:second|minute|hour|day|week|month|view|like|comment|follower|"
    r"sekunde|stunde|tag|woche|monat|aufruf)\w*)|\d{1,2}:\d{2}(?::\d{2})?"
)
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page to watch. `org_id` is the company whose page it is."""

    url: str
    org_id: str
    kind: Kind = Kind.PRESS


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it is read: its title, and its lines."""

    url: str
    title: str
    lines: tuple[str, ...]


def refresh_pages(
    fetcher: Fetcher,
    store: Store,
    pages: Sequence[SitePage],
    now: datetime,
    progress: Progress = silent,
) -> Counts:
    """Read watched pages and store what is new on them as events.

    Counts pages seen for the `first` time (nothing is reported of those), `changed`,
    the `same`, `waiting` and `failed`; http_cache says why.
    """
    counts: Counter[str] = Counter()
    for done, page in enumerate(pages, start=1):
        counts[_refresh(fetcher, store, page, now)] += 1
        progress(done, len(pages), page.url)
    return dict(counts)


def read(fetched: Fetched) -> Seen:
    """Read a page's lines; raises NoText where there are none to read."""
    if fetched.content_type.partition(";")[0].strip().lower() not in _PAGES:
        raise NoText(fetched.url, f"it is {fetched.content_type}")
    text = charset.decode(fetched.body, fetched.content_type)
    head = html.read_head(text, fetched.final_url)
    lines = html.read_lines(text)
    if not lines:  # a page that failed to load its content is no change
        raise NoText(fetched.url, "it holds no lines of text")
    return Seen(links.clean(fetched.final_url), head.title, lines)


def added(lines: Iterable[str], known: frozenset[str]) -> tuple[str, ...]:
    """The lines that say something not read there before; counters say nothing."""
    return tuple(
        line for line in lines if _says_something(line) and line_key(line) not in known
    )


def line_key(line: str) -> str:
    """What stays of a line when its numbers tick on: "3 minutes ago"."""
    folded = " ".join(line.casefold().split())
    return ids.digest(_TICKING.sub("", folded), size=12)


def _says_something(line: str) -> bool:
    return len(_WORD.findall(line)) >= _LEAST_WORDS


def _refresh(fetcher: Fetcher, store: Store, page: SitePage, now: datetime) -> str:
    try:
        seen = read(fetcher.get(page.url, now))
    except NotNow:
        return "waiting"
    except WebError:
        return "failed"
    note = f"page:{page.url}"
    before = store.notes.get(note)
    known = list(before or [])
    new = added(seen.lines, frozenset(known))
    keys = [line_key(line) for line in seen.lines]
    remembered = list(dict.fromkeys([*keys, *known]))[:_REMEMBERED]
    with store.atomic():
        if remembered != known:
            store.notes.put(note, remembered, now)
        if before is not None and new:
            store.events.add(_event(page, seen, new, now), now)
    if before is None:
        return "first"
    return "changed" if new else "same"


def _event(page: SitePage, seen: Seen, new: tuple[str, ...], now: datetime) -> Event:
    """An event of what a page newly says, dated by the day it was seen."""
    text = "\n".join(new)
    digest = articles.content_hash(text)
    return Event(
        event_id=ids.event_id(f"{seen.url}#{digest[:12]}", now),
        org_id=None,
        kind=page.kind,
        title=new[0][:200],
        url=seen.url,
        source=links.host(seen.url),
        published_at=now,
        raw_text=text,
        extracted={
            "dated_by": "seen",
            "text_from": "page",
            "page_title": seen.title,
            "outlet_domain": links.host(seen.url),
            "feed_org": page.org_id,
        },
        ingested_at=now,
        # Several changes of one page are several documents.
        canonical_url=f"{seen.url}#{digest[:12]}",
        content_hash=digest,
    )
