"""Erasing: what rested on something goes with it, and the files hold it no more."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from store import ids
from store.changes import Change
from store.erasing import mentioning, unnamed, unquoted, without
from store.errors import StoreBusy
from store.records import (
    Claim,
    Dossier,
    Event,
    EventLink,
    Kind,
    Relation,
    Snippet,
    UsageReading,
)
from store.store import Store

CANARY = "pomegranate"


def ticket(now: datetime, number: int = 1) -> Event:
    url = f"https://desk.example/{number}"
    text = f"The {CANARY} export fails. Number {number}."
    return Event(
        *(ids.event_id(url, now), "acme", Kind.SUPPORT, CANARY, url, "Zendesk", now),
        raw_text=text,
        ingested_at=now,
        canonical_url=url,
        content_hash=ids.digest(text),
    )


@pytest.fixture
def keep(store: Store, now: datetime):
    for name in ("Acme", "Bolt"):
        store.orgs.add(name, Change("test", "test", now))

    def keep(event: Event, *orgs: str) -> str:
        store.events.add(event, now)
        links = [EventLink(event.event_id, o, Relation.ABOUT, "so", 1.0) for o in orgs]
        store.events.link(event.event_id, links, now)
        words = event.raw_text[:29]
        one = ids.snippet_id(event.event_id, 0, 29, words)
        snippet = Snippet(one, event.event_id, 0, 29, words)
        store.events.keep_snippets(event.event_id, [snippet], now)
        return one

    return keep


def test_events_go_with_their_quotes_and_indexes_fall_behind(store, keep, now):
    keep(ticket(now), "acme")
    store.events.indexed("acme", 10**9)
    gone = store.erasing.events({ticket(now).event_id})
    assert (gone["events"], gone["snippets"]) == (1, 1)
    assert store.events.get(ticket(now).event_id) is None
    assert store.events.search("acme", CANARY, 5) == []
    assert store.events.snippets_about("acme") == []
    assert set(store.events.changed_orgs()) == {"acme"}


def test_claims_of_every_version_that_rest_on_evidence_go(store, keep, now):
    claims = (
        Claim("c1", "Support signals", f"The {CANARY} fails.", ("e1", "e2")),
        Claim("c2", "Support signals", "Kept.", ("e3",)),
    )
    for version in (1, 2):
        made = Dossier("acme", version, now, claims, (), "h", "extractive")
        store.dossiers.put(made)
    assert store.erasing.evidence({"e1"}, (), "acme")["dossiers"] == 2
    assert [d.claims for d in store.dossiers.versions("acme")] == [claims[1:]] * 2
    later = now + timedelta(days=1)
    assert store.erasing.claims("acme", "Support signals", later) == 2
    assert store.dossiers.last("acme").claims == ()


def test_a_company_goes_from_every_table_and_others_stay(store, keep, now):
    keep(ticket(now), "acme")
    keep(replace(ticket(now, 2), kind=Kind.NEWS), "acme", "bolt")
    store.usage.put([UsageReading(o, "seats", now, 1.0) for o in ("acme", "bolt")])
    counts = store.erasing.org("acme", ("Acme",), now)
    assert (counts["events"], counts["usage_metrics"], counts["orgs"]) == (1, 1, 1)
    database = store.database
    for table in database.get_tables():
        names = [column.name for column in database.get_columns(table)]
        if "org_id" in names:
            found = database.execute_sql(
                f"SELECT count(*) FROM {table} WHERE org_id = 'acme'"
            )
            assert found.fetchone() == (0,), table
    assert [r.metric for r in store.usage.of("bolt")] == ["seats"]
    (left,) = store.events.about("bolt")
    assert left.org_id == "bolt"


@pytest.mark.files
def test_the_files_hold_nothing_of_what_went(store, keep, now, tmp_path: Path):
    for number in range(200):
        keep(ticket(now, number), "acme")
    assert any(CANARY.encode() in f.read_bytes() for f in tmp_path.iterdir())
    with store.atomic():
        store.erasing.org("acme", ("Acme",), now)
    store.erasing.compact()
    files = [f for f in tmp_path.iterdir() if CANARY.encode() in f.read_bytes()]
    assert files == []


@pytest.mark.files
def test_files_that_somebody_reads_are_told_not_passed_over(
    store, keep, now, tmp_path: Path
):
    keep(ticket(now), "acme")
    store.database.execute_sql("PRAGMA busy_timeout = 50")
    reading = store.database.__class__(store.database.database)
    reading.execute_sql("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreBusy, match="cip once retention"):
            store.erasing.compact()
    finally:
        reading.execute_sql("ROLLBACK")
        reading.close()
    worker = Thread(target=store.erasing.compact)
    worker.start()
    worker.join()


def test_reasons_that_lose_all_their_evidence_go():
    reasons = [
        {"words": "angry", "evidence": [{"id": "e1", "quote": CANARY}]},
        {"words": "both", "evidence": [{"id": "e1"}, {"id": "e2"}]},
        {"words": "none", "evidence": []},
    ]
    left = without(reasons, frozenset({"e1"}))
    assert [one["words"] for one in left] == ["both", "none"]
    assert left[0]["evidence"] == [{"id": "e2"}]


def test_words_in_quotation_marks_go_where_they_were_said():
    said = f"The {CANARY} export fails every night."
    value = {"why": f"Angry: “The {CANARY} export …” and “Draft of mine”.", "n": 1}
    assert unquoted(value, said)["why"] == "Angry: “…” and “Draft of mine”."


def test_notes_lose_what_names_a_company_and_nothing_else():
    value = {
        "acme": {"x": 1},
        "lines": ["Acme is late", "acmeology is not", ["a.csv", 3, "is 'Acme'"]],
        "one": "about Acme",
        "left": 2,
    }
    assert unnamed(value, mentioning(["acme", "Acme"])) == {
        "lines": ["acmeology is not"],
        "one": "",
        "left": 2,
    }
