"""A claim laid beside its evidence, as the rules look at it. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from intel import aligning, sentences, text
from intel import claims as claims_
from intel import evidence as evidence_
from intel.reader import Reader
from store.records import Claim, Evidence, Org

Similarity = Callable[[str, str], float]
Readers = Callable[[], Reader | None]  # gives the learned reader, opened on first use


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a claim may differ from its evidence.

    `wording` is the share of its words that the evidence must hold. Where a
    `similarity` (cosine of two texts) finds a sentence of it at least as near as
    `meaning`, a smaller share is enough. `since`: older evidence must be said to be
    old. Where there is a learned reader, it weighs what the rules doubt.
    """

    wording: float = 0.65
    wording_with_meaning: float = 0.4
    meaning: float = 0.68
    since: datetime | None = None
    similarity: Similarity | None = field(default=None, compare=False)
    reader: Readers | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Case:
    """A claim before its judge, with the evidence it cites and the org's names.

    `fact` is what it says without our label; `carried` all words of its evidence,
    `parts` their sentences, `told` those of the quotes alone; `nearest` is the sentence
    it is nearest to, `clause` the nearest clause of that; `bare` is the fact without
    the names of the org, `own` are their words.
    """

    claim: Claim
    cited: tuple[Evidence, ...]
    org: Org
    limits: Limits
    fact: str
    carried: str
    parts: tuple[str, ...]
    told: tuple[str, ...]
    nearest: str
    clause: str
    bare: str
    own: frozenset[str]


def open_case(
    claim: Claim, cited: tuple[Evidence, ...], org: Org, limits: Limits
) -> Case:
    """Lay a claim beside the evidence that it cites."""
    fact = claims_.fact(claim)
    carried = "\n".join(evidence_.words_of(piece) for piece in cited)
    parts = tuple(found.text for found in sentences.split(carried)) or (carried,)
    told = tuple(s.text for piece in cited for s in sentences.split(piece.quote))
    own = frozenset(w for name in org.names for w in text.words(name))
    nearest = aligning.nearest(fact, parts, own)
    clause = aligning.nearest(fact, aligning.clauses(nearest), own)
    bare = _without_names(fact, org)
    return Case(
        claim,
        cited,
        org,
        limits,
        fact,
        carried,
        parts,
        told,
        nearest,
        clause,
        bare,
        own,
    )


def _without_names(fact: str, org: Org) -> str:
    every = sorted(filter(None, org.names), key=len, reverse=True)
    names = "|".join(map(re.escape, every))
    return re.sub(rf"\b(?:{names})(?:['’]s)?(?!\w)", "", fact) if names else fact
