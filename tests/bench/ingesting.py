"""Reading feeds and articles, beside bare libraries and beside `reader`."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from store.records import Feed, Fetched
from store.store import Store
from sync.web import articles, feeds, ingest
from sync.web.fetch import Fetcher
from sync.web.settings import WebSettings
from tests.bench.figure import Figure, at_most
from tests.bench.outlets import NOW, Outlets, feed, outlets, page

Spent = tuple[float, float, int]  # seconds on the wall, of the processor; bytes


def ingestion(counts: Sequence[int]) -> Iterator[Figure]:
    """Read the same bytes by our code and by the bare libraries."""
    pages = [page(n).encode() for n in range(min(counts[-1], 100))]
    found = [_fetched(f"http://a.example/{n}", body) for n, body in enumerate(pages)]
    channel = _fetched("http://a.example/feed", feed(0, "http://a.example").encode())
    _bare(pages[:1], channel.body)
    bare = _best(lambda: _bare(pages, channel.body))
    ours = _best(lambda: _ours(found, channel))
    size = f"{len(pages)} articles and a feed"
    yield Figure("ingestion: reading", size, 1000 * ours / len(pages), "ms an article")
    yield Figure(
        "ingestion beside feedparser and trafilatura", size, ours / bare, "×",
        at_most(1.25),
    )  # fmt: skip


def whole_path(counts: Sequence[int]) -> Iterator[Figure]:
    """From the wire into the store, beside bare libraries fed from the same wire."""
    count = max(2, min(counts[-1] // 20, 25))
    with TemporaryDirectory() as folder, outlets(count) as site:
        bare = _spent(lambda: _bare_path(site))
        ours = _spent(_our_path(Path(folder), site))
    articles_read = count * 20
    size = f"{articles_read} articles of {count} feeds"
    each = 1000 * ours[1] / articles_read
    yield Figure("ingestion: from the wire into the store", size, each, "ms an article")
    yield Figure(
        "the same beside httpx, feedparser and trafilatura, which store nothing",
        size, ours[1] / bare[1], "×",
    )  # fmt: skip


def refreshing(counts: Sequence[int]) -> Iterator[Figure]:
    """Read the same feeds by our code and by `reader`: first, unchanged, changed."""
    count = min(counts[-1], 500)
    with TemporaryDirectory() as folder, outlets(count) as site:
        ours = _measured(site, _our_refresh(Path(folder), site))
        theirs = _measured(site, _their_refresh(Path(folder), site))
    when = ("first", "unchanged", "changed")
    for name, mine, other in zip(when, ours, theirs, strict=True):
        size = f"{count} feeds, {name}"
        yield Figure("feed refresh", size, mine[1], "s of processor time")
        yield Figure(
            "feed refresh beside reader: processor time", size, mine[1] / other[1], "×",
            at_most(1.0),
        )  # fmt: skip
        ratio = mine[2] / other[2] if other[2] else float(mine[2] > 0)
        yield Figure(
            "feed refresh beside reader: bytes", size, ratio, "×", at_most(1.0)
        )


def _measured(site: Outlets, refresh: Callable[[], object]) -> list[Spent]:
    """What a first look costs, one at the same, and one at what is new."""
    found = []
    for version in (0, 0, 1):
        site.begin(version)
        wall, own, _ = _spent(refresh)
        found.append((wall, own, site.given))
    return found


def _our_refresh(folder: Path, site: Outlets) -> Callable[[], object]:
    store = Store.open(f"sqlite:///{folder}/ours.db")
    fetcher = Fetcher(_settings(site), store.http_cache)
    for url in site.urls:
        store.feeds.add(Feed(url, None, "shared", next_due=NOW))
    moment = [NOW]

    def refresh() -> None:
        moment[0] += timedelta(days=2)
        due = store.feeds.due(moment[0])
        assert len(due) == site.count
        told = ingest.refresh_feeds(fetcher, store, due, moment[0])
        assert told.get("failed", 0) == 0, told

    return refresh


def _their_refresh(folder: Path, site: Outlets) -> Callable[[], object]:
    from reader import make_reader  # noqa: PLC0415 - only benchmarks need it

    reader = make_reader(str(folder / "theirs.db"))
    for url in site.urls:
        reader.add_feed(url)
    return lambda: reader.update_feeds(workers=1, scheduled=False)


def _our_path(folder: Path, site: Outlets) -> Callable[[], object]:
    store = Store.open(f"sqlite:///{folder}/path.db")
    fetcher = Fetcher(_settings(site), store.http_cache)
    for url in site.urls:
        store.feeds.add(Feed(url, None, "shared", next_due=NOW))

    def read() -> None:
        told = ingest.refresh_feeds(fetcher, store, store.feeds.due(NOW), NOW)
        assert told["new"] == site.count * 20, told
        told = ingest.fetch_articles(fetcher, store, NOW)
        assert sum(told.values()) == site.count * 20, told
        assert not told.get("failed"), told

    return read


def _bare_path(site: Outlets) -> None:
    import feedparser  # noqa: PLC0415 - only here without our own code around it
    import httpx  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415

    with httpx.Client() as client:
        for url in site.urls:
            for entry in feedparser.parse(client.get(url).content).entries:
                text = client.get(entry.link).content
                assert trafilatura.bare_extraction(text, with_metadata=True)


def _ours(found: Sequence[Fetched], channel: Fetched) -> None:
    feeds.read(channel)
    for one in found:
        assert articles.read(one).text


def _bare(pages: Sequence[bytes], channel: bytes) -> None:
    import feedparser  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415

    assert feedparser.parse(channel).entries
    for one in pages:
        assert trafilatura.bare_extraction(one, with_metadata=True)


def _settings(site: Outlets) -> WebSettings:
    return replace(
        WebSettings(), allow_private=(site.netloc,), host_gap_s=0.0,
        feeds_obey_robots=False, obey_robots=False,
    )  # fmt: skip


def _fetched(url: str, body: bytes) -> Fetched:
    kind = "application/rss+xml" if url.endswith("/feed") else "text/html"
    return Fetched(url, url, 200, kind, body, "", "", "", NOW, None)


def _best(do: Callable[[], object], times: int = 3) -> float:
    return min(_spent(do)[1] for _ in range(times))


def _spent(do: Callable[[], object]) -> Spent:
    wall, own = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - wall, time.process_time() - own, 0
