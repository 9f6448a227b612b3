"""Finds the article in a page. The only user of trafilatura. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from trafilatura import bare_extraction

from store import ids
from store.records import Fetched
from sync.web import charset, html, links, moments
from sync.web.errors import NoText
from sync.web.moments import Moment

_PAGES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """What a page holds and says about itself; "" where it says nothing.

    `url` is where it was found, `canonical_url` what it calls its own address, both
    without tracking. `published` is the page's own word, `guessed` a day found in its
    text or address. `refresh` is set where the page only sends its reader on.
    """

    url: str
    canonical_url: str
    title: str
    text: str
    site_name: str
    author: str
    language: str
    description: str
    published: Moment | None
    guessed: Moment | None
    content_hash: str
    refresh: str = ""


def read(fetched: Fetched) -> Article:
    """Find the article in a page; raises NoText where it is no page of text."""
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return _plain_article(fetched)
    if kind not in _PAGES or fetched.body.startswith(b"%PDF"):
        raise NoText(fetched.url, f"it is {kind or 'a PDF'}")
    return _article(fetched, charset.decode(fetched.body, fetched.content_type))


def content_hash(text: str) -> str:
    """Hash a text so that only its words count, not its layout."""
    folded = _SPACE.sub(" ", text).strip().casefold()
    return ids.digest(folded) if folded else ""


def _article(fetched: Fetched, page: str) -> Article:
    url = links.clean(fetched.final_url)
    head = html.read_head(page, url)
    found = _extract(fetched, page)
    text = (found.text or "").strip() if found else ""
    return Article(
        url=url,
        canonical_url=_canonical(url, head.canonical),
        title=head.title or (found.title if found else None) or "",
        text=text,
        site_name=head.site_name,
        author=head.author,
        language=head.language,
        description=head.description,
        published=moments.believable(moments.read(head.published), fetched.fetched_at),
        guessed=moments.read(found.date) if found and found.date else None,
        content_hash=content_hash(text),
        refresh=head.refresh,
    )


def _plain_article(fetched: Fetched) -> Article:
    text = charset.decode(fetched.body, fetched.content_type).strip()
    url = links.clean(fetched.final_url)
    return Article(
        url=url,
        canonical_url=url,
        title="",
        text=text,
        site_name="",
        author="",
        language="",
        description="",
        published=None,
        guessed=None,
        content_hash=content_hash(text),
    )


def _extract(fetched: Fetched, page: str) -> Any:
    """Let trafilatura look; dates in the future of the fetch are none."""
    try:
        return bare_extraction(
            page,
            url=fetched.final_url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": fetched.fetched_at.date().isoformat(),
            },
        )
    except (ValueError, RecursionError) as error:
        raise NoText(fetched.url, f"its markup breaks the reader: {error!r}") from error


def _canonical(url: str, named: str) -> str:
    """The page's own address; its host's front page is never that of an article."""
    if not named:
        return url
    own = links.clean(named)
    front = links.path(own) == "/" and links.path(url) != "/"
    return url if front else own
