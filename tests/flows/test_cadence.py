"""Dossiers are written weekly, sooner for what weighs, the longest waiting first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.jobs import JOBS, cadence, dossiers
from bot.jobs.orgs import live
from bot.runner import run
from tests.support.newsroom import FUNDING, LAUNCH, Newsroom, reported
from tests.support.world import World


class Scene:
    """A world with a newsroom."""

    def __init__(self, told: World, news: Newsroom) -> None:
        self.told, self.news = told, news

    def counts(self) -> dict[str, int]:
        """What the newest run of the dossiers counted."""
        return dict(self.told.app.store.runs.recent("dossiers", 1)[0].counts)

    def looked(self) -> list[str]:
        """Whom the next run would look at, in order."""
        orgs = [org for org, _ in live(self.told.app.store)]
        return [org.org_id for org in cadence.due(self.told.app, orgs)]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with reported(tmp_path) as (told, news):
        yield Scene(told, news)


def test_who_is_unchanged_is_not_looked_at_again_before_a_week(scene: Scene):
    scene.told.company("Harrowgate")
    scene.told.company("Acme Freight")
    scene.told.run()
    assert scene.counts()["written"] == 2
    for _ in range(3):
        scene.told.clock.forward(days=1)
        scene.told.run()
        assert scene.counts() == {"written": 0, "unchanged": 0, "paused": 0}
    scene.told.clock.forward(days=5)
    scene.told.run("dossiers")
    assert scene.counts()["unchanged"] == 2


def test_a_significant_story_is_not_waited_with(scene: Scene):
    scene.told.company("Harrowgate")
    scene.told.company("Acme Freight")
    scene.told.run()
    scene.news.publish("Harrowgate", FUNDING)
    scene.told.clock.forward(hours=2)
    scene.told.run("intel")
    assert scene.looked() == ["harrowgate"]
    scene.told.run("dossiers", "publish")
    assert scene.looked() == []
    assert "Series" in scene.told.text(scene.told.dossier("harrowgate"))


def test_an_edit_shows_at_the_next_poll_whatever_the_cadence(scene: Scene):
    row = scene.told.company("Harrowgate")
    scene.told.run()
    scene.told.edit(row, Official_Name={"rich_text": [{"text": {"content": "HG plc"}}]})
    scene.told.run("poll")
    assert "Official name: HG plc" in scene.told.text(scene.told.dossier("harrowgate"))
    assert scene.looked() == []


def test_what_does_not_fit_into_a_run_is_told_and_comes_first_next_time(scene: Scene):
    told = scene.told
    for name in ("Ash", "Birch", "Cedar", "Dogwood"):
        told.company(name)
    told.run("poll")

    def slowly(step: int, total: int, about: str = "") -> None:
        told.clock.forward(minutes=20)

    outcome = run(told.app, "dossiers", JOBS["dossiers"], slowly)
    assert outcome.report.counts["written"] == 2
    assert outcome.report.counts["waiting"] == 2
    assert "2 dossiers are due and wait for the next run" in outcome.report.problems[0]
    assert scene.looked() == ["cedar", "dogwood"]
    told.run("dossiers")
    assert scene.looked() == []
    told.clock.forward(days=8)
    assert scene.looked() == ["ash", "birch", "cedar", "dogwood"]


def test_a_dossier_that_cannot_be_written_stays_due(scene: Scene):
    scene.told.company("Harrowgate")
    scene.told.run("poll")
    assert scene.looked() == ["harrowgate"]
    report = dossiers.write(scene.told.app, [], lambda *_: None)
    assert report.counts["written"] == 0
    assert scene.looked() == ["harrowgate"]


def test_withdrawn_claims_say_what_became_of_their_evidence(scene: Scene):
    told = scene.told
    row = told.company("Harrowgate")
    scene.news.publish("Harrowgate", FUNDING, days_ago=50)
    scene.news.publish("Harrowgate", LAUNCH, days_ago=2)
    told.run()
    told.edit(row, Dossier_Review={"select": {"name": "Approved"}})
    told.run("poll")
    sent = told.app.store.outbox.all_sent()
    rows = [one.notion_id for one in sent if one.key.startswith("intel:")]
    [launch] = [page for page in rows if "planning" in told.value(page, "Story")]
    told.edit(launch, Verdict={"select": {"name": "Wrong"}})
    told.clock.forward(minutes=2)
    told.run("verdicts")
    text = told.text(told.dossier("harrowgate"))
    assert "a person said “Wrong” of its story on" in text
    assert "What changed since version" in text
    assert "approved on" in text
