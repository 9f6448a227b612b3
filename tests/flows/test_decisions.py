"""The life of a draft: confirmed, dismissed, or written anew in the same thread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.records import ActionItem
from tests.support.kept import NOTION, going_on
from tests.support.newsroom import rich
from tests.support.sandbox import operate
from tests.support.world import World, world

AGAIN = "New version please"


class Scene:
    """A world with one company that raised money, and a first draft about it."""

    def __init__(self, told: World, row: str) -> None:
        self.told, self.row = told, row

    def tick(self) -> None:
        """Ask for a draft, and let a cycle pass."""
        self.told.edit(
            self.row,
            Request_Draft={"checkbox": True},
            Draft_Intent={"select": {"name": "congrats_funding"}},
        )
        self.told.run()

    def drafts(self) -> list[ActionItem]:
        """The drafts there are, oldest first."""
        every = self.told.app.store.actions.of("acme")
        found = [item for item in every if item.trigger == "draft"]
        return sorted(found, key=lambda item: (item.generated_at, item.action_id))

    def page(self, version: int = 1) -> str:
        """The row of a draft, by its place."""
        key = f"action:{self.drafts()[version - 1].action_id}"
        sent = self.told.app.store.outbox.sent(key)
        assert sent is not None
        return sent.notion_id

    def decide(
        self, value: str | None, note: str | None = None, version: int = 1
    ) -> None:
        """Say what becomes of a draft, and let a poll pass."""
        changes: dict[str, Any] = {
            "Draft_Decision": {"select": {"name": value} if value else None}
        }
        if note is not None:
            changes["Draft_Note"] = rich(note)
        self.told.edit(self.page(version), **changes)
        self.look()

    def look(self) -> None:
        """Let two minutes pass, and look for decisions."""
        self.told.clock.forward(minutes=2)
        self.told.run("decisions")

    def threads(self) -> list[str]:
        """The thread of each comment, oldest first."""
        found = self.told.ask("GET", "comments", block_id=self.row)["results"]
        return [one["discussion_id"] for one in found]

    def value(self, name: str, version: int = 1) -> Any:
        """A column of a draft's row."""
        return self.told.value(self.page(version), name)


def begin(folder: Path) -> None:
    """Make the world that each test has a copy of."""
    with world(folder, db=folder / NOTION, rate_limit=False) as told:
        told.init()
        row = told.company("Acme")
        day = told.clock().date().isoformat()
        told.edit(
            row,
            Funding_Round={"select": {"name": "Series B"}},
            Funding_Date={"date": {"start": day}},
            Funding_Source={"url": "https://news.example.com/acme"},
        )
        told.run()
        Scene(told, row).tick()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with going_on(tmp_path, "decisions", begin, rate_limit=False) as told:
        row = told.app.store.mirror.of("acme")
        assert row is not None
        yield Scene(told, row.page_id)


def clean(comment: str) -> str:
    return comment.split("Clean copy\n", 1)[1]


def test_a_confirmed_draft_stays_exactly_as_it_is(scene: Scene):
    told = scene.told
    before = told.comments(scene.row)
    scene.decide("Confirmed")
    [draft] = scene.drafts()
    assert draft.status == "done"
    assert scene.value("State") == "Confirmed"
    assert scene.value("Draft Decision") == "Confirmed", "that column is people's"
    assert told.value(scene.row, "Open Actions") == 0
    decision = draft.payload["decision"]
    assert decision["by"] == told.ask("GET", "users/me")["id"]
    assert (decision["value"], decision["version"]) == ("Confirmed", 1)
    assert decision["at"]
    told.edit(scene.row, Manual_Notes=rich("They moved to Porto."))
    told.clock.forward(days=3)
    told.run()
    assert told.comments(scene.row) == before
    scene.tick()
    assert told.comments(scene.row)[:1] == before
    first, second = scene.drafts()
    assert first == draft
    assert second.payload["number"] == 2
    assert len(set(scene.threads())) == 2, "another tick is another draft"


