"""The sample world of the demo for a test: its Notion, its press, and what is true."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.settings import Settings
from store.records import Relation
from sync.sandbox.sample.articles import Article, read_articles
from sync.sandbox.sample.feeds import demo_feeds
from sync.sandbox.sample.site import running_site
from tests.support.kept import NOTION, going_on
from tests.support.world import World, world


@dataclass(frozen=True)
class Press:
    """The press of the sample world at work: its address, and since when."""

    url: str
    began: datetime


@contextmanager
def press_running() -> Iterator[Press]:
    """Have the press of the sample world answer; several worlds may read it."""
    began = datetime.now(UTC)
    with running_site(began) as site:
        yield Press(site.url, began)


class Sample:
    """The sample world under way: `site` is the address of its press."""

    def __init__(self, told: World, press: Press) -> None:
        self.told, self.site = told, press.url
        self.articles = read_articles(press.began)

    def truth(self) -> set[tuple[str, str, str]]:
        """Whom each article is about, merely names, or only shares a name with."""
        return {
            (article.key, self.org_id(name), relation)
            for article in self.articles
            for relation, names in _relations(article)
            if article.copy_of is None
            for name in names
        }

    def found(self) -> set[tuple[str, str, str]]:
        """What the bot linked, in the same words."""
        store = self.told.app.store
        return {
            (self.key(store.events.get(link.event_id).url), org.org_id, link.relation)  # type: ignore[union-attr]
            for org in store.orgs.all()
            for link in store.events.links_to(org.org_id)
        }

    def key(self, url: str) -> str:
        """The article's key in an address of it; a copy's is that of its original."""
        key = url.removeprefix(f"{self.site}/").partition("?")[0].partition("#")[0]
        copied = {a.key: a.copy_of for a in self.articles if a.copy_of}
        if key not in copied:
            return key
        return next(a.key for a in self.articles if a.key.endswith(f"/{copied[key]}"))

    def org_id(self, name: str) -> str:
        """The id of the company of that name."""
        return next(
            o.org_id for o in self.told.app.store.orgs.all() if o.callsign == name
        )

    def page(self, name: str) -> str:
        """The id of a company's row."""
        row = self.told.app.store.mirror.of(self.org_id(name))
        assert row is not None
        return row.page_id


def _relations(article: Article) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (Relation.ABOUT, article.about),
        (Relation.MENTION, article.mentions),
        (Relation.NAMESAKE, article.namesakes),
    )


@contextmanager
def sample(folder: Path, press: Press, **options: Any) -> Iterator[Sample]:
    """Open the demo's world for a test; `changes` may alter the settings."""
    with world(folder, **_options(press, **options)) as told:
        told.init()
        yield Sample(told, press)


@contextmanager
def sample_read(folder: Path, press: Press) -> Iterator[Sample]:
    """Open a copy of the demo's world as one cycle left it."""

    def make(there: Path) -> None:
        with sample(there, press, db=there / NOTION) as made:
            made.told.run()

    name = f"sample-{press.began.timestamp()}"
    with going_on(folder, name, make, **_options(press)) as told:
        yield Sample(told, press)


def _options(press: Press, changes: Any = None, **more: Any) -> dict[str, Any]:
    def pointed(settings: Settings) -> Settings:
        read = _reading(settings, press.url)
        return changes(read) if changes else read

    shown = {"seed": "demo", "site_url": press.url, "rate_limit": False}
    return {"changes": pointed, **shown, **more}


def _reading(settings: Settings, site: str) -> Settings:
    host = site.removeprefix("http://")
    web = replace(settings.sync.web, allow_private=(host,), host_gap_s=0.0)
    feeds = replace(settings.sync.feeds, templates=demo_feeds(site))
    sites = replace(settings.sync.sites, status=("/status",))
    sync = replace(settings.sync, web=web, feeds=feeds, sites=sites)
    return replace(settings, sync=sync)
