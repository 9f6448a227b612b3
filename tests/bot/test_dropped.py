"""Events judged once more: after their text was dropped, and posts of a company."""

from datetime import UTC, datetime

from bot.jobs import knowing
from bot.jobs.linking import NOT_US, standing
from store.records import Event, EventLink, Kind, Org, Relation

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def link(org_id: str, relation: Relation, reason: str = "named") -> EventLink:
    return EventLink("e1", org_id, relation, reason, 0.9)


def test_what_was_said_of_an_event_stands_when_its_text_is_gone():
    before = [link("acme", Relation.ABOUT)]
    assert standing(before, []) == before
    assert standing(before, [link("acme", Relation.MENTION)]) == before


def test_a_persons_word_goes_before_what_stood():
    spoken = link("acme", Relation.NAMESAKE, NOT_US)
    assert standing([link("acme", Relation.ABOUT)], [spoken]) == [spoken]


def post(kind: Kind, feed_org: str) -> Event:
    extracted = {"feed_org": feed_org, "outlet_domain": "posts.example"}
    at = "https://posts.example/1"
    return Event("e1", None, kind, "We ship", at, "@a", NOW, "We ship", extracted)


def test_a_post_from_the_companys_own_handle_is_its_own_text():
    acme = Org("acme", "Acme")
    assert knowing.own_text(post(Kind.TWEET, "acme"), acme)
    assert not knowing.own_text(post(Kind.TWEET, "bolt"), acme)
    assert not knowing.own_text(post(Kind.NEWS, "acme"), acme)
