from dataclasses import replace
from datetime import timedelta

import pytest

from intel import changes, claims
from intel.changes import Known
from store.records import Dossier, Removed
from tests.support.evidence import NOW, news

PIECE = news("Acme opened three shops in Leeds.")


def claim(words: str, *cited: str, section: str = claims.EXTERNAL):
    return claims.make(section, "acme", words, cited or ("gone",))


def version(number: int, *told, approved=False, content="x") -> Dossier:
    at = NOW + timedelta(days=number)
    return Dossier(
        "acme", number, at, tuple(told), (), f"{content}{number}", "extractive",
        at if approved else None,
    )  # fmt: skip


def compare(before, *told, evidence=(), removed=(), fates=None, since=None):
    pieces = {piece.evidence_id: piece for piece in evidence}
    known = Known(pieces, removed, fates or {}, since)
    return changes.compare(version(1, *before), told, known)


def test_an_equal_claim_is_no_change_even_on_other_evidence():
    found = compare([claim("It rose.", "a")], claim("It rose.", "b"))
    assert not found.any


def test_a_claim_on_the_same_evidence_or_in_like_words_is_a_changed_one():
    old, new = claim("Acme has 120 staff.", "a"), claim("Acme has 130 people.", "a")
    assert compare([old], new).changed == ((old, new),)
    old, new = (
        claim("Acme has 120 staff now.", "a"),
        claim("Acme has 130 staff now.", "b"),
    )
    assert compare([old], new).changed == ((old, new),)
    other = replace(new, section=claims.SUPPORT)
    assert compare([old], other).new == (other,)


def test_withdrawn_claims_come_with_their_reason():
    gone = claim("Acme sells boats.", "gone")
    assert "gone or was replaced" in compare([gone]).withdrawn[0][1]
    removed = Removed(gone, "figures", "'9' is not in the evidence")
    assert "figures" in compare([gone], removed=[removed]).withdrawn[0][1]
    stayed = claim("Acme sells boats.", PIECE.evidence_id)

    def why(**known):
        return compare([stayed], evidence=[PIECE], **known).withdrawn[0][1]

    assert why() == "other evidence took its place"
    assert why(since=NOW) == "it fell out of the window"
    assert why(fates={PIECE.evidence_id: "a person said so"}) == "a person said so"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (claims.COMPANY, "the value was cleared"),
        (claims.USAGE, "newer readings"),
        (claims.SUPPORT, "out of the window or was deleted"),
        (claims.ACTIONS, "is over"),
    ],
)
def test_each_section_says_what_it_means_that_evidence_is_gone(section, words):
    gone = claim("Something that was.", "gone", section=section)
    assert words in compare([gone]).withdrawn[0][1]


def test_the_version_compared_with_is_the_last_approved_before_this_one():
    one, two, three = version(1, approved=True), version(2), version(3)
    assert changes.baseline((three, two, one), three.content_hash) == one
    assert changes.baseline((one,), one.content_hash) is None
    assert changes.baseline((), "x") is None


def test_what_was_approved_and_is_said_again_is_compared_with_itself():
    one, two = version(1, approved=True), version(2)
    assert changes.baseline((two, one), one.content_hash) == one


def test_where_none_was_approved_it_is_the_last_that_said_something_else():
    said, other = claim("It rose."), claim("It fell.")
    one, two, three = version(1, other), version(2, said), version(3, said)
    assert changes.baseline((three, two, one), three.content_hash, [said]) == one
    assert changes.baseline((three, two), three.content_hash, [said]) == two
