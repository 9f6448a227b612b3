"""Tickets through the whole bot: brought once, redacted, cited, and never told on."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import App
from bot.commands import doctor
from bot.errors import NoSecret
from bot.jobs import inside
from bot.report import Report, silent
from bot.settings import LogSettings, Settings
from bot.troubles import lasting
from store.records import Relation
from tests.support.inside import files_holding
from tests.support.kept import begun
from tests.support.killer import Killed
from tests.support.newsroom import rich
from tests.support.providers import as_json
from tests.support.web import Reply
from tests.support.world import World
from tests.support.zendesk import EMAIL, TOKEN, Zendesk, zendesk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARY, AGENT, ACME = 1, 2, 509974
CANARIES = (
    "quokkamail@acme.example",
    "Quokkaberg",
    "+49 30 901820",
    "901820",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "Xylophone",
)
PERSONAL = (
    "Mary Quokkaberg here, quokkamail@acme.example, +49 30 901820. The export is "
    "broken since Monday and this is the worst week we had. Card 4111 1111 1111 1111, "
    "IBAN DE89 3704 0044 0532 0130 00, token "
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a.\n\nBest regards,\nMary Quokkaberg"
)


@pytest.fixture
def desk() -> Iterator[Zendesk]:
    with zendesk() as double:
        double.organization(ACME, "Acme", "acme.example")
        double.person(MARY, "Mary Quokkaberg", "quokkamail@acme.example")
        double.person(AGENT, "Sam Xylophone", "sam@us.example", "agent")
        yield double


@pytest.fixture
def make(tmp_path: Path, desk: Zendesk) -> Callable[..., Any]:
    def make(**options: Any) -> Any:
        def changes(settings: Settings) -> Settings:
            given = replace(
                settings.sync.connectors.zendesk,
                base_url=desk.base_url,
                email=EMAIL,
                **options,
            )
            connectors = replace(settings.sync.connectors, zendesk=given)
            web = replace(settings.sync.web, allow_private=("127.0.0.0/8",))
            feeds = replace(settings.sync.feeds, discover_on_site=False)
            sites = replace(settings.sync.sites, watch=False)
            sync = replace(
                settings.sync, connectors=connectors, web=web, feeds=feeds, sites=sites
            )
            log = replace(settings.bot, log=LogSettings("debug", "json"))
            keys = replace(settings.secrets, zendesk_token=TOKEN)
            return replace(settings, sync=sync, secrets=keys, bot=log)

        return begun(tmp_path, changes=changes, rate_limit=False)

    return make


@pytest.fixture
def told(make: Callable[..., Any]) -> Iterator[World]:
    with make() as made:
        made.company("Acme")
        made.run("poll")
        yield made


def complaint(
    desk: Zendesk, told: World, number: int = 7, text: str = PERSONAL
) -> None:
    at = told.clock() - 2 * DAY
    subject = "Export for Mary Quokkaberg broken"
    desk.ticket(number, at, subject=subject, organization_id=ACME)
    desk.comment(number, MARY, text, at)
    reply = "Hello Mary Quokkaberg, we are looking into the export. Sam Xylophone"
    desk.comment(number, AGENT, reply, at + HOUR)


def pull(told: World) -> Report:
    return told.run("support")[0].report


def state(told: World) -> str:
    return httpx.get(f"{told.box.url}/_sandbox/state").text


def test_a_complaint_stands_in_the_dossier_without_anybodys_name(
    make: Callable[..., Any], desk: Zendesk, tmp_path: Path
):
    heard = io.StringIO()
    with redirect_stderr(heard), make() as told:
        told.company("Acme")
        told.run("poll")
        complaint(desk, told)
        told.run()
        page = told.text(told.dossier("acme"))
        assert "The export is broken since Monday" in page
        assert f"{desk.base_url}/agent/tickets/7" in page
        told.run("support", "intel", "dossiers", "portfolio", "publish")
        shown = state(told)
    assert [word for word in CANARIES if word in shown] == []
    assert files_holding(tmp_path, CANARIES) == {}
    assert files_holding(tmp_path, ["broken since monday"])  # the search would find
    log = heard.getvalue()
    assert '"support"' in log  # it is being listened to
    assert [word for word in (*CANARIES, TOKEN) if word in log] == []


def test_a_second_run_over_the_same_tickets_writes_nothing(told: World, desk: Zendesk):
    complaint(desk, told)
    assert pull(told).counts == {"tickets": 1, "new": 2}
    told.run()
    told.run()
    told.forget_log()
    assert [o.report.counts for o in told.run() if o.run.job == "support"] == [
        {"tickets": 0, "new": 0}
    ]
    assert told.writes() == []


def test_what_support_heard_is_no_story_no_round_and_no_news(
    told: World, desk: Zendesk
):
    text = (
        "Acme raised $20 million in a Series B led by Northgate. Please add 40 seats."
    )
    complaint(desk, told, text=text)
    told.run()
    assert told.app.store.funding.of("acme") == []
    assert not [w.key for w in told.app.store.outbox.all() if "story" in w.key]
    page = told.text(told.dossier("acme"))
    external = page.partition("External intel")[2].partition("Support signals")[0]
    assert "Series B" not in external


def test_being_judged_anew_takes_no_ticket_from_its_company(told: World, desk: Zendesk):
    complaint(desk, told, text="The export of the other firm, Bolt Works, is broken.")
    told.run()
    told.company("Bolt Works")
    told.edit(told.app.store.mirror.of("acme").page_id, Aliases=rich("Acmebots"))
    told.app.store.events.unlink_all()
    told.run()
    events = told.app.store.events.about("acme")
    assert len(events) == 2
    links = [
        link for e in events for link in told.app.store.events.links_of(e.event_id)
    ]
    assert {(one.org_id, one.relation) for one in links} == {("acme", Relation.ABOUT)}
    assert told.app.store.events.about("bolt-works") == []


FAULTS = {
    "refused": (as_json({"error": "Couldn't authenticate you"}, 401), "ZENDESK_TOKEN"),
    "too many": (as_json({"error": "Slow"}, 429, retry_after="900"), "slow down"),
    "malformed": (Reply(b"<html>", 200, {}), "cannot be read"),
    "broken": (Reply(b"oops", 500, {}), "answers 500"),
}


def test_neither_tickets_nor_notes_among_agents_reach_a_letter(
    make: Callable[..., Any], desk: Zendesk
):
    with make(private_comments=True) as told:
        row = told.company("Acme")
        told.run("poll")
        complaint(desk, told)
        secret = "We think about a numbat rebate of a third for them. It is a bad bug."
        desk.comment(7, AGENT, secret, told.clock() - DAY, public=False)
        told.run()
        kept = " ".join(e.raw_text for e in told.app.store.events.about("acme"))
        assert "numbat" in kept
        intent = {"select": {"name": "incident_followup"}}
        told.edit(row, Request_Draft={"checkbox": True}, Draft_Intent=intent)
        told.run("poll", "publish")
        (letter,) = told.comments(row)
        clean = letter.partition("Clean copy")[2]
        assert "support request of" in clean
        assert "numbat" not in letter
        assert "broken since" not in clean
        assert [word for word in CANARIES if word in letter] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_what_goes_wrong_is_told_until_it_heals_and_nothing_is_lost(
    told: World, desk: Zendesk, fault: str
):
    complaint(desk, told)
    reply, words = FAULTS[fault]
    desk.faults += [reply] * 3
    found = pull(told)
    assert found.counts["waiting"] == 1
    assert words in found.problems[0]
    assert TOKEN not in found.problems[0]
    assert [line for line in lasting(told.app.store) if words in line]
    desk.faults.clear()
    told.clock.forward(hours=1)
    assert pull(told).counts == {"tickets": 1, "new": 2}
    assert list(lasting(told.app.store)) == []


def test_our_own_quota_is_kept_and_the_rest_comes_the_next_day(
    make: Callable[..., Any], desk: Zendesk
):
    with make(daily_quota=3, per_page=1) as told:
        told.company("Acme")
        told.run("poll")
        for number in (7, 8, 9):
            complaint(desk, told, number)
        first = pull(told)
        assert "not asked before" in first.problems[0]
        assert len(desk.calls) == 3
        for _ in range(4):
            told.clock.forward(days=1)
            pull(told)
        assert len(told.app.store.interactions.of("acme")) == 3


def test_a_bot_that_dies_between_two_tickets_goes_on_with_the_next(
    told: World, desk: Zendesk
):
    for number in (7, 8, 9):
        complaint(desk, told, number)

    def dying(step: int, total: int, about: str = "") -> None:
        if step == 2:
            raise Killed

    with pytest.raises(Killed):
        inside.support(told.app, dying)
    assert len(told.app.store.interactions.of("acme")) == 2
    assert pull(told).counts == {"tickets": 1, "new": 2}
    asked = [path for path, _ in desk.calls if "comments" in path]
    assert len(asked) == len(set(asked)) == 3


def test_a_bot_that_is_told_to_stop_ends_between_two_tickets(
    told: World, desk: Zendesk
):
    for number in (7, 8):
        complaint(desk, told, number)

    def stopping(step: int, total: int, about: str = "") -> None:
        told.app.stopping.set()

    assert inside.support(told.app, stopping).counts == {"tickets": 1, "new": 2}
    told.app.stopping.clear()
    assert inside.support(told.app, silent).counts == {"tickets": 1, "new": 2}


def test_a_ticket_that_is_deleted_leaves_the_dossier(told: World, desk: Zendesk):
    complaint(desk, told)
    told.run()
    assert "broken since Monday" in told.text(told.dossier("acme"))
    desk.ticket(7, told.clock(), status="deleted", subject="SCRUBBED")
    told.run()
    page = told.text(told.dossier("acme"))
    shown = page.rpartition("Support signals")[2].partition("Sources")[0]
    assert "broken since Monday" not in shown
    assert told.app.store.events.about("acme") == []


def test_a_ticket_that_is_deleted_is_gone_from_every_file(
    make: Callable[..., Any], desk: Zendesk, tmp_path: Path
):
    words = ["broken since monday"]
    with make() as told:
        told.company("Acme")
        told.run("poll")
        complaint(desk, told)
        told.run()
        assert files_holding(tmp_path, words)
        desk.ticket(7, told.clock(), status="deleted", subject="SCRUBBED")
        told.run()
        (line,) = [
            one for one in told.app.store.audit.of("") if one.field == "evidence"
        ]
        assert line.old["events"] == 2
        assert told.app.store.notes.starting("withdrawn.") == {}
        told.run("support")
    assert files_holding(tmp_path, words) == {}


def test_notes_among_agents_stay_out_unless_they_are_asked_for(
    make: Callable[..., Any], desk: Zendesk, tmp_path: Path
):
    with make() as told:
        told.company("Acme")
        told.run("poll")
        complaint(desk, told)
        secret = "We think about a numbat rebate of a third for them."
        desk.comment(7, AGENT, secret, told.clock() - DAY, public=False)
        told.run()
        assert "numbat" not in state(told)
        told.app.close()
        assert files_holding(tmp_path, ["numbat"]) == {}


def test_the_doctor_asks_the_desk_and_says_what_is_wrong(told: World, desk: Zendesk):
    complaint(desk, told)
    lines = [f for name, f in doctor.findings(told.app) if name == "inside"]
    assert [(f.text, f.well) for f in lines] == [
        ("support: Zendesk gives its export", True)
    ]
    assert told.app.store.events.count() == 0
    desk.faults.append(as_json({"error": "Couldn't authenticate you"}, 401))
    (line,) = [f for name, f in doctor.findings(told.app) if name == "inside"]
    assert "ZENDESK_TOKEN" in line.text
    assert not line.well


def test_a_key_that_is_missing_is_said_and_nobody_is_asked(told: World, desk: Zendesk):
    secrets = replace(told.app.settings.secrets, zendesk_token="")
    settings = replace(told.app.settings, secrets=secrets)
    keyless: App = replace(told.app, settings=settings)
    with pytest.raises(NoSecret, match="ZENDESK_TOKEN is not set"):
        inside.support(keyless, silent)
    assert desk.calls == []
