from dataclasses import replace
from datetime import timedelta

from intel import changes, claims
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


def compare(before, *told, evidence=(), removed=()):
    known = {piece.evidence_id: piece for piece in evidence}
    return changes.compare(version(1, *before), told, known, removed)


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
    assert "window" in compare([stayed], evidence=[PIECE]).withdrawn[0][1]


def test_the_version_compared_with_is_the_last_approved_other_one():
    one, two, three = version(1, approved=True), version(2), version(3)
    assert changes.baseline((three, two, one), three.content_hash) == one
    assert changes.baseline((three, two), three.content_hash) == two
    assert changes.baseline((one,), one.content_hash) is None
    assert changes.baseline((), "x") is None
