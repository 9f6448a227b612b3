"""A domain is looked for where a company has none, and never over a person's word.

The web's names lead to one site on loopback; all else is the real thing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Lazy
from bot.commands import explain
from bot.settings import Secrets, Settings
from store.records import Tier
from sync.web.fetch import Fetcher
from sync.web.guard import Deadline
from sync.web.wire import Answer, Wire
from tests.support import providers, web
from tests.support.kept import begun
from tests.support.newsroom import Newsroom, read_by, rich
from tests.support.web import Reply, Request
from tests.support.world import World


class Detour(Wire):
    """A wire on which certain hosts, whatever their port, are one site on loopback."""

    def __init__(self, settings: Any, netloc: str, hosts: list[str]) -> None:
        super().__init__(settings)
        self._netloc, self._hosts = netloc, hosts

    def ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        every_body: bool = False,
    ) -> Answer:
        if url.host not in self._hosts:
            return super().ask(url, headers, deadline, every_body=every_body)
        there = httpx.URL(f"http://{self._netloc}/at/{url.host}{url.path}")
        return super().ask(there, headers, deadline, every_body=every_body)


class Scene:
    """A world whose web holds an article and the front pages of some domains."""

    def __init__(self, told: World, news: Newsroom, hosts: list[str]) -> None:
        self.told, self.news, self._hosts = told, news, hosts

    def front(self, host: str, title: str, text: str = "") -> None:
        """Put up the front page of a domain."""
        self._hosts.append(host)
        head = f"<head><title>{title}</title></head>"
        page = f"<html>{head}<body><p>{text}</p></body></html>"
        self.news.site.serve(f"/at/{host}/", page, content_type="text/html")

    def article(self, name: str, *links: str) -> None:
        """Publish an article about a company that links to some addresses."""
        anchors = " ".join(f'<a href="{link}">site</a>' for link in links)
        told = f"{name} opened a plant in Bergen on Tuesday. See {anchors} for more."
        self.news.publish("{name}", (f"{name} opens a plant in Bergen", [told] * 3))


@contextmanager
def a_scene(tmp_path: Path, google: providers.Google | None = None) -> Iterator[Scene]:
    with web.running() as site:
        news, hosts = Newsroom(site), list[str]()

        def changes(settings: Settings) -> Settings:
            read = read_by(site, settings)
            return with_search(read, google) if google else read

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            settings = told.app.settings.sync.web
            wire = Detour(settings, site.netloc, hosts)
            fetcher = Fetcher(settings, told.app.store.http_cache, wire)
            told.app = replace(told.app, fetcher=Lazy(lambda: fetcher))
            yield Scene(told, news, hosts)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_scene(tmp_path) as made:
        yield made


def with_search(settings: Settings, google: providers.Google) -> Settings:
    """Settings with a web search for domains, and for nothing else."""
    ours = settings.sync.connectors
    search = replace(ours.google_cse, base_url=google.base_url, news=False)
    allowed = (*settings.sync.web.allow_private, google.site.netloc)
    sync = replace(
        settings.sync,
        web=replace(settings.sync.web, allow_private=allowed),
        connectors=replace(ours, google_cse=search),
    )
    keys = Secrets(google_cse_key=providers.KEY, google_cse_id=google.engine)
    return replace(settings, sync=sync, secrets=keys)


def explained(told: World, org_id: str) -> str:
    store = told.app.store
    resolved = store.overrides.resolve(org_id)["domain"]
    return "\n".join(explain.one(store, store.orgs.get(org_id), resolved))


def test_a_domain_that_is_surely_theirs_is_taken_and_suggested(scene: Scene):
    told = scene.told
    scene.front("nordbraut.com", "Nordbraut", "© 2026 Nordbraut AS. We make pumps.")
    scene.article(
        "Nordbraut", "https://www.nordbraut.com/plant", "https://twitter.com/x"
    )
    row = told.company("Nordbraut")
    told.run()
    assert told.app.store.orgs.get("nordbraut").domain == "nordbraut.com"
    resolved = told.app.store.overrides.resolve("nordbraut")["domain"]
    assert resolved.winner is not None
    assert resolved.winner.tier is Tier.DISCOVERED
    assert told.value(row, "Suggested Domain") == "https://nordbraut.com/"
    words = explained(told, "nordbraut")
    assert "accept nordbraut.com" in words
    assert "it spells the company's name" in words
    assert "twitter.com" not in words


def test_a_doubtful_domain_is_only_suggested(scene: Scene):
    told = scene.told
    scene.front("nordbraut.com", "Welcome to nginx!", "")
    scene.article("Nordbraut", "https://nordbraut.com/")
    row = told.company("Nordbraut")
    told.run()
    assert told.app.store.orgs.get("nordbraut").domain == ""
    assert told.value(row, "Suggested Domain") == "https://nordbraut.com/"
    assert "review nordbraut.com" in explained(told, "nordbraut")


def test_what_could_be_somebody_elses_is_not_even_suggested(scene: Scene):
    told = scene.told
    scene.front("nordbraut.com", "nordbraut.com is for sale", "Buy this domain now")
    scene.article("Nordbraut", "https://nordbraut.com/")
    row = told.company("Nordbraut")
    told.run()
    assert told.value(row, "Suggested Domain") is None
    assert "the page offers the domain for sale" in explained(told, "nordbraut")


def test_nothing_is_suggested_over_a_persons_word_or_lock(scene: Scene):
    told = scene.told
    scene.front("nordbraut.com", "Nordbraut", "© 2026 Nordbraut AS. We make pumps.")
    scene.article("Nordbraut", "https://nordbraut.com/")
    row = told.company("Nordbraut", **{"Lock Domain": {"checkbox": True}})
    told.run()
    assert told.app.store.orgs.get("nordbraut").domain == ""
    assert told.value(row, "Suggested Domain") is None
    told.edit(row, Lock_Domain={"checkbox": False})
    told.run()
    assert told.value(row, "Suggested Domain") == "https://nordbraut.com/"
    told.edit(row, Verified_Domain={"url": "https://pumps.example"})
    told.run()
    assert told.value(row, "Suggested Domain") is None
    assert told.app.store.orgs.get("nordbraut").domain == "pumps.example"


def test_notes_that_tell_to_leave_a_domain_alone_are_obeyed(scene: Scene):
    told = scene.told
    scene.front("nordbraut.com", "Nordbraut", "© 2026 Nordbraut AS. We make pumps.")
    scene.article("Nordbraut", "https://nordbraut.com/")
    note = "nordbraut.com belongs to a reseller: do not use it."
    row = told.company("Nordbraut", **{"Manual Notes": rich(note)})
    told.run()
    assert told.value(row, "Suggested Domain") is None
    assert "the notes tell to leave nordbraut.com alone" in explained(told, "nordbraut")


def test_an_unchanged_company_costs_nothing(scene: Scene):
    told = scene.told
    asked: list[str] = []

    def front(request: Request) -> Reply:
        asked.append(request.path)
        return Reply(b"", status=404)

    scene.front("nordbraut.com", "")
    scene.news.site.routes["/at/nordbraut.com/"] = front
    scene.article("Nordbraut", "https://nordbraut.com/")
    told.company("Nordbraut")
    told.run()
    before = len(asked)
    assert before
    told.clock.forward(days=8)
    told.run("domains")
    assert len(asked) == before
    told.clock.forward(days=30)
    told.run("domains")
    assert len(asked) > before


def test_a_web_search_finds_a_domain_that_no_article_names(tmp_path: Path):
    with providers.google() as google, a_scene(tmp_path, google) as scene:
        google.add("https://www.linkedin.com/company/nordbraut", "Nordbraut | LinkedIn")
        google.add("https://nordbraut.com/about", "Nordbraut: pumps since 1921")
        scene.front("nordbraut.com", "Nordbraut", "© 2026 Nordbraut AS. We make pumps.")
        row = scene.told.company("Nordbraut")
        scene.told.run()
        assert scene.told.value(row, "Suggested Domain") == "https://nordbraut.com/"
        assert "seen in search" in explained(scene.told, "nordbraut")
        asked = len(google.calls)
        scene.told.run("domains")
        assert len(google.calls) == asked, "an answer is remembered"


def test_a_search_that_is_refused_is_a_problem_and_articles_still_serve(tmp_path: Path):
    with providers.google() as google, a_scene(tmp_path, google) as scene:
        refused = google.error(403, "forbidden", "no access", "PERMISSION_DENIED")
        google.faults += [refused] * 20
        scene.front("nordbraut.com", "Nordbraut", "© 2026 Nordbraut AS. We make pumps.")
        scene.article("Nordbraut", "https://www.nordbraut.com/plant")
        scene.told.company("Nordbraut")
        scene.told.run("poll", "intel")
        report = scene.told.run("domains")[0].report
        assert scene.told.app.store.orgs.get("nordbraut").domain == "nordbraut.com"
        assert any("GOOGLE_CSE_KEY" in line for line in report.problems), report
        assert providers.KEY not in " ".join(report.problems)
