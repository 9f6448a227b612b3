"""People pause the bot from Notion, for one company or altogether, and take it back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import pause, server, vitals
from bot.commands import status
from bot.jobs import orgs
from store.records import Feed
from tests.support.kept import begun
from tests.support.world import World

TICKED: dict[str, Any] = {"checkbox": True}
UNTICKED: dict[str, Any] = {"checkbox": False}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


def everything(told: World) -> None:
    """A week goes by, and every job has its turn."""
    told.clock.forward(days=8)
    told.run()


# One company


def test_a_paused_company_gets_nothing_and_its_row_says_so(told: World):
    acme, bolt = told.company("Acme"), told.company("Bolt")
    told.run()
    told.edit(acme, Pause_Bot=TICKED)
    told.run("poll")
    assert told.value(acme, "Sync Note") == pause.SAID
    assert not told.value(bolt, "Sync Note")
    told.edit(acme, Renewal_Date={"date": {"start": "2026-12-20"}})
    told.edit(bolt, Renewal_Date={"date": {"start": "2026-12-20"}})
    before = told.app.store.dossiers.versions("acme")
    told.forget_log()
    everything(told)
    page = told.dossier("acme")
    assert not [line for line in told.writes() if page in line]
    assert told.app.store.dossiers.versions("acme") == before
    assert not told.app.store.actions.of("acme")
    assert told.app.store.actions.of("bolt"), "the other one goes on"
    assert vitals.gather(*gathered(told)).paused == ["Acme"]
    shown = status.more(told.app.store, vitals.gather(*gathered(told)))
    assert "companies that rest: Acme" in list(shown)


def gathered(told: World) -> tuple[Any, Any, Any]:
    return told.app.store, told.app.settings, told.clock()


def test_a_company_that_goes_on_catches_up(told: World):
    acme = told.company("Acme")
    told.run()
    trend = told.value(acme, "Health")
    told.edit(acme, Pause_Bot=TICKED)
    told.run("poll")
    told.edit(acme, Renewal_Date={"date": {"start": "2026-12-20"}})
    told.run("poll")
    assert told.app.store.orgs.get("acme").renewal_date is not None, "it is read on"
    assert told.value(acme, "Health") == trend
    told.edit(acme, Pause_Bot=UNTICKED)
    told.run()
    assert not told.value(acme, "Sync Note")
    assert told.app.store.actions.of("acme", "open")
    assert told.value(acme, "Open Actions") == 1


def test_what_was_on_its_way_to_notion_stays_where_it_is(told: World):
    acme = told.company("Acme")
    told.run("poll", "dossiers")
    told.app.store.outbox.forget_sent("dossier:acme")
    told.edit(acme, Pause_Bot=TICKED)
    told.run("poll", "publish")
    told.clock.forward(days=8)
    waiting = [w.key for w in told.app.store.outbox.all("pending")]
    told.edit(acme, Pause_Bot=UNTICKED)
    told.run()
    assert told.app.store.outbox.all("pending") == []
    assert not [key for key in waiting if key.startswith("row:")]


def test_a_draft_that_is_asked_for_waits_until_the_company_goes_on(told: World):
    acme = told.company("Acme")
    told.run()
    told.edit(acme, Pause_Bot=TICKED, Request_Draft=TICKED)
    told.run("poll")
    assert told.comments(acme) == []
    assert told.value(acme, "Request Draft") is True
    told.edit(acme, Pause_Bot=UNTICKED)
    told.run("poll")
    assert len(told.comments(acme)) == 1
    assert told.value(acme, "Request Draft") is False


def test_feeds_of_a_paused_company_are_kept_and_not_read(told: World):
    acme = told.company("Acme", **{"News Feed": {"url": "https://acme.example/feed"}})
    told.run("poll")
    told.edit(acme, Pause_Bot=TICKED)
    told.run("poll", "intel")
    [feed] = told.app.store.feeds.all()
    assert (feed.url, feed.failures, feed.error) == ("https://acme.example/feed", 0, "")
    told.edit(acme, Pause_Bot=UNTICKED)
    told.run("poll", "intel")
    assert told.app.store.feeds.all()[0].error, "it is tried again"


def test_only_those_that_are_not_paused_are_worked_on(told: World):
    acme = told.company("Acme")
    told.company("Bolt")
    told.run("poll")
    told.edit(acme, Pause_Bot=TICKED)
    told.run("poll")
    assert [org.org_id for org, _ in orgs.mine(told.app)] == ["bolt"]
    assert [org.org_id for org, _ in orgs.shown(told.app)] == ["acme", "bolt"]


# Everything


def box(told: World) -> str:
    page = told.app.store.outbox.sent("portfolio")
    assert page is not None
    [found] = [b for b in told.blocks(page.notion_id) if b["type"] == "to_do"]
    assert "Pause the bot" in found["to_do"]["rich_text"][0]["plain_text"]
    return str(found["id"])


def tick(told: World, *, checked: bool) -> None:
    told.ask("PATCH", f"blocks/{box(told)}", {"to_do": {"checked": checked}})


def test_a_tick_on_the_portfolio_page_has_everything_rest(told: World):
    acme = told.company("Acme")
    told.run()
    tick(told, checked=True)
    told.forget_log()
    told.run()
    told.edit(acme, Renewal_Date={"date": {"start": "2026-12-20"}})
    everything(told)
    assert told.writes() == []
    store = told.app.store
    assert store.orgs.get("acme").renewal_date is not None, "edits are read on"
    assert store.actions.all() == []
    assert server.readiness(told.app)[0]
    seen = status.wrong(*gathered(told))
    assert [line for line in seen if line.startswith("everything is paused since 20")]


def test_the_tick_can_be_taken_back_and_everything_catches_up(told: World):
    acme = told.company("Acme")
    told.run()
    tick(told, checked=True)
    told.run("pauses")
    assert pause.everything(told.app.store)
    told.edit(
        acme,
        Renewal_Date={"date": {"start": "2026-12-20"}},
        Verified_Domain={"url": "not a domain"},
    )
    told.run("poll")
    assert not told.value(acme, "Sync Note")
    tick(told, checked=False)
    [outcome] = told.run("pauses")
    assert outcome.report.counts == {"resumed": 1}
    told.run()
    assert not pause.everything(told.app.store)
    assert "Verified Domain" in told.value(acme, "Sync Note")
    assert told.app.store.actions.of("acme", "open")
    told.clock.forward(days=1)
    told.run()
    assert box(told), "one box, and no second one"


def test_the_box_costs_one_request_and_nothing_before_there_is_a_page(told: World):
    told.forget_log()
    told.run("pauses")
    assert told.log() == []
    told.company("Acme")
    told.run()
    told.run("pauses")
    told.forget_log()
    told.run("pauses")
    assert [r["method"] for r in told.log()] == ["GET"]


def test_a_box_that_was_removed_pauses_nothing(told: World):
    told.company("Acme")
    told.run()
    tick(told, checked=True)
    told.run("pauses")
    told.ask("DELETE", f"blocks/{box(told)}")
    told.run("pauses")
    assert not pause.everything(told.app.store)
    told.run("pauses", "poll")
    assert not pause.everything(told.app.store)


def test_feeds_are_not_read_while_everything_rests(told: World):
    told.company("Acme")
    told.run()
    tick(told, checked=True)
    told.run("pauses")
    told.app.store.feeds.add(Feed("https://acme.example/feed", "acme", "site"))
    told.run()
    assert told.app.store.feeds.all()[0].error == ""
