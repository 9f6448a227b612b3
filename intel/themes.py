"""Find what customers' remarks have in common, named by their own words. Pure.

Remarks whose vectors are alike are put together, pair by pair, as long as the groups
are alike on the average. What a group is called are the words that it has and others
have not (class-based TF-IDF). The same remarks always give the same themes.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from intel.embedder import Vectors
from intel.privacy.spans import PLACEHOLDER
from intel.words import STOP, listed

# The cosine from which on two groups count as alike, by the embedder's name; chosen on
# invented tickets, where greetings and thanks lie below it.
ALIKE = {"all-MiniLM-L6-v2": 0.35, "hashing-1": 0.14}
MOST_REMARKS = 300  # the newest; the work grows with the square
_MOST_WORDS = 3
_LEAST_TICKETS = 2
_WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")
_NOTHING = listed(
    "hello hallo dear thank thanks danke please bitte regards grüße team support help "
    "ticket issue problem problems question anfrage also still even really "
    "since today yesterday heute gestern week weeks days time again want like "
    "need needs know see look use using used working work works happens happened "
    "customer kunde customers kunden anyone somebody everything nothing something"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A piece of what a customer wrote, with the ticket that it stands in."""

    evidence_id: str
    ticket: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Theme:
    """What several tickets are about. `remarks` are the newest first."""

    words: tuple[str, ...]
    tickets: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def newest(self) -> datetime:
        """When somebody last wrote of it."""
        return self.remarks[0].at


def themes(
    remarks: Sequence[Remark],
    vectors: Vectors,
    alike: float,
    ours: Iterable[str] = (),
    most: int = 3,
) -> tuple[Theme, ...]:
    """Group remarks into themes, the one of most tickets first.

    `vectors` has a row of length 1 for each remark. A theme has two tickets or more,
    and a word that two of them share; `ours` are words that name nothing, such as the
    company's own name.
    """
    order = sorted(
        range(len(remarks)),
        key=lambda n: (-remarks[n].at.timestamp(), remarks[n].evidence_id),
    )[:MOST_REMARKS]
    chosen = [remarks[n] for n in order]
    groups = [[chosen[n] for n in group] for group in _grouped(vectors[order], alike)]
    dull = STOP | _NOTHING | {word for name in ours for word in _words(name)}
    found = [
        Theme(words, tuple(sorted({r.ticket for r in group})), tuple(group))
        for group, words in zip(groups, _labels(groups, dull), strict=True)
        if words and len({r.ticket for r in group}) >= _LEAST_TICKETS
    ]
    ranked = sorted(found, key=lambda t: (-len(t.tickets), t.words))
    return tuple(ranked[:most])


def _grouped(vectors: Vectors, alike: float) -> list[list[int]]:
    """Merge the two groups most alike, again and again (average linkage)."""
    count = len(vectors)
    groups = {n: [n] for n in range(count)}
    if count < 2:
        return list(groups.values())
    near = np.asarray(vectors @ vectors.T, dtype=np.float64)
    np.fill_diagonal(near, -np.inf)
    while len(groups) > 1:
        one, other = sorted(divmod(int(np.argmax(np.round(near, 6))), count))
        if near[one, other] < alike:
            break
        sizes = len(groups[one]), len(groups[other])
        joined = (near[one] * sizes[0] + near[other] * sizes[1]) / sum(sizes)
        near[one], near[:, one] = joined, joined
        near[other], near[:, other], near[one, one] = -np.inf, -np.inf, -np.inf
        groups[one] = sorted(groups[one] + groups.pop(other))
    return [groups[n] for n in sorted(groups)]


def _labels(
    groups: Sequence[Sequence[Remark]], dull: frozenset[str]
) -> list[tuple[str, ...]]:
    """Name each group by the words that are its own: tf × log(1 + mean / all)."""
    counts = [
        Counter(w for r in group for w in _words(r.text) if w not in dull)
        for group in groups
    ]
    every = sum(counts, Counter[str]())
    mean = sum(every.values()) / max(1, len(groups))
    named = []
    for group, own in zip(groups, counts, strict=True):
        shared = _shared(group)
        weight = {
            word: times * math.log(1 + mean / every[word])
            for word, times in own.items()
            if word in shared
        }
        best = sorted(weight, key=lambda word: (-weight[word], word))
        named.append(tuple(best[:_MOST_WORDS]))
    return named


def _shared(group: Sequence[Remark]) -> frozenset[str]:
    """The words that stand in two tickets of a group or more."""
    where: dict[str, set[str]] = defaultdict(set)
    for remark in group:
        for word in _words(remark.text):
            where[word].add(remark.ticket)
    return frozenset(w for w, held in where.items() if len(held) >= _LEAST_TICKETS)


def _words(text: str) -> list[str]:
    return _WORD.findall(PLACEHOLDER.sub(" ", text).casefold())
