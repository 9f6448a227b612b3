"""Opening, migrating, and keeping things."""

import sqlite3
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from store import ids, pages
from store.changes import Change
from store.errors import KeyMissing, NewerStore, UnknownDatabase, UnknownOrg
from store.records import (
    Entry,
    Event,
    EventLink,
    FundingFact,
    Kind,
    Relation,
    Run,
    Sent,
    Snippet,
    UsageReading,
)
from store.store import Store


def event(name: str, now: datetime, text: str = "Acme opened a plant.") -> Event:
    url = f"https://news.example/{name}"
    return Event(
        ids.event_id(url, now), None, Kind.NEWS, name, url, "The Herald", now, text
    )


def acme(store: Store, now: datetime) -> None:
    store.orgs.add("Acme", Change("job", "test", now))


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/s.db"
    Store.open(url).close()
    with sqlite3.connect(tmp_path / "s.db") as raw:
        raw.execute(
            "INSERT INTO schema_migration (name, applied) "
            "VALUES ('9999_future', '2030-01-01')"
        )
    raw.close()
    with pytest.raises(NewerStore, match="9999_future"):
        Store.open(url)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path):
    (tmp_path / "s.db").write_text("hello, I am a text file " * 100)
    with pytest.raises(KeyMissing, match=r"s\.db.*no SQLite file at all"):
        Store.open(f"sqlite:///{tmp_path}/s.db")


@pytest.mark.parametrize("url", ["mysql://x/y", "store.db", "sqlite://"])
def test_an_unusable_url_names_the_setting(url: str):
    with pytest.raises(UnknownDatabase, match=r"store\.url"):
        Store.open(url)


def test_a_password_is_never_shown():
    with pytest.raises(UnknownDatabase) as caught:
        Store.open("oracle://me:hunter2@host/db")
    assert "hunter2" not in str(caught.value)


@pytest.mark.files
def test_sqlite_runs_in_wal_with_foreign_keys(store: Store):
    assert store.database.pragma("journal_mode") == "wal"
    assert store.database.pragma("foreign_keys") == 1


def test_a_link_to_an_unknown_org_is_refused(store: Store, now: datetime):
    store.events.add(event("a", now), now)
    link = EventLink(event("a", now).event_id, "nobody", Relation.ABOUT, "", 1.0)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.events.link(link.event_id, [link], now)


def test_an_unknown_company_suggests_near_names(store: Store, now: datetime):
    acme(store, now)
    with pytest.raises(UnknownOrg, match="Did you mean Acme"):
        store.orgs.find("Acne")


def test_an_event_is_kept_once(store: Store, now: datetime):
    assert store.events.add(event("a", now), now)
    assert not store.events.add(event("a", now), now)
    kept = store.events.get(event("a", now).event_id)
    assert kept is not None
    assert kept.published_at == now


def test_words_are_found_only_for_the_org_the_event_is_about(store: Store, now):
    acme(store, now)
    store.orgs.add("Beta", Change("job", "test", now))
    happening = event("a", now)
    store.events.add(happening, now)
    about = EventLink(happening.event_id, "acme", Relation.ABOUT, "title", 1.0)
    mention = EventLink(happening.event_id, "beta", Relation.MENTION, "list", 0.2)
    store.events.link(happening.event_id, [about, mention], now)
    snippet = Snippet("s1", happening.event_id, 0, 20, "Acme opened a plant.")
    store.events.keep_snippets(happening.event_id, [snippet], now)
    assert store.events.search("acme", "plant opening", 5) == ["s1"]
    assert store.events.search("beta", "plant", 5) == []


def test_words_are_found_as_well_where_an_org_has_thousands_of_snippets(
    store: Store, now: datetime
):
    acme(store, now)
    happening = event("a", now)
    store.events.add(happening, now)
    about = EventLink(happening.event_id, "acme", Relation.ABOUT, "title", 1.0)
    store.events.link(happening.event_id, [about], now)
    cuts = [
        Snippet(f"s{n}", happening.event_id, n, n + 1, f"Acme on day {n}")
        for n in range(2_100)
    ]
    store.events.keep_snippets(happening.event_id, cuts, now)
    assert store.events.search("acme", "what of day 1234?", 1) == ["s1234"]


def test_addresses_are_those_of_the_newest_events_about_an_org(store: Store, now):
    acme(store, now)
    for name in "ab":
        happening = event(name, now)
        store.events.add(happening, now)
        about = EventLink(happening.event_id, "acme", Relation.ABOUT, "title", 1.0)
        store.events.link(happening.event_id, [about], now)
    found = store.events.addresses("acme", (), 5)
    assert sorted(found) == sorted(event(name, now).url for name in "ab")
    assert len(store.events.addresses("acme", (), 1)) == 1
    assert store.events.addresses("acme", list(Kind), 5) == []


