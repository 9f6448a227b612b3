"""The sources with a key, through the whole job: what they bring, how they fail."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import digest
from bot.jobs import rounds
from bot.jobs.orgs import live
from bot.settings import Secrets, Settings
from store.records import Feed
from tests.support import providers, web
from tests.support.kept import begun
from tests.support.newsroom import Newsroom
from tests.support.providers import KEY
from tests.support.web import Reply
from tests.support.world import World

AT = "https://www.crunchbase.com/organization/acme-robotics"


@dataclass(frozen=True)
class Providers:
    """The doubles of all three."""

    news: providers.NewsApi
    google: providers.Google
    crunchbase: providers.Crunchbase


@pytest.fixture
def doubles() -> Iterator[Providers]:
    with ExitStack() as stack:
        news = stack.enter_context(providers.news_api())
        google = stack.enter_context(providers.google())
        rounds = stack.enter_context(providers.crunchbase("acme-robotics"))
        rounds.add("acme-robotics", "acme-series-a", investment_type="series_a")
        yield Providers(news, google, rounds)


@pytest.fixture
def told(doubles: Providers, tmp_path: Path) -> Iterator[World]:
    def changes(settings: Settings) -> Settings:
        ours = settings.sync.connectors
        at = doubles.crunchbase.base_url + "/api/v4"
        connectors = replace(
            ours,
            newsapi=replace(ours.newsapi, base_url=doubles.news.base_url),
            google_cse=replace(ours.google_cse, base_url=doubles.google.base_url),
            crunchbase=replace(ours.crunchbase, base_url=at),
        )
        web = replace(
            settings.sync.web, allow_private=("127.0.0.0/8",), host_gap_s=0.0, tries=1
        )
        feeds = replace(settings.sync.feeds, discover_on_site=False)
        sync = replace(settings.sync, connectors=connectors, web=web, feeds=feeds)
        keys = Secrets(
            newsapi_key=KEY,
            crunchbase_key=KEY,
            google_cse_key=KEY,
            google_cse_id=doubles.google.engine,
        )
        return replace(settings, sync=sync, secrets=keys)

    with begun(tmp_path, changes=changes, rate_limit=False) as made:
        made.company("Acme", Crunchbase={"url": AT})
        made.run("poll")
        doubles.news.add("Acme opens a plant in Ghent", made.clock())
        doubles.google.add("https://press.example/acme", "Acme hires a finance chief")
        yield made


def brought(told: World) -> tuple[dict[str, int], tuple[str, ...]]:
    report = told.run("intel")[0].report
    return dict(report.counts), report.problems


def test_all_three_bring_what_they_have(told: World):
    brought(told)
    titles = {e.title for e in told.app.store.entries.in_state("failed")}
    titles |= {e.title for e in told.app.store.entries.in_state("fetched")}
    titles |= {e.title for e in told.app.store.entries.pending()}
    assert {"Acme opens a plant in Ghent", "Acme hires a finance chief"} <= titles
    assert told.app.store.funding.of("acme")[0].tier == "api"
    assert any("Series A" in line for line in digest.lines(told.app))


def test_a_providers_word_on_a_round_wins_and_the_papers_stands_beside_it(
    told: World, doubles: Providers
):
    day = told.clock().date() - timedelta(days=3)
    doubles.crunchbase.add(
        "acme-robotics",
        "acme-series-b",
        investment_type="series_b",
        announced_on=day.isoformat(),
        money_raised={"value": 30_000_000, "currency": "USD", "value_usd": 30_000_000},
    )
    with web.running() as site:
        room = Newsroom(site)
        words = "{name} has raised $28 million in a Series B round, it said on Monday."
        room.publish("Acme", ("{name} raises $28 million in Series B", [words] * 3))
        told.app.store.feeds.add(Feed(room.feed, "acme", "site", next_due=told.clock()))
        told.run("intel", "dossiers", "publish")
    best = rounds.best_of(told.app.store, "acme")
    assert best.fact is not None
    assert (best.fact.tier, best.fact.amount) == ("api", 30_000_000)
    [row] = [row for org, row in live(told.app.store) if org.org_id == "acme"]
    shown = told.value(row.page_id, "Latest Funding")
    assert "USD 30,000,000" in shown
    assert "differs: Series B; USD 28,000,000" in shown
    assert "28,000,000" in told.text(told.dossier("acme"))


def test_dollars_are_computed_by_the_days_rate_and_say_so(
    told: World, doubles: Providers
):
    day = told.clock().date() - timedelta(days=3)
    euros = {"value": 4_000_000, "currency": "EUR"}
    doubles.crunchbase.add(
        "acme-robotics",
        "acme-seed",
        investment_type="seed",
        announced_on=day.isoformat(),
        money_raised=euros,
    )
    intel = told.app.settings.intel
    rates = {"EUR": {day - timedelta(days=1): 1.08}}
    intel = replace(intel, exchange_rates=rates)
    told.app = replace(told.app, settings=replace(told.app.settings, intel=intel))
    told.run("intel", "dossiers", "publish")
    [row] = [row for org, row in live(told.app.store) if org.org_id == "acme"]
    said = f"EUR 4,000,000 (USD 4,320,000 at the rate of {day - timedelta(days=1)})"
    assert said in told.value(row.page_id, "Latest Funding")
    assert said in told.text(told.dossier("acme"))


def faults(name: str) -> dict[str, Any]:
    news, google = providers.NewsApi, providers.Google
    return {
        "refused": {
            "news": news.error(401, "apiKeyInvalid", "Your API key is invalid."),
            "google": google.error(403, "forbidden", "no access", "PERMISSION_DENIED"),
            "crunchbase": providers.as_json({"error": "Unauthorized"}, 401),
        },
        "too many": {
            "news": news.error(429, "rateLimited", "Back off.", retry_after="900"),
            "google": google.error(429, "rateLimitExceeded", "slow", "EXHAUSTED"),
            "crunchbase": providers.as_json({"error": "Too many"}, 429),
        },
        "used up": {
            "news": news.error(429, "apiKeyExhausted", "No requests are left."),
            "google": google.error(403, "dailyLimitExceeded", "used up", "FORBIDDEN"),
            "crunchbase": providers.as_json({"error": "Quota"}, 429),
        },
        "malformed": dict.fromkeys(
            ("news", "google", "crunchbase"),
            Reply(b"<html>not json", 200, {"Content-Type": "application/json"}),
        ),
        "broken": dict.fromkeys(
            ("news", "google", "crunchbase"), Reply(b"oops", 500, {})
        ),
    }[name]


@pytest.mark.parametrize("which", ["news", "google", "crunchbase"])
@pytest.mark.parametrize(
    "fault", ["refused", "too many", "used up", "malformed", "broken"]
)
def test_a_source_that_fails_is_a_problem_line_and_stops_no_other(
    told: World, doubles: Providers, fault: str, which: str
):
    getattr(doubles, which).faults += [faults(fault)[which]] * 20
    _, problems = brought(told)
    assert len(problems) >= 1
    assert KEY not in " ".join(problems)
    others = {"news", "google", "crunchbase"} - {which}
    assert all(getattr(doubles, other).calls for other in others)
    if which != "crunchbase":
        assert told.app.store.funding.of("acme")[0].tier == "api"
