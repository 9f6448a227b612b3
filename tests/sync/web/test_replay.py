"""Real news pages: extracted whole, and not downloaded twice."""

import importlib.util
import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from store.records import Feed
from store.store import Store
from sync.web import articles, links
from sync.web.ingest import fetch_articles, refresh_feeds

REALWEB = Path(__file__).parents[4] / "shared" / "data" / "realweb"

pytestmark = pytest.mark.skipif(
    not REALWEB.exists(), reason=f"the kept news pages are not there: {REALWEB.name}"
)


class Replay:
    def __init__(self, server: ThreadingHTTPServer, stats: dict[str, int]) -> None:
        self.base = f"http://127.0.0.1:{server.server_address[1]}"
        self.stats = stats
        self.pages: list[dict[str, Any]] = json.loads(
            (REALWEB / "manifest.json").read_text()
        )

    def published(self, page: dict[str, Any]) -> datetime:
        moment = datetime.fromisoformat(page["published_at"])
        return moment.replace(tzinfo=moment.tzinfo or UTC)


@pytest.fixture
def replay() -> Iterator[Replay]:
    spec = importlib.util.spec_from_file_location("realweb", REALWEB / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = ThreadingHTTPServer(("127.0.0.1", 0), module.Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield Replay(server, module.STATS)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def feed(replay: Replay) -> Feed:
    return Feed(url=f"{replay.base}/feed.xml", org_id=None, origin="shared")


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_every_page_becomes_an_event_and_a_second_run_downloads_nothing(
    replay, feed, make_fetcher, store, now
):
    first = make_fetcher()
    assert refresh_feeds(first, store, [feed], now)["new"] == len(replay.pages)
    assert fetch_articles(first, store, now) == {"stored": len(replay.pages)}
    each_is_told(replay, store)
    downloaded = replay.stats["200"]
    later, second = now + timedelta(hours=3), make_fetcher()
    counts = refresh_feeds(second, store, store.feeds.all(), later)
    assert counts == {"feeds": 1, "new": 0}
    assert fetch_articles(second, store, later) == {}
    assert replay.stats["200"] == downloaded
    assert second.tally == {"requests": 1, "304": 1}
    assert len(store.events.unlinked()) == len(replay.pages)


def each_is_told(replay: Replay, store: Store) -> None:
    """Each page is an event with its outlet, its date and its title."""
    events = {event.url: event for event in store.events.unlinked()}
    for page in replay.pages:
        event = events[f"{replay.base}/news/{page['file'][:-8]}"]
        assert event.source == page["outlet"]
        assert event.published_at is not None
        assert abs(event.published_at - replay.published(page)) < timedelta(hours=1)
        assert fuzz.ratio(words(event.title), words(page["title"])) > 90
        assert event.extracted["language"] == page["language"]
        assert len(event.raw_text) > 500
        company = page["about"][0] if page["about"] else ""
        assert company.casefold() in event.raw_text.casefold()


def test_a_page_alone_tells_its_outlet_date_and_title(replay, fetcher, now):
    agree = 0
    for page in replay.pages:
        url = f"{replay.base}/news/{page['file'][:-8]}"
        article = articles.read(fetcher.get(url, now))
        dated = article.published or article.guessed
        assert dated is not None
        assert abs(dated.at - replay.published(page)) < timedelta(days=5)
        assert fuzz.token_set_ratio(words(article.title), words(page["title"])) > 55
        outlet = words(article.site_name).replace(" ", "")
        agree += words(page["outlet"])[:3] in outlet
        if links.is_web(page["original_url"] or ""):
            assert article.canonical_url == links.clean(page["original_url"])
    assert agree >= len(replay.pages) - 3


def test_a_page_in_two_feeds_is_asked_for_and_kept_once(
    replay, feed, fetcher, store, now
):
    english = Feed(url=f"{replay.base}/feed-en.xml", org_id=None, origin="shared")
    refresh_feeds(fetcher, store, [feed, english], now)
    counts = fetch_articles(fetcher, store, now)
    assert counts["stored"] == len(replay.pages)
    assert counts["known"] == sum(p["language"] == "en" for p in replay.pages)
    assert fetcher.tally["requests"] == len(replay.pages) + 3  # feeds and robots.txt
