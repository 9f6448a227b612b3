"""A ticked box becomes one draft, whatever happens in between; and compose_email."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.compose import compose_email
from bot.errors import BotError
from store.records import Intent
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import (
    FUNDING,
    LAUNCH,
    OUTAGE,
    OUTLET,
    Newsroom,
    deliver_usage,
    read_by,
    reported,
    rich,
    with_usage,
)
from tests.support.sandbox import operate
from tests.support.world import World

INTENTS = tuple(intent.value for intent in Intent)


@pytest.fixture(scope="module")
def told(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which Acme Freight has news of every sort and falling use."""
    folder = tmp_path_factory.mktemp("drafts")
    with web.running() as site:
        news = Newsroom(site)
        for story in (FUNDING, LAUNCH, OUTAGE):
            news.publish("Acme Freight", story)
        deliver_usage(folder / "usage", "Acme Freight", fall=0.4)

        def changes(settings: Any) -> Any:
            return with_usage(read_by(site, settings), folder / "usage")

        with begun(folder, changes=changes, rate_limit=False) as made:
            made.company("Acme Freight")
            made.company("Quietly")
            made.run()
            yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """A world of its own, with a round that a person entered."""
    with begun(tmp_path, rate_limit=False) as made:
        row = made.company("Acme")
        day = made.clock().date().isoformat()
        made.edit(
            row,
            Funding_Round={"select": {"name": "Series B"}},
            Funding_Date={"date": {"start": day}},
            Funding_Amount={"number": 30_000_000},
            Funding_Source={"url": "https://news.example.com/acme"},
        )
        made.run()
        yield made


def row_of(told: World, org_id: str) -> str:
    row = told.app.store.mirror.of(org_id)
    assert row is not None
    return row.page_id


def tick(told: World, row: str, intent: str = "") -> None:
    chosen = {"select": {"name": intent} if intent else None}
    told.edit(row, Request_Draft={"checkbox": True}, Draft_Intent=chosen)


def drafts(told: World, org_id: str) -> list[Any]:
    items = told.app.store.actions.of(org_id, "open")
    return [item for item in items if item.trigger == "draft"]


def words(body: str) -> int:
    return len(body.split())


@pytest.mark.parametrize("intent", INTENTS)
def test_each_intent_is_answered_by_one_comment(told: World, intent: str):
    row = row_of(told, "acme-freight")
    before = len(told.comments(row))
    items = len(drafts(told, "acme-freight"))
    tick(told, row, intent)
    told.run("poll")
    comments = told.comments(row)[before:]
    assert len(comments) == 1
    comment = comments[0]
    assert f"Draft for {intent}" in comment
    assert "Subject: " in comment
    assert "[1]" in comment
    clean = comment.split("Clean copy\n", 1)[1]
    assert 95 <= words(clean) <= 155
    assert "[1]" not in clean
    assert told.value(row, "Request Draft") is False
    found = drafts(told, "acme-freight")
    assert len(found) == items + 1
    item = max(found, key=lambda one: one.generated_at)
    assert item.payload["intent"] == intent
    assert item.payload["body_md"] in comment
    assert item.payload["citations"]


def test_a_tick_is_answered_once_however_often_it_is_polled(told: World):
    row = row_of(told, "acme-freight")
    before = len(told.comments(row))
    tick(told, row, "congrats_funding")
    for _ in range(4):
        told.run("poll")
    told.run()
    told.run("sweep")
    assert len(told.comments(row)) == before + 1
    tick(told, row, "congrats_funding")
    told.run("poll")
    told.run("poll")
    assert len(told.comments(row)) == before + 2
    first, second = told.comments(row)[-2:]
    assert "Draft for congrats_funding" in second
    assert first.split("Clean copy")[1] != second.split("Clean copy")[1]


def test_the_person_who_asked_is_mentioned(told: World):
    row = row_of(told, "acme-freight")
    person = told.ask("GET", "users/me")["id"]
    tick(told, row, "congrats_funding")
    told.run("poll")
    last = told.ask("GET", "comments", block_id=row)["results"][-1]
    mentions = [s["mention"] for s in last["rich_text"] if s["type"] == "mention"]
    assert [m["user"]["id"] for m in mentions] == [person]


def test_thin_evidence_is_told_instead_of_a_letter(told: World):
    row = row_of(told, "quietly")
    tick(told, row, "congrats_funding")
    told.run("poll")
    (comment,) = told.comments(row)
    assert "No draft for congrats_funding" in comment
    assert "no report of a funding round of Quietly" in comment
    assert "Fill Funding Round" in comment
    assert "Clean copy" not in comment
    assert told.value(row, "Request Draft") is False
    assert drafts(told, "quietly") == []


