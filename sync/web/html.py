"""Reads what a page says about itself in its head, and text out of fragments. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from sync.web import links

_SPACE = re.compile(r"\s+")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "publishdate",
    "pubdate",
    "publish-date",
    "date",
)
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"Article$|Posting$|^Report")
_DEEPEST = 12
_AROUND = ("script", "style", "noscript", "nav", "header", "footer", "form", "template")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "td", "dd", "dt", "blockquote", "pre")


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself; "" where it says nothing.

    `published` is as written there. `canonical`, `refresh` (where the page sends its
    reader at once) and `feeds` are absolute addresses.
    """

    title: str = ""
    site_name: str = ""
    description: str = ""
    author: str = ""
    language: str = ""
    published: str = ""
    canonical: str = ""
    refresh: str = ""
    feeds: tuple[str, ...] = ()


def read_head(text: str, url: str) -> Head:
    """Read a page's own words about itself, the most deliberate first."""
    tree = _tree(text)
    if tree is None:
        return Head()
    meta, article = _metas(tree), _article(tree)
    return Head(
        title=_first(article.get("headline"), meta.get("og:title"), _title(tree)),
        site_name=_first(meta.get("og:site_name"), article.get("publisher")),
        description=_first(meta.get("og:description"), meta.get("description")),
        author=_first(article.get("author"), meta.get("author")),
        language=_language(tree, meta, article),
        published=_first(
            article.get("datePublished"), *map(meta.get, _DATES), _time(tree)
        ),
        canonical=_canonical(tree, meta, url),
        refresh=_refresh(meta, url),
        feeds=tuple(dict.fromkeys(_feeds(tree, url))),
    )


def read_lines(text: str) -> tuple[str, ...]:
    """The lines a visitor reads on a page, in order, without menus and footers."""
    tree = _tree(text)
    if tree is None:
        return ()
    etree.strip_elements(tree, *_AROUND, with_tail=False)
    blocks = (element for element in tree.iter(*_BLOCKS) if not _holds_block(element))
    lines = (_one_line(block.text_content()) for block in blocks)
    return tuple(dict.fromkeys(line for line in lines if line))


def read_links(text: str, url: str) -> tuple[str, ...]:
    """The addresses on other sites that a page links to, each once, in order."""
    tree = _tree(text)
    if tree is None:
        return ()
    own = links.host(url)
    found = (links.absolute(url, a.get("href") or "") for a in tree.iter("a"))
    outward = (address for address in found if address and links.host(address) != own)
    return tuple(dict.fromkeys(outward))


def plain(fragment: str) -> str:
    """The text of an HTML fragment, in one line."""
    if "<" not in fragment and "&" not in fragment:
        return _one_line(fragment)
    reader = _Text()
    reader.feed(fragment)
    reader.close()
    return _one_line("".join(reader.parts))


class _Text(HTMLParser):
    """Collects text and leaves out what is not read aloud."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._silent += tag in ("script", "style")
        self.parts.append(" " if tag in ("br", "p", "div", "li", "td", "tr") else "")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in ("script", "style")), 0)
        self.parts.append(" " if tag in ("p", "div", "li", "td", "tr") else "")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _tree(text: str) -> Any:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _one_line(element.get("content") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _article(tree: Any) -> dict[str, str]:
    """The article that the page's JSON-LD describes, its fields as plain text."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        for node in _nodes(_json(script.text or ""), _DEEPEST):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(n, str) and _ARTICLE.search(n) for n in names):
                return {key: _one_line(_word(value)) for key, value in node.items()}
    return {}


def _holds_block(element: Any) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth and isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner, depth - 1)
    elif depth and isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth - 1)


def _word(value: Any) -> str:
    """A JSON-LD value as text: a name, or several with commas."""
    if isinstance(value, dict):
        return _word(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_word, value)))
    return plain(value) if isinstance(value, str) else ""


def _title(tree: Any) -> str:
    found = tree.find(".//title")
    return "" if found is None else _one_line(found.text_content())


def _time(tree: Any) -> str:
    for element in tree.iter("time"):
        if "pubdate" in element.attrib or element.get("itemprop") == "datePublished":
            return str(element.get("datetime") or "")
    return ""


def _language(tree: Any, meta: Mapping[str, str], article: Mapping[str, str]) -> str:
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    named = _first(
        root.get("lang"),
        article.get("inLanguage"),
        meta.get("content-language"),
        meta.get("og:locale"),
    )
    return re.split(r"[-_,; ]", named.lower())[0][:8]


def _canonical(tree: Any, meta: Mapping[str, str], url: str) -> str:
    linked = tree.xpath("//link[@rel='canonical']/@href")
    named = _first(*(str(href) for href in linked), meta.get("og:url"))
    return links.absolute(url, named) if named else ""


def _refresh(meta: Mapping[str, str], url: str) -> str:
    match = _REFRESH.match(meta.get("refresh", ""))
    return links.absolute(url, match.group(1)) if match else ""


def _feeds(tree: Any, url: str) -> Iterator[str]:
    for element in tree.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").lower().split(";")[0].strip()
        address = links.absolute(url, element.get("href") or "")
        if "alternate" in rel and kind in _FEED_TYPES and address:
            yield address


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
