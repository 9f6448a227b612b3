"""Action items: one row each in Notion, kept up to date, decided by people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from store.records import ActionItem
from tests.support.kept import begun
from tests.support.newsroom import deliver_usage, with_usage
from tests.support.world import World, world


class Scene:
    """A world with one company whose use fell."""

    def __init__(self, told: World, folder: Path) -> None:
        self.told, self.folder = told, folder
        self.row = told.company("Acme")
        deliver_usage(folder, "Acme", fall=0.3)

    @property
    def item(self) -> ActionItem:
        """The newest item there is."""
        return self.told.app.store.actions.all()[0]

    def rows(self) -> list[str]:
        """The rows of action items there are, by page id."""
        sent = self.told.app.store.outbox.all_sent()
        return [one.notion_id for one in sent if one.key.startswith("action:")]

    def decide(self, status: str | None) -> None:
        """Set the status of the one row there is, and let a poll pass."""
        value = {"select": {"name": status} if status else None}
        self.told.edit(self.rows()[0], Status=value)
        self.told.clock.forward(minutes=2)
        self.told.run("decisions")

    def recover(self) -> None:
        """Use is as it was before, all along."""
        deliver_usage(self.folder, "Acme", fall=0.0)
        self.told.run("usage", "health", "dossiers", "publish")


def changed(settings: Settings, folder: Path, **triggers: Any) -> Settings:
    """Settings with a drop folder and other rules."""
    own = replace(settings.intel.triggers, **triggers)
    intel = replace(settings.intel, triggers=own)
    return with_usage(replace(settings, intel=intel), folder)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    folder = tmp_path / "usage"
    with begun(
        tmp_path, changes=lambda s: changed(s, folder), rate_limit=False
    ) as told:
        made = Scene(told, folder)
        told.run()
        yield made


def test_an_item_is_one_row_that_says_why_and_what_next(scene: Scene):
    told = scene.told
    [page] = scene.rows()
    assert told.value(page, "Action") == "Acme: usage dropped (Active users)"
    assert told.value(page, "Company") == [{"id": scene.row}]
    assert told.value(page, "Trigger") == "usage_drop"
    assert told.value(page, "Raised")["start"] == told.clock().date().isoformat()
    yesterday = told.clock().date() - timedelta(days=1)
    details = told.value(page, "Details")
    assert details.startswith("Active users 400 → 280, −30 % on the ")
    assert details.endswith(f" [Usage — {yesterday}]")
    assert told.value(page, "Next Step") == (
        "Ask what changed in daily use; for a draft tick Request Draft with "
        "usage_dip_followup."
    )
    assert (told.value(page, "Status"), told.value(page, "State")) == ("open", "Holds")
    assert told.value(scene.row, "Open Actions") == 1
    assert told.value(page, "Link").startswith("http")


def test_a_second_cycle_writes_nothing(scene: Scene):
    scene.told.run()
    scene.told.forget_log()
    scene.told.run()
    assert scene.told.writes() == []
    assert len(scene.rows()) == 1


def test_the_owner_of_the_company_is_the_owner_of_its_items(scene: Scene):
    me = scene.told.ask("GET", "users/me")["id"]
    scene.told.edit(scene.row, Owner={"people": [{"object": "user", "id": me}]})
    scene.told.clock.forward(minutes=2)
    scene.told.run()
    [page] = scene.rows()
    assert [one["id"] for one in scene.told.value(page, "Owner")] == [me]


def test_an_item_that_lasts_is_brought_up_to_date(scene: Scene):
    deliver_usage(scene.folder, "Acme", fall=0.5)
    scene.told.run()
    [page] = scene.rows()
    assert scene.told.value(page, "Details").startswith("Active users 400 → 200, −50 %")
    assert scene.item.status == "open"


def test_recovery_settles_an_item_with_the_evidence_that_cleared_it(scene: Scene):
    scene.recover()
    told, [page] = scene.told, scene.rows()
    assert scene.item.status == "done"
    assert scene.item.payload["closed_by"] == "bot"
    assert told.value(page, "State") == "Settled"
    assert told.value(page, "Status") == "open", "that column is people's"
    today, yesterday = told.clock().date(), told.clock().date() - timedelta(days=1)
    said = f"Settled on {today}: Active users 400 → 400, ±0 %"
    assert said in told.value(page, "Details")
    assert told.value(page, "Details").endswith(f" [Usage — {yesterday}]")
    assert told.value(scene.row, "Open Actions") == 0
    told.clock.forward(minutes=2)
    told.run("decisions")
    assert scene.item.status == "done", "nobody has touched Status"


@pytest.mark.parametrize("status", ["dismissed", "done"])
def test_what_a_person_decided_survives_every_replay(scene: Scene, status: str):
    told = scene.told
    scene.decide(status)
    assert scene.item.status == status
    assert told.value(scene.row, "Open Actions") == 0
    assert (
        "Ask what changed"
        not in told.text(told.dossier("acme")).split("Next actions\n")[1]
    )
    said = scene.item.payload["said"]
    assert said["status"] == status
    assert said["by"] == told.ask("GET", "users/me")["id"]
    [entry] = told.app.store.audit.of("acme", "action")
    assert (entry.old, entry.new, entry.actor) == ("open", status, said["by"])
    told.run()
    told.app.store.notes.drop("notion.pull.actions")
    told.run("decisions", "usage", "health", "publish")
    assert scene.item.status == status
    assert len(told.app.store.actions.all()) == len(scene.rows()) == 1
    assert told.value(scene.rows()[0], "Status") == status
    assert len(told.app.store.audit.of("acme", "action")) == 1


def test_a_person_may_open_what_the_evidence_settled(scene: Scene):
    scene.recover()
    scene.decide("done")
    assert "closed_by" not in scene.item.payload
    scene.decide("open")
    scene.told.run()
    assert scene.item.status == "open"
    assert scene.told.value(scene.row, "Open Actions") == 1
    assert scene.told.value(scene.rows()[0], "State") == "Settled"


def test_a_status_that_is_none_is_reported(scene: Scene):
    scene.decide("Perhaps")
    [problem] = scene.told.app.store.notes.get("problems.decisions")
    assert "'Perhaps' is no status" in problem
    assert scene.item.status == "open"


def test_a_row_in_the_trash_is_not_made_again(scene: Scene):
    told, [page] = scene.told, scene.rows()
    told.ask("PATCH", f"pages/{page}", {"in_trash": True})
    deliver_usage(scene.folder, "Acme", fall=0.5)
    told.run()
    told.run()
    assert scene.rows() == [page]
    assert told.ask("GET", f"pages/{page}")["in_trash"] is True
    told.forget_log()
    told.run()
    assert told.writes() == []


def test_a_draft_is_a_row_too(scene: Scene):
    told = scene.told
    told.edit(scene.row, Request_Draft={"checkbox": True})
    told.clock.forward(minutes=2)
    told.run()
    titles = {told.value(page, "Action"): page for page in scene.rows()}
    page = titles["Acme: a draft to check"]
    assert told.value(page, "State") == "Drafted"
    assert told.value(page, "Details").startswith("Draft “")
    assert told.value(scene.row, "Open Actions") == 2


def test_a_budget_leaves_the_rest_to_the_portfolio_and_another_day(tmp_path: Path):
    folder = tmp_path / "usage"

    def changes(settings: Settings) -> Settings:
        return changed(settings, folder, per_owner_and_day=1)

    with begun(tmp_path, changes=changes, rate_limit=False) as told:
        for name, fall in (("Acme", 0.3), ("Bolt Works", 0.5)):
            told.company(name)
            deliver_usage(folder, name, fall=fall)
        told.run()
        store = told.app.store
        assert [item.org_id for item in store.actions.all()] == ["bolt-works"]
        [left] = store.notes.get("actions.digest")
        assert left["org_id"] == "acme"
        assert left["summary"].startswith("Active users 400 → 280")
        told.run("health")
        assert len(store.actions.all()) == 1
        told.clock.forward(days=1)
        told.run("health")
        assert len(store.actions.all()) == 2
        assert store.notes.get("actions.digest") == []


def test_a_text_column_for_the_company_is_used_as_it_is(tmp_path: Path):
    folder = tmp_path / "usage"
    with world(
        tmp_path, changes=lambda s: changed(s, folder), rate_limit=False
    ) as told:
        columns = {"Action": {"title": {}}, "Company": {"rich_text": {}}}
        told.ask(
            "POST",
            "databases",
            {
                "parent": {"type": "page_id", "page_id": told.box.root_page},
                "title": [{"text": {"content": "Action Items"}}],
                "initial_data_source": {"properties": columns},
            },
        )
        told.init()
        scene = Scene(told, folder)
        told.run()
        [page] = scene.rows()
        assert told.value(page, "Company") == "Acme"
        told.run()
        told.forget_log()
        told.run()
        assert told.writes() == []