def test_a_dismissed_draft_is_a_dismissed_item(scene: Scene):
    scene.decide("Dismissed")
    [draft] = scene.drafts()
    assert draft.status == "dismissed"
    assert scene.value("State") == "Dismissed"
    scene.told.run()
    assert scene.drafts() == [draft]
    assert len(scene.told.comments(scene.row)) == 1


def test_a_new_version_is_one_reply_in_the_same_thread(scene: Scene):
    told = scene.told
    scene.decide(AGAIN, "Shorter, please")
    for _ in range(3):
        scene.look()
    told.run()
    told.run("sweep", "decisions")
    first, second = told.comments(scene.row)
    assert len(set(scene.threads())) == 1
    assert "draft acme #1, version 2\n" in second
    assert "Your note: “Shorter, please” Shorter: 1" in second
    assert "Shorter, please" not in clean(second)
    assert clean(first) != clean(second)
    assert len(clean(second).split()) <= 115
    old, new = scene.drafts()
    assert old.payload["superseded_by"] == new.action_id
    assert (old.status, new.status) == ("done", "open")
    assert (scene.value("State"), scene.value("State", 2)) == ("Superseded", "Drafted")
    assert scene.value("Action", 2) == "Acme: a draft to check (version 2)"
    assert scene.value("Draft Decision", 2) is None
    assert told.value(scene.row, "Open Actions") == 1
    person = told.ask("GET", "users/me")["id"]
    assert (new.payload["version"], new.payload["note"]) == (2, "Shorter, please")
    assert new.payload["requested_by"] == person
    [entry] = old.payload["decisions"]
    assert (entry["by"], entry["answered_by"]) == (person, new.action_id)
    assert "request" not in old.payload
    audited = told.app.store.audit.of("acme", "draft")
    assert [(one.old, one.new) for one in audited] == [(None, AGAIN)]


def test_the_person_who_asked_for_a_version_is_mentioned(scene: Scene):
    scene.decide(AGAIN)
    reply = scene.told.ask("GET", "comments", block_id=scene.row)["results"][-1]
    mentions = [s["mention"] for s in reply["rich_text"] if s["type"] == "mention"]
    person = scene.told.ask("GET", "users/me")["id"]
    assert [one["user"]["id"] for one in mentions] == [person]


def test_the_same_wish_fires_again_once_it_was_withdrawn(scene: Scene):
    scene.decide(AGAIN)
    scene.decide(None)
    assert len(scene.drafts()) == 2
    scene.decide(AGAIN)
    assert len(scene.drafts()) == 3
    assert len(scene.told.comments(scene.row)) == 3
    assert len(set(scene.threads())) == 1
    states = [scene.value("State", n) for n in (1, 2, 3)]
    assert states == ["Superseded", "Superseded", "Drafted"]


def test_another_note_is_another_wish_once_it_is_written(scene: Scene):
    told = scene.told
    scene.decide(AGAIN, "shorter")
    told.edit(scene.page(), Draft_Note=rich("longer, with a for"))
    told.run("decisions")
    assert len(scene.drafts()) == 2, "the note may still be being written"
    told.edit(scene.page(), Draft_Note=rich("longer, with a formal greeting"))
    scene.look()
    scene.look()
    *_, third = told.comments(scene.row)
    assert len(scene.drafts()) == 3
    assert "longer, with a formal greeting" in third
    assert clean(third).startswith("Dear Acme team,")


def test_each_version_may_ask_for_the_next(scene: Scene):
    scene.decide(AGAIN, "shorter")
    scene.decide(AGAIN, "longer", version=2)
    assert [one.payload["version"] for one in scene.drafts()] == [1, 2, 3]
    assert len(set(scene.threads())) == 1
    scene.decide("Confirmed", version=1)
    assert [scene.value("State", n) for n in (1, 2, 3)] == [
        "Confirmed",
        "Superseded",
        "Drafted",
    ]


