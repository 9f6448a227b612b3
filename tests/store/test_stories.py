"""What people say of stories, and which events are looked at again."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from store.changes import Change
from store.records import (
    Entry,
    Event,
    EventLink,
    Kind,
    Relation,
    Said,
    StoryVerdict,
)
from store.store import Store

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EVENT = Event(
    event_id="e1",
    org_id=None,
    kind=Kind.NEWS,
    title="GRÜNHALM wächst",
    url="https://news.example/1",
    source="Blatt",
    published_at=NOW,
    raw_text="Acme grows, too.",
    story_id="s1",
)
SAID = StoryVerdict("acme", "s1", Said.NOT_US, "p", NOW, (("Blatt", "Acme"),))


@pytest.fixture
def store(store: Store) -> Store:
    store.orgs.add("Acme", Change("test", "", NOW))
    store.events.add(EVENT, NOW)
    return store


def test_what_was_said_of_a_story_is_kept_replaced_and_forgotten(store: Store):
    store.stories.say(SAID)
    assert store.stories.said() == store.stories.said_of("s1") == [SAID]
    stale = replace(SAID, verdict=Said.STALE, lessons=())
    store.stories.say(stale)
    assert store.stories.said("acme") == [stale]
    assert store.stories.said("other") == []
    store.stories.unsay("acme", "s1")
    assert store.stories.said() == []


def test_a_storys_events_come_in_the_order_of_their_publication(store: Store):
    earlier = datetime(2026, 11, 20, tzinfo=UTC)
    undated = replace(EVENT, event_id="e3", published_at=None, url="u3")
    first = replace(EVENT, event_id="e2", published_at=earlier, url="u2")
    store.events.add(undated, datetime(2026, 11, 21, tzinfo=UTC))
    store.events.add(first, NOW)
    told = [event.event_id for event in store.stories.events_of(["s1", "s2"])]
    assert told == ["e2", "e3", "e1"]


def test_linked_events_are_read_for_rounds_once_and_anew_when_linked_anew(store: Store):
    assert store.stories.unread() == []
    about = EventLink("e1", "acme", Relation.ABOUT, "test", 1.0)
    store.events.link("e1", [about], NOW)
    assert [e.event_id for e in store.stories.unread()] == ["e1"]
    store.stories.read("e1", NOW)
    assert store.stories.unread() == []
    store.events.link("e1", [], NOW)
    assert [e.event_id for e in store.stories.unread()] == ["e1"]
    store.stories.read("e1", NOW)
    store.stories.read_again(["e1"])
    assert [e.event_id for e in store.stories.unread()] == ["e1"]


def test_events_are_found_by_a_name_however_it_is_written(store: Store):
    assert store.events.naming(["%gr_nhalm%"]) == ["e1"]
    assert store.events.naming(["%acme%"]) == ["e1"]
    assert store.events.naming(["%news.example%", "%none such%"]) == ["e1"]
    assert store.events.naming(["%none such%"]) == []


def test_only_the_events_named_are_judged_anew(store: Store):
    store.events.add(replace(EVENT, event_id="e2", url="u2"), NOW)
    for one in ("e1", "e2"):
        store.events.link(one, [], NOW)
    store.events.unlink(["e2"])
    assert [e.event_id for e in store.events.unlinked()] == ["e2"]


def test_events_of_a_feed_given_for_an_org_are_found(store: Store):
    entry = Entry(
        "n1", "https://acme.example/feed", "u", "t", "", "", NOW, "", NOW, "acme",
        "fetched", event_id="e1",
    )  # fmt: skip
    store.entries.add([entry])
    assert [e.event_id for e in store.events.from_feeds_of("acme")] == ["e1"]
    assert store.events.from_feeds_of("other") == []
