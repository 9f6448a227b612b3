"""The main job: a Companies database becomes cited dossiers, and a person's word wins.

Real components throughout: the sandbox behind the real client, a site on loopback.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.commands import explain
from store.changes import Change
from store.records import FieldValue, RowState, Tier
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import FUNDING, LAUNCH, OUTLET, Newsroom, read_by, rich
from tests.support.sandbox import operate
from tests.support.world import World


@dataclass
class Scene:
    """A world with a newsroom, and a company in it."""

    told: World
    news: Newsroom


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with web.running() as site:
        news = Newsroom(site)

        def changes(settings: Any) -> Any:
            return read_by(site, settings)

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            yield Scene(told, news)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


def explained(told: World, org_id: str, field: str) -> str:
    store = told.app.store
    resolved = store.overrides.resolve(org_id)[field]
    return "\n".join(explain.one(store, store.orgs.get(org_id), resolved))


# A dossier is cited, refreshed in place, and quiet when nothing changed


def test_a_company_gets_a_dossier_whose_claims_cite_outlet_day_and_address(
    scene: Scene,
):
    url = scene.news.publish("Acme Freight", FUNDING)
    row = scene.told.company("Acme Freight")
    scene.told.run()
    text = scene.told.text(scene.told.dossier("acme-freight"))
    event = scene.told.app.store.events.about("acme-freight")[0]
    assert event.published_at is not None
    day = event.published_at.date().isoformat()
    assert f"[{OUTLET} — {day}]({url}" in text
    assert "$30 million" in text
    page = scene.told.ask("GET", f"pages/{scene.told.dossier('acme-freight')}")
    assert page["parent"]["page_id"] == row
    assert scene.told.value(row, "Dossier") == page["url"]


def test_a_second_cycle_writes_nothing_also_a_day_later(scene: Scene):
    scene.news.publish("Acme Freight", FUNDING)
    scene.told.company("Acme Freight")
    scene.told.run()
    scene.told.forget_log()
    scene.told.run()
    assert scene.told.writes() == []
    scene.told.clock.forward(days=1)
    scene.told.run()
    assert scene.told.writes() == []


def test_a_quiet_poll_is_one_request(told: World):
    told.company("Acme")
    told.run()
    told.run("poll")
    told.forget_log()
    told.run("poll")
    assert [(r["method"], r["path"].rsplit("/", 1)[-1]) for r in told.log()] == [
        ("POST", "query")
    ]


def test_a_refresh_keeps_page_blocks_and_comments_of_people(scene: Scene):
    told = scene.told
    scene.news.publish("Acme Freight", FUNDING)
    told.company("Acme Freight")
    told.run()
    page = told.dossier("acme-freight")
    own = {"type": "paragraph", "paragraph": {"rich_text": [_text("My own note")]}}
    told.ask("PATCH", f"blocks/{page}/children", {"children": [own]})
    said = {"parent": {"page_id": page}, "rich_text": [_text("Great news!")]}
    told.ask("POST", "comments", said)
    blocks = len(told.blocks(page))
    scene.news.publish("Acme Freight", LAUNCH)
    told.clock.forward(days=1)
    told.forget_log()
    told.run()
    assert told.dossier("acme-freight") == page
    text = told.text(page)
    assert "planning tool" in text
    assert "My own note" in text
    assert "Great news!" in told.comments(page)
    written = [w for w in told.writes() if "/blocks/" in w]
    assert written, "something new was there to write"
    assert len(written) < blocks, "only what changed is written"
    assert not [w for w in written if w.startswith("DELETE") and page in w]


def test_a_persons_edit_inside_a_block_of_ours_is_kept(scene: Scene):
    told = scene.told
    scene.news.publish("Acme Freight", FUNDING)
    told.company("Acme Freight")
    told.run()
    page = told.dossier("acme-freight")
    bullet = next(
        b
        for b in told.blocks(page)
        if b["type"] == "bulleted_list_item" and "30 million" in str(b)
    )
    edited = {"bulleted_list_item": {"rich_text": [_text("They told me: 32 million")]}}
    told.ask("PATCH", f"blocks/{bullet['id']}", edited)
    scene.news.publish("Acme Freight", LAUNCH, days_ago=1)
    told.clock.forward(days=1)
    told.run()
    text = told.text(page)
    assert "They told me: 32 million" in text
    assert "planning tool" in text


def test_a_company_without_evidence_says_so_in_every_section(told: World):
    told.company("Quietly")
    told.run()
    text = told.text(told.dossier("quietly"))
    assert text.count("No evidence.") >= 5


# A person's word


def test_a_corrected_domain_wins_and_clearing_it_falls_back_at_once(told: World):
    row = told.company("Acme")
    told.run("poll")
    _offer(told, "acme", "domain", "acme-found.example.com")
    told.edit(row, Verified_Domain={"url": "https://www.acme-right.com/about"})
    told.run("poll")
    store = told.app.store
    assert store.orgs.get("acme").domain == "acme-right.com"
    words = explained(told, "acme", "domain")
    assert "acme-right.com   (override" in words
    assert "lost: acme-found.example.com   (discovered" in words
    assert "override set: nothing → acme-right.com" in words
    told.edit(row, Verified_Domain={"url": None})
    told.run("poll")
    assert store.orgs.get("acme").domain == "acme-found.example.com"
    words = explained(told, "acme", "domain")
    assert "acme-found.example.com   (discovered" in words
    assert "override cleared: acme-right.com → nothing" in words


def test_a_correction_reaches_the_dossier_with_the_value_that_lost(told: World):
    row = told.company("Acme")
    told.run()
    _offer(told, "acme", "domain", "acme-found.com")
    told.edit(row, Verified_Domain={"url": "acme-right.com"})
    told.run("poll")
    text = told.text(told.dossier("acme"))
    assert "acme-right.com" in text
    assert "Overruled: acme-found.com" in text


def test_a_renamed_company_keeps_its_id_and_its_old_name(told: World):
    row = told.company("Acme")
    told.run()
    page = told.dossier("acme")
    told.ask("PATCH", f"pages/{row}", {"properties": {"Company": _title("Acme Group")}})
    told.run()
    org = told.app.store.orgs.get("acme")
    assert org.callsign == "Acme Group"
    assert "Acme" in org.names
    assert told.dossier("acme") == page
    assert [o.org_id for o in told.app.store.orgs.all()] == ["acme"]


def test_a_renamed_property_is_followed(told: World):
    row = told.company("Acme")
    told.run("poll")
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    source = f"data_sources/{binding.data_source_id}"
    told.ask("PATCH", source, {"properties": {"Verified Domain": {"name": "Website"}}})
    told.ask("PATCH", source, {"properties": {"Sync Note": {"name": "Bot says"}}})
    told.edit(row, Website={"url": "acme.com"}, Aliases=rich("A" * 101))
    told.run("poll")
    assert told.app.store.orgs.get("acme").domain == "acme.com"
    assert "too long for a name" in told.value(row, "Bot says")


def test_a_value_that_cannot_be_read_is_told_in_the_row_and_the_rest_applies(
    told: World,
):
    row = told.company("Acme")
    told.edit(row, Verified_Domain={"url": "acme.com"})
    told.run()
    told.edit(
        row,
        Verified_Domain={"url": "not a domain"},
        Official_Name=rich("Acme Corporation"),
        Funding_Date={"date": {"start": "2999-01-01"}},
    )
    told.run("poll")
    org = told.app.store.orgs.get("acme")
    assert org.domain == "acme.com", "the last good value stays"
    assert org.display_name == "Acme Corporation"
    note = told.value(row, "Sync Note")
    assert "Verified Domain: " in note
    assert "not a domain" in note
    assert "Funding Date: 2999-01-01 lies in the future" in note
    told.edit(row, Verified_Domain={"url": "acme.io"}, Funding_Date={"date": None})
    told.run("poll")
    assert told.value(row, "Sync Note") == ""
    assert told.app.store.orgs.get("acme").domain == "acme.io"


def test_of_two_rows_with_one_name_only_the_later_is_told(told: World):
    first = told.company("Acme")
    other = told.company("Other")
    told.run("poll")
    second = told.company("Acme")
    told.edit(second, Verified_Domain={"url": "usurper.com"})
    told.run()
    assert told.value(first, "Sync Note") == ""
    assert told.value(other, "Sync Note") == ""
    assert "Another row is already called 'Acme'" in told.value(second, "Sync Note")
    assert told.app.store.orgs.get("acme").domain == ""
    told.ask("PATCH", f"pages/{second}", {"properties": {"Company": _title("Acme 2")}})
    told.run("poll")
    assert told.value(second, "Sync Note") == ""
    assert told.app.store.orgs.get("acme-2").domain == "usurper.com"


# Rows that go, and come back


@pytest.mark.parametrize(
    ("away", "state", "back"),
    [
        ("trash", RowState.TRASHED, "untrash"),
        ("archive", RowState.ARCHIVED, "unarchive"),
        ("unshare", RowState.UNSHARED, "share"),
    ],
)
def test_a_row_that_goes_loses_nothing_and_comes_back(
    told: World, away: str, state: RowState, back: str
):
    row = told.company("Acme")
    told.edit(row, Verified_Domain={"url": "acme.com"})
    told.company("Stays")
    told.run()
    page = told.dossier("acme")
    _move(told, row, away)
    told.run("sweep")
    gone = told.app.store.mirror.get(row)
    assert gone is not None
    assert gone.state is state
    assert told.app.store.orgs.get("acme").domain == "acme.com"
    assert told.app.store.dossiers.last("acme") is not None
    told.forget_log()
    told.run()
    assert not [w for w in told.writes() if row in w or page in w]
    _move(told, row, back)
    told.run("sweep")
    here = told.app.store.mirror.get(row)
    assert here is not None
    assert here.state is RowState.LIVE
    told.run()
    assert told.dossier("acme") == page
    assert told.app.store.orgs.get("acme").domain == "acme.com"


def test_a_row_moved_to_another_database_is_known_as_moved(told: World):
    row = told.company("Acme")
    told.company("Stays")
    told.run()
    body = {
        "parent": {"type": "page_id", "page_id": told.box.root_page},
        "title": [_text("Elsewhere")],
        "initial_data_source": {"properties": {"Name": {"title": {}}}},
    }
    other = told.ask("POST", "databases", body)["data_sources"][0]["id"]
    home = told.ask("GET", f"pages/{row}")["parent"]["data_source_id"]
    _to(told, row, other)
    told.run("sweep")
    gone = told.app.store.mirror.get(row)
    assert gone is not None
    assert gone.state is RowState.MOVED
    assert told.app.store.orgs.get("acme")
    _to(told, row, home)
    told.run("sweep")
    here = told.app.store.mirror.get(row)
    assert here is not None
    assert here.state is RowState.LIVE


# The review


def test_an_approval_is_shown_and_a_change_asks_again(scene: Scene):
    told = scene.told
    scene.news.publish("Acme Freight", FUNDING)
    row = told.company("Acme Freight")
    told.run()
    page = told.dossier("acme-freight")
    assert "Awaiting review" in told.text(page)
    told.edit(row, Dossier_Review={"select": {"name": "Approved"}})
    told.run("poll")
    last = told.app.store.dossiers.last("acme-freight")
    assert last is not None
    assert last.approved_at is not None
    day = datetime.now(UTC).date().isoformat()
    assert f"Approved on {day}" in told.text(page)
    assert told.value(row, "Dossier Review") == "Approved"
    scene.news.publish("Acme Freight", LAUNCH, days_ago=1)
    told.clock.forward(hours=25)
    told.run()
    assert told.value(row, "Dossier Review") == "Awaiting review"
    assert "Awaiting review: no one has confirmed this version" in told.text(page)
    newer = told.app.store.dossiers.last("acme-freight")
    assert newer is not None
    assert newer.version == last.version + 1
    assert newer.approved_at is None
    told.run()
    told.edit(row, Dossier_Review={"select": {"name": "Approved"}})
    told.run("poll")
    newest = told.app.store.dossiers.last("acme-freight")
    assert newest is not None
    assert newest.approved_at is not None
    assert "Approved on" in told.text(page)


def test_an_approval_of_what_a_person_has_not_seen_does_not_count(scene: Scene):
    """A version is written while Notion still shows the one before."""
    told = scene.told
    scene.news.publish("Acme Freight", FUNDING)
    row = told.company("Acme Freight")
    told.run()
    scene.news.publish("Acme Freight", LAUNCH, days_ago=1)
    told.clock.forward(hours=25)
    told.run("intel", "dossiers")
    told.edit(row, Dossier_Review={"select": {"name": "Approved"}})
    told.run("poll")
    last = told.app.store.dossiers.last("acme-freight")
    assert last is not None
    assert last.version == 2
    assert last.approved_at is None
    assert told.value(row, "Dossier Review") == "Awaiting review"
    text = told.text(told.dossier("acme-freight"))
    assert "planning tool" in text
    assert "Awaiting review" in text


def test_paused_stops_updates_until_it_is_taken_back(scene: Scene):
    told = scene.told
    scene.news.publish("Acme Freight", FUNDING)
    row = told.company("Acme Freight")
    told.run()
    told.edit(row, Dossier_Review={"select": {"name": "Paused"}})
    scene.news.publish("Acme Freight", LAUNCH)
    told.clock.forward(hours=25)
    told.run()
    page = told.dossier("acme-freight")
    assert "planning tool" not in told.text(page)
    told.edit(row, Dossier_Review={"select": {"name": "Awaiting review"}})
    told.run("poll")
    assert "planning tool" in told.text(page)


def test_confirm_before_holds_the_update_back_until_approved(tmp_path: Path):
    with web.running() as site:
        news = Newsroom(site)

        def changes(settings: Any) -> Any:
            dossier = replace(settings.intel.dossier, confirm="before")
            intel = replace(settings.intel, dossier=dossier)
            return replace(read_by(site, settings), intel=intel)

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            news.publish("Acme Freight", FUNDING)
            row = told.company("Acme Freight")
            told.run()
            page = told.dossier("acme-freight")
            told.edit(row, Dossier_Review={"select": {"name": "Approved"}})
            told.run("poll")
            before = told.text(page)
            assert "Approved on" in before
            news.publish("Acme Freight", LAUNCH, days_ago=1)
            told.clock.forward(hours=25)
            told.run()
            assert told.text(page) == before
            assert told.value(row, "Dossier Review") == "Awaiting review"
            told.run()
            assert told.text(page) == before
            told.edit(row, Dossier_Review={"select": {"name": "Approved"}})
            told.run("poll")
            after = told.text(page)
            assert "planning tool" in after
            assert "Approved on" in after


def _text(content: str) -> dict[str, Any]:
    return {"text": {"content": content}}


def _title(content: str) -> dict[str, Any]:
    return {"title": [_text(content)]}


def _offer(told: World, org_id: str, field: str, value: Any) -> None:
    now = told.clock()
    found = FieldValue(field, value, Tier.DISCOVERED, "https://found.example/", now)
    told.app.store.overrides.offer(org_id, found, Change("bot", "discovery", now, ""))


def _move(told: World, row: str, how: str) -> None:
    if how in ("share", "unshare"):
        operate(told.box, "share", {"page_id": row, "shared": how == "share"})
        return
    body = {
        "trash": {"in_trash": True},
        "untrash": {"in_trash": False},
        "archive": {"is_archived": True},
        "unarchive": {"is_archived": False},
    }[how]
    told.ask("PATCH", f"pages/{row}", body)


def _to(told: World, row: str, source: str) -> None:
    body = {"parent": {"type": "data_source_id", "data_source_id": source}}
    told.ask("POST", f"pages/{row}/move", body)
