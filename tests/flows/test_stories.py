"""Stories in Intel: one row each, growing; a refused one teaches and stays away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands import explain
from store import ids
from store.records import Event, Kind, Relation
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import FUNDING, OUTAGE, Newsroom, read_by, reported
from tests.support.world import World


class Scene:
    """A world with a newsroom and one company."""

    def __init__(self, told: World, news: Newsroom) -> None:
        self.told, self.news = told, news
        self.row = told.company("Harrowgate")

    def rows(self) -> list[str]:
        """The Intel rows there are, by page id."""
        sent = self.told.app.store.outbox.all_sent()
        return [one.notion_id for one in sent if one.key.startswith("intel:")]

    def arrive(self, outlet: str, number: int) -> None:
        """Have the newest article stand in another outlet, too."""
        store, now = self.told.app.store, self.told.app.clock()
        first = store.events.about("harrowgate")[0]
        url = f"https://outlet{number}.example/story"
        copy = Event(
            event_id=ids.event_id(url, first.published_at),
            org_id=None,
            kind=Kind.NEWS,
            title=f"{first.title}, says {outlet}",
            url=url,
            source=outlet,
            published_at=(first.published_at or now) + timedelta(hours=number),
            raw_text=first.raw_text,
            canonical_url=url,
        )
        store.events.add(copy, now)

    def choose(self, verdict: str | None) -> None:
        """Choose a verdict for the one story there is."""
        value = {"select": {"name": verdict} if verdict else None}
        self.told.edit(self.rows()[0], Verdict=value)
        self.told.clock.forward(minutes=2)
        self.told.run("verdicts")

    def relations(self) -> list[tuple[str, str]]:
        """What the articles are to the company, by headline."""
        store = self.told.app.store
        links = store.events.links_to("harrowgate")
        events = store.events.many([link.event_id for link in links])
        told = ((events[link.event_id].title, link.relation) for link in links)
        return sorted(told)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with reported(tmp_path) as (told, news):
        yield Scene(told, news)


def test_a_story_that_grows_is_brought_up_to_date_and_never_repeated(scene: Scene):
    url = scene.news.publish("Harrowgate", FUNDING)
    scene.told.run()
    [page] = scene.rows()
    assert scene.told.value(page, "Outlets").startswith("1 outlet, first seen ")
    headline = scene.told.value(page, "Story")
    scene.arrive("The Second Paper", 1)
    scene.arrive("The Third Paper", 2)
    scene.told.forget_log()
    scene.told.run("intel", "publish")
    assert scene.rows() == [page]
    outlets = scene.told.value(page, "Outlets")
    assert outlets.startswith("3 outlets, first seen ")
    assert outlets.endswith("The Loopback Courier · The Second Paper · The Third Paper")
    assert scene.told.value(page, "Story") == headline
    assert scene.told.value(page, "Link") == url
    assert len([w for w in scene.told.writes() if page in w]) == 1


def test_what_joins_a_refused_story_is_refused_too(scene: Scene):
    scene.news.publish("Harrowgate", FUNDING)
    scene.told.run()
    scene.arrive("The Second Paper", 1)
    scene.choose("Not us")
    scene.told.run("intel", "publish")
    assert {relation for _, relation in scene.relations()} == {Relation.NAMESAKE}
    assert len(scene.relations()) == 2
    assert len(scene.rows()) == 1


def test_not_us_counts_against_later_articles_until_it_is_taken_back(scene: Scene):
    store = scene.told.app.store
    scene.news.publish("Harrowgate", FUNDING)
    scene.told.run()
    scene.choose("Not us")
    scene.news.publish("Harrowgate", OUTAGE, days_ago=1)
    scene.told.clock.forward(days=1)
    scene.told.run()
    assert {relation for _, relation in scene.relations()} == {Relation.NAMESAKE}
    table = explain.news(store, store.orgs.get("harrowgate"))
    reasons = [str(cell) for cell in table.columns[-1].cells]
    assert "a person said Not us" in reasons
    assert any("before (Not us)" in reason for reason in reasons)
    scene.choose(None)
    assert {relation for _, relation in scene.relations()} == {Relation.ABOUT}
    scene.told.run()
    assert "locked customers out" in scene.told.text(scene.told.dossier("harrowgate"))


def test_a_verdict_that_is_none_is_reported(scene: Scene):
    scene.news.publish("Harrowgate", FUNDING)
    scene.told.run()
    scene.choose("Boring")
    [problem] = scene.told.app.store.notes.get("problems.verdicts")
    assert "'Boring' is no verdict" in problem
    assert scene.told.app.store.stories.said() == []


@pytest.mark.parametrize("publish", ["none", "significant", "all"])
def test_which_stories_are_told_is_a_setting(tmp_path: Path, publish: str):
    said = "{name} staff met on Sunday and talked of nothing in particular, it said."
    plain = ("{name} staff meet on a Sunday", (said, f"{said} Tea was served.", said))
    with web.running() as site:
        news = Newsroom(site)

        def changes(settings: Any) -> Any:
            read = read_by(site, settings)
            stories = replace(read.intel.stories, publish=publish)
            return replace(read, intel=replace(read.intel, stories=stories))

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            at = Scene(told, news)
            news.publish("Harrowgate", plain)
            told.run()
            assert len(at.rows()) == (1 if publish == "all" else 0)


def test_explain_tells_every_word_on_a_round_and_why_one_counts(scene: Scene):
    store = scene.told.app.store
    scene.news.publish("Harrowgate", FUNDING)
    scene.told.run()
    words = "\n".join(explain.funding(store, store.orgs.get("harrowgate")))
    assert "Series B; USD 30,000,000" in words
    assert "the surest, confidence" in words
    assert "The Loopback Courier" in words
    scene.told.edit(scene.row, Funding_Round={"select": {"name": "Series C"}})
    scene.told.run("poll")
    words = "\n".join(explain.funding(store, store.orgs.get("harrowgate")))
    assert "a person set its round" in words
    assert "sources differ on round type:\n      Series C: " in words
