"""From feeds to events: everything kept once, nothing lost, one bad item no matter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.records import Entry, Event, Feed, Kind
from sync.source import Bounds
from sync.web.ingest import fetch_articles, refresh_feeds
from sync.web.sources import FeedSource
from tests.support.web import Reply

PROSE = (
    "Acme said on Friday that it will open a second plant in Ghent next spring. "
    "The company expects to hire three hundred people there within two years. "
    "Its chief executive called the site the largest investment in its history. "
)


def page(title: str = "Acme opens a plant", text: str = PROSE, head: str = "") -> str:
    return (
        f"<html lang='en'><head><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def rss(*items: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>"
    )


def item(link: str, title: str = "Acme opens a plant", **fields: str) -> str:
    given = {"title": title, "link": link} | {
        "pubDate": "Fri, 20 Nov 2026 10:00:00 +0200"
    }
    rest = "".join(f"<{k}>{v}</{k}>" for k, v in (given | fields).items())
    return f"<item>{rest}</item>"


@pytest.fixture
def feed(site) -> Feed:
    return Feed(url=site.url("/feed"), org_id=None, origin="shared")


@pytest.fixture
def ingest(fetcher, store, now):
    """Read a feed of these items and fetch what it lists."""

    def run(feed: Feed, at: datetime = now) -> dict[str, int]:
        refresh_feeds(fetcher, store, [feed], at)
        return dict(fetch_articles(fetcher, store, at))

    return run


def only(found):
    (one,) = found
    return one


def test_an_article_is_stored_with_all_that_is_known_of_it(site, feed, ingest, store):
    head = """<meta property="og:site_name" content="The Post">
    <meta name="author" content="A. Writer"><meta name="description" content="Short.">
    <link rel="canonical" href="/plant?utm_source=x">"""
    site.serve("/feed", rss(item(site.url("/a?utm_medium=rss"))))
    site.serve("/a", page(head=head), content_type="text/html")
    assert ingest(feed) == {"stored": 1}
    event = only(store.events.unlinked())
    assert event.title == "Acme opens a plant"
    assert (event.url, event.source) == (site.url("/a"), "The Post")
    assert event.canonical_url == site.url("/plant")
    assert event.published_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert event.extracted["published_zone"] == "+02:00"
    assert event.extracted["author"] == "A. Writer"
    assert event.extracted["language"] == "en"
    assert event.extracted["text_from"] == "page"
    assert "largest investment" in event.raw_text
    entry = only(store.entries.in_state("fetched"))
    assert entry.event_id == event.event_id


def test_the_feeds_source_names_the_outlet_before_the_page_does(
    site, feed, ingest, store
):
    head = '<meta property="og:site_name" content="post.example">'
    site.serve("/feed", rss(item(site.url("/a"), source="The Post")))
    site.serve("/a", page(head=head), content_type="text/html")
    ingest(feed)
    assert only(store.events.unlinked()).source == "The Post"


def test_a_headline_cut_short_is_completed_from_the_page(site, feed, ingest, store):
    site.serve("/feed", rss(item(site.url("/a"), title="Acme opens…")))
    site.serve("/a", page(), content_type="text/html")
    ingest(feed)
    assert only(store.events.unlinked()).title == "Acme opens a plant"


def test_the_pages_earlier_date_wins_over_a_feed_that_shows_it_again(
    site, feed, ingest, store
):
    head = '<meta property="article:published_time" content="2026-10-01T08:00:00Z">'
    site.serve("/feed", rss(item(site.url("/a"))))
    site.serve("/a", page(head=head), content_type="text/html")
    ingest(feed)
    event = only(store.events.unlinked())
    assert (event.published_at.month, event.extracted["dated_by"]) == (10, "page")


def test_a_redirector_is_followed_and_left_out_of_the_address(
    site, feed, ingest, store
):
    site.serve("/feed", rss(item(site.url("/go/1"))))
    site.answer("/go/1", 302, location="/a?utm_source=go")
    site.serve("/a", page(), content_type="text/html")
    ingest(feed)
    assert only(store.events.unlinked()).url == site.url("/a")


def test_a_page_that_only_sends_its_reader_on_is_followed(site, feed, ingest, store):
    refresh = (
        '<html><head><meta http-equiv="refresh" content="0; url=/a"></head></html>'
    )
    site.serve("/feed", rss(item(site.url("/go"))))
    site.serve("/go", refresh, content_type="text/html")
    site.serve("/a", page(), content_type="text/html")
    assert ingest(feed) == {"stored": 1}
    assert only(store.events.unlinked()).url == site.url("/a")


def test_one_document_under_several_addresses_is_one_event(site, feed, ingest, store):
    head = '<link rel="canonical" href="/a">'
    links = (item(site.url(p), title=f"Acme {p}") for p in ("/a", "/amp/a", "/m?id=1"))
    site.serve("/feed", rss(*links))
    for path in ("/a", "/amp/a", "/m"):
        site.serve(path, page(head=head), content_type="text/html")
    assert ingest(feed) == {"stored": 1, "known": 2}
    event = only(store.events.unlinked())
    entries = store.entries.in_state("fetched")
    assert {entry.event_id for entry in entries} == {event.event_id}


def test_a_page_cannot_pass_for_another_sites_document(site, feed, ingest, store, now):
    address = "https://bank.example/results"
    genuine = Event(
        event_id="genuine",
        org_id=None,
        kind=Kind.NEWS,
        title="Bank grows",
        url=address,
        source="Bank",
        published_at=now,
        raw_text="The bank grew.",
        canonical_url=address,
        content_hash="1",
    )
    store.events.add(genuine, now)
    head = f'<link rel="canonical" href="{address}">'
    site.serve("/feed", rss(item(site.url("/a"), title="Bank fails")))
    site.serve("/a", page("Bank fails", head=head), content_type="text/html")
    assert ingest(feed) == {"stored": 1}
    forged = {e.title: e for e in store.events.unlinked()}["Bank fails"]
    assert (forged.url, forged.canonical_url) == (site.url("/a"), site.url("/a"))


def test_a_copy_on_another_host_is_the_document_it_names(
    site, feed, ingest, store, now
):
    head = '<link rel="canonical" href="https://agency.example/plant">'
    site.serve("/feed", rss(item(site.url("/a"))))
    site.serve("/a", page(head=head), content_type="text/html")
    ingest(feed)
    other = replace(feed, url=site.url("/feed2"))
    site.serve("/feed2", rss(item(site.url("/b"))))
    site.serve("/b", page(head=head), content_type="text/html")
    assert ingest(other) == {"known": 1}
    assert only(store.events.unlinked()).canonical_url == "https://agency.example/plant"


@pytest.mark.parametrize("status", [401, 402, 403, 451])
def test_behind_a_paywall_the_feeds_summary_stands_in(
    site, feed, ingest, store, status
):
    site.serve("/feed", rss(item(site.url("/a"), description="It grows in Ghent.")))
    site.answer("/a", status)
    assert ingest(feed) == {"from_summary": 1}
    event = only(store.events.unlinked())
    assert event.raw_text == "Acme opens a plant\n\nIt grows in Ghent."
    assert str(status) in event.extracted["page_error"]
    assert str(status) in only(store.entries.in_state("fetched")).error


def test_a_teaser_is_filled_up_with_the_longest_summary(site, feed, ingest, store):
    site.serve("/feed", rss(item(site.url("/a"), description="It grows in Ghent.")))
    site.serve("/a", page(text="Subscribe."), content_type="text/html")
    assert ingest(feed) == {"from_summary": 1}
    assert "It grows in Ghent." in only(store.events.unlinked()).raw_text


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png"])
def test_what_is_no_page_is_told_by_its_summary(
    site, feed, ingest, store, content_type
):
    site.serve("/feed", rss(item(site.url("/a"), description="It grows.")))
    site.serve("/a", b"%PDF-1.7", content_type=content_type)
    assert ingest(feed) == {"from_summary": 1}


def test_a_forbidden_page_is_told_by_its_summary(site, feed, ingest, store):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /a")
    site.serve("/feed", rss(item(site.url("/a"))))
    assert ingest(feed) == {"from_summary": 1}
    assert site.asked("/a") == []


def test_a_forbidden_page_found_in_two_ways_is_one_event(site, feed, ingest, store):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /members")
    site.answer("/go/1", 302, location="/members/a")
    site.serve("/feed", rss(item(site.url("/members/a"))))
    search = replace(feed, url=site.url("/search"), origin="template")
    site.serve("/search", rss(item(site.url("/go/1"), source="The Post")))
    assert ingest(feed) == {"from_summary": 1}
    assert ingest(search) == {"known": 1}
    assert only(store.events.unlinked()).url == site.url("/members/a")


@pytest.mark.parametrize(
    ("origin", "outlet"), [("shared", "The Post"), ("template", "127.0.0.1")]
)
def test_a_feeds_title_names_its_own_pages_outlet(site, ingest, store, origin, outlet):
    feed = Feed(url=site.url("/feed"), org_id=None, origin=origin)
    body = rss(item(site.url("/a"))).replace("<title>F<", "<title>The Post - RSS Feed<")
    site.serve("/feed", body)
    site.answer("/a", 403)
    ingest(feed)
    assert only(store.events.unlinked()).source == outlet


def test_one_bad_item_does_not_stop_the_others(site, feed, ingest, store):
    fifty = {"Content-Length": "50000000", "Content-Type": "text/html"}
    names = ("gone", "loop", "inside", "large", "good")
    site.serve("/feed", rss(*(item(site.url(f"/{n}"), title=f"On {n}") for n in names)))
    site.answer("/gone", 404)
    site.answer("/loop", 302, location="/loop")
    site.answer("/inside", 302, location="http://169.254.169.254/")
    site.routes["/large"] = lambda r: Reply(headers=fifty, stream=site.silence())
    site.serve("/good", page("On good"), content_type="text/html")
    assert ingest(feed) == {"failed": 3, "from_summary": 1, "stored": 1}
    reasons = {e.title: e.error for e in store.entries.in_state("failed")}
    assert "answers 404" in reasons["On gone"]
    assert "redirects more than" in reasons["On loop"]
    assert "169.254.169.254, which is link-local" in reasons["On inside"]
    assert {e.title for e in store.events.unlinked()} == {"On large", "On good"}


def test_an_item_in_passing_trouble_is_tried_again_until_given_up(
    site, feed, make_fetcher, store, now
):
    site.serve("/feed", rss(item(site.url("/a"))))
    site.answer("/a", 500)
    refresh_feeds(make_fetcher(), store, [feed], now)
    outcomes = []
    for hours in range(0, 60, 12):
        at = now + timedelta(hours=hours)
        outcomes.append(fetch_articles(make_fetcher(article_tries=3), store, at))
    assert outcomes == [{"again": 1}, {"again": 1}, {"failed": 1}, {}, {}]
    assert only(store.entries.in_state("failed")).tries == 3


def test_an_item_that_must_wait_costs_no_try(site, feed, make_fetcher, store, now):
    site.serve("/feed", rss(item(site.url("/a")), item(site.url("/b"), title="Other")))
    site.answer("/a", 429, retry_after="3600")
    site.serve("/b", page("Other"), content_type="text/html")
    fetcher = make_fetcher()
    refresh_feeds(fetcher, store, [feed], now)
    first = fetch_articles(fetcher, store, now)
    soon = fetch_articles(make_fetcher(), store, now + timedelta(minutes=30))
    assert sum(first.values()) == 2
    assert soon.get("waiting") == 1
    assert max(e.tries for e in store.entries.pending()) <= 1


def test_a_run_cut_off_goes_on_where_it_was(site, feed, make_fetcher, store, now):
    links = [item(site.url(f"/{n}"), title=f"Number {n}") for n in range(5)]
    site.serve("/feed", rss(*links))
    for n in range(5):
        text = PROSE.replace("Ghent", f"town {n}")
        site.serve(f"/{n}", page(f"Number {n}", text), content_type="text/html")
    refresh_feeds(make_fetcher(), store, [feed], now)
    assert fetch_articles(make_fetcher(), store, now, Bounds(2)) == {"stored": 2}
    assert fetch_articles(make_fetcher(), store, now) == {"stored": 3}
    assert max(len(site.asked(f"/{n}")) for n in range(5)) == 1


def test_posts_are_taken_from_the_feed_alone(site, ingest, store):
    feed = Feed(url=site.url("/feed"), org_id="acme", origin="x")
    site.serve("/feed", rss(item(site.url("/status/1"), title="We are hiring")))
    ingest(feed)
    event = only(store.events.unlinked())
    assert (event.kind, event.raw_text) == (Kind.TWEET, "We are hiring")
    assert event.extracted["feed_org"] == "acme"
    assert site.asked("/status/1") == []


# Feeds


def test_a_feed_that_is_a_page_says_so_in_its_row(site, feed, fetcher, store, now):
    site.serve("/feed", "<!doctype html><p>Hello", content_type="text/html")
    assert refresh_feeds(fetcher, store, [feed], now)["failed"] == 1
    row = only(store.feeds.all())
    assert "is no feed but an HTML page" in row.error
    assert (row.failures, row.next_due) == (1, now + timedelta(minutes=5))


def test_an_unreachable_feed_does_not_stop_the_others(site, feed, fetcher, store, now):
    dead = replace(feed, url="http://127.0.0.1:9/feed")
    site.serve("/feed", rss(item(site.url("/a"))))
    counts = refresh_feeds(fetcher, store, [dead, feed], now)
    assert counts == {"feeds": 2, "new": 1, "failed": 1}
    errors = {row.url: row.error for row in store.feeds.all()}
    assert "cannot be reached" in errors[dead.url]
    assert errors[feed.url] == ""


def test_a_feed_that_recovers_forgets_its_failures(site, feed, fetcher, store, now):
    site.serve("/feed", rss())
    refresh_feeds(fetcher, store, [replace(feed, failures=4, error="was down")], now)
    row = only(store.feeds.all())
    assert (row.failures, row.error, row.last_ok) == (0, "", now)


def test_a_feed_asked_to_wait_is_due_when_it_may_be_asked(
    site, feed, make_fetcher, store, now
):
    site.answer("/feed", 429, retry_after="7200")
    refresh_feeds(make_fetcher(), store, [feed], now)
    counts = refresh_feeds(make_fetcher(), store, store.feeds.all(), now)
    row = only(store.feeds.all())
    assert counts["waiting"] == 1
    assert (row.next_due, row.failures) == (now + timedelta(hours=2), 1)


def test_too_large_a_feed_names_the_setting(site, feed, make_fetcher, store, now):
    site.serve("/feed", rss(*(item(site.url(f"/{n}")) for n in range(100))))
    refresh_feeds(make_fetcher(max_feed_bytes=5000), store, [feed], now)
    assert "over 5000 bytes (sync.web.max_feed_bytes)" in only(store.feeds.all()).error


def test_an_unchanged_feed_brings_nothing_new(site, feed, fetcher, store, now):
    site.serve("/feed", rss(item(site.url("/a"))), etag='"1"')
    assert refresh_feeds(fetcher, store, [feed], now)["new"] == 1
    assert refresh_feeds(fetcher, store, [feed], now)["new"] == 0


def test_a_news_search_brings_a_story_once_though_its_link_changes(
    site, fetcher, store, now
):
    feed = Feed(url=site.url("/search"), org_id="acme", origin="template")
    for token in ("aaa", "bbb"):
        link = site.url(f"/go/{token}")
        site.serve("/search", rss(item(link, guid=token, source="The Post")))
        refresh_feeds(fetcher, store, [feed], now)
    entry: Entry = only(store.entries.pending())
    assert (entry.org_id, entry.url) == ("acme", site.url("/go/aaa"))


def test_the_source_brings_what_is_due_and_its_articles(site, fetcher, store, now):
    store.feeds.add(Feed(url=site.url("/feed"), org_id=None, origin="shared"))
    site.serve("/feed", rss(item(site.url("/a"))))
    site.serve("/a", page(), content_type="text/html")
    source = FeedSource(fetcher, store)
    assert source.pull(now) == {"feeds": 1, "new": 1, "stored": 1}
    assert source.pull(now) == {"feeds": 0, "new": 0}
    assert store.events.count() == 1


def test_progress_is_reported_feed_by_feed(site, feed, fetcher, store, now):
    seen = []
    site.serve("/feed", rss())
    refresh_feeds(fetcher, store, [feed], now, lambda *step: seen.append(step))
    assert seen == [(1, 1, feed.url)]
