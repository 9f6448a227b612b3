"""Searches the web with Google's Programmable Search, for news and for domains.

Answers are remembered for days, because few are free: 100 queries a day, which Google
counts from midnight in California. See developers.google.com/custom-search/v1.
Touches: the web (through the API's client), http_cache, entries, notes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store import ids
from store.records import Entry, Kind, Org
from store.store import Store
from sync.connectors.api import Api, Json, Line, Provider
from sync.connectors.errors import Malformed
from sync.connectors.quota import Quota
from sync.connectors.turns import longest_waiting, take_turns
from sync.source import Counts, Progress, Stopping, never, silent
from sync.web import links, moments
from sync.web.html import plain
from sync.web.moments import Moment

NAME = "Google Programmable Search"
_PAGE_SIZE = 10  # the most there is
_MOST = 100  # results of one query that can be had at all
_NAMES = 4  # names in one query; longer ones find less
_TURNS = timedelta(hours=8)  # midnight, Pacific Standard Time
_DATES = ("article:published_time", "og:published_time", "datepublished", "pubdate")


@dataclass(frozen=True, slots=True)
class GoogleSettings:
    """`[sync.connectors.google_cse]`; the keys are GOOGLE_CSE_KEY, GOOGLE_CSE_ID."""

    # Where the API is.
    base_url: str = "https://www.googleapis.com"
    # Whether news is searched for each company; domains are, in any case.
    news: bool = True
    # How many days back a news search looks.
    news_days: int = 14
    # How many results each news search takes: ten for each query, 100 at most.
    results: int = 10
    # How often each company's news is searched for.
    every_hours: int = 72
    # For how many days an answer is remembered and not asked for again.
    keep_days: int = 14
    # The most queries in a day; 0 for no limit of ours.
    daily_quota: int = 100


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `published` is what the page itself says, where it says it."""

    url: str
    title: str
    snippet: str
    published: str = ""


class GoogleSearch:
    """The search itself, with its memory."""

    def __init__(self, settings: GoogleSettings, engine: str, api: Api) -> None:
        self._settings, self._engine, self._api = settings, engine, api

    def find(
        self,
        words: str,
        now: datetime,
        *,
        most: int = _PAGE_SIZE,
        days: int = 0,
        keep: timedelta | None = None,
    ) -> tuple[Hit, ...]:
        """Find up to `most` pages, of the last `days` if given. Raises ApiError."""
        hits: list[Hit] = []
        keep = timedelta(days=self._settings.keep_days) if keep is None else keep
        for start in range(1, min(most, _MOST) + 1, _PAGE_SIZE):
            params = self._params(words, start, min(most, _MOST), days)
            found = self._api.get("/customsearch/v1", params, now, keep, hits_of)
            hits += hits_of(found)
            if not _has_more(found):
                break
        return tuple(hits[:most])

    def search_hits(self, org: Org, now: datetime) -> tuple[str, ...]:
        """The addresses found for a company's name, best first; raises ApiError."""
        return tuple(hit.url for hit in self.find(f'"{org.name}" official site', now))

    def _params(self, words: str, start: int, most: int, days: int) -> dict[str, str]:
        restrict = {"dateRestrict": f"d{days}"} if days else {}
        return {
            "q": words,
            "cx": self._engine,
            "num": str(min(_PAGE_SIZE, most - start + 1)),
            "start": str(start),
            **restrict,
        }


