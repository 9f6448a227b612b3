"""Brings articles that News API finds for each company.

Its items become entries, as those of feeds do; the articles are fetched afterwards.
The endpoint and its limits: newsapi.org/docs/endpoints/everything and docs/errors.
Touches: the web (through the API's client), entries, notes.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from store import ids
from store.records import Entry, Kind, Org
from store.store import Store
from sync.connectors.api import Api, Json, Line, Provider
from sync.connectors.errors import ApiRefused, Malformed
from sync.connectors.quota import Quota
from sync.connectors.turns import longest_waiting, take_turns
from sync.source import Counts, Progress, Stopping, never, silent
from sync.web import links, moments
from sync.web.html import plain

NAME = "News API"
_PAGE_SIZE = 100  # the most there is
_MOST_QUERY = 500  # characters, after which the endpoint refuses
_ENOUGH = "maximumResultsReached"  # a developer's plan shows the first 100 only
_REMOVED = "[Removed]"  # what stands where an outlet took its article back
_DAY = timedelta(days=1)
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*$")


@dataclass(frozen=True, slots=True)
class NewsApiSettings:
    """The settings of `[sync.connectors.newsapi]`; the key is NEWSAPI_KEY."""

    # Where the API is.
    base_url: str = "https://newsapi.org"
    # Only articles in this language ("en", "de", …); "" takes all.
    language: str = ""
    # How often each company is searched for.
    every_hours: int = 12
    # How far back the first search goes; a developer's plan reaches back a month.
    lookback_days: int = 28
    # How far each search reaches into the one before: articles appear late, on a
    # developer's plan by a day.
    overlap_hours: int = 30
    # The most pages of 100 articles for one company at a time.
    max_pages: int = 3
    # The most requests in a day; 0 for no limit of ours.
    daily_quota: int = 100


@dataclass(frozen=True, slots=True)
class Search:
    """One company's search on its way: its window, and the page that comes next."""

    query: str
    since: datetime
    until: datetime
    page: int = 1


class NewsApiSource:
    """News API, asked for one company after the other, the longest waiting first.

    The note `newsapi:<org_id>` holds where each company's search stands.
    """

    name = "newsapi"

    def __init__(
        self,
        settings: NewsApiSettings,
        api: Api,
        store: Store,
        orgs: Sequence[Org],
        progress: Progress = silent,
    ) -> None:
        self._settings, self._api = settings, api
        self._store, self._orgs, self._progress = store, orgs, progress
        self.problems: tuple[str, ...] = ()
        self.stopping: Stopping = never

    def pull(self, now: datetime) -> Counts:
        """Store what is new as entries; `problems` says what went wrong.

        Counts companies `searched`, `new` items, those `skipped` (taken back by their
        outlet, or unusable), and companies whose search `failed` or is `waiting`.
        """
        counts: Counter[str] = Counter(new=0)
        turns = take_turns(
            self._due(now),
            lambda org: self._search(org, now, counts),
            lambda org: self._note(org, now, {"asked": now.isoformat()}),
            self._progress,
            self.stopping,
        )
        self.problems = turns.problems
        return {"new": 0, **+counts, **turns.counts}

    def _due(self, now: datetime) -> list[Org]:
        pause = timedelta(hours=self._settings.every_hours)
        asked = {o.org_id: self._seen(o).get("asked", "") for o in self._orgs}
        return longest_waiting(self._orgs, asked, now, pause)

    def _search(self, org: Org, now: datetime, counts: Counter[str]) -> str:
        """Go through the pages of one company's search, keeping the place."""
        search = begun(self._seen(org), query(org), now, self._settings)
        last = False
        while not last:
            found = self._page(search, now)
            entries = entries_of(found, self._settings, now)
            last = is_last(found, search.page, self._settings)
            with self._store.atomic():
                counts["new"] += self._store.entries.add(entries)
                self._keep_place(org, search, now, last=last)
            counts["skipped"] += len(articles(found)) - len(entries)
            search = Search(search.query, search.since, search.until, search.page + 1)
        return "searched"

    def _page(self, search: Search, now: datetime) -> Json:
        try:
            return self._api.get("/v2/everything", self._params(search), now)
        except ApiRefused as error:
            if error.code != _ENOUGH:
                raise
            return {"status": "ok", "totalResults": 0, "articles": []}

    def _params(self, search: Search) -> Mapping[str, str]:
        language = {"language": self._settings.language}
        return {
            "q": search.query,
            "from": _iso(search.since),
            "to": _iso(search.until),
            "sortBy": "publishedAt",
            "pageSize": str(_PAGE_SIZE),
            "page": str(search.page),
            **(language if self._settings.language else {}),
        }

    def _keep_place(
        self, org: Org, search: Search, now: datetime, *, last: bool
    ) -> None:
        if last:
            done = {"query": search.query, "until": search.until.isoformat()}
            self._note(org, now, {"asked": now.isoformat(), "place": None, **done})
            return
        place = {
            "query": search.query,
            "since": search.since.isoformat(),
            "until": search.until.isoformat(),
            "page": search.page + 1,
        }
        self._note(org, now, {"place": place})

    def _seen(self, org: Org) -> dict[str, Any]:
        return dict(self._store.notes.get(f"newsapi:{org.org_id}") or {})

    def _note(self, org: Org, now: datetime, said: Mapping[str, Any]) -> None:
        self._store.notes.put(f"newsapi:{org.org_id}", {**self._seen(org), **said}, now)