def test_index_changes_are_seen_until_indexed(store: Store, now: datetime):
    acme(store, now)
    happening = event("a", now)
    store.events.add(happening, now)
    about = EventLink(happening.event_id, "acme", Relation.ABOUT, "title", 1.0)
    store.events.link(happening.event_id, [about], now)
    behind = store.events.changed_orgs()
    assert list(behind) == ["acme"]
    store.events.indexed("acme", behind["acme"])
    assert store.events.changed_orgs() == {}


def test_a_reading_delivered_again_replaces_the_old_one(store: Store, now: datetime):
    acme(store, now)
    store.usage.put([UsageReading("acme", "seats", now, 5.0, "a.csv:2")])
    store.usage.put([UsageReading("acme", "seats", now, 7.0, "b.csv:9")])
    assert [(r.value, r.source) for r in store.usage.of("acme")] == [(7.0, "b.csv:9")]
    assert store.usage.latest() == {"acme": now}


def test_a_funding_fact_without_a_date_is_kept_as_such(store: Store, now: datetime):
    acme(store, now)
    fact = FundingFact(
        "acme", "Seed", None, "https://n.example/1", 5e6, ("Fund One",), 0.7, now
    )
    store.funding.put([fact, fact])
    assert store.funding.of("acme") == [fact]


def test_wanting_the_same_thing_twice_is_one_thing(store: Store, now: datetime):
    page = pages.Page("Acme", (pages.Block("paragraph", pages.text("hello")),))
    assert store.outbox.want("dossier:acme", page, "acme", 2, now)
    assert not store.outbox.want("dossier:acme", page, "acme", 2, now)
    wanted = store.outbox.pending(now)[0]
    assert pages.from_json(wanted.kind, wanted.body) == page


def test_what_is_wanted_anew_while_sending_stays_pending(store: Store, now: datetime):
    store.outbox.want("row:acme", pages.Columns({"health": "Watch"}), "acme", 1, now)
    first = store.outbox.pending(now)[0]
    store.outbox.want("row:acme", pages.Columns({"health": "Healthy"}), "acme", 1, now)
    sent = Sent("row:acme", "page", "", first.wanted_hash, {}, (), now)
    store.outbox.done("row:acme", sent, now)
    assert [w.key for w in store.outbox.pending(now)] == ["row:acme"]


def test_a_failed_item_waits_and_keeps_its_attempt(store: Store, now: datetime):
    store.outbox.want("row:acme", pages.Columns({"health": "Watch"}), "acme", 1, now)
    store.outbox.begin("row:acme", {"step": "create"}, now)
    store.outbox.fail("row:acme", "cut", now + timedelta(minutes=1), now)
    assert store.outbox.pending(now) == []
    later = store.outbox.pending(now + timedelta(minutes=2))[0]
    assert (later.attempt, later.last_error) == ({"step": "create"}, "cut")


def test_one_tick_is_opened_once_until_it_is_done(store: Store, now: datetime):
    acme(store, now)
    first = store.ticks.open("acme", "page", "", "p1", now)
    assert first is not None
    assert store.ticks.open("acme", "page", "", "p1", now) is None
    store.ticks.move(first.tick_id, "done")
    second = store.ticks.open("acme", "page", "", "p1", now)
    assert second is not None
    assert second.number == 2


def test_due_entries_and_runs_are_read_back(store: Store, now: datetime):
    entry = Entry(
        "e1", "https://f.example", "https://n.example/1", "T", "O", "", now, "", now
    )
    assert store.entries.add([entry, entry]) == 1
    assert store.entries.pending() == [entry]
    run = Run("r1", "poll", "", now, None, "running", {})
    store.runs.begin(run)
    store.runs.end(run, "ok", {"rows": 3}, "", now)
    assert store.runs.last("ok")["poll"].counts == {"rows": 3}


def test_a_slug_is_the_same_for_ever_and_for_every_script():
    assert ids.org_id("Müller & Söhne GmbH") == "mueller-soehne-gmbh"
    assert ids.org_id("株式会社") == ids.org_id("株式会社") != ids.org_id("有限会社")


def test_slices_are_disjoint_and_cover_everything():
    names = [f"org-{n}" for n in range(500)]
    parts = [[n for n in names if ids.in_slice(i, 7)(n)] for i in range(1, 8)]
    assert sorted(n for part in parts for n in part) == sorted(names)
    assert all(parts)


def test_a_transaction_that_reads_before_it_writes_waits_for_its_turn(
    store: Store, now: datetime
):
    def count() -> None:
        for _ in range(60):
            with store.atomic():
                store.notes.put("n", store.notes.get("n", 0) + 1, now)
        store.close()

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.notes.get("n") == 180
