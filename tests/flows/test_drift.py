"""Notion changes under the bot: what fits goes on, what does not is named."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands import doctor
from bot.jobs import JOBS
from bot.report import silent
from bot.runner import run
from bot.troubles import troubles
from store.pages import Columns
from store.records import RowState
from tests.support.kept import begun
from tests.support.newsroom import rich
from tests.support.sandbox import operate
from tests.support.world import World


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


@pytest.fixture
def acme(told: World) -> str:
    row = told.company("Acme")
    told.company("Borealis")
    told.run()
    return row


def database(told: World) -> tuple[str, str]:
    """The ids of Companies and of its data source."""
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    return binding.database_id, binding.data_source_id


def reshape(told: World, **properties: Any) -> None:
    """Change the schema of Companies; underscores stand for spaces."""
    named = {name.replace("_", " "): value for name, value in properties.items()}
    path = f"data_sources/{database(told)[1]}"
    told.ask("PATCH", path, {"properties": named})


def red(told: World) -> str:
    """The red lines of the doctor; tests move the clock, so that one is left out."""
    found = doctor.findings(told.app)
    return "\n".join(f.text for name, f in found if not f.well and name != "clock")


def portfolio(told: World) -> str:
    told.run("portfolio", "publish")
    sent = told.app.store.outbox.sent("portfolio")
    assert sent is not None
    return told.text(sent.notion_id)


def tolerant(told: World, *jobs: str) -> None:
    """Run jobs of which some may fail."""
    for name in jobs:
        run(told.app, name, JOBS[name], silent)


def test_a_renamed_property_is_followed_both_ways(told: World, acme: str):
    reshape(told, Official_Name={"name": "Legal Name"}, Health={"name": "Bot Health"})
    told.edit(acme, Legal_Name=rich("Acme Corporation"))
    told.run()
    assert told.app.store.orgs.get("acme").display_name == "Acme Corporation"
    assert told.value(acme, "Bot Health") == "No data"
    told.run("sweep")
    assert red(told) == ""
    assert list(troubles(told.app.store)) == []


@pytest.mark.parametrize(
    ("change", "says", "remedy"),
    [
        (
            None,
            "property 'Manual Notes' (manual_notes) is gone",
            "Restore it in Notion",
        ),
        (
            {"number": {}},
            "is of type number, but manual_notes needs",
            "Change its type",
        ),
    ],
)
def test_a_property_of_peoples_that_is_gone_or_retyped_stops_alone(
    told: World, acme: str, change: Any, says: str, remedy: str
):
    told.edit(acme, Manual_Notes=rich("Call them."))
    told.run()
    reshape(told, Manual_Notes=change)
    told.edit(acme, Official_Name=rich("Acme Corporation"))
    told.run()
    org = told.app.store.orgs.get("acme")
    assert org.display_name == "Acme Corporation"
    assert org.manual_notes == "Call them.", "the last good value stays"
    for shown in (red(told), portfolio(told)):
        assert says in shown
        assert remedy in shown


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (None, "property 'Open Actions' (open_actions) is gone"),
        ({"checkbox": {}}, "is of type checkbox, but open_actions needs number"),
    ],
)
def test_a_property_of_the_bots_that_is_gone_or_retyped_stops_alone(
    told: World, acme: str, change: Any, says: str
):
    reshape(told, Open_Actions=change)
    told.edit(acme, Aliases=rich("A" * 101))
    late = told.company("Cygnet")
    told.clock.forward(minutes=10)
    told.run()
    assert "too long for a name" in told.value(acme, "Sync Note")
    assert told.value(late, "Health") == "No data"
    assert told.value(late, "Dossier")
    for shown in (red(told), portfolio(told)):
        assert says in shown


def test_a_drifted_column_costs_no_request_and_comes_back(told: World, acme: str):
    reshape(told, Open_Actions=None)
    rows = [told.company(f"Company {number}") for number in range(4)]
    told.run()
    assert [r for r in told.log() if r["status"] == 400] == []
    told.clock.forward(hours=3)
    told.forget_log()
    told.run("publish")
    assert [r for r in told.log() if r["method"] != "GET"] == []
    told.init()
    told.run("sweep")
    told.clock.forward(hours=3)
    told.run()
    assert [told.value(row, "Open Actions") for row in rows] == [0] * 4
    assert red(told).count("Open Actions") == 0


def test_a_column_found_gone_by_a_write_is_refused_once(told: World, acme: str):
    told.clock.forward(minutes=10)
    told.run("poll")
    reshape(told, Open_Actions=None)
    told.forget_log()
    now, outbox = told.clock(), told.app.store.outbox
    for org in ("acme", "borealis"):
        columns = Columns({"open_actions": 5.0, "usage_trend": "up"})
        outbox.want(f"row:{org}", columns, org, 1, now)
    told.run("poll")
    assert len([r for r in told.log() if r["status"] == 400]) == 1
    assert told.value(acme, "Usage Trend") == "up"
    assert "'Open Actions' (open_actions) is gone" in portfolio(told)


def test_a_second_data_source_in_the_database_changes_nothing(told: World, acme: str):
    title = [{"text": {"content": "Second"}}]
    body = {
        "parent": {"database_id": database(told)[0]},
        "title": title,
        "properties": {"Name": {"title": {}}},
    }
    told.ask("POST", "data_sources", body)
    told.edit(acme, Official_Name=rich("Acme Corporation"))
    told.run()
    told.run("sweep")
    assert told.app.store.orgs.get("acme").display_name == "Acme Corporation"
    assert red(told) == ""


def test_a_moved_database_is_followed(told: World, acme: str):
    place = told.ask(
        "POST",
        "pages",
        {
            "parent": {"page_id": told.box.root_page},
            "properties": {"title": {"title": [{"text": {"content": "Corner"}}]}},
        },
    )["id"]
    parent = {"type": "page_id", "page_id": place}
    told.ask("PATCH", f"databases/{database(told)[0]}", {"parent": parent})
    told.edit(acme, Aliases=rich("A" * 101))
    told.run()
    told.run("sweep")
    assert "too long for a name" in told.value(acme, "Sync Note")
    assert red(told).count("Companies") == 0


def test_an_unshared_database_is_named_and_nothing_is_lost(told: World, acme: str):
    page = {"page_id": database(told)[0]}
    operate(told.box, "share", {**page, "shared": False})
    tolerant(told, "poll", "sweep")
    for shown in (red(told), portfolio(told)):
        assert "not shared with the connection" in shown
        assert "Connections" in shown
    assert len(told.app.store.mirror.all(RowState.LIVE)) == 2
    operate(told.box, "share", {**page, "shared": True})
    told.clock.forward(hours=2)
    told.run("poll", "sweep", "publish")
    assert red(told) == ""


def test_a_row_that_moved_elsewhere_is_told_and_its_writes_wait(told: World, acme: str):
    body = {
        "parent": {"type": "page_id", "page_id": told.box.root_page},
        "title": [{"text": {"content": "Elsewhere"}}],
        "initial_data_source": {"properties": {"Name": {"title": {}}}},
    }
    other = told.ask("POST", "databases", body)["data_sources"][0]["id"]
    parent = {"type": "data_source_id", "data_source_id": other}
    told.ask("POST", f"pages/{acme}/move", {"parent": parent})
    told.run("sweep")
    gone = told.app.store.mirror.get(acme)
    assert gone is not None
    assert gone.state is RowState.MOVED
    told.forget_log()
    told.run()
    assert not [write for write in told.writes() if acme in write]


def test_rights_cut_to_reading_keep_everything_and_say_so(told: World, acme: str):
    row = told.company("Cygnet")
    rights = {"update_content": False, "insert_content": False}
    operate(told.box, "capabilities", rights)
    told.edit(acme, Official_Name=rich("Acme Corporation"))
    tolerant(told, "poll", "dossiers", "portfolio", "publish")
    assert told.app.store.orgs.get("acme").display_name == "Acme Corporation"
    shown = red(told)
    assert "The connection may not" in shown
    assert "Turn the capability on" in shown
    operate(told.box, "capabilities", dict.fromkeys(rights, True))
    told.clock.forward(hours=2)
    told.run()
    assert told.value(row, "Dossier")
    assert red(told) == ""


def test_a_page_unshared_in_the_middle_of_a_run_stops_only_itself(told: World):
    first, second = told.company("Acme"), told.company("Borealis")
    fault = {
        "kind": "unshare",
        "method": "POST",
        "path": "/v1/pages",
        "page_id": first,
    }
    operate(told.box, "faults", fault)
    tolerant(told, "poll", "dossiers", "publish")
    assert told.value(second, "Dossier")
    assert told.app.store.outbox.sent("dossier:acme") is None
    assert "not shared with the connection" in red(told)
    operate(told.box, "share", {"page_id": first, "shared": True})
    told.clock.forward(hours=2)
    told.run("poll", "publish")
    assert told.value(first, "Dossier")
