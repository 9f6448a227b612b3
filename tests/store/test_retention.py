"""Retention: old texts go, what was cited and quoted from them stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from store import ids
from store.changes import Change
from store.records import (
    Event,
    EventLink,
    Fetched,
    Interaction,
    Kind,
    Relation,
    Snippet,
    UsageReading,
)
from store.retention import RetentionSettings
from store.store import Store
from sync.web import cache

OLD, LIMIT = timedelta(days=400), timedelta(days=365)


def article(now: datetime, number: int = 1) -> Event:
    url = f"https://daily.example/{number}"
    return Event(
        event_id=ids.event_id(url, now),
        org_id=None,
        kind=Kind.NEWS,
        title="Acme opens a plant",
        url=url,
        source="The Daily",
        published_at=now,
        raw_text=f"Acme opens a plant in Ghent. Number {number}.",
        ingested_at=now,
        canonical_url=url,
        content_hash=f"hash-{number}",
    )


def page(now: datetime) -> Fetched:
    return Fetched(
        url="https://daily.example/1",
        final_url="https://daily.example/1",
        status=200,
        content_type="text/html",
        body=b"<p>Acme</p>",
        body_hash="h",
        etag='"v1"',
        last_modified="Sat, 18 Oct 2025 08:00:00 GMT",
        fetched_at=now,
        expires_at=now + timedelta(days=900),
    )


def dropped(store: Store, before: datetime) -> tuple[int, int]:
    """How many texts and pages go."""
    return store.retention.drop_texts(before), store.retention.drop_pages(before)


@pytest.fixture
def judge(store: Store, now: datetime):
    store.orgs.add("Acme", Change("test", "test", now))

    def judge(event: Event, *, about: bool = True, cut: bool = True) -> None:
        store.events.add(event, event.ingested_at or now)
        link = EventLink(event.event_id, "acme", Relation.ABOUT, "named", 0.9)
        store.events.link(event.event_id, [link] if about else [], now)
        if cut and about:
            words = event.raw_text[:28]
            one = ids.snippet_id(event.event_id, 0, 28, words)
            snippet = Snippet(one, event.event_id, 0, 28, words)
            store.events.keep_snippets(event.event_id, [snippet], now)

    return judge


def test_the_text_goes_and_citation_quote_and_date_stay(store, judge, now):
    event = article(now - OLD)
    judge(event)
    assert store.retention.drop_texts(now - LIMIT) == 1
    kept = store.events.get(event.event_id)
    assert kept == replace(event, raw_text="", org_id="acme")
    (snippet,) = store.events.snippets_about("acme")
    assert snippet.text == "Acme opens a plant in Ghent."
    assert store.events.search("acme", "Ghent", 5) == [snippet.snippet_id]
    assert store.events.links_to("acme")[0].reason == "named"


def test_a_second_run_finds_nothing_left_to_drop(store, judge, now):
    judge(article(now - OLD))
    store.http_cache.put(page(now - OLD))
    assert dropped(store, now - LIMIT) == (1, 1)
    assert dropped(store, now - LIMIT) == (0, 0)


def test_younger_texts_and_pages_stay(store, judge, now):
    judge(article(now - timedelta(days=300)))
    store.http_cache.put(page(now - timedelta(days=300)))
    assert dropped(store, now - LIMIT) == (0, 0)


def test_what_nobody_cut_yet_waits_and_what_is_about_nobody_does_not(store, judge, now):
    judge(article(now - OLD, 1), cut=False)
    judge(article(now - OLD, 2), about=False)
    store.events.add(article(now - OLD, 3), now - OLD)
    assert store.retention.drop_texts(now - LIMIT) == 1
    left = store.events.many([article(now - OLD, n).event_id for n in (1, 2, 3)])
    assert [bool(left[article(now - OLD, n).event_id].raw_text) for n in (1, 2, 3)] == [
        True,
        False,
        True,
    ]


def test_a_dropped_page_is_neither_fresh_nor_asked_for_conditionally(store, now):
    store.http_cache.put(page(now - OLD))
    store.retention.drop_pages(now - LIMIT)
    kept = store.http_cache.get("https://daily.example/1")
    assert kept is not None
    assert (kept.body, kept.status, kept.fetched_at) == (b"", 200, now - OLD)
    assert not cache.fresh(kept, now, timedelta(days=9000))
    assert cache.validators(kept, kept.final_url) == {}


def test_more_than_one_portion_is_dropped(store, judge, now):
    for number in range(501):
        store.events.add(article(now - OLD, number), now - OLD)
        event_id = article(now - OLD, number).event_id
        store.events.link(event_id, [], now)
    assert store.retention.drop_texts(now - LIMIT) == 501


def test_news_has_a_window_of_its_own(store, judge, now):
    judge(article(now - OLD, 1))
    judge(replace(article(now - OLD, 2), kind=Kind.PRESS))
    assert store.retention.drop_texts(now - LIMIT, (Kind.NEWS,)) == 1
    assert store.retention.drop_texts(now - LIMIT) == 1


def test_what_was_said_inside_is_never_half_dropped(store, judge, now):
    judge(replace(article(now - OLD, 1), kind=Kind.SUPPORT))
    assert store.retention.drop_texts(now - LIMIT) == 0
    (old,) = store.retention.old_events(Kind.SUPPORT, now - LIMIT)
    assert old.raw_text
    assert store.retention.old_events(Kind.CALL, now - LIMIT) == []


def test_contacts_and_readings_go_by_their_own_day(store, now):
    store.orgs.add("Acme", Change("test", "test", now))
    for name, at in (("old", now - OLD), ("new", now)):
        one = Interaction(name, "acme", "email", at, "E-mail from a", None, "")
        store.interactions.put([one, replace(one, interaction_id=name + "2",
                                             channel="call")])  # fmt: skip
        store.usage.put([UsageReading("acme", "seats", at, 1.0)])
    found = store.retention.old_contacts("email", now - LIMIT)
    assert [one.interaction_id for one in found] == ["old"]
    assert store.retention.drop_contacts(found) == 1
    assert len(store.interactions.of("acme")) == 3
    assert store.retention.drop_usage(now - LIMIT) == 1
    assert [r.ts for r in store.usage.of("acme")] == [now]


@pytest.mark.parametrize(
    ("settings", "kind", "months"),
    [
        (RetentionSettings(), "support", 12),
        (RetentionSettings(), "usage", 0),
        (RetentionSettings(raw_text_months=3), "news", 3),
        (RetentionSettings(raw_text_months=0), "calls", 0),
        (RetentionSettings(mail_months=2), "mail", 2),
    ],
)
def test_each_kind_has_its_window_or_the_common_one(settings, kind, months):
    assert settings.months(kind) == months


def test_a_window_below_none_is_refused():
    with pytest.raises(ValueError, match=r"store\.retention\.mail_months is -1 or"):
        RetentionSettings(mail_months=-2)
    with pytest.raises(ValueError, match=r"store\.retention\.raw_text_months is 0 or"):
        RetentionSettings(raw_text_months=-1)
