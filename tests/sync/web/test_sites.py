"""A company's own site: its feeds are found, its pages watched for real changes."""

import pytest

from store.records import Kind
from sync.web.discover import find_feeds
from sync.web.errors import HttpStatus
from sync.web.sitepages import SitePage
from sync.web.sources import SitePageSource

RSS = (
    "<rss version='2.0'><channel><item><title>News of Acme</title>"
    "<link>http://acme.example/1</link></item></channel></rss>"
)


def front(*links: str) -> str:
    return f"<html><head>{''.join(links)}</head><body><p>Acme</p></body></html>"


def alternate(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}">'


def test_announced_feeds_are_found_and_read_once(site, fetcher, now):
    site.serve(
        "/",
        front(
            alternate("/news.xml"),
            alternate("/comments/feed"),
            alternate("/broken.xml", "application/atom+xml"),
            alternate("/fr", "text/html"),
        ),
        content_type="text/html",
    )
    site.serve("/news.xml", RSS)
    site.serve("/comments/feed", RSS)
    site.serve("/broken.xml", "<html>no feed</html>")
    assert find_feeds(fetcher, site.url("/"), now) == (site.url("/news.xml"),)


def test_a_feed_in_a_usual_place_is_found(site, fetcher, now):
    site.serve("/", front(), content_type="text/html")
    site.serve("/feed", "<html>not here</html>", content_type="text/html")
    site.serve("/atom.xml", RSS)
    assert find_feeds(fetcher, site.url("/"), now) == (site.url("/atom.xml"),)


def test_an_address_that_is_a_feed_is_its_own(site, fetcher, now):
    site.serve("/rss", RSS)
    assert find_feeds(fetcher, site.url("/rss"), now) == (site.url("/rss"),)


def test_a_site_without_feeds_has_none_and_is_not_pestered(
    site, make_fetcher, store, now
):
    site.serve("/", front(), content_type="text/html")
    assert find_feeds(make_fetcher(), site.url("/"), now) == ()
    asked = len(site.requests)
    assert find_feeds(make_fetcher(), site.url("/"), now) == ()
    assert len(site.requests) == asked


def test_a_site_that_cannot_be_read_says_so(site, fetcher, now):
    site.answer("/", 404)
    with pytest.raises(HttpStatus, match="404"):
        find_feeds(fetcher, site.url("/"), now)


OLD = "<li>We moved to a larger office in Ghent</li>"
NEW = "<li>Acme now ships its search product worldwide</li>"


def changelog(*items: str, extra: str = "") -> str:
    return (
        f"<html class='{extra}'><head><title>Changelog</title></head><body>"
        f"<nav><p>Products prices about us contact</p></nav><ul>{''.join(items)}</ul>"
        f"<p>Last updated {len(extra)} minutes ago by us</p></body></html>"
    )


@pytest.fixture
def watch(site, fetcher, store, now):
    """Show the page so, look at it, and say what was counted."""
    page = SitePage(site.url("/changelog"), "acme", Kind.PRODUCT)
    source = SitePageSource(fetcher, store, [page])

    def look(body: str) -> dict[str, int]:
        site.serve("/changelog", body, content_type="text/html")
        return dict(source.pull(now))

    return look


def test_what_is_new_on_a_page_becomes_an_event(watch, store, site, now):
    assert watch(changelog(OLD)) == {"first": 1}
    assert store.events.count() == 0
    assert watch(changelog(NEW, OLD)) == {"changed": 1}
    (event,) = store.events.unlinked()
    assert event.raw_text == "Acme now ships its search product worldwide"
    assert (event.kind, event.url) == (Kind.PRODUCT, site.url("/changelog"))
    assert (event.published_at, event.extracted["dated_by"]) == (now, "seen")
    assert event.extracted["feed_org"] == "acme"


@pytest.mark.parametrize(
    "body",
    [
        changelog(OLD, NEW, extra="other markup"),
        changelog(NEW, OLD),
        changelog(OLD),
        changelog(OLD, NEW, "<li>9</li>", "<li></li>"),
    ],
    ids=["markup and a counter", "order", "something went", "nothing said"],
)
def test_other_changes_are_none(watch, store, body):
    watch(changelog(OLD, NEW))
    assert watch(body) == {"same": 1}
    assert store.events.count() == 0


def test_a_new_version_number_is_news(watch, store):
    watch(changelog("<li>We released version 3.1 of the search product</li>"))
    changed = changelog("<li>We released version 3.2 of the search product</li>")
    assert watch(changed) == {"changed": 1}


def test_what_went_and_came_back_is_not_news(watch, store):
    watch(changelog(OLD, NEW))
    watch(changelog(OLD))
    assert watch(changelog(OLD, NEW)) == {"same": 1}


def test_a_page_gone_blank_is_a_failure_not_a_change(watch, store):
    watch(changelog(OLD))
    assert watch("<html><body></body></html>") == {"failed": 1}
    assert watch(changelog(OLD)) == {"same": 1}
    assert store.events.count() == 0
