"""The sources with a key, through the whole job: what they bring, how they fail."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot import digest
from bot.settings import Secrets, Settings
from tests.support import providers
from tests.support.providers import KEY
from tests.support.web import Reply
from tests.support.world import World, world

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

    with world(tmp_path, changes=changes, rate_limit=False) as made:
        made.init()
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
