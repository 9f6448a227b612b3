"""The sample web behaves like the real one: feeds, redirects, caching, noise."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime

import feedparser
import httpx
import pytest
import trafilatura

from sync.sandbox.sample.articles import read_articles
from sync.sandbox.sample.feeds import broken_feeds, demo_feeds
from sync.sandbox.sample.site import running_site

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def web() -> Iterator[httpx.Client]:
    with (
        running_site(NOW) as site,
        httpx.Client(base_url=site.url, trust_env=False) as client,
    ):
        yield client


def links(feed: str) -> list[str]:
    return [item.findtext("link") or "" for item in ET.fromstring(feed).iter("item")]


def test_every_article_is_served_and_its_text_can_be_extracted(web):
    for article in read_articles(NOW):
        answer = web.get(article.path)
        assert answer.status_code == 200
        text = trafilatura.extract(answer.text) or ""
        assert article.paragraphs[0][:60] in text, article.key
        assert "cookies" not in text.lower(), article.key


def test_every_working_feed_can_be_parsed_and_leads_to_articles(web):
    base = str(web.base_url).rstrip("/")
    for feed in demo_feeds(base):
        url = feed.format(query="Quillwater")
        parsed = feedparser.parse(web.get(url, follow_redirects=True).content)
        assert not parsed.bozo, url
        first = parsed.entries[0]
        page = web.get(first.link, follow_redirects=True)
        assert page.status_code == 200
        assert first.published_parsed


def test_no_article_is_from_the_future_and_all_are_recent():
    for article in read_articles(NOW):
        assert 0 < (NOW - article.published).days < 45


def test_a_search_gives_other_links_each_time_that_lead_to_the_same_articles(web):
    first, second = (links(web.get("/search?q=Quillwater").text) for _ in range(2))
    assert first != second

    def targets(urls: list[str]) -> list[str]:
        return [web.get(url).headers["location"] for url in urls]

    assert targets(first) == targets(second)


def test_a_search_finds_phrases_alternatives_and_names_without_accents(web):
    def titles(query: str) -> str:
        return web.get("/search", params={"q": query}).text

    assert "Bodensensor" in titles("grunhalm")
    assert "swaps 900 grippers" not in titles('"Blue Pelican Robotics"')
    assert "swaps 900 grippers" in titles('"Blue Pelican Robotics" OR "BPR"')
    assert links(titles("Sutterby")) == []


def test_a_search_for_a_name_finds_its_namesake_too(web):
    found = web.get("/search?q=Ostrel").text
    assert "Tile maker Ostrel" in found
    assert "Signe Aalberg" in found


def test_a_made_up_redirect_leads_nowhere(web):
    assert web.get("/r/aHR0cDovL2V2aWw").status_code == 404
    assert web.get("/r/%F0").status_code == 404


@pytest.mark.parametrize("path", ["/harbour-ledger/feed.xml", "/site/ostrel/feed.xml"])
def test_an_unchanged_document_is_answered_304(web, path):
    first = web.get(path)
    by_tag = web.get(path, headers={"If-None-Match": first.headers["etag"]})
    since = {"If-Modified-Since": first.headers["last-modified"]}
    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert web.get(path, headers=since).status_code == 304
    assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert web.get(path, headers={"If-Modified-Since": "soon"}).status_code == 200


def test_one_feed_says_how_long_it_stays_fresh(web):
    assert web.get("/supply-lines/feed.xml").headers["cache-control"] == "max-age=900"


def test_broken_feeds_are_a_web_page_and_nothing(web):
    page, gone = (web.get(url) for url in broken_feeds(str(web.base_url).rstrip("/")))
    assert page.headers["content-type"].startswith("text/html")
    assert gone.status_code == 404


def test_robots_keep_readers_out_of_the_members_pages(web):
    rule = re.search(r"Disallow: (\S+)", web.get("/robots.txt").text)
    assert rule is not None
    kept = [one for one in read_articles(NOW) if one.path.startswith(rule.group(1))]
    assert len(kept) == 1


def test_a_syndicated_copy_points_to_its_original_and_has_its_text(web):
    copy = web.get("/newsloop/quillwater-raises-38-million-marketplace-payouts").text
    canonical = re.search(r'rel="canonical" href="([^"]+)"', copy)
    assert canonical is not None
    assert canonical.group(1).endswith("/harbour-ledger/quillwater-series-b")
    assert "potter in Porto" in copy
    tracked = links(web.get("/newsloop/feed.xml").text)
    assert all("utm_source=newsloop" in link for link in tracked)


def test_company_sites_link_their_feed(web):
    page = web.get("/site/quillwater/press/").text
    feed = re.search(r'rel="alternate"[^>]* href="([^"]+)"', page)
    assert feed is not None
    assert "Split" in web.get(feed.group(1)).text
    assert 'rel="alternate"' not in web.get("/site/sutterby/").text


def test_answers_are_counted_by_status():
    with running_site(NOW) as site, httpx.Client(trust_env=False) as client:
        client.get(f"{site.url}/")
        client.get(f"{site.url}/no-such-outlet/x")
        client.get(f"{site.url}/stats")
        counts = client.get(f"{site.url}/stats").json()
    assert counts == {"200": 1, "404": 1, "requests": 2}
