"""Evidence for a small world: an outlet with a feed and articles, usage files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.support import web
from tests.support.kept import begun
from tests.support.web import Site
from tests.support.world import World, reading

OUTLET = "The Loopback Courier"

FUNDING = (
    "{name} raises $30 million in Series B round led by Harbour Ventures",
    (
        "{name} has raised $30 million in a Series B round led by Harbour Ventures, "
        "the company said on Monday.",
        "{name} will spend the money on new warehouses and on hiring engineers in "
        "three countries, its chief executive told this newspaper.",
    ),
)
LAUNCH = (
    "{name} launches a planning tool for small warehouses",
    (
        "{name} launched a planning tool for small warehouses on Tuesday, after a "
        "year of trials with forty customers.",
        "The tool is part of the {name} subscription and needs no new hardware, "
        "according to the company.",
    ),
)
OUTAGE = (
    "{name} suffers outage, customers locked out for six hours",
    (
        "{name} suffered an outage on Wednesday that locked customers out of their "
        "accounts for six hours.",
        "{name} apologised for the outage and blamed a failed database upgrade for "
        "the incident.",
    ),
)


class Newsroom:
    """An outlet on a site of ours; its feed grows with each article."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._items: list[str] = []
        self._feed()

    @property
    def feed(self) -> str:
        return self.site.url("/feed.xml")

    def publish(
        self, name: str, what: tuple[str, Sequence[str]], *, days_ago: float = 2
    ) -> str:
        """Publish an article about a company; returns its address."""
        title, paragraphs = what[0].format(name=name), what[1]
        path = f"/news/{len(self._items) + 1}"
        when = datetime.now(UTC) - timedelta(days=days_ago)
        told = "".join(f"<p>{p.format(name=name)}</p>" for p in paragraphs)
        self.site.serve(path, _page(title, told, when), content_type="text/html")
        self._items.append(
            f"<item><title>{title}</title><link>{self.site.url(path)}</link>"
            f"<guid>{self.site.url(path)}</guid>"
            f"<pubDate>{format_datetime(when)}</pubDate></item>"
        )
        self._feed()
        return self.site.url(path)

    def _feed(self) -> None:
        text = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>{OUTLET}</title>'
            f"<link>{self.site.url('/')}</link><description>news</description>"
            f"{''.join(self._items)}</channel></rss>"
        )
        self.site.serve("/feed.xml", text, content_type="application/rss+xml")


def read_by(site: Site, settings: Settings, *more: str) -> Settings:
    """Settings that read the outlet's feed, and more feeds."""
    return reading(settings, [site.url("/feed.xml"), *more], [site.netloc])


@contextmanager
def reported(tmp_path: Path) -> Iterator[tuple[World, Newsroom]]:
    """Start a world that reads a newsroom's feed."""
    with web.running() as site:
        news = Newsroom(site)

        def changes(settings: Any) -> Any:
            return read_by(site, settings)

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            yield told, news


def with_usage(settings: Settings, folder: Path) -> Settings:
    """Settings with a drop folder for usage files."""
    connectors = settings.sync.connectors
    usage = replace(connectors.usage, folder=str(folder))
    sync = replace(settings.sync, connectors=replace(connectors, usage=usage))
    return replace(settings, sync=sync)


def deliver_usage(folder: Path, org: str, *, fall: float) -> None:
    """Deliver sixty days of active users that fall by a share four weeks ago."""
    folder.mkdir(parents=True, exist_ok=True)
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = ["org,metric,ts,value"]
    for days_ago in range(60, 0, -1):
        day = today - timedelta(days=days_ago)
        level = 400 * (1 - fall if days_ago <= 28 else 1)
        lines.append(f"{org},active_users,{day:%Y-%m-%dT%H:%M:%SZ},{level:g}")
    (folder / f"{org}.csv").write_text("\n".join(lines) + "\n")


def _page(title: str, told: str, when: datetime) -> str:
    return (
        f'<html lang="en"><head><title>{title}</title>'
        f'<meta property="og:site_name" content="{OUTLET}">'
        f'<meta property="article:published_time" content="{when.isoformat()}">'
        f"</head><body><article><h1>{title}</h1>{told}</article></body></html>"
    )


def rich(text: str) -> dict[str, Any]:
    """A text property as Notion takes it."""
    return {"rich_text": [{"text": {"content": text}}]}
