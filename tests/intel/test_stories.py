"""Documents, stories and their ids, beyond the gold pairs."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from intel.clusters import cluster
from intel.stories import same_document, same_story
from intel.urls import canonical_url
from store.records import Event, Kind
from tests.eval.score import cases
from tests.eval.stories import events

DAY = datetime(2026, 5, 12, 8, tzinfo=UTC)


def article(number: int, title: str, text: str, hours: float = 0, **more: Any) -> Event:
    return Event(
        event_id=f"e{number}",
        org_id="brightwave",
        kind=Kind.NEWS,
        title=title,
        url=f"https://outlet{number}.example/story-{number}",
        source=f"Outlet {number}",
        published_at=DAY + timedelta(hours=hours),
        raw_text=text,
        **more,
    )


ROUND = article(
    1,
    "Brightwave raises $24m",
    "Brightwave has raised 24 million dollars. Northgate Capital led the Series B.",
)
ROUND_TOO = article(
    2,
    "Northgate backs returns forecaster",
    "Northgate Capital put 24 million dollars into Brightwave's Series B.",
    hours=5,
)
OUTAGE = article(
    3,
    "Brightwave down for six hours",
    "Shops could not reach Brightwave on Friday. A router in Dublin had failed.",
    hours=20,
)
ROUND_LATE = article(
    4,
    "$24m for Brightwave",
    "The Series B of 24 million dollars was led by Northgate Capital.",
    hours=26,
)


@pytest.mark.parametrize(
    "variant",
    [
        "http://www.post.example/a/b/",
        "https://post.example/a/b?utm_source=x&utm_medium=y",
        "https://post.example/a/b?fbclid=1&gclid=2#top",
        "https://m.post.example/a/b",
        "https://amp.post.example/a/b",
        "https://post.example/a/b/amp",
        "https://post.example/amp/a/b",
        "https://post.example/a/b?amp=1",
        "https://post.example:443//a//b",
        "https://POST.example/a/b/index.html",
        "https://post-example.cdn.ampproject.org/c/s/post.example/a/b",
        "https://www.google.com/url?q=https://post.example/a/b&sa=t",
        "https://www.google.com/amp/s/post.example/a/b",
        "  https://post.example/a/b/print/  ",
    ],
)
def test_variants_of_an_address_become_one(variant: str) -> None:
    assert canonical_url(variant) == "https://post.example/a/b"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/?id=1", "https://post.example/?id=2"),
        ("https://post.example/a", "https://post.example/b"),
        ("https://post.example/A", "https://post.example/a"),
        ("https://m.de/a", "https://de/a"),
        ("https://blog.post.example/a", "https://post.example/a"),
    ],
)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_parameters_that_choose_the_article_stay_in_one_order() -> None:
    wanted = "https://post.example/show?id=7&page=2"
    assert canonical_url("https://post.example/show?page=2&utm_id=3&id=7") == wanted


def test_what_is_no_address_is_left_alone() -> None:
    assert canonical_url("mailto:a@b.example") == "mailto:a@b.example"
    assert canonical_url("http://[broken") == "http://[broken"


def test_canonical_addresses_are_fixed_points() -> None:
    for pair in cases("pairs", "all"):
        once = canonical_url(pair["a"]["url"])
        assert canonical_url(once) == once


def test_sameness_does_not_depend_on_the_order() -> None:
    for pair in cases("pairs", "all"):
        a, b = events(pair)
        assert same_story(a, b) == same_story(b, a), pair["id"]
        assert same_document(a, b) == same_document(b, a), pair["id"]


def test_versions_of_one_page_that_we_marked_are_different_documents() -> None:
    page = "https://kestrel.example/status"
    old = replace(OUTAGE, canonical_url=f"{page}#0011aabbccdd")
    new = replace(ROUND, canonical_url=f"{page}#99ffeeddccbb")
    assert not same_document(old, new)


def test_embeddings_help_where_words_differ() -> None:
    told = article(8, "Brightwave expands", "A first branch overseas is planned.")
    again = article(9, "Start-up crosses ocean", "Brightwave goes to America.", hours=3)
    assert not same_story(told, again)
    assert same_story(told, again, likeness=0.95)


def test_a_happening_is_one_story_and_another_one_is_not() -> None:
    ids = cluster([ROUND, ROUND_TOO, OUTAGE, ROUND_LATE], [])
    assert ids["e1"] == ids["e2"] == ids["e4"]
    assert ids["e3"] != ids["e1"]


def test_the_order_of_arrival_within_a_batch_does_not_matter() -> None:
    batch = [ROUND, ROUND_TOO, OUTAGE, ROUND_LATE]
    results = [cluster(order, []) for order in itertools.permutations(batch)]
    assert all(result == results[0] for result in results)


def test_a_story_keeps_its_id_when_it_grows() -> None:
    first = cluster([ROUND], [])
    known = [replace(ROUND, story_id=first["e1"])]
    second = cluster([ROUND_TOO, OUTAGE], known)
    assert second["e2"] == first["e1"]
    assert "e1" not in second
    known += [replace(ROUND_TOO, story_id=second["e2"])]
    known += [replace(OUTAGE, story_id=second["e3"])]
    assert cluster([ROUND_LATE], known) == {"e4": first["e1"]}


def test_an_earlier_report_that_comes_late_joins_the_story() -> None:
    known = [replace(ROUND_TOO, story_id="s-old")]
    assert cluster([ROUND], known) == {"e1": "s-old"}


def test_articles_without_a_date_can_still_be_one_document() -> None:
    a = replace(ROUND, published_at=None)
    b = replace(
        ROUND, event_id="e7", published_at=None, url=ROUND.url + "?utm_source=x"
    )
    assert len(set(cluster([a, b], []).values())) == 1


def test_nothing_new_changes_nothing() -> None:
    known = [replace(ROUND, story_id="s1")]
    assert cluster([], known) == {}
    assert cluster([ROUND], known) == {}
