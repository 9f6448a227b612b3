"""Feedback on single claims, by rows that people add to Action Items."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import LAUNCH, Newsroom, read_by
from tests.support.world import World

SENTENCE = "Harrowgate launched a planning tool for small warehouses on Tuesday"


class Scene:
    """A world with one company in the news, and rows about its claims."""

    def __init__(self, told: World) -> None:
        self.told = told
        self.company = told.company("Harrowgate")
        told.run()

    @property
    def dossier(self) -> str:
        return self.told.text(self.told.dossier("harrowgate"))

    @property
    def sections(self) -> str:
        """What stands below the list of changes."""
        return self.dossier.partition("Last generated: ")[2]

    def say(self, title: str, verdict: str, **properties: Any) -> str:
        """Add a row to Action Items; returns its page id."""
        binding = self.told.app.store.bindings.get("actions")
        assert binding is not None
        body = {
            "parent": {"data_source_id": binding.data_source_id},
            "properties": {
                "Action": {"title": [{"text": {"content": title}}]},
                "Claim Verdict": {"select": {"name": verdict}},
                **properties,
            },
        }
        page = str(self.told.ask("POST", "pages", body)["id"])
        self.poll()
        return page

    def choose(self, page: str, verdict: str | None) -> None:
        self.told.edit(page, Claim_Verdict={"select": verdict and {"name": verdict}})
        self.poll()

    def poll(self) -> None:
        self.told.clock.forward(minutes=2)
        self.told.run("decisions")


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with web.running() as site:
        Newsroom(site).publish("Harrowgate", LAUNCH)

        def changes(settings: Any) -> Any:
            return read_by(site, settings)

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            yield Scene(told)


def test_a_claim_that_is_wrong_goes_stays_away_and_can_come_back(scene: Scene):
    told = scene.told
    assert SENTENCE in scene.sections
    page = scene.say(f"{SENTENCE}. The Loopback Courier", "Wrong")
    assert SENTENCE not in scene.sections
    assert "a person said “Wrong” of it on" in scene.dossier
    assert told.value(page, "Action") == f"{SENTENCE}. The Loopback Courier"
    assert told.value(page, "Details").startswith("Left out of the dossier since ")
    assert told.value(page, "Trigger") == "claim_feedback"
    assert told.value(page, "Company") == [{"id": scene.company}]
    assert told.value(scene.company, "Open Actions") == 0
    told.clock.forward(days=8)
    told.run()
    assert SENTENCE not in scene.sections
    told.forget_log()
    scene.poll()
    told.run()
    assert told.writes() == []
    scene.choose(page, None)
    assert SENTENCE in scene.sections
    assert told.value(page, "Details") == "Taken back: it may be said again."


def test_every_word_of_it_is_in_the_audit_log(scene: Scene):
    page = scene.say(SENTENCE, "Wrong")
    scene.choose(page, "Stale")
    scene.choose(page, None)
    log = scene.told.app.store.audit.of("harrowgate", "claim")
    said = [(one.old, one.new) for one in log]
    assert sorted(said, key=str) == sorted(
        [(None, "Wrong"), ("Wrong", "Stale"), ("Stale", None)], key=str
    )
    assert all(one.actor not in ("", "notion") for one in log)


def test_what_names_no_claim_is_answered_in_the_row(scene: Scene):
    page = scene.say("The thing about the ships", "Not us")
    assert scene.told.value(page, "Details").startswith("No dossier says this.")
    [problem] = scene.told.app.store.notes.get("problems.decisions")
    assert "No dossier says this" in problem
    scene.told.edit(page, Action={"title": [{"text": {"content": SENTENCE}}]})
    scene.poll()
    assert SENTENCE not in scene.sections
    assert scene.told.value(page, "Details").startswith("Left out of the dossier")


def test_rows_of_people_without_a_verdict_are_left_alone(scene: Scene):
    binding = scene.told.app.store.bindings.get("actions")
    assert binding is not None
    title = {"title": [{"text": {"content": SENTENCE}}]}
    body = {
        "parent": {"data_source_id": binding.data_source_id},
        "properties": {"Action": title},
    }
    scene.told.ask("POST", "pages", body)
    scene.told.forget_log()
    scene.poll()
    assert scene.told.writes() == []
    assert SENTENCE in scene.sections
