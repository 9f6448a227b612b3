"""Measure how well verification tells carried claims from all others. Pure.

Claims come from our gold pairs, from faults seeded into the true ones, and from ids
made up on the spot.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from intel import claims, embedder, minilm, verify
from intel.case import Similarity
from intel.reader import Reader, open_reader
from store import ids
from store.records import Claim, Evidence, Org, Removed
from tests.eval import faults
from tests.eval.score import Pairs, Score, Wrong, cases, share

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=60)
_OUTSIDE = frozenset({"news", "press", "funding", "blog", "status", "job", "changelog"})
SUPPORTED = "supported"
MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
_LIMITS = verify.Limits(since=SINCE)

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tried:
    """One claim that was judged; `kind` is "" for true ones, else its fault."""

    case_id: str
    kind: str
    claim: str
    removed: Removed | None
    seeded: bool = False


def run(
    split: str = "held",
    similarity: Similarity | None = None,
    reader: Reader | None = None,
) -> Score:
    """Judge the gold pairs of a split, and faults seeded into its true claims.

    With a `similarity` the sentence model is asked, and with a `reader` the learned
    one, as they are where there are any; the score is named apart then.

    `recall` and `true_removed` count true claims, `precision` kept ones, `caught_…`
    faults that were found out, `fabricated` made-up citations that came through. All
    but the last two look at the written pairs alone.
    """
    found = cases("support", split)
    asked = (lambda: reader) if reader else None
    limits = verify.Limits(since=SINCE, similarity=similarity, reader=asked)
    tried = [*_written(found, limits), *_seeded(found, limits)]
    gold = [one for one in tried if not one.seeded]
    pairs = Pairs(tuple((one.removed is None, not one.kind) for one in gold))
    values = {
        "recall": pairs.recall,
        "precision": pairs.precision,
        "balanced_accuracy": pairs.balanced,
        "macro_f1": pairs.macro_f1,
        "true_removed": 1 - pairs.recall,
        "fabricated": float(sum(map(_fabricated, found))),
        **_caught(tried),
    }
    wrong = (_wrong(one) for one in tried if (one.removed is None) is bool(one.kind))
    name = "support, with model" if similarity else "support"
    return Score(name, split, len(tried), values, tuple(wrong))


def run_with_model() -> list[Score]:
    """Judge all pairs with both models; nothing where they are not built."""
    if not minilm.is_built(MODEL):
        return []
    measure = embedder.likeness(embedder.FastEmbedder(model_dir=MODEL))
    reader, _ = open_reader(MODEL.parent)
    return [run(split, measure, reader) for split in ("held", "dev", "unseen", "odd")]


def organisation(case: Case) -> Org:
    """Make the org of a case; its first name is the official one."""
    official, *others = case["org"]
    callsign, *aliases = others or [official]
    return Org(ids.org_id(callsign), callsign, official, aliases=tuple(aliases))


def pieces(case: Case) -> tuple[Evidence, ...]:
    """Make the evidence that a case's claim cites."""
    org = organisation(case)
    return tuple(_piece(told, org, at) for at, told in enumerate(case["evidence"]))


def judged(case: Case, words: str, limits: verify.Limits = _LIMITS) -> Removed | None:
    """Judge a claim against a case's evidence."""
    known = {piece.evidence_id: piece for piece in pieces(case)}
    claim = _claim(case, words, tuple(known))
    return verify.judge(claim, known, organisation(case), limits)


def _claim(case: Case, words: str, cited: Sequence[str]) -> Claim:
    return claims.make(claims.EXTERNAL, organisation(case).org_id, words, cited)


def _piece(told: Mapping[str, str], org: Org, at: int) -> Evidence:
    outside = told["kind"] in _OUTSIDE
    dated = datetime.fromisoformat(f"{told['day']}T12:00:00+00:00")
    return Evidence(
        evidence_id=ids.digest("gold", str(at), told["quote"]),
        org_id=org.org_id,
        kind=told["kind"],
        source=told["source"],
        title=told["title"],
        quote=told["quote"],
        dated=dated,
        url="https://gold.example/story" if outside else "",
        internal=not outside,
        event_id=f"event-{at}" if outside else "",
        fetched_at=dated + timedelta(hours=2),
        facts={"day": told["day"]},
    )


def _written(found: Sequence[Case], limits: verify.Limits = _LIMITS) -> Iterator[Tried]:
    for case in found:
        kind = "" if case["label"] == SUPPORTED else case["fault"]
        removed = judged(case, case["claim"], limits)
        yield Tried(case["id"], kind, case["claim"], removed)


def _seeded(found: Sequence[Case], limits: verify.Limits = _LIMITS) -> Iterator[Tried]:
    for case in found:
        if case["label"] != SUPPORTED:
            continue
        carried = " ".join(f"{e['title']} {e['quote']}" for e in case["evidence"])
        days = [e["day"] for e in case["evidence"]]
        for fault in faults.seed(case["claim"], carried, days):
            removed = judged(case, fault.claim, limits)
            yield Tried(case["id"], fault.kind, fault.claim, removed, seeded=True)


def _caught(tried: Sequence[Tried]) -> dict[str, float]:
    """Give the share of faults that were caught, per kind, the seeded ones included."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for one in tried:
        if one.kind:
            by_kind[one.kind].append(one.removed is not None)
    return {f"caught_{kind}": share(by_kind[kind]) for kind in sorted(by_kind)}


def _fabricated(case: Case) -> int:
    """Count made-up citations of a true claim that come through: none may."""
    if case["label"] != SUPPORTED:
        return 0
    known = {piece.evidence_id: piece for piece in pieces(case)}
    org, limits = organisation(case), verify.Limits(since=SINCE)
    real = next(iter(known))
    invented = ids.digest("made up", real)
    theirs = {key: replace(piece, org_id="somebody") for key, piece in known.items()}
    tries = (
        verify.judge(_claim(case, case["claim"], [invented]), known, org, limits),
        verify.judge(_claim(case, case["claim"], [real, invented]), known, org, limits),
        verify.judge(_claim(case, case["claim"], []), known, org, limits),
        verify.judge(_claim(case, case["claim"], [real]), theirs, org, limits),
    )
    return sum(removed is None for removed in tries)


def _wrong(one: Tried) -> Wrong:
    sort = f"{one.kind or 'true'}{', seeded' if one.seeded else ''}"
    expected, got = ("removed", "kept") if one.kind else ("kept", "removed")
    why = f"{one.removed.rule}: {one.removed.detail}" if one.removed else ""
    return Wrong(one.case_id, sort, expected, got, f"{one.claim} [{why}]")
