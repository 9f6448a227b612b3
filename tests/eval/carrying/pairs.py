"""Make of gold pairs what the reader of claims learns from. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from typing import Any

from intel import evidence as evidence_
from intel import sentences, text
from intel.deals import pools
from tests.eval import faults, support

CARRIED = "carried"
_SORTS = {"none": CARRIED, "unit": "number", "merged": "subject"}
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d(?![\w])")
_NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-zé]{2,}(?: [A-Z][a-zé]{2,}){0,2}\b")
_RUN = re.compile(r"[A-Z][\w&-]+(?:['’](?!s\b)\w+)?(?: [A-Z][\w&-]+)*")
_INSIDE = re.compile(rf"(?<=[a-z,;(] ){_RUN.pattern}")
_JOINED = re.compile(r"(?:'s|’s)?,? (?:and|or|with|und|&)(?: the)? |, ")
_NO_NAME = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Series|Inc|"
    r"English|German|French|Europe|America|Britain"
)
_CONFUSED = 0.5  # of the true claims


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside the sentences of its evidence; `sort` says what is wrong."""

    claim: str
    parts: tuple[str, ...]
    own: tuple[str, ...]
    sort: str
    weight: float = 1.0


def written(case: Mapping[str, Any]) -> Pair:
    """Read a gold pair as the rules see it."""
    sort = CARRIED if case["label"] == support.SUPPORTED else case["fault"]
    words = "\n".join(evidence_.words_of(piece) for piece in support.pieces(case))
    parts = tuple(found.text for found in sentences.split(words))
    return Pair(case["claim"], parts, tuple(case["org"]), _SORTS.get(sort, sort))


def english(pair: Pair) -> bool:
    """Say whether the reader has to do with a pair: it reads English."""
    return text.language(pair.claim) == "en"


def seeded(case: Mapping[str, Any], pair: Pair) -> list[Pair]:
    """Seed faults into a true claim."""
    days = [told["day"] for told in case["evidence"]]
    found = faults.seed(pair.claim, "\n".join(pair.parts), days)
    return [replace(pair, claim=one.claim, sort=one.kind) for one in found]


def swapped(pair: Pair, r: Random) -> Pair:
    """Give names and numbers that stand on both sides others, the same on both."""
    there = " ".join(pair.parts)
    named = {n for n in _NAMED.findall(pair.claim) if n in there}
    named = {n for n in named if not _NO_NAME.search(n) and n not in pair.own}
    new = {name: pools.like(r, name) for name in sorted(named) if r.random() < 0.6}
    return _with(pair, new) if new else pair


def confused(pair: Pair, r: Random) -> Iterator[Pair]:
    """Let two names of a true claim change places, and put another for one of them.

    What stands there is said of somebody else then; names that "and" joins stay.
    """
    there = " ".join(pair.parts)
    given = {n for n in (*_INSIDE.findall(there), *pair.own) if not _NO_NAME.search(n)}
    mine = [f for f in _RUN.finditer(pair.claim) if f[0] in given and f[0] in there]
    known = {word for found in mine for word in found[0].split()} | {
        word for name in pair.own for word in name.split()
    }
    pairs = [(a, b) for a, b in combinations(mine, 2) if _apart(a, b, pair)]
    if pairs:
        a, b = r.choice(pairs)
        between = pair.claim[a.end() : b.start()]
        said = pair.claim[: a.start()] + b[0] + between + a[0] + pair.claim[b.end() :]
        yield replace(pair, claim=said, sort="subject", weight=0.5)
    others = sorted(n for n in given if known.isdisjoint(n.split()) and len(n) > 3)
    if mine and others:
        one = r.choice(mine)
        like = [n for n in others if n.count(" ") == one[0].count(" ")]
        other = r.choice(like or others)
        said = pair.claim[: one.start()] + other + pair.claim[one.end() :]
        yield replace(pair, claim=said, sort="name", weight=0.5)


def _apart(a: re.Match[str], b: re.Match[str], pair: Pair) -> bool:
    """Say whether two names of a claim mean two things that play two parts."""
    alike = set(a[0].split()) & set(b[0].split())
    own = {word for name in pair.own for word in name.split()}
    both_own = own.issuperset(a[0].split()) and own.issuperset(b[0].split())
    between = pair.claim[a.end() : b.start()]
    return not alike and not both_own and not _JOINED.fullmatch(between)


def _with(pair: Pair, new: Mapping[str, str]) -> Pair:
    pattern = re.compile("|".join(map(re.escape, sorted(new, key=len, reverse=True))))

    def put(words: str) -> str:
        return pattern.sub(lambda found: new[found[0]], words)

    return replace(pair, claim=put(pair.claim), parts=tuple(map(put, pair.parts)))


def elsewhere(pair: Pair, other: Pair) -> Pair:
    """Lay a claim beside the evidence of another."""
    own = tuple(dict.fromkeys((*pair.own, *other.own)))
    return Pair(pair.claim, other.parts, own, "invented")


def roomier(pair: Pair, other: Pair, r: Random) -> Pair:
    """Put sentences of another evidence around those of a pair."""
    extra = tuple(r.sample(other.parts, min(len(other.parts), 2)))
    parts = (*extra, *pair.parts) if r.random() < 0.5 else (*pair.parts, *extra)
    return replace(pair, parts=parts, own=tuple({*pair.own, *other.own}))


def told(pair: Pair, r: Random) -> Pair:
    """Take a sentence of the evidence, or its opening, for a claim: it is carried."""
    one = r.choice(pair.parts)
    if r.random() < 0.4 and "," in one:
        one = one.partition(",")[0] + "."
    return replace(pair, claim=one, sort=CARRIED, weight=0.5)


def joined(one: Pair, other: Pair, r: Random) -> Pair:
    """Join two claims on one evidence: wrong where one of them is."""
    first, second = (one, other) if r.random() < 0.5 else (other, one)
    sort = next((p.sort for p in (first, second) if p.sort != CARRIED), CARRIED)
    claim = f"{first.claim.rstrip('.')}{r.choice([', and ', '; ', ', while '])}"
    return replace(first, claim=claim + second.claim, sort=sort)


def epoch(cases: Sequence[Mapping[str, Any]], r: Random) -> Iterator[Pair]:
    """Make an epoch's pairs: those written, and what can be made of them."""
    pairs = [(case, written(case)) for case in cases]
    pairs = [(case, pair) for case, pair in pairs if english(pair)]
    by_evidence: dict[tuple[str, ...], list[Pair]] = {}
    for _, pair in pairs:
        by_evidence.setdefault(pair.parts, []).append(pair)
    for case, pair in pairs:
        yield swapped(pair, r)
        other = r.choice(pairs)[1]
        if pair.sort == CARRIED:
            made = seeded(case, pair)
            for one in r.sample(made, min(2, len(made))):
                yield swapped(replace(one, weight=0.5), r)
            if r.random() < _CONFUSED:
                yield from confused(pair, r)
            if other.parts != pair.parts:
                yield replace(elsewhere(pair, other), weight=0.5)
        if r.random() < 0.3 and other.parts != pair.parts:
            yield roomier(pair, other, r)
        if r.random() < 0.2:
            yield told(pair, r)
        beside = [p for p in by_evidence[pair.parts] if p is not pair]
        if beside and r.random() < 0.2:
            yield joined(pair, r.choice(beside), r)
