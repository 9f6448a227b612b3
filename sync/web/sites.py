"""Finds the pages of a company's site that are worth watching, and watches them.

Touches: the web (through the fetcher), notes, and what `sitepages` touches.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from store.records import Fetched, Kind, Org
from store.store import Store
from sync.source import Counts, Progress, Stopping, never, silent
from sync.web import links, sitepages
from sync.web.errors import WebError
from sync.web.feeds import Origin
from sync.web.fetch import Fetcher
from sync.web.sitepages import SitePage

_KEEP = timedelta(days=1)
_LOOK_AGAIN = timedelta(days=30)
_SOON = timedelta(days=1)
_KINDS = {"changelog": Kind.PRODUCT, "status": Kind.PRODUCT}
# What a page says that is not there, though its status is 200.
_ABSENT = ("not found", "404", "nicht gefunden", "introuvable", "no encontrada")


@dataclass(frozen=True, slots=True)
class SitesSettings:
    """The settings of `[sync.sites]`. In an address, `{domain}` is the company's."""

    # Whether pages of companies' own sites are watched.
    watch: bool = True
    # Of each sort of page, the first of these places that exists is watched.
    press: tuple[str, ...] = ("/press", "/newsroom", "/news")
    blog: tuple[str, ...] = ("/blog",)
    changelog: tuple[str, ...] = ("/changelog", "/release-notes", "/whats-new")
    status: tuple[str, ...] = ("https://status.{domain}/", "/status")
    # Pages of a company (by its id) that are watched in any case.
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # How often the pages are read.
    every_hours: int = 12
    # On how many companies' sites pages are looked for in one run.
    sites_per_run: int = 20


class SitesSource:
    """The pages of every company's own site.

    The note `sites:<org_id>` holds which were found, and when each thing is next due.
    """

    name = "sites"

    def __init__(
        self,
        settings: SitesSettings,
        fetcher: Fetcher,
        store: Store,
        orgs: Sequence[Org],
        progress: Progress = silent,
    ) -> None:
        self._settings, self._fetcher, self._store = settings, fetcher, store
        self._orgs, self._progress = orgs, progress
        self.problems: tuple[str, ...] = ()
        self.stopping: Stopping = never

    def pull(self, now: datetime) -> Counts:
        """Look for pages where that is due, and read those whose time has come.

        Counts `sites` looked through, `pages` found there, and pages read as
        `sitepages.refresh_pages` does.
        """
        counts = self._look(now)
        due = [
            org for org in self._orgs if _moment(self._note(org), "next", now) <= now
        ]
        pause = timedelta(hours=self._settings.every_hours)
        for done, org in enumerate(due, start=1):
            if self.stopping():
                break
            pages = self._pages(org)
            counts.update(
                sitepages.refresh_pages(self._fetcher, self._store, pages, now)
            )
            if pages:
                self._put(org, {"next": (now + pause).isoformat()}, now)
            self._progress(done, len(due), org.callsign)
        return dict(+counts)

    def _look(self, now: datetime) -> Counter[str]:
        counts: Counter[str] = Counter()
        due = [org for org in self._orgs if _is_due(org, self._note(org), now)]
        for org in due[: self._settings.sites_per_run]:
            if self.stopping():
                break
            found, again = self._found(org, now)
            said = {"site": org.official_site_url, "again": again.isoformat()}
            self._put(org, {**said, "pages": found}, now)
            counts.update(sites=1, pages=len(found))
        return counts

    def _found(self, org: Org, now: datetime) -> tuple[list[list[str]], datetime]:
        """The pages on a site, each with its sort, and when to look again."""
        known = self._note(org).get("pages") or []
        try:
            front = self._fetcher.get(org.official_site_url, now, keep=_KEEP)
        except WebError:  # kept with its reason in http_cache
            return known, now + _SOON
        found = []
        for sort, places in self._places(org):
            url = next((u for u in places if self._is_page(u, front, now)), "")
            found += [[sort, url]] if url else []
        return found, now + _LOOK_AGAIN

    def _places(self, org: Org) -> Iterator[tuple[str, list[str]]]:
        """Where each sort of page may be; a blog that has a feed is read by that."""
        feeds = self._store.feeds.all()
        fed = any(f.org_id == org.org_id and f.origin == Origin.SITE for f in feeds)
        settings = self._settings
        for sort, places in (
            ("press", settings.press),
            ("blog", () if fed else settings.blog),
            ("changelog", settings.changelog),
            ("status", settings.status),
        ):
            yield sort, [url for place in places if (url := address(place, org))]

    def _is_page(self, url: str, front: Fetched, now: datetime) -> bool:
        try:
            page = self._fetcher.get(url, now, keep=_KEEP)
            return is_own_page(page, front)
        except WebError:  # kept with its reason in http_cache; the next place may do
            return False

    def _pages(self, org: Org) -> tuple[SitePage, ...]:
        found = self._note(org).get("pages") or []
        given = self._settings.pages.get(org.org_id, ())
        return (
            *(SitePage(url, org.org_id) for url in given),
            *(
                SitePage(url, org.org_id, _KINDS.get(sort, Kind.PRESS))
                for sort, url in found
                if url not in given
            ),
        )

    def _note(self, org: Org) -> dict[str, Any]:
        return dict(self._store.notes.get(f"sites:{org.org_id}") or {})

    def _put(self, org: Org, said: Mapping[str, Any], now: datetime) -> None:
        note = {**self._note(org), **said}
        self._store.notes.put(f"sites:{org.org_id}", note, now)


def address(place: str, org: Org) -> str:
    """Where a place is for a company; "" where it lacks what the place needs."""
    if "{domain}" in place:
        return place.replace("{domain}", org.domain) if org.domain else ""
    return links.absolute(org.official_site_url, place)


def is_own_page(page: Fetched, front: Fetched) -> bool:
    """Say whether a page is one of its own: not the front page, nor a polite 404.

    Raises NoText where there is nothing to read.
    """
    if page.body_hash == front.body_hash:
        return False
    if links.clean(page.final_url) == links.clean(front.final_url):
        return False
    seen = sitepages.read(page)
    said = f"{seen.title} {seen.lines[0]}".casefold()
    return not any(words in said for words in _ABSENT)


def _is_due(org: Org, note: Mapping[str, Any], now: datetime) -> bool:
    if not org.official_site_url:
        return False
    moved = note.get("site") != org.official_site_url
    return moved or _moment(note, "again", now) <= now


def _moment(note: Mapping[str, Any], name: str, now: datetime) -> datetime:
    return datetime.fromisoformat(note[name]) if note.get(name) else now
