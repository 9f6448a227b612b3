"""Take to heart what people say of single claims: wrong, not us, stale. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intel import claims, text
from store.records import Claim, Evidence, Removed, Said

# The rule by which a claim is removed that a person refused.
PEOPLE = "people"
# Words pasted for a claim have to be so long, or so like it, to be taken for it.
_LEAST = 25
_FEWEST = 4
_LIKE = 0.7
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a person said of a claim. `words` are its fact, without label and age."""

    claim_id: str
    words: str
    evidence_ids: tuple[str, ...]
    verdict: Said
    day: date

    @property
    def reason(self) -> str:
        """Say who left it out, and since when."""
        return f"a person said “{self.verdict.value}” of it on {self.day.isoformat()}"


def find(words: str, told: Iterable[Claim]) -> Claim | None:
    """Find the claim that somebody pasted, with or without its sources behind it."""
    said = text.fold(words)
    every = list(told)
    named = [c for c in every if _holds(said, c)]
    if named:
        return max(named, key=lambda c: len(c.text))
    best = max(every, key=lambda c: _share(words, c), default=None)
    return best if best is not None and _share(words, best) >= _LIKE else None


def _share(words: str, claim: Claim) -> float:
    """Measure how much of what was pasted a claim says, 0 to 1."""
    said = text.stems(words)
    if len(said) < _FEWEST:
        return 0.0
    return len(said & text.stems(claim.text)) / len(said)


def _holds(said: str, claim: Claim) -> bool:
    whole, fact = text.fold(claim.text), text.fold(claims.fact(claim))
    return fact in said or (len(said) >= _LEAST and said.rstrip(".…") in whole)


def hidden(
    refusals: Sequence[Refusal], pieces: Mapping[str, Evidence]
) -> Mapping[str, str]:
    """Say which evidence is left out, and why: all of an article that is not theirs.

    What is wrong is the sentence; its evidence may well say something else.
    """
    found: dict[str, str] = {}
    for refusal in refusals:
        if refusal.verdict is Said.WRONG:
            continue
        cited = [pieces[one] for one in refusal.evidence_ids if one in pieces]
        articles = {piece.event_id for piece in cited if piece.event_id}
        for one, piece in pieces.items():
            if one in refusal.evidence_ids or piece.event_id in articles:
                found.setdefault(one, refusal.reason)
    return found


def sift(
    kept: Sequence[Claim], refusals: Sequence[Refusal]
) -> tuple[tuple[Claim, ...], tuple[Removed, ...]]:
    """Part claims from those that a person refused, in whatever section they stand."""
    removed = [
        Removed(claim, PEOPLE, refusal.reason)
        for claim in kept
        if (refusal := _refused(claim, refusals))
    ]
    gone = {one.claim.claim_id for one in removed}
    return tuple(c for c in kept if c.claim_id not in gone), tuple(removed)


def _refused(claim: Claim, refusals: Sequence[Refusal]) -> Refusal | None:
    words = claims.fact(claim)
    for refusal in refusals:
        if claim.claim_id == refusal.claim_id:
            return refusal
        if text.fold(refusal.words) == text.fold(words):
            return refusal
        same = set(refusal.evidence_ids) & set(claim.evidence_ids)
        if same and _within(refusal.words, words) >= _SAME:
            return refusal
    return None


def _within(one: str, other: str) -> float:
    """Measure how much the shorter of two texts is part of the other, 0 to 1."""
    left, right = text.stems(one), text.stems(other)
    fewest = min(len(left), len(right))
    return len(left & right) / fewest if fewest else 0.0


def refuse(claim: Claim, verdict: Said, day: date) -> Refusal:
    """Make of a claim what is remembered of its refusal."""
    words = claims.fact(claim)
    return Refusal(claim.claim_id, words, claim.evidence_ids, verdict, day)


def without(
    told: Mapping[str, Evidence], refusals: Sequence[Refusal]
) -> dict[str, Evidence]:
    """Leave out the evidence that people refused."""
    gone = hidden(refusals, told)
    return {one: piece for one, piece in told.items() if one not in gone}
