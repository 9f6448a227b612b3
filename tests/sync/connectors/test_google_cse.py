"""Google's search: few queries, remembered for long, for news and for domains."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from store.store import Store
from sync.connectors.errors import BadKey, QuotaUsedUp
from sync.connectors.google_cse import (
    GoogleSearch,
    GoogleSettings,
    GoogleSource,
    google_api,
)
from tests.support import providers
from tests.support.providers import KEY, Google
from tests.support.web import Reply

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def double() -> Iterator[Google]:
    with providers.google() as double:
        yield double


@pytest.fixture
def make_search(double, line, store):
    def make(key: str = KEY, **options) -> GoogleSearch:
        settings = GoogleSettings(base_url=double.base_url, **options)
        api = google_api(settings, key, line, store)
        return GoogleSearch(settings, double.engine, api)

    return make


@pytest.fixture
def make(double, make_search, store, companies):
    def make(key: str = KEY, **options) -> GoogleSource:
        settings = GoogleSettings(base_url=double.base_url, **options)
        return GoogleSource(settings, make_search(key, **options), store, companies)

    return make


def urls(store: Store) -> list[str]:
    return sorted(entry.url for entry in store.entries.pending())


def test_news_become_entries_but_not_front_pages_and_not_the_companys_own_site(
    double, make, store, now
):
    metas = {"metatags": [{"article:published_time": "2026-11-20T10:00:00+01:00"}]}
    double.add("https://daily.example/acme-plant", pagemap=metas)
    double.add("https://daily.example/")
    double.add("https://news.acme.example/plant")
    counts = make().pull(now)
    assert "https://daily.example/acme-plant" in urls(store)
    assert "https://daily.example/" not in urls(store)
    assert counts["searched"] == 2
    entry = next(e for e in store.entries.pending() if "daily" in e.url)
    assert entry.published_at is not None
    assert entry.published_at.isoformat() == "2026-11-20T09:00:00+00:00"
    assert (entry.title, entry.summary) == (
        "Acme in the news",
        "About Acme in the news",
    )


def test_the_request_is_the_documented_one_and_the_key_stays_in_its_header(
    double, make, now
):
    make().pull(now)
    assert double.calls[0] == (
        "/customsearch/v1",
        {
            "q": '"Acme" OR "Acme Robotics"',
            "cx": "engine-1",
            "num": "10",
            "start": "1",
            "dateRestrict": "d14",
        },
    )
    assert all(KEY not in request.path for request in double.site.requests)


def test_pages_are_followed_up_to_the_hundredth_result(double, make_search, now):
    for number in range(130):
        double.add(f"https://daily.example/{number}")
    hits = make_search().find("acme", now, most=200)
    assert len(hits) == 100
    assert [c[1]["start"] for c in double.calls][-1] == "91"
    assert len(double.calls) == 10


def test_no_page_is_asked_for_past_the_last(double, make_search, now):
    for number in range(13):
        double.add(f"https://daily.example/{number}")
    assert len(make_search().find("acme", now, most=100)) == 13
    assert len(double.calls) == 2
    assert len(make_search().find("acme", now, most=12)) == 12
    assert double.calls[-1][1]["num"] == "2"


def test_an_answer_is_remembered_for_days_and_asked_for_anew_after(
    double, make_search, companies, now
):
    double.add("https://acme.example/")
    first = make_search().search_hits(companies[0], now)
    assert first == ("https://acme.example/",)
    assert make_search().search_hits(companies[0], now + 13 * DAY) == first
    assert len(double.calls) == 1
    make_search().search_hits(companies[0], now + 15 * DAY)
    assert len(double.calls) == 2


def test_no_results_are_an_answer_too_and_remembered(double, make_search, now):
    assert make_search().find("nobody", now) == ()
    assert make_search().find("nobody", now + DAY) == ()
    assert len(double.calls) == 1


def test_each_company_is_searched_for_at_its_time_and_nothing_stored_twice(
    double, make, store, now
):
    double.add("https://daily.example/acme-plant")
    assert make().pull(now)["new"] == 1
    assert make().pull(now + DAY) == {"new": 0}
    assert make().pull(now + 4 * DAY) == {"new": 0, "searched": 2}
    assert len(double.calls) == 4


def test_the_free_queries_of_a_day_are_never_overdrawn(double, make, now):
    double.quota = 1
    source = make(daily_quota=1)
    assert source.pull(now) == {"new": 0, "searched": 1, "waiting": 1}
    assert "2026-11-23 08:00 UTC" in source.problems[0], "midnight in California"
    make(daily_quota=1).pull(now + 20 * HOUR)
    assert len(double.calls) == 1


def test_a_quota_that_google_finds_used_up_is_waited_out(
    double, make_search, companies, now
):
    double.quota = 0
    with pytest.raises(QuotaUsedUp, match="Queries per day"):
        make_search().search_hits(companies[0], now)
    with pytest.raises(QuotaUsedUp):
        make_search().search_hits(companies[0], now + HOUR)
    assert len(double.calls) == 1
    double.quota = 100
    assert make_search().search_hits(companies[0], now + DAY) == ()


def test_the_older_form_of_the_daily_limit_is_understood(double, make_search, now):
    words = "This API requires billing to be enabled on the project."
    double.faults.append(double.error(403, "dailyLimitExceeded", words, "FORBIDDEN"))
    with pytest.raises(QuotaUsedUp, match="billing"):
        make_search().find("acme", now)


def test_an_invalid_key_is_told_without_the_key(double, make_search, now):
    with pytest.raises(BadKey, match="GOOGLE_CSE_KEY") as caught:
        make_search(key="wr0ng").find("acme", now)
    assert "wr0ng" not in str(caught.value)


def test_a_passing_limit_is_tried_again(double, make, slept, now):
    words = "Quota exceeded for quota metric 'Queries per minute'."
    slow = double.error(429, "rateLimitExceeded", words, "RESOURCE_EXHAUSTED")
    double.faults.append(slow)
    assert make().pull(now) == {"new": 0, "searched": 2}
    assert slept == [0.5]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Reply(b"<html>"), "no JSON"),
        (Reply(b'{"items": "none"}'), "no list"),
        (Reply(b'{"error": {"code": 400}}'), "no list"),
        (Google.error(400, "badRequest", "invalid argument", "X"), "invalid argument"),
    ],
)
def test_one_bad_answer_stops_no_other_company_and_is_not_remembered(
    double, make, now, fault, words
):
    double.faults.append(fault)
    source = make()
    assert source.pull(now) == {"new": 0, "failed": 1, "searched": 1}
    assert words in source.problems[0]
    assert make().pull(now + 3 * DAY) == {"new": 0, "searched": 2}


def test_a_broken_server_is_tried_again_and_told(double, make, slept, now):
    double.faults += [Reply(status=500)] * 3
    source = make()
    assert source.pull(now)["failed"] == 1
    assert "500" in source.problems[0]
    assert len(slept) == 2


def test_news_can_be_left_to_other_sources(double, make, now):
    assert make(news=False).pull(now) == {"new": 0}
    assert double.calls == []
