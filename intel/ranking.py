"""Choose among what was found: fused, recent, diverse, one story once. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

# The constant of reciprocal rank fusion: Cormack, Clarke, Büttcher, SIGIR 2009.
RANK_CONSTANT = 60
HALF_LIFE_DAYS = 30.0
# What likeness to something already chosen costs, against relevance.
LIKENESS_COST = 0.35

Likeness = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be cited: `score` is relevance, higher is better."""

    evidence_id: str
    score: float
    dated: datetime | None = None
    story_id: str = ""


def fuse(rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """Merge rankings (best first) by reciprocal rank."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, one in enumerate(dict.fromkeys(ranking), start=1):
            scores[one] = scores.get(one, 0.0) + 1 / (RANK_CONSTANT + rank)
    return scores


def recency(dated: datetime | None, now: datetime, half_life: float) -> float:
    """Weigh age, 1 for now, half of it every `half_life` days; undated counts as old.

    The ratio between two dated things does not move with `now`, so neither does
    their order.
    """
    if dated is None:
        return float(0.5**3)
    days = max(0.0, (now - dated).total_seconds() / 86400)
    return float(0.5 ** (days / half_life))


def weigh(
    candidates: Sequence[Candidate], now: datetime, half_life: float = HALF_LIFE_DAYS
) -> tuple[Candidate, ...]:
    """Multiply relevance with recency, best first; ties by id."""
    weighed = [
        Candidate(c.evidence_id, c.score * recency(c.dated, now, half_life),
                  c.dated, c.story_id)
        for c in candidates
    ]  # fmt: skip
    return tuple(sorted(weighed, key=lambda c: (-c.score, c.evidence_id)))


def pick(
    candidates: Sequence[Candidate],
    k: int,
    likeness: Likeness,
    *,
    per_story: int = 1,
) -> tuple[Candidate, ...]:
    """Pick up to `k`, each the best that is unlike those before (MMR).

    At most `per_story` come from one story; candidates without a story stand alone.
    """
    top = max((c.score for c in candidates), default=0.0) or 1.0
    left, chosen = list(candidates), list[Candidate]()
    told: dict[str, int] = {}
    while left and len(chosen) < k:
        best = max(left, key=lambda c: _worth(c, chosen, likeness, top))
        left.remove(best)
        if best.story_id and told.get(best.story_id, 0) >= per_story:
            continue
        told[best.story_id] = told.get(best.story_id, 0) + 1
        chosen.append(best)
    return tuple(chosen)


def _worth(
    one: Candidate, chosen: Sequence[Candidate], likeness: Likeness, top: float
) -> float:
    nearest = max((likeness(one.evidence_id, c.evidence_id) for c in chosen), default=0)
    return one.score / top - LIKENESS_COST * max(0.0, nearest)


def by_table(likeness: Mapping[tuple[str, str], float]) -> Likeness:
    """Make a likeness of a table; pairs not in it are unlike."""
    return lambda a, b: likeness.get((a, b), likeness.get((b, a), 0.0))
