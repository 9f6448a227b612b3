"""Forgotten people: blackened in whatever comes in, remembered by hashes only."""

from datetime import datetime

import pytest

from store.changes import Change
from store.forgotten import Mask
from store.records import Fetched, Interaction
from store.store import Store

ADDRESS = "jane.roe@acme.example"
MASK = Mask().adding(ADDRESS, ["Jane Roe", "Jane Q. Roe"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"Write to {ADDRESS}, please.", f"Write to {'█' * 21}, please."),
        ("<JANE.ROE@ACME.EXAMPLE>", f"<{'█' * 21}>"),
        ("?to=jane.roe%40acme.example&x=1", f"?to={'█' * 23}&x=1"),
        ("Jane Roe and Roe, Jane", f"{'█' * 8} and {'█' * 9}"),
        ("jane  roe’s plan", f"{'█' * 11} plan"),
        ("Jane\nRoe", "█" * 8),
        ("Jane Q. Roe", "█" * 11),
        ("Jane met Roe; Janet Roe; Jane Roebuck", None),
        ("other.jane.roe@acme.example", None),
        ("", None),
    ],
)  # fmt: skip
def test_addresses_and_names_are_blackened_at_their_length(text, left):
    assert MASK.text(text) == (text if left is None else left)
    assert len(MASK.text(text)) == len(text)


def test_values_are_blackened_within_and_keys_stay():
    value = {"Jane Roe": ["Jane Roe", {"by": ADDRESS, "n": 3}], "none": None}
    assert MASK.value(value) == {
        "Jane Roe": ["█" * 8, {"by": "█" * 21, "n": 3}],
        "none": None,
    }


def test_a_name_of_one_word_is_never_enough():
    mask = Mask().adding("", ["Jane", "Roe"])
    assert mask.text("Jane Roe") == "Jane Roe"


def test_nobody_is_named_by_what_is_remembered(store: Store, now: datetime):
    store.forgotten.person(MASK, now)
    kept = str(store.notes.get("forgotten.people"))
    assert not any(word in kept.lower() for word in ("jane", "roe", "acme"))
    again = store.forgotten.mask()
    assert again.text(f"{ADDRESS}; Jane Roe") == f"{'█' * 21}; {'█' * 8}"


def test_a_second_person_is_added_to_the_first(store: Store, now: datetime):
    store.forgotten.person(MASK, now)
    both = store.forgotten.mask().adding("bo@bolt.example", ["Bo van der Berg"])
    store.forgotten.person(both, now)
    text = "Jane Roe, Bo van der Berg, bo@bolt.example"
    assert set(store.forgotten.mask().text(text)) == {"█", ",", " "}


def test_what_comes_in_is_blackened_by_the_store_itself(store: Store, now: datetime):
    store.forgotten.person(MASK, now)
    org = store.orgs.add("Acme", Change("test", "test", now))
    contact = Interaction("i", org.org_id, "call", now, "With Jane Roe", None, "")
    store.interactions.put([contact])
    assert store.interactions.of("acme")[0].summary == f"With {'█' * 8}"
    change = Change("test", "test", now)
    owner = [{"id": "u", "name": "Jane Roe"}]
    assert store.overrides.set("acme", "owner", owner, change)
    assert not store.overrides.set("acme", "owner", owner, change)  # the same again
    assert store.orgs.get("acme").owners == ("█" * 8,)


@pytest.mark.parametrize("body", [b"<b>Jane&nbsp;Roe</b>", b"Jane &#82;oe"])
def test_a_page_that_names_somebody_forgotten_is_kept_without_its_body(
    store: Store, now: datetime, body: bytes
):
    store.forgotten.person(MASK, now)
    for url, content in (("https://a.example/", body), ("https://b.example/", b"Bo")):
        store.http_cache.put(
            Fetched(
                url, url, 200, "text/html", content, "h", '"e"', "", now, now
            )
        )  # fmt: skip
    named, other = (store.http_cache.get(f"https://{n}.example/") for n in "ab")
    assert named is not None
    assert other is not None
    assert (named.body, named.etag, named.expires_at) == (b"", "", None)
    assert (other.body, other.etag) == (b"Bo", '"e"')


def test_a_company_is_remembered_by_name_and_row(store: Store, now: datetime):
    store.forgotten.bury(("acme", "Acme GmbH"), ("row-1",), now)
    day = "2026-11-22"
    assert store.forgotten.since("ACME") == day
    assert store.forgotten.since("Acme GmbH") == day
    assert store.forgotten.since("Renamed", "row-1") == day
    assert store.forgotten.since("Other", "row-2") == ""
    assert "gmbh" not in str(store.notes.get("forgotten.orgs")).lower()
    assert not store.forgotten.unbury("Other", now)
    assert store.forgotten.unbury("Acme", now)
    assert store.forgotten.since("Acme GmbH", "row-1") == ""
