"""Write the sample's RSS 2.0 and Atom feeds. Pure."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from sync.sandbox.sample.articles import Article, Outlet

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed: an article and how this feed points to it."""

    article: Article
    link: str
    ident: str
    title: str


def entries_of(
    outlet: Outlet, articles: Iterable[Article], base: str
) -> tuple[Entry, ...]:
    """List an outlet's entries, newest first, with links that start with `base`.

    An outlet that borrows also lists another's articles, with its own tracking
    parameters on their links.
    """
    keys = {outlet.key, outlet.borrows}
    tail = f"?{outlet.tracking}" if outlet.tracking else ""
    return tuple(
        Entry(article, f"{base}{article.path}{tail}", article.key, article.title)
        for article in articles
        if article.outlet.key in keys
    )


def rss(title: str, home: str, entries: Iterable[Entry]) -> bytes:
    """Write an RSS 2.0 feed."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", title)
    _text(channel, "link", home)
    _text(channel, "description", f"Latest from {title}")
    for entry in entries:
        _rss_item(channel, entry)
    return _bytes(root)


def _rss_item(channel: ET.Element, entry: Entry) -> None:
    item = ET.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.link)
    _text(item, "guid", entry.ident).set("isPermaLink", "false")
    _text(item, "pubDate", format_datetime(entry.article.published, usegmt=True))
    _text(item, "description", entry.article.summary)
    _text(item, "source", entry.article.outlet.name).set("url", entry.link)


def atom(title: str, home: str, updated: datetime, entries: Iterable[Entry]) -> bytes:
    """Write an Atom feed."""
    root = ET.Element("feed", xmlns=_ATOM)
    _text(root, "title", title)
    _text(root, "id", home)
    _text(root, "updated", updated.isoformat())
    ET.SubElement(root, "link", href=home)
    for entry in entries:
        _atom_entry(root, entry)
    return _bytes(root)


def _atom_entry(root: ET.Element, entry: Entry) -> None:
    item = ET.SubElement(root, "entry")
    stamp = entry.article.published.isoformat()
    _text(item, "title", entry.title)
    _text(item, "id", f"tag:sample.example,2020:{entry.ident}")
    _text(item, "published", stamp)
    _text(item, "updated", stamp)
    _text(item, "summary", entry.article.summary)
    _text(ET.SubElement(item, "author"), "name", entry.article.author)
    ET.SubElement(item, "link", rel="alternate", href=entry.link)


def _text(parent: ET.Element, tag: str, words: str) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = words
    return child


def _bytes(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