class GoogleSource:
    """News that the search finds for each company, the longest waiting first."""

    name = "google_cse"

    def __init__(
        self,
        settings: GoogleSettings,
        search: GoogleSearch,
        store: Store,
        orgs: Sequence[Org],
        progress: Progress = silent,
    ) -> None:
        self._settings, self._search = settings, search
        self._store, self._orgs, self._progress = store, orgs, progress
        self.problems: tuple[str, ...] = ()
        self.stopping: Stopping = never

    def pull(self, now: datetime) -> Counts:
        """Store new finds as entries; `problems` says what went wrong.

        Counts companies `searched`, `new` finds, and searches `failed` or `waiting`.
        """
        counts: Counter[str] = Counter(new=0)
        turns = take_turns(
            self._due(now) if self._settings.news else [],
            lambda org: self._org(org, now, counts),
            lambda org: self._asked(org, now),
            self._progress,
            self.stopping,
        )
        self.problems = turns.problems
        return {**counts, **turns.counts}

    def _org(self, org: Org, now: datetime, counts: Counter[str]) -> str:
        settings = self._settings
        hits = self._search.find(
            query(org),
            now,
            most=settings.results,
            days=settings.news_days,
            # A page that was had before the run broke off is not asked for again.
            keep=timedelta(hours=settings.every_hours),
        )
        entries = [_entry(hit, settings, now) for hit in hits if is_news(hit, org)]
        with self._store.atomic():
            self._asked(org, now)
            counts["new"] += self._store.entries.add(entries)
        return "searched"

    def _asked(self, org: Org, now: datetime) -> None:
        self._store.notes.put(f"google_cse:{org.org_id}", now.isoformat(), now)

    def _due(self, now: datetime) -> list[Org]:
        pause = timedelta(hours=self._settings.every_hours)
        notes = self._store.notes
        asked = {o.org_id: notes.get(f"google_cse:{o.org_id}", "") for o in self._orgs}
        return longest_waiting(self._orgs, asked, now, pause)


def google_api(settings: GoogleSettings, key: str, line: Line, store: Store) -> Api:
    """Make the client; Google takes the key in a header as well as in the address."""
    header = "X-Goog-Api-Key"
    provider = Provider(NAME, settings.base_url, header, "GOOGLE_CSE_KEY", key)
    quota = Quota(store.notes, "google_cse", settings.daily_quota, _TURNS)
    return Api(provider, line, quota)


def query(org: Org) -> str:
    """The company's names as quoted phrases."""
    names = (name.replace('"', " ").strip() for name in org.names[:_NAMES])
    return " OR ".join(f'"{name}"' for name in names)


def hits_of(found: Json) -> tuple[Hit, ...]:
    """Read an answer's results; raises Malformed. One without results has no list."""
    items = found.get("items", [])
    if not isinstance(items, list) or "error" in found:
        raise Malformed(NAME, "its items are no list")
    made = (_hit(item) for item in items if isinstance(item, dict))
    return tuple(hit for hit in made if links.is_web(hit.url) and hit.title)


def is_news(hit: Hit, org: Org) -> bool:
    """Leave out front pages and the company's own site, which is read by itself."""
    host = links.host(hit.url)
    own = bool(org.domain) and (host == org.domain or host.endswith(f".{org.domain}"))
    return not own and links.path(hit.url) != "/"


def _hit(item: Mapping[str, Any]) -> Hit:
    metas = item.get("pagemap")
    metas = metas.get("metatags") if isinstance(metas, dict) else None
    first = metas[0] if isinstance(metas, list) and metas else {}
    known = first if isinstance(first, dict) else {}
    dates = (_text(known, name) for name in _DATES)
    return Hit(
        url=_text(item, "link"),
        title=plain(_text(item, "title")),
        snippet=plain(_text(item, "snippet")),
        published=next((date for date in dates if date), ""),
    )


def _entry(hit: Hit, settings: GoogleSettings, now: datetime) -> Entry:
    moment: Moment | None = moments.believable(moments.read(hit.published), now)
    return Entry(
        entry_id=ids.digest("google_cse", links.clean(hit.url)),
        feed_url=f"{settings.base_url.rstrip('/')}/customsearch/v1",
        url=hit.url,
        title=hit.title,
        outlet="",
        summary=hit.snippet,
        published_at=moment.at if moment else None,
        published_zone=moment.zone if moment else "",
        seen_at=now,
        kind=Kind.NEWS.value,
    )


def _has_more(found: Json) -> bool:
    queries = found.get("queries")
    return isinstance(queries, dict) and bool(queries.get("nextPage"))


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""
