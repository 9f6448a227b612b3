"""Gather articles into stories, a few at a time, so that a story keeps its id. Pure.

Articles are taken oldest first; each joins the story it resembles most or opens one.
A story never changes its id and two stories are never merged.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from intel.fingerprints import Fingerprint, fingerprint
from intel.stories import SAME, same_print, story_score
from store.ids import digest
from store.records import Event

_COMMON_SHARE = 0.3
_EVER = datetime.min.replace(tzinfo=UTC)
Vectors = Mapping[str, Sequence[float]]


@dataclass(slots=True)
class _Shelf:
    """Stories so far, findable by what their articles name."""

    common: frozenset[str]
    vectors: Vectors
    stories: dict[str, list[Fingerprint]] = field(default_factory=dict)
    by_mark: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def put(self, article: Fingerprint, story: str) -> None:
        self.stories.setdefault(story, []).append(article)
        for mark in _marks(article, self.common):
            self.by_mark[mark].add(story)

    def home_of(self, article: Fingerprint) -> str | None:
        """Name the story an article belongs to; the older one where two are as near."""
        near = {s for mark in _marks(article, self.common) for s in self.by_mark[mark]}
        known = [story for story in self.stories if story in near]
        scored = [(self._nearness(article, story), -n) for n, story in enumerate(known)]
        best = max(scored, default=(0.0, 0))
        return known[-best[1]] if best[0] >= SAME else None

    def _nearness(self, article: Fingerprint, story: str) -> float:
        members = self.stories[story]
        if any(same_print(article, member) for member in members):
            return 1.0
        nearest = max(self._score(article, member) for member in members)
        # Counting the first article too keeps chains of ever later news apart.
        return (nearest + self._score(article, members[0])) / 2

    def _score(self, a: Fingerprint, b: Fingerprint) -> float:
        likeness = cosine(self.vectors.get(a.event_id), self.vectors.get(b.event_id))
        return story_score(a, b, likeness, self.common)


def cluster(
    events: Iterable[Event], existing: Iterable[Event], vectors: Vectors | None = None
) -> dict[str, str]:
    """Give each new event the id of its story.

    Args:
        events: what came in; their own `story_id` is ignored.
        existing: events of recent weeks with the `story_id` they have.
        vectors: embeddings by event id, where the caller has them.
    """
    old = [(fingerprint(e), e.story_id) for e in existing if e.story_id]
    settled = {article.event_id for article, _ in old}
    new = [fingerprint(e) for e in events if e.event_id not in settled]
    shelf = _Shelf(_common([*(article for article, _ in old), *new]), vectors or {})
    for article, story in sorted(old, key=lambda pair: _order(pair[0])):
        shelf.put(article, story)
    assigned: dict[str, str] = {}
    for article in sorted(new, key=_order):
        story = shelf.home_of(article) or digest("story", article.event_id)
        shelf.put(article, story)
        assigned[article.event_id] = story
    return assigned


def cosine(a: Sequence[float] | None, b: Sequence[float] | None) -> float | None:
    """Measure how alike two embeddings are; None where one is missing."""
    if a is None or b is None:
        return None
    lengths = math.hypot(*a) * math.hypot(*b)
    return (
        math.fsum(x * y for x, y in zip(a, b, strict=True)) / lengths if lengths else 0
    )


def _order(article: Fingerprint) -> tuple[datetime, str]:
    return (article.at or _EVER, article.event_id)


def _common(articles: Sequence[Fingerprint]) -> frozenset[str]:
    """Find names that so many articles share that they tell none from another."""
    if len(articles) < 20:
        return frozenset()
    counts = Counter(name for article in articles for name in article.names)
    limit = len(articles) * _COMMON_SHARE
    return frozenset(name for name, count in counts.items() if count > limit)


def _marks(article: Fingerprint, common: frozenset[str]) -> Iterable[str]:
    """List what a story can be found by: address, names, figures, headline words."""
    if article.address:
        yield article.address
    yield from (f"n:{name}" for name in article.names - common)
    yield from (f"f:{unit}{value}" for unit, value in article.figures)
    yield from (f"w:{word}" for word in article.title_words)
    if not article.names:
        yield from (f"w:{word}" for word in article.words)
