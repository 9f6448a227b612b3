"""Forgetting: nothing of a company or a person is left in any file, or comes back."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app as cip
from bot.jobs import forgetting, retention
from bot.report import silent
from store import ids
from store.changes import Change
from store.records import (
    ActionItem,
    Entry,
    Event,
    EventLink,
    Fetched,
    Interaction,
    Kind,
    Relation,
)
from tests.support import stores
from tests.support.kept import begun
from tests.support.newsroom import rich
from tests.support.world import World

ADDRESS, PERSON = "jane.roe@acme.example", "Jane Roe"
SECRET = "pomegranate-canary"
TEXT = (
    f"{PERSON} of Acme says that the export fails every night. She, {SECRET}, asked "
    f"for a call back at {ADDRESS} before the renewal. The team is not amused at all."
)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


@pytest.fixture
def acme(told: World) -> str:
    page = told.company("Acme", **{"Manual Notes": rich(f"Ask {PERSON}. {SECRET}")})
    told.company("Borealis")
    told.run()
    fill(told)
    conclude(told)
    told.run()
    return page


def event(at: datetime, name: str, kind: Kind, text: str) -> Event:
    url = f"https://desk.example/{name}"
    return Event(
        event_id=ids.event_id(url, at),
        org_id="acme",
        kind=kind,
        title=f"About {PERSON}",
        url=url,
        source="Zendesk" if kind is Kind.SUPPORT else "The Daily",
        published_at=at,
        raw_text=text,
        extracted={"author": PERSON, "by": "customer", "ticket_id": 7},
        ingested_at=at,
        canonical_url=url,
        content_hash=ids.digest(text),
    )


def keep(told: World, one: Event, *orgs: str) -> None:
    now = told.clock()
    told.app.store.events.add(one, now)
    links = [
        EventLink(one.event_id, org, Relation.ABOUT, "a ticket of the company", 1.0)
        for org in orgs
    ]
    told.app.store.events.link(one.event_id, links, now)


def fill(told: World) -> None:
    """Put a person and a canary into every corner of the store."""
    store, now = told.app.store, told.clock()
    at = now - timedelta(days=3)
    keep(told, event(at, "1", Kind.SUPPORT, TEXT), "acme")
    shared = f"Acme and Borealis work together, says {PERSON} in a long statement."
    keep(told, event(at, "2", Kind.NEWS, shared), "acme", "borealis")
    store.interactions.put(
        [Interaction("i1", "acme", "zendesk", at, TEXT, -0.8, "https://desk.example/1")]
    )
    store.http_cache.put(page(now, f"<p>Jane&nbsp;Roe, {SECRET}</p>"))
    store.entries.add([entry(now)])
    store.notes.put("mail_domains.acme", {"acme.example": 3}, now)


def conclude(told: World) -> None:
    """Keep what the bot itself has made of that."""
    store, now = told.app.store, told.clock()
    store.actions.put(
        ActionItem("a1", "acme", "negative_support", now, "open", letter(), now)
    )
    store.notes.put("problems.support", [f"ticket 7: {ADDRESS} is odd"], now)


def letter() -> dict[str, object]:
    """What an action item holds that quotes a ticket."""
    quoted = f"One contact is unhappy. The worst: “{TEXT[:70]}…”"
    return {"subject": "s", "summary": quoted}


def page(now: datetime, body: str) -> Fetched:
    return Fetched(
        url="https://desk.example/1",
        final_url="https://desk.example/1",
        status=200,
        content_type="text/html",
        body=body.encode(),
        body_hash="h",
        etag="",
        last_modified="",
        fetched_at=now,
        expires_at=None,
    )


def entry(now: datetime) -> Entry:
    return Entry(
        entry_id="e1",
        feed_url="https://feed.example/",
        url="https://desk.example/9",
        title=f"{PERSON} speaks",
        outlet="The Daily",
        summary=TEXT,
        published_at=now,
        published_zone="",
        seen_at=now,
        org_id="acme",
        state="fetched",
    )


def files_holding(folder: Path, *words: str) -> set[str]:
    """Every file or table of a folder that holds one of some words, in any spelling."""
    forms = [w.lower() for w in words]
    forms += [w.encode().hex() for w in forms]
    bodies = [(p.name, p.read_bytes()) for p in folder.rglob("*") if p.is_file()]
    bodies += stores.tables_of(folder)
    return {
        name
        for name, body in bodies
        if any(form.encode() in body.lower() for form in forms)
    }


def test_a_company_leaves_nothing_behind(told: World, acme: str, tmp_path: Path):
    dossier = told.dossier("acme")
    assert files_holding(tmp_path, SECRET)
    org = told.app.store.orgs.get("acme")
    counted = forgetting.company(told.app, org, "test", trial=True).counts
    assert told.app.store.orgs.get("acme") == org  # a trial changes nothing
    done = forgetting.company(told.app, org, "test").counts
    assert done == counted
    assert done["events"] == 1
    told.run()
    assert told.ask("GET", f"pages/{dossier}")["in_trash"] is True
    assert told.ask("GET", f"blocks/{dossier}/children")["results"] == []
    assert files_holding(tmp_path, SECRET, ADDRESS) == set()
    assert not list((tmp_path / "index").glob("acme.*"))
    assert [one.org_id for one in told.app.store.orgs.all()] == ["borealis"]
    assert told.app.store.outbox.all_sent() == [
        one for one in told.app.store.outbox.all_sent() if "acme" not in one.key
    ]


def test_an_article_about_others_too_stays_theirs(told: World, acme: str):
    org = told.app.store.orgs.get("acme")
    forgetting.company(told.app, org, "test")
    (left,) = told.app.store.events.about("borealis")
    assert left.org_id == "borealis"
    assert [one.org_id for one in told.app.store.events.links_of(left.event_id)] == [
        "borealis"
    ]


def test_the_row_stays_says_so_and_is_not_taken_over_again(told: World, acme: str):
    org = told.app.store.orgs.get("acme")
    forgetting.company(told.app, org, "test")
    told.run()
    assert told.value(acme, "Company") == "Acme"
    assert "`cip remember`" in told.value(acme, "Sync Note")
    assert told.value(acme, "Health") is None
    assert told.value(acme, "Dossier") is None
    told.edit(acme, Company={"title": [{"text": {"content": "Acme Again"}}]})
    told.run("sweep", "poll")
    told.forget_log()
    told.run()
    assert told.writes() == []
    assert [one.org_id for one in told.app.store.orgs.all()] == ["borealis"]


def test_a_company_comes_back_when_it_is_asked_for(told: World, acme: str):
    app = told.app
    forgetting.company(app, app.store.orgs.get("acme"), "test")
    told.run()
    assert not forgetting.remember(app, "Borealis", "test")
    assert forgetting.remember(app, "Acme", "test")
    told.edit(acme, Official_Name=rich("Acme Corporation"))
    told.run()
    assert told.value(acme, "Sync Note") == ""
    assert told.text(told.dossier("acme"))
    assert app.store.events.about("acme") == []


def test_what_a_person_wrote_into_a_dossier_stays_with_its_page(told: World, acme: str):
    dossier = told.dossier("acme")
    mine = {"paragraph": {"rich_text": [{"text": {"content": "my own note"}}]}}
    told.ask("PATCH", f"blocks/{dossier}/children", {"children": [mine]})
    forgetting.company(told.app, told.app.store.orgs.get("acme"), "test")
    told.run()
    assert told.ask("GET", f"pages/{dossier}")["in_trash"] is False
    assert told.text(dossier) == "my own note"


def test_a_person_is_blackened_everywhere(told: World, acme: str, tmp_path: Path):
    store = told.app.store
    before = store.events.about("acme")
    counted = forgetting.person(told.app, ADDRESS, (), "test", trial=True).counts
    assert store.events.about("acme") == before
    done = forgetting.person(told.app, ADDRESS, (), "test").counts
    assert done == counted
    told.run()
    assert files_holding(tmp_path, ADDRESS, PERSON, "jane&nbsp;roe") == set()
    after = store.events.many([one.event_id for one in before])
    assert all(len(after[e.event_id].raw_text) == len(e.raw_text) for e in before)
    assert SECRET in "".join(one.raw_text for one in after.values())
    said = [one.text for one in store.events.snippets_about("acme")]
    assert any("export fails every night" in text for text in said)
    assert PERSON not in told.text(told.dossier("acme"))
    assert store.interactions.of("acme")[0].summary.startswith("████████ of Acme")


def test_a_person_does_not_come_back_with_the_next_pull(
    told: World, acme: str, tmp_path: Path
):
    forgetting.person(told.app, ADDRESS, (), "test")
    fill(told)
    at = told.clock() - timedelta(days=1)
    again = event(at, "3", Kind.SUPPORT, f"Roe, Jane wrote again ({ADDRESS.upper()}).")
    keep(told, again, "acme")
    told.edit(acme, Official_Name=rich("Acme Corporation"))  # the notes are read again
    told.run()
    told.app.store.erasing.compact()
    assert files_holding(tmp_path, ADDRESS, PERSON, "roe, jane") == set()


def test_receipts_name_nobody(told: World, acme: str):
    app = told.app
    forgetting.person(app, ADDRESS, ("Jane Q. Roe",), "test")
    forgetting.company(app, app.store.orgs.get("acme"), "test")
    person, company = app.store.audit.of("")
    assert (person.field, person.action) == ("person", "forgotten")
    assert person.old["events"] == 2
    assert (company.field, company.old["orgs"]) == ("company", 1)
    words = f"{person} {company}".lower()
    assert not any(word in words for word in ("jane", "roe", "acme"))


def test_a_company_named_like_the_person_keeps_its_name(told: World):
    told.company("Jane Roe Consulting")
    told.run()
    report = forgetting.person(told.app, ADDRESS, (), "test")
    assert "'Jane Roe' is a company's name" in report.problems[0]
    assert told.app.store.orgs.get("jane-roe-consulting").callsign.startswith("Jane")


def test_tickets_past_their_window_go_whole(told: World, acme: str, tmp_path: Path):
    app = replace_window(told, support_months=6)
    told.clock.forward(days=200)
    told.run("poll")
    report = retention.drop(app, silent)
    assert report.counts["events_dropped"] == 1
    assert report.counts["contacts_dropped"] == 1
    told.run()
    app.store.http_cache.put(page(told.clock(), ""))
    left = {one.kind for one in app.store.events.about("acme")}
    assert left == {Kind.NEWS}
    assert app.store.interactions.of("acme") == []
    assert "export fails" not in told.text(told.dossier("acme"))
    lines = [one for one in app.store.audit.of("") if one.action == "dropped"]
    assert [(one.field, one.old["events"]) for one in lines] == [("support", 1)]
    assert "export" not in str(lines)
    assert retention.drop(app, silent).counts == {}


def replace_window(told: World, **months: int):
    """The app with other windows."""
    own = told.app.settings
    kept = replace(own.store.retention, raw_text_months=0, **months)
    settings = replace(own, store=replace(own.store, retention=kept))
    return replace(told.app, settings=settings)


def test_the_command_asks_and_takes_its_leave(told: World, acme: str, tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_text(
        f'[store]\nurl = "{stores.url_in(tmp_path)}"\n'
        f'[intel]\nembedder = "hashing"\nindex_dir = "{tmp_path}/index"\n'
        f'[sync.notion]\nparent = "{told.box.root_page}"\nbase_url = "{told.box.url}"\n'
    )
    own = {"CIP_CONFIG": str(config), "NOTION_TOKEN": told.box.token}
    runner = CliRunner(env={**os.environ, **own})
    for arguments, answer, words in (
        (["forget", "Acme", "--dry-run"], "", "would be taken out"),
        (["forget", "Acme"], "n\n", "Nothing was changed."),
        (["forget", "--person", ADDRESS, "--yes"], "", "taken out"),
        (["forget", "Acme", "--yes"], "", "see to them there"),
        (["remember", "Acme"], "", "comes back"),
    ):
        done = runner.invoke(cip, arguments, input=answer)
        assert done.exit_code == 0, done.output
        assert words in " ".join(done.output.split())
    for wrong in (["forget"], ["forget", "Acme", "--person", ADDRESS]):
        assert runner.invoke(cip, wrong).exit_code != 0
    assert told.app.store.audit.of("")[-1].action == "remembered"


def test_changes_of_others_are_seen_by_the_mask(told: World):
    """Somebody forgotten through one process is masked in another."""
    store = told.app.store
    store.forgotten.person(
        store.forgotten.mask().adding(ADDRESS, [PERSON]), told.clock()
    )
    org = store.orgs.add("Acme", Change("t", "t", told.clock()))
    store.overrides.set(
        org.org_id,
        "owner",
        [{"id": "u1", "name": PERSON}],
        Change("t", "t", told.clock()),
    )
    assert store.orgs.get("acme").owners == ("████████",)
