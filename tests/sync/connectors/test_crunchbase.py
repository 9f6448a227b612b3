"""Crunchbase: its rounds are facts with their page; corrected ones replace the old."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from store.records import FundingFact, Org
from sync.connectors.crunchbase import (
    CrunchbaseSettings,
    CrunchbaseSource,
    crunchbase_api,
    permalink,
)
from tests.support import providers
from tests.support.providers import KEY, Crunchbase, as_json
from tests.support.web import Reply

DAY = timedelta(days=1)
AT = "https://www.crunchbase.com/organization/acme-robotics"
WORDS = {"series_a": "Series A", "seed": "Seed"}


@pytest.fixture
def double() -> Iterator[Crunchbase]:
    with providers.crunchbase("acme-robotics", "bolt") as double:
        yield double


@pytest.fixture
def acme(companies) -> Org:
    return replace(companies[0], identifiers={"crunchbase": AT})


@pytest.fixture
def bolt(companies) -> Org:
    at = "https://crunchbase.com/organization/bolt/company_financials"
    return replace(companies[1], identifiers={"crunchbase": at})


@pytest.fixture
def pair(acme, bolt) -> tuple[Org, ...]:
    return (acme, bolt)


@pytest.fixture
def make(double, line, store, acme):
    def make(key: str = KEY, orgs: tuple[Org, ...] = (acme,), **options):
        settings = CrunchbaseSettings(base_url=f"{double.base_url}/api/v4", **options)
        api = crunchbase_api(settings, key, line, store)
        name = lambda word: WORDS.get(word, "")  # noqa: E731
        return CrunchbaseSource(settings, api, store, orgs, name)

    return make


def series_a(double: Crunchbase, **more) -> None:
    money = {"value": 4_000_000, "currency": "EUR", "value_usd": 4_164_385}
    told = {
        "announced_on": "2026-10-23",
        "investment_type": "series_a",
        "money_raised": money,
        "investor_identifiers": [{"value": "North Fund"}, {"value": "Harbour VC"}],
        "lead_investor_identifiers": [{"value": "North Fund"}],
    }
    double.add("acme-robotics", "acme-series-a--1f2e", **told | more)


def test_a_round_becomes_a_fact_with_its_page_and_both_amounts(
    double, make, store, now
):
    series_a(double)
    assert make().pull(now) == {"changed": 1}
    assert store.funding.of("acme") == [
        FundingFact(
            org_id="acme",
            round_type="Series A",
            announced_on=date(2026, 10, 23),
            source_url="https://www.crunchbase.com/funding_round/acme-series-a--1f2e",
            amount_usd=4_164_385.0,
            investors=("North Fund", "Harbour VC"),
            confidence=0.95,
            created_at=now,
            amount=4_000_000.0,
            currency="EUR",
            leads=("North Fund",),
            source="Crunchbase",
            tier="api",
        )
    ]


def test_the_request_is_the_documented_one_and_the_key_stays_in_its_header(
    double, make, now
):
    series_a(double)
    make().pull(now)
    path, params = double.calls[0]
    assert path == "/api/v4/entities/organizations/acme-robotics"
    assert params["card_ids"] == "raised_funding_rounds"
    assert all(KEY not in request.path for request in double.site.requests)


def test_an_unchanged_company_costs_nothing_for_days_and_writes_nothing(
    double, make, store, now
):
    series_a(double)
    make().pull(now)
    assert make().pull(now + 6 * DAY) == {"unchanged": 1}
    assert len(double.calls) == 1
    assert make().pull(now + 8 * DAY) == {"unchanged": 1}
    assert len(double.calls) == 2
    assert store.funding.of("acme")[0].created_at == now


def test_an_answer_with_a_validator_is_asked_for_conditionally(double, make, now):
    card = {"properties": {}, "cards": {"raised_funding_rounds": []}}
    double.faults.append(as_json(card, etag='"v1"'))
    double.faults.append(Reply(status=304))
    make().pull(now)
    assert make().pull(now + 8 * DAY) == {"unchanged": 1}
    assert double.site.requests[1].headers["if-none-match"] == '"v1"'


def test_a_corrected_round_replaces_what_was_said_before(double, make, store, now):
    series_a(double)
    own = FundingFact(
        "acme", "Seed", None, "https://daily.example/1", None, (), 0.7, now
    )
    store.funding.put([own])
    make().pull(now)
    double.rounds["acme-robotics"][0] |= {"announced_on": "2026-10-21"}
    assert make().pull(now + 8 * DAY) == {"changed": 1}
    facts = store.funding.of("acme")
    assert [(f.round_type, f.announced_on) for f in facts] == [
        ("Series A", date(2026, 10, 21)),
        ("Seed", None),
    ]
    assert all(fact.event_id == "" for fact in facts)


def test_a_round_without_sum_date_or_investors_is_still_a_round(
    double, make, store, now
):
    double.add(
        "acme-robotics",
        "acme-grant--9",
        investment_type="non_equity_assistance",
        money_raised=None,
        announced_on={"value": "soon"},
        investor_identifiers=5,
    )
    make().pull(now)
    (fact,) = store.funding.of("acme")
    assert (fact.round_type, fact.amount, fact.announced_on, fact.investors) == (
        "Non equity assistance",
        None,
        None,
        (),
    )


def test_rounds_past_the_first_hundred_are_followed(double, make, store, now):
    for number in range(120):
        double.add("acme-robotics", f"r{number}", investment_type="seed")
    make().pull(now)
    assert len(store.funding.of("acme")) == 120
    assert double.calls[1][0].endswith("/cards/raised_funding_rounds")
    assert len(double.calls) == 2


def test_a_company_that_is_not_there_is_told_once_in_a_while_only(
    double, make, acme, bolt, now
):
    series_a(double)
    source = make(orgs=(bolt, acme))
    assert source.pull(now) == {"failed": 1, "changed": 1}
    assert source.problems[0].startswith("Bolt Works: Crunchbase has nothing under")
    again = make(orgs=(bolt, acme))
    assert again.pull(now + DAY) == {"failed": 1, "unchanged": 1}
    assert again.problems == source.problems
    assert len(double.calls) == 2


def test_without_an_address_a_company_is_left_alone_unless_configured(
    double, make, companies, now
):
    assert make(orgs=tuple(companies)).pull(now) == {}
    assert double.calls == []


def test_a_company_found_by_name_must_have_our_domain(
    double, make, store, companies, now
):
    series_a(double)
    double.names = {"acme-robotics": "Acme Robotics", "acme-hotels": "Acme Hotels"}
    acme = replace(companies[0], display_name="Acme Robotics")
    double.sites["acme-robotics"] = "https://acme-of-texas.example"
    wanted = {"orgs": (acme,), "search_by_name": True}
    assert make(**wanted).pull(now) == {"unsure": 1}
    assert store.funding.of("acme") == []
    double.sites["acme-robotics"] = "https://www.acme.example/"
    assert make(**wanted).pull(now + 8 * DAY) == {"changed": 1}


def test_two_companies_of_the_same_name_are_neither(double, make, companies, now):
    double.names = {"acme-robotics": "Acme", "acme-2": "ACME"}
    source = make(orgs=(companies[0],), search_by_name=True)
    assert source.pull(now) == {"unsure": 1}


def test_an_invalid_key_is_told_without_the_key(double, make, now):
    source = make(key="wr0ng")
    assert source.pull(now) == {"waiting": 1}
    assert "CRUNCHBASE_KEY" in source.problems[0]
    assert "wr0ng" not in source.problems[0]


def test_too_many_requests_are_waited_out(double, make, slept, now):
    series_a(double)
    double.faults.append(Reply(status=429, headers={"Retry-After": "30"}))
    assert make().pull(now) == {"changed": 1}
    assert slept == [30.0]


def test_a_longer_wait_than_we_sleep_ends_the_run_until_then(double, make, now):
    series_a(double)
    double.faults.append(Reply(status=429, headers={"Retry-After": "3600"}))
    assert make().pull(now) == {"waiting": 1}
    assert make().pull(now + timedelta(minutes=50)) == {"waiting": 1}
    assert len(double.calls) == 1
    assert make().pull(now + timedelta(minutes=61)) == {"changed": 1}


def test_our_own_limit_of_a_day_is_kept(double, make, acme, bolt, now):
    series_a(double)
    double.add("bolt", "bolt-seed", investment_type="seed")
    source = make(orgs=(acme, bolt), daily_quota=1)
    assert source.pull(now) == {"changed": 1, "waiting": 1}
    assert make(orgs=(acme, bolt)).pull(now + DAY) == {"unchanged": 1, "changed": 1}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Reply(b"<html>"), "no JSON"),
        (as_json({"properties": {}}), "no card"),
        (as_json({"cards": {"raised_funding_rounds": {}}}), "no card"),
        (Reply(b'{"error": "Bad field_ids"}', 400), "Bad field_ids"),
    ],
)
def test_one_bad_answer_stops_no_other_company_and_is_not_remembered(
    double, make, pair, now, fault, words
):
    series_a(double)
    double.add("bolt", "bolt-seed", investment_type="seed")
    double.faults.append(fault)
    source = make(orgs=pair)
    assert source.pull(now) == {"failed": 1, "changed": 1}
    assert words in source.problems[0]
    assert make(orgs=pair).pull(now + DAY) == {"changed": 1, "unchanged": 1}


def test_a_broken_server_is_tried_again_and_told(double, make, slept, now):
    double.faults += [Reply(status=502)] * 3
    source = make()
    assert source.pull(now) == {"failed": 1}
    assert "502" in source.problems[0]
    assert len(slept) == 2


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (AT, "acme-robotics"),
        ("https://www.crunchbase.com/organization/acme/timeline?x=1", "acme"),
        ("https://www.crunchbase.com/person/acme", ""),
        ("https://evil.example/organization/acme", ""),
        ("https://notcrunchbase.com/organization/acme", ""),
        ("https://www.crunchbase.com/organization/", ""),
        ("", ""),
    ],
)
def test_a_place_is_read_from_an_address_there_and_nowhere_else(address, place):
    assert permalink(Org("x", "X", identifiers={"crunchbase": address})) == place