def test_without_an_intent_the_evidence_decides(told: World):
    row = row_of(told, "acme-freight")
    tick(told, row)
    told.run("poll")
    assert "Draft for usage_dip_followup" in told.comments(row)[-1]


def test_internal_notes_never_reach_the_draft(told: World):
    row = row_of(told, "acme-freight")
    told.edit(row, Manual_Notes=rich("They are secretly shopping for a replacement"))
    for intent in INTENTS:
        tick(told, row, intent)
        told.run("poll")
        clean = told.comments(row)[-1].split("Clean copy\n", 1)[1]
        assert "secretly" not in clean


# Exactly once, wherever the line is cut


@pytest.mark.parametrize(
    ("kind", "method", "path"),
    [
        ("cut_after", "POST", "/v1/comments"),
        ("cut_before", "POST", "/v1/comments"),
        ("503_after_commit", "POST", "/v1/comments"),
        ("503", "POST", "/v1/comments"),
        ("500", "POST", "/v1/comments"),
        ("429", "POST", "/v1/comments"),
        ("cut_after", "PATCH", "/v1/pages/*"),
        ("503_after_commit", "PATCH", "/v1/pages/*"),
        ("cut_before", "PATCH", "/v1/pages/*"),
    ],
)
def test_a_lost_answer_makes_no_second_comment(
    small: World, kind: str, method: str, path: str
):
    row = row_of(small, "acme")
    tick(small, row, "congrats_funding")
    fault = {"kind": kind, "method": method, "path": path, "seconds": 0}
    operate(small.box, "faults", fault)
    small.run("poll")
    assert operate(small.box, "faults")["faults"] == [], "it struck"
    for _ in range(3):
        small.clock.forward(minutes=2)
        small.run("poll")
    assert len(small.comments(row)) == 1
    assert small.value(row, "Request Draft") is False
    assert len(drafts(small, "acme")) == 1
    assert small.app.store.ticks.in_state("done")
    tick(small, row, "congrats_funding")
    small.run("poll")
    assert len(small.comments(row)) == 2


# compose_email(org_id, intent)


@pytest.mark.parametrize("intent", INTENTS)
def test_compose_email_gives_subject_body_and_citations(told: World, intent: str):
    made = compose_email(told.app, "acme-freight", intent)
    assert set(made) == {"subject", "body_md", "citations"}
    assert made["subject"]
    assert 100 <= words(made["body_md"]) <= 150
    assert made["citations"]
    for citation in made["citations"]:
        assert citation["date"]
        assert citation["sentences"]


def test_compose_email_cites_the_article(told: World):
    made = compose_email(told.app, "acme-freight", Intent.CONGRATS_FUNDING)
    (citation,) = made["citations"]
    assert citation["source"] == OUTLET
    assert citation["url"].startswith("http://127.0.0.1")


def test_compose_email_writes_nothing_and_says_what_is_missing(told: World):
    told.forget_log()
    items = len(told.app.store.actions.of("quietly"))
    made = compose_email(told.app, "quietly", "congrats_funding")
    assert made["subject"] == ""
    assert made["body_md"] == ""
    assert made["citations"] == []
    assert "no report of a funding round of Quietly" in made["missing"]
    assert told.log() == []
    assert len(told.app.store.actions.of("quietly")) == items


def test_compose_email_names_the_intents_where_one_is_wrong(told: World):
    with pytest.raises(BotError) as caught:
        compose_email(told.app, "acme-freight", "thank_you")
    assert "'thank_you'" in str(caught.value)
    assert "quarterly_checkin" in str(caught.value)


def test_compose_email_works_from_the_store_alone(told: World):
    """Nothing of Notion is asked, not even for a token."""
    own = replace(told.app.settings.sync.notion, token="")
    sync = replace(told.app.settings.sync, notion=own)
    app = replace(told.app, settings=replace(told.app.settings, sync=sync))
    assert compose_email(app, "acme-freight", "quarterly_checkin")["body_md"]


def test_what_no_dossier_cites_may_carry_a_letter(tmp_path: Path):
    """Where a dossier has room for one piece, all the rest is looked through."""
    with reported(tmp_path) as (told, news):
        news.publish("Acme Freight", OUTAGE)
        news.publish("Acme Freight", LAUNCH, days_ago=80)
        told.company("Acme Freight")
        told.run()
        intel = told.app.settings.intel
        narrow = replace(intel, dossier=replace(intel.dossier, evidence_per_section=1))
        app = replace(told.app, settings=replace(told.app.settings, intel=narrow))
        made = compose_email(app, "acme-freight", Intent.QUARTERLY_CHECKIN)
    assert "planning tool" in made["body_md"]
