"""`cip init`: databases, views and the Portfolio page, made once, or adopted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import open_app
from bot.commands import setup
from bot.jobs import portfolio
from sync.notion import schema
from tests.support.sandbox import operate
from tests.support.world import World, settings_for, world

VIEWS = {
    "Companies": {
        "At risk", "Renewals in 90 days", "Awaiting review", "Recently changed",
    },
    "Action Items": {"Open items"},
}  # fmt: skip


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, rate_limit=False) as made:
        yield made


def children(told: World, kind: str) -> dict[str, str]:
    """What lies on the parent page: ids by title."""
    found = told.ask("GET", f"blocks/{told.box.root_page}/children")["results"]
    return {b[kind]["title"]: b["id"] for b in found if b["type"] == kind}


def source_of(told: World, title: str) -> Any:
    database = told.ask("GET", f"databases/{children(told, 'child_database')[title]}")
    return told.ask("GET", f"data_sources/{database['data_sources'][0]['id']}")


def views_of(told: World, title: str) -> set[str]:
    base = children(told, "child_database")[title]
    listed = told.ask("GET", "views", database_id=base)["results"]
    return {told.ask("GET", f"views/{view['id']}")["name"] for view in listed}


def test_init_makes_databases_with_views_and_the_portfolio_page(told: World):
    lines = setup.arrange(told.app)
    assert set(children(told, "child_database")) == {
        d.title for d in schema.DATABASES.values()
    }
    assert set(children(told, "child_page")) == {"Portfolio"}
    for title, names in VIEWS.items():
        assert names <= views_of(told, title)
    assert lines[-1] == "make the page Portfolio"
    assert "and the views At risk, Renewals in 90 days, Awaiting review" in lines[0]
    page = children(told, "child_page")["Portfolio"]
    assert "The bot is well" in told.text(page)
    assert any(line.startswith("portfolio: http") for line in setup.addresses(told.app))


def test_every_property_is_described_and_every_database_has_an_icon(told: World):
    setup.arrange(told.app)
    for database in schema.DATABASES.values():
        base = children(told, "child_database")[database.title]
        assert told.ask("GET", f"databases/{base}")["icon"]["emoji"] == database.icon
        properties = source_of(told, database.title)["properties"]
        for ours in database.properties:
            assert properties[ours.notion_name]["description"] == ours.description
            assert len(ours.description) > 5


def test_a_second_init_writes_nothing(told: World):
    setup.arrange(told.app)
    told.forget_log()
    lines = setup.arrange(told.app)
    assert told.writes() == []
    assert lines[-1] == "use the page Portfolio as it is"


def test_a_dry_run_says_it_all_and_writes_nothing(told: World):
    lines = setup.arrange(told.app, dry_run=True)
    assert told.writes() == []
    assert lines[-1] == "make the page Portfolio"
    assert lines[1].startswith("make the database Intel with")


def test_a_store_that_was_lost_finds_databases_and_page_again(
    told: World, tmp_path: Path
):
    setup.arrange(told.app)
    told.company("Acme")
    told.run()
    before = told.text(children(told, "child_page")["Portfolio"])
    (tmp_path / "again").mkdir()
    with another_bot(told, tmp_path / "again") as again:
        told.forget_log()
        assert setup.arrange(again.app, dry_run=True)[-1] == "adopt the page Portfolio"
        assert setup.arrange(again.app)[-1] == "adopt the page Portfolio"
        again.run()
        again.run("portfolio", "publish")
        assert len(children(told, "child_page")) == 1
        after = told.text(children(told, "child_page")["Portfolio"])
        assert sorted(after.splitlines()) == sorted(before.splitlines())


@contextmanager
def another_bot(told: World, place: Path) -> Iterator[World]:
    """A bot with an empty store, in the same workspace."""
    settings = settings_for(told.box, place, "hashing")
    app = open_app(settings, told.app.log, told.clock)
    try:
        yield World(told.box, app, told.person)
    finally:
        app.close()


def test_a_portfolio_in_the_trash_is_made_anew(told: World):
    setup.arrange(told.app)
    first = children(told, "child_page")["Portfolio"]
    told.ask("PATCH", f"pages/{first}", {"in_trash": True})
    assert setup.arrange(told.app)[-1] == "make the page Portfolio"
    assert children(told, "child_page")["Portfolio"] != first


def test_a_page_of_that_title_that_a_person_made_is_left_alone(told: World):
    theirs = told.ask(
        "POST",
        "pages",
        {
            "parent": {"page_id": told.box.root_page},
            "properties": {"title": {"title": [{"text": {"content": "Portfolio"}}]}},
        },
    )["id"]
    assert setup.arrange(told.app)[-1] == "make the page Portfolio"
    sent = told.app.store.outbox.sent(portfolio.KEY)
    assert sent is not None
    assert sent.notion_id != theirs
    assert told.blocks(theirs) == []


def peoples_database(told: World) -> str:
    body = {
        "parent": {"type": "page_id", "page_id": told.box.root_page},
        "title": [{"text": {"content": "Companies"}}],
        "initial_data_source": {
            "properties": {"Account": {"title": {}}, "Owner": {"people": {}}}
        },
    }
    return str(told.ask("POST", "databases", body)["id"])


def test_a_database_of_peoples_gets_columns_and_nothing_else(told: World):
    base = peoples_database(told)
    before, seen = told.ask("GET", f"databases/{base}"), views_of(told, "Companies")
    plan = setup.arrange(told.app, dry_run=True)
    assert "add select property 'Health' to Companies" in plan
    assert "add url property 'Verified Domain' to Companies" in plan
    setup.arrange(told.app)
    after = told.ask("GET", f"databases/{base}")
    for word in ("title", "description", "icon", "parent"):
        assert after[word] == before[word]
    assert views_of(told, "Companies") == seen
    shown = source_of(told, "Companies")["properties"]
    assert shown["Owner"]["type"] == "people"
    added = [line for line in plan if line.startswith("add ")]
    assert len(shown) == 2 + len(added)


def test_on_demand_only_the_bots_own_columns_are_added(told: World):
    peoples_database(told)
    setup.arrange(told.app, bot_only=True)
    shown = set(source_of(told, "Companies")["properties"])
    own = {p.notion_name for p in schema.COMPANIES.owned_by(schema.BOT)}
    assert shown == {"Account", "Owner"} | own
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    parent = {"data_source_id": binding.data_source_id}
    title = {"Account": {"title": [{"text": {"content": "Acme"}}]}}
    row = told.ask("POST", "pages", {"parent": parent, "properties": title})["id"]
    told.run()
    assert told.value(row, "Dossier")
    told.run("sweep")


def test_the_sweep_moves_the_views_on_once_a_day(told: World):
    setup.arrange(told.app)
    told.company("Acme")
    told.run()
    told.clock.forward(days=2)
    told.forget_log()
    told.run("sweep")
    assert len([w for w in told.writes() if "/views/" in w]) == 1
    told.forget_log()
    told.run("sweep")
    assert not [r for r in told.log() if "/views" in r["path"]]


def test_views_that_notion_refuses_leave_the_rest_usable(told: World):
    fault = {"kind": "500", "method": "*", "path": "/v1/views*", "count": None}
    operate(told.box, "faults", fault)
    setup.arrange(told.app)
    notes = told.app.store.notes.starting("notion.views.")
    assert "notion.views.companies" in notes
    told.company("Acme")
    told.run()
