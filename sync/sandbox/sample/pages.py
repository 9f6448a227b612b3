"""Render the web pages of the sample site.

Touches: files of this package.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2

from sync.sandbox.sample.articles import Article, Outlet
from sync.sandbox.sample.feeds import broken_feeds, demo_feeds

_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Everything a reader of the sample site can open."""

    def __init__(
        self, outlets: Sequence[Outlet], articles: Sequence[Article], now: datetime
    ) -> None:
        self._outlets = outlets
        self._articles = articles
        self._now = now
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def home(self, base: str) -> str:
        """Render the index of the whole sample web."""
        return self._render(
            "home.html",
            outlets=[one for one in self._outlets if one.company is None],
            companies=[one for one in self._outlets if one.company],
            articles=self._articles,
            feeds=demo_feeds(base),
            broken=broken_feeds(base),
        )

    def outlet(self, outlet: Outlet, base: str) -> str:
        """Render the front page of an outlet or of a company's site."""
        return self._render(
            "outlet.html",
            outlet=outlet,
            articles=self._of(outlet),
            base=base,
            now=self._now,
        )

    def article(self, article: Article, base: str) -> str:
        """Render an article with all that surrounds one on a real news site."""
        url = f"{base}{article.path}"
        canonical = f"{base}{self._original(article).path}"
        others = (one for one in self._of(article.outlet) if one is not article)
        return self._render(
            "article.html",
            article=article,
            outlet=article.outlet,
            url=url,
            canonical=canonical,
            facts=_facts(article, canonical),
            related=list(islice(others, 3)),
            now=self._now,
        )

    def ticket(
        self, ticket: Mapping[str, Any], said: Sequence[Mapping[str, Any]]
    ) -> str:
        """Render a ticket of the help desk with all its comments."""
        paint = {"colour": "#17494d"}
        return self._render("ticket.html", ticket=ticket, said=said, outlet=paint)

    def abandoned(self) -> str:
        """Render the page that stands where a feed used to be."""
        return self._render("notice.html", words="The Old Planet has closed its doors.")

    def missing(self) -> str:
        """Render the page for addresses that lead nowhere."""
        return self._render("notice.html", words="There is nothing at this address.")

    def _of(self, outlet: Outlet) -> list[Article]:
        return [one for one in self._articles if one.outlet is outlet]

    def _original(self, article: Article) -> Article:
        if article.copy_of is None:
            return article
        named = (
            one
            for one in self._articles
            if one.key.endswith(f"/{article.copy_of}") and not one.copy_of
        )
        return next(named, article)

    def _render(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(values)


def _facts(article: Article, canonical: str) -> dict[str, Any]:
    stamp = article.published.isoformat()
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": stamp,
        "dateModified": stamp,
        "inLanguage": article.outlet.language,
        "mainEntityOfPage": canonical,
        "author": [{"@type": "Person", "name": article.author}],
        "publisher": {"@type": "Organization", "name": article.outlet.name},
    }
