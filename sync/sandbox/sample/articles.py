"""The invented press of the sample world: outlets and their articles.

Touches: files of this package.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sync.sandbox.sample.dates import fill_dates
from sync.sandbox.sample.errors import BadSample

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, a blog or a company's own site."""

    key: str
    name: str
    motto: str
    language: str
    kind: str
    colour: str
    sections: tuple[str, ...]
    feed: str | None = None
    company: str | None = None
    max_age: int | None = None
    tracking: str | None = None
    borrows: str | None = None

    @property
    def feed_path(self) -> str | None:
        """Path of the outlet's feed on the sample site."""
        return f"/{self.key}/{self.feed}" if self.feed else None


@dataclass(frozen=True, slots=True)
class Article:
    """One article, its dates worked out.

    `about` names the customers it is about, `mentions` those it merely names, and
    `namesakes` those that only share a name with what it is about.
    """

    key: str
    outlet: Outlet
    title: str
    summary: str
    author: str
    published: datetime
    story: str
    paragraphs: tuple[str, ...]
    about: tuple[str, ...]
    mentions: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()
    hostile: bool = False
    copy_of: str | None = None

    @property
    def path(self) -> str:
        """Path of the article on the sample site."""
        return f"/{self.key}"

    @property
    def words(self) -> str:
        """Everything a search looks through."""
        return " ".join((self.title, self.summary, *self.paragraphs))


def read_outlets() -> tuple[Outlet, ...]:
    """Read the outlets, in the order of the file."""
    raw = tomllib.loads((_HERE / "outlets.toml").read_text(encoding="utf-8"))
    return tuple(
        Outlet(**{**entry, "sections": tuple(entry["sections"])})
        for entry in raw["outlet"]
    )


def read_articles(now: datetime) -> tuple[Article, ...]:
    """Read all articles as if today were the day of `now`, newest first.

    Raises:
        BadSample: an article names an outlet or an original that does not exist.
    """
    outlets = {outlet.key: outlet for outlet in read_outlets()}
    entries = [
        entry
        for file in sorted((_HERE / "articles").glob("*.toml"))
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["article"]
    ]
    texts = {entry["id"]: entry["text"] for entry in entries if "text" in entry}
    articles = [_article(entry, outlets, texts, now) for entry in entries]
    return tuple(sorted(articles, key=lambda one: one.published, reverse=True))


def _article(
    entry: dict[str, Any],
    outlets: dict[str, Outlet],
    texts: dict[str, str],
    now: datetime,
) -> Article:
    outlet = outlets.get(entry["outlet"])
    text = entry.get("text") or texts.get(entry.get("copy_of", ""))
    if outlet is None or text is None:
        raise BadSample(f"article {entry['id']}", "no such outlet, or no text")
    published = _published(entry, now)
    filled = fill_dates(text.strip(), published.date())
    return Article(
        key=f"{outlet.key}/{entry['id']}",
        outlet=outlet,
        title=entry["title"],
        summary=entry["summary"],
        author=entry["author"],
        published=published,
        story=entry["story"],
        paragraphs=tuple(filled.split("\n\n")),
        about=tuple(entry["about"]),
        mentions=tuple(entry.get("mentions", ())),
        namesakes=tuple(entry.get("namesakes", ())),
        hostile=entry.get("hostile", False),
        copy_of=entry.get("copy_of"),
    )


def _published(entry: dict[str, Any], now: datetime) -> datetime:
    day = now.date() - timedelta(days=entry["days_ago"])
    return datetime.combine(day, time.fromisoformat(entry["at"]), now.tzinfo)
