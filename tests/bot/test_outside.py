"""The outside sources in the job: each with its key only, none stopping another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import telemetry
from bot.app import App, open_app
from bot.jobs import feeds, outside, retention
from bot.report import silent
from bot.settings import FeedsSettings, LogSettings, Secrets, Settings
from store import ids
from store.changes import Change
from store.records import Event, Feed, Kind, Org
from tests.support import providers
from tests.support.providers import KEY

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
AT = "https://www.crunchbase.com/organization/acme-robotics"
ACME = Org("acme", "Acme", domain="acme.example", identifiers={"crunchbase": AT})
BOTH = {"newsapi_key": KEY, "crunchbase_key": KEY}


@pytest.fixture
def news() -> Iterator[providers.NewsApi]:
    with providers.news_api() as double:
        double.add("Acme opens a plant", NOW - timedelta(hours=2))
        yield double


@pytest.fixture
def rounds() -> Iterator[providers.Crunchbase]:
    with providers.crunchbase("acme-robotics") as double:
        double.add("acme-robotics", "acme-series-a", investment_type="series_a")
        yield double


@pytest.fixture
def make(tmp_path, news, rounds) -> Iterator:
    made: list[App] = []

    def make(**keys: str) -> App:
        base = Settings()
        url = f"sqlite:///{tmp_path}/store.db"
        connectors = replace(
            base.sync.connectors,
            newsapi=replace(base.sync.connectors.newsapi, base_url=news.base_url),
            crunchbase=replace(
                base.sync.connectors.crunchbase, base_url=f"{rounds.base_url}/api/v4"
            ),
        )
        web = replace(base.sync.web, allow_private=("127.0.0.0/8",), host_gap_s=0.0)
        settings = replace(
            base,
            store=replace(base.store, url=url),
            sync=replace(base.sync, connectors=connectors, web=web),
            secrets=Secrets(**keys),
        )
        app = open_app(settings, telemetry.configure(LogSettings()), lambda: NOW)
        made.append(app)
        app.store.orgs.add("Acme", Change("test", "test", NOW))
        return app

    yield make
    for app in made:
        app.close()


def test_without_keys_no_provider_is_asked(make, news, rounds):
    report = outside.bring(make(), [ACME], silent)
    assert (report.counts, report.problems) == ({}, ())
    assert news.calls == []
    assert rounds.calls == []


def test_with_their_keys_both_bring_what_they_have(make):
    app = make(**BOTH)
    report = outside.bring(app, [ACME], silent)
    assert report.problems == ()
    assert report.counts["newsapi_new"] == 1
    assert report.counts["crunchbase_changed"] == 1
    assert [e.title for e in app.store.entries.pending()] == ["Acme opens a plant"]
    assert app.store.funding.of("acme")[0].round_type == "Series A"


def test_one_refused_key_is_a_problem_line_and_stops_no_other(make):
    report = outside.bring(make(**BOTH | {"newsapi_key": "wr0ng"}), [ACME], silent)
    assert len(report.problems) == 1
    assert "NEWSAPI_KEY" in report.problems[0]
    assert "wr0ng" not in report.problems[0]
    assert report.counts["crunchbase_changed"] == 1


def test_a_search_needs_both_its_key_and_its_engine(make):
    app = make(google_cse_key=KEY)
    assert outside.google_search(app, outside.outside_line(app)) is None
    app = make(google_cse_key=KEY, google_cse_id="engine")
    assert outside.google_search(app, outside.outside_line(app)) is not None


def test_a_stop_is_heeded_between_two_sources(make, news):
    app = make(**BOTH)
    app.stopping.set()
    assert outside.bring(app, [ACME], silent).counts == {}
    assert news.calls == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("https://x.com/acme", "acme"),
        ("https://www.twitter.com/Acme_HQ/?lang=de", "Acme_HQ"),
        ("@acme", "acme"),
        ("https://x.com/acme/status/1", ""),
        ("https://x.com.evil.example/acme", ""),
        ("https://evil.example/acme", ""),
        ("", ""),
    ],
)
def test_a_handle_is_read_from_an_address_at_x_and_nowhere_else(given, found):
    assert feeds.handle(Org("a", "A", identifiers={"x_handle": given})) == found


def test_posts_are_read_where_a_feed_for_them_is_configured():
    org = Org("a", "A", identifiers={"x_handle": "https://x.com/acme"})
    settings = FeedsSettings(x_template="https://posts.example/{handle}/rss")
    url = "https://posts.example/acme/rss"
    assert feeds.wanted([org, Org("b", "B")], settings) == {url: Feed(url, "a", "x")}
    assert feeds.wanted([org], FeedsSettings()) == {}


def test_old_texts_are_dropped_with_a_receipt_and_a_line_in_the_audit_log(make):
    app = make()
    old = NOW - timedelta(days=400)
    event = Event(
        ids.event_id("https://d.example/1", old),
        None,
        Kind.NEWS,
        "Acme opens a plant",
        "https://d.example/1",
        "The Daily",
        old,
        "Acme opens a plant in Ghent.",
        ingested_at=old,
    )
    app.store.events.add(event, old)
    app.store.events.link(event.event_id, [], old)
    report = retention.drop(app, silent)
    assert report.counts == {"texts_dropped": 1}
    (line,) = app.store.audit.of("", "news")
    assert (line.action, line.actor) == ("dropped", "retention")
    assert line.source == "store.retention: news 12 months"
    assert line.old["texts"] == 1
    assert line.old["before"].startswith("2025-11-22")
    assert app.store.notes.get(retention.RECEIPT)["texts"] == 1
    retention.drop(app, silent)
    assert len(app.store.audit.of("", "news")) == 1


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ((2026, 11, 22), 12, (2025, 11, 22)),
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2028, 3, 31), 1, (2028, 2, 29)),
        ((2026, 1, 15), 1, (2025, 12, 15)),
        ((2026, 12, 1), 12, (2025, 12, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, before):
    now = datetime(*day, 5, tzinfo=UTC)
    assert retention.months_before(now, months) == datetime(*before, 5, tzinfo=UTC)