def test_a_confirmed_version_is_not_superseded(scene: Scene):
    scene.decide(AGAIN)
    scene.decide("Confirmed", version=2)
    scene.decide(AGAIN, "warmer")
    assert [one.status for one in scene.drafts()] == ["done", "done", "open"]
    assert scene.value("State", 2) == "Confirmed"


def test_a_decision_taken_back_leaves_the_draft_as_it_was(scene: Scene):
    scene.decide("Dismissed")
    scene.decide(None)
    [draft] = scene.drafts()
    assert draft.status == "open"
    assert scene.value("State") == "Drafted"
    assert [one["value"] for one in draft.payload["decisions"]] == ["Dismissed", None]


def test_where_the_evidence_is_gone_the_reply_says_so(scene: Scene):
    scene.told.edit(
        scene.row,
        Funding_Round={"select": None},
        Funding_Date={"date": None},
        Funding_Source={"url": None},
    )
    scene.told.clock.forward(minutes=2)
    scene.told.run("poll")
    scene.decide(AGAIN)
    scene.look()
    _, reply = scene.told.comments(scene.row)
    assert "No draft for congrats_funding" in reply
    assert "The version before stands as it is" in reply
    [draft] = scene.drafts()
    assert draft.status == "open"
    assert draft.payload["decisions"][0]["answered_by"] == ""
    assert len(set(scene.threads())) == 1


def test_a_resolved_thread_is_no_obstacle(scene: Scene):
    [thread] = scene.threads()
    operate(scene.told.box, "resolve", {"discussion_id": thread})
    scene.decide(AGAIN)
    [only] = scene.told.comments(scene.row)
    assert "version 2" in only
    assert len(scene.drafts()) == 2


@pytest.mark.parametrize("version", [1, 2])
def test_what_is_no_decision_is_reported(scene: Scene, version: int):
    if version == 2:
        scene.told.edit(scene.row, Renewal_Date={"date": {"start": "2020-01-01"}})
    scene.decide("Perhaps")
    [problem] = scene.told.app.store.notes.get("problems.decisions")
    assert "'Perhaps' is no decision about a draft" in problem
    assert scene.drafts()[0].status == "open"


def test_the_mail_link_opens_the_clean_copy(scene: Scene):
    found = scene.told.ask("GET", "comments", block_id=scene.row)["results"]
    links = [
        s["text"]["link"]["url"]
        for s in found[0]["rich_text"]
        if s["type"] == "text" and s["text"]["link"]
    ]
    [address] = [one for one in links if one.startswith("mailto:")]
    assert address.startswith("mailto:?subject=")
    assert len(address) <= 1900


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("cut_after", "POST", "/v1/comments"),
        ("cut_before", "POST", "/v1/comments"),
        ("503_after_commit", "POST", "/v1/comments"),
        ("503_after_commit", "POST", "/v1/pages"),
        ("cut_after", "PATCH", "/v1/pages/*"),
        ("500", "GET", "/v1/comments"),
    ],
)
def test_a_lost_answer_makes_no_second_version(
    scene: Scene, kind: str, method: str, path: str
):
    told = scene.told
    told.edit(scene.page(), Draft_Decision={"select": {"name": AGAIN}})
    told.clock.forward(minutes=2)
    fault = {"kind": kind, "method": method, "path": path, "seconds": 0}
    operate(told.box, "faults", fault)
    told.app.store.notes.drop("notion.pull.actions")
    told.run("decisions")
    assert operate(told.box, "faults")["faults"] == [], "it struck"
    for _ in range(3):
        told.clock.forward(minutes=2)
        told.run("poll", "decisions")
    assert len(told.comments(scene.row)) == 2
    assert len(set(scene.threads())) == 1
    assert len(scene.drafts()) == 2
    told.run()
    told.forget_log()
    told.run()
    assert told.writes() == []
