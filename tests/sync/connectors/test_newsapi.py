"""News API: finds become entries, once; its limits are kept, and its no is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from store.records import Org
from store.store import Store
from sync.connectors.newsapi import NewsApiSettings, NewsApiSource, news_api, query
from tests.support import providers
from tests.support.providers import KEY, NewsApi
from tests.support.web import Reply

HOUR = timedelta(hours=1)


@pytest.fixture
def double() -> Iterator[NewsApi]:
    with providers.news_api() as double:
        yield double


@pytest.fixture
def make(double, line, store, companies):
    def make(key: str = KEY, orgs: list[Org] = companies, **options) -> NewsApiSource:
        settings = NewsApiSettings(base_url=double.base_url, **options)
        api = news_api(settings, key, line, store)
        return NewsApiSource(settings, api, store, orgs)

    return make


def titles(store: Store) -> list[str]:
    return sorted(entry.title for entry in store.entries.pending())


def test_articles_become_entries_with_outlet_date_and_summary(double, make, store, now):
    double.add(
        "Acme opens a plant", now - HOUR, content="Acme opens. More … [+99 chars]"
    )
    double.add("Nothing of ours", now - HOUR)
    counts = make().pull(now)
    (entry,) = store.entries.pending()
    assert (entry.title, entry.outlet) == ("Acme opens a plant", "The Daily")
    assert entry.published_at == now - HOUR
    assert entry.summary == "Acme opens a plant, in short.\n\nAcme opens. More"
    assert entry.state == "pending"
    assert counts == {"new": 1, "searched": 2}


def test_the_request_is_the_documented_one_and_the_key_stays_in_its_header(
    double, make, now
):
    make(language="en").pull(now)
    path, params = double.calls[0]
    assert path == "/v2/everything"
    assert params == {
        "q": '"Acme" OR "Acme Robotics"',
        "from": "2026-10-25T09:30:00",
        "to": "2026-11-22T09:30:00",
        "language": "en",
        "sortBy": "publishedAt",
        "pageSize": "100",
        "page": "1",
    }
    assert all(KEY not in request.path for request in double.site.requests)


def test_a_second_run_asks_nothing_until_its_time_and_then_stores_nothing_twice(
    double, make, store, now
):
    double.add("Acme opens a plant", now - HOUR)
    make().pull(now)
    assert make().pull(now + HOUR) == {"new": 0}
    assert len(double.calls) == 2
    later = now + 13 * HOUR
    assert make().pull(later)["new"] == 0
    assert double.calls[2][1]["from"] == "2026-11-21T03:30:00"
    assert titles(store) == ["Acme opens a plant"]


def test_an_article_that_was_taken_back_is_skipped(double, make, store, now):
    gone = {"url": "https://removed.com", "description": "Acme [Removed]"}
    double.add("[Removed]", now - HOUR, **gone)
    assert make().pull(now)["skipped"] == 1
    assert titles(store) == []


def test_pages_are_followed_to_the_end(double, make, store, now):
    double.cap = 1000
    for number in range(150):
        double.add(f"Acme story {number}", now - HOUR)
    assert make().pull(now)["new"] == 150
    assert [c[1]["page"] for c in double.calls] == ["1", "2", "1"]


def test_the_developers_limit_of_results_is_an_end_and_no_error(
    double, make, store, now
):
    for number in range(150):
        double.add(f"Acme story {number}", now - HOUR)
    source = make()
    assert source.pull(now)["new"] == 100
    assert source.problems == ()


def test_a_run_cut_off_between_pages_goes_on_where_it_was(double, make, store, now):
    double.cap = 1000
    for number in range(150):
        double.add(f"Acme story {number}", now - HOUR)
    make(daily_quota=1).pull(now)
    assert len(store.entries.pending()) == 100
    make().pull(now + HOUR)
    assert [(c[1]["page"], c[1]["to"]) for c in double.calls[:2]] == [
        ("1", "2026-11-22T09:30:00"),
        ("2", "2026-11-22T09:30:00"),
    ]
    assert len(store.entries.pending()) == 150


def test_the_days_quota_is_kept_over_runs_and_counts_anew_the_next_day(
    double, make, now
):
    source = make(daily_quota=1)
    assert source.pull(now) == {"new": 0, "searched": 1, "waiting": 1}
    assert "1 requests of today's 1 are used" in source.problems[0]
    make(daily_quota=1).pull(now + HOUR)
    assert len(double.calls) == 1
    make(daily_quota=1).pull(now + 15 * HOUR)
    assert double.calls[1][1]["q"] == '"Bolt Works"', "the longest waiting comes first"


def test_an_invalid_key_is_told_without_the_key(double, make, store, now):
    source = make(key="wr0ng-" + KEY)
    assert source.pull(now) == {"new": 0, "waiting": 2}
    assert "NEWSAPI_KEY" in source.problems[0]
    assert "wr0ng" not in source.problems[0]
    assert len(double.calls) == 1


def test_a_key_in_the_providers_words_is_struck_out(double, make, now):
    double.faults.append(double.error(401, "apiKeyDisabled", f"Key {KEY} is disabled"))
    source = make()
    source.pull(now)
    assert KEY not in source.problems[0]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("apiKeyExhausted", "Your API key has no more requests available."),
        ("rateLimited", "Accounts are limited to 100 requests over a 24 hour period."),
    ],
)
def test_a_used_up_quota_is_waited_out_till_the_next_day(
    double, make, now, code, message
):
    double.faults.append(double.error(429, code, message))
    source = make()
    assert source.pull(now) == {"new": 0, "waiting": 2}
    assert "not asked before 2026-11-23 00:00 UTC" in source.problems[0]
    make().pull(now + HOUR)
    assert len(double.calls) == 1
    assert make().pull(now + 15 * HOUR)["searched"] == 2


def test_a_passing_429_is_tried_again_after_the_wait_it_asks_for(
    double, make, slept, now
):
    slow = double.error(429, "rateLimited", "Back off for a while.", retry_after="7")
    double.faults.append(slow)
    assert make().pull(now)["searched"] == 2
    assert slept == [7.0]


def test_a_429_that_stays_ends_the_run_and_is_left_alone_for_a_while(double, make, now):
    slow = double.error(429, "rateLimited", "Back off for a while.")
    double.faults += [slow] * 3
    source = make()
    assert source.pull(now) == {"new": 0, "waiting": 2}
    assert "slow down" in source.problems[0]
    make().pull(now + timedelta(minutes=10))
    assert len(double.calls) == 3
    assert make().pull(now + timedelta(minutes=16))["searched"] == 2


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Reply(b"<html>busy</html>"), "it is no JSON"),
        (Reply(b"[1, 2]"), "no JSON object"),
        (Reply(b'{"status": "ok"}'), "no list of articles"),
        (Reply(b'{"status": "ok", "articles": {'), "it is no JSON"),
        (
            NewsApi.error(400, "parameterInvalid", "from is too far back"),
            "too far back",
        ),
    ],
)
def test_one_bad_answer_stops_no_other_company(double, make, now, fault, words):
    double.faults.append(fault)
    source = make()
    assert source.pull(now) == {"new": 0, "failed": 1, "searched": 1}
    assert source.problems[0].startswith("Acme: ")
    assert words in source.problems[0]


def test_a_broken_server_is_tried_thrice_and_the_next_company_is_asked(
    double, make, slept, now
):
    double.faults += [Reply(status=503)] * 3
    source = make()
    assert source.pull(now) == {"new": 0, "failed": 1, "searched": 1}
    assert slept == [0.5, 1.0]
    assert "503" in source.problems[0]


def test_a_server_that_says_nothing_is_given_up_in_time(
    double, make_line, store, companies, now
):
    settings = NewsApiSettings(base_url=double.base_url)
    api = news_api(settings, KEY, make_line(total_timeout_s=0.2), store)
    double.faults.append(Reply(stream=double.site.silence()))
    source = NewsApiSource(settings, api, store, companies)
    assert source.pull(now)["failed"] == 1
    assert "no whole answer in time" in source.problems[0]


def test_a_provider_inside_the_house_is_refused_unless_allowed(
    double, make_line, store, companies, now
):
    settings = NewsApiSettings(base_url=double.base_url)
    api = news_api(settings, KEY, make_line(allow_private=()), store)
    source = NewsApiSource(settings, api, store, companies)
    source.pull(now)
    assert "ports" in source.problems[0] or "loopback" in source.problems[0]
    assert double.calls == []


def test_after_several_failures_in_a_row_the_provider_is_left_alone(double, make, now):
    double.faults += [Reply(b"oops")] * 9
    many = [Org(f"org{n}", f"Org {n}") for n in range(9)]
    source = make(orgs=many)
    assert source.pull(now) == {"new": 0, "failed": 3, "waiting": 6}
    assert len(double.calls) == 3


def test_new_names_are_searched_for_from_the_beginning(double, make, companies, now):
    make().pull(now)
    acme = replace(companies[0], aliases=("Acme Works",))
    make(orgs=[acme]).pull(now + 13 * HOUR)
    assert double.calls[-1][1]["from"] == "2026-10-25T22:30:00"


def test_a_query_never_grows_past_what_the_endpoint_takes():
    names = tuple(f"A rather long name of a company {n}" for n in range(40))
    words = query(Org("x", "X", aliases=names))
    assert len(words) <= 500
    assert words.startswith('"X" OR "A rather')
    assert words.endswith('"')