def news_api(settings: NewsApiSettings, key: str, line: Line, store: Store) -> Api:
    """Make the client; its key travels in the header that the API documents."""
    provider = Provider(NAME, settings.base_url, "X-Api-Key", "NEWSAPI_KEY", key)
    return Api(provider, line, Quota(store.notes, "newsapi", settings.daily_quota))


def query(org: Org) -> str:
    """The company's names as quoted phrases, as many as the query may hold."""
    phrases: list[str] = []
    for name in org.names:
        phrase = f'"{name.replace(chr(34), " ").strip()}"'
        if len(" OR ".join([*phrases, phrase])) <= _MOST_QUERY:
            phrases.append(phrase)
    return " OR ".join(phrases)


def begun(
    seen: Mapping[str, Any], words: str, now: datetime, settings: NewsApiSettings
) -> Search:
    """Say where a company's search goes on, or from when a new one starts.

    New names start from the beginning: nobody has looked for them before.
    """
    place = seen.get("place")
    oldest = now - timedelta(days=settings.lookback_days)
    if place and place["query"] == words:
        since, until = map(datetime.fromisoformat, (place["since"], place["until"]))
        if since >= oldest - _DAY:  # a window left for longer is begun anew
            return Search(words, since, until, place["page"])
    if not seen.get("until") or seen.get("query") != words:
        return Search(words, oldest, now)
    overlap = timedelta(hours=settings.overlap_hours)
    last = datetime.fromisoformat(seen["until"])
    return Search(words, max(oldest, last - overlap), now)


def is_last(found: Json, page: int, settings: NewsApiSettings) -> bool:
    """Say whether no page is worth asking for after this one."""
    total = found.get("totalResults")
    whole = len(articles(found)) >= _PAGE_SIZE
    more = isinstance(total, int) and total > page * _PAGE_SIZE
    return not (whole and more) or page >= settings.max_pages


def articles(found: Json) -> list[Any]:
    """The articles of an answer; raises Malformed."""
    listed = found.get("articles")
    if found.get("status") != "ok" or not isinstance(listed, list):
        raise Malformed(NAME, "it holds no list of articles")
    return listed


def entries_of(
    found: Json, settings: NewsApiSettings, now: datetime
) -> tuple[Entry, ...]:
    """Make entries of an answer's articles, without those taken back."""
    made = (_entry(article, settings, now) for article in articles(found))
    return tuple(entry for entry in made if entry is not None)


def _entry(article: Any, settings: NewsApiSettings, now: datetime) -> Entry | None:
    if not isinstance(article, dict):
        return None
    url, title = _text(article, "url"), plain(_text(article, "title"))
    if not links.is_web(url) or not title or title == _REMOVED:
        return None
    source = article.get("source")
    outlet = _text(source, "name") if isinstance(source, dict) else ""
    published = moments.believable(moments.read(_text(article, "publishedAt")), now)
    return Entry(
        entry_id=ids.digest("newsapi", links.clean(url)),
        feed_url=f"{settings.base_url.rstrip('/')}/v2/everything",
        url=url,
        title=title.removesuffix(f" - {outlet}") if outlet else title,
        outlet=outlet,
        summary=_summary(article),
        published_at=published.at if published else None,
        published_zone=published.zone if published else "",
        seen_at=now,
        kind=Kind.NEWS.value,
    )


def _summary(article: Mapping[str, Any]) -> str:
    """The description, and the content where it says more; it is cut at 200 signs."""
    description = plain(_text(article, "description"))
    content = plain(_CUT.sub("", _text(article, "content")))
    if content.casefold() in description.casefold():
        return description
    return f"{description}\n\n{content}".strip()


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
