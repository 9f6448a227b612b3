"""Find the evidence for a question: by meaning and by words, then ranked.

Touches: index files. Keyword search and evidence come from the caller's store.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from intel import index, ranking
from intel.embedder import Embedder, Vectors
from intel.errors import StaleIndex
from intel.index import Index
from intel.ranking import Candidate
from store.records import Evidence, Snippet

KeywordSearch = Callable[[str, str, int], Sequence[str]]
EvidenceById = Callable[[str, Sequence[str]], Mapping[str, Evidence]]

# How many of each search are looked at for one that is wanted.
_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds evidence ids; `keywords` answers (org_id, query, k) with ids, best first.

    `evidence` answers (org_id, ids) with those the org still has: an id that it
    leaves out is dropped from the answer.
    """

    embedder: Embedder
    directory: Path
    keywords: KeywordSearch
    evidence: EvidenceById
    half_life: float = ranking.HALF_LIFE_DAYS
    _open: dict[str, Index] = field(default_factory=dict, repr=False, compare=False)

    def find(
        self, org_id: str, query: str, k: int, now: datetime, *, per_story: int = 1
    ) -> tuple[str, ...]:
        """Find up to `k` evidence ids: fused, recent first, diverse, one story once.

        Raises StaleIndex where the org's index has to be rebuilt.
        """
        opened = self.index(org_id)
        row = self.embedder.embed([query])
        near = [hit.snippet_id for hit in opened.search(row[0], k * _WIDTH)]
        worded = list(self.keywords(org_id, query, k * _WIDTH))
        scores = ranking.fuse([near, worded])
        known = self.evidence(org_id, list(scores))
        candidates = [
            Candidate(one, score, known[one].dated, known[one].story_id)
            for one, score in scores.items()
            if one in known and known[one].org_id == org_id
        ]
        weighed = ranking.weigh(candidates, now, self.half_life)
        likeness = ranking.by_table(_likeness(opened, weighed))
        picked = ranking.pick(weighed, k, likeness, per_story=per_story)
        return tuple(c.evidence_id for c in picked)

    def index(self, org_id: str) -> Index:
        """Open an org's index, once per retriever."""
        if org_id not in self._open:
            self._open[org_id] = index.load(self.directory, org_id, self.embedder)
        return self._open[org_id]

    def update(
        self, org_id: str, added: Sequence[Snippet], removed: Sequence[str]
    ) -> Index:
        """Bring an org's index up to date and save it; raises StaleIndex."""
        opened = self.index(org_id)
        opened.remove(removed)
        fresh = [one for one in added if one.snippet_id not in opened.ids]
        opened.add([one.snippet_id for one in fresh], self._rows(fresh))
        opened.save()
        return opened

    def rebuild(self, org_id: str, snippets: Sequence[Snippet]) -> Index:
        """Make an org's index anew from all its snippets and save it."""
        made = Index(self.directory, org_id, self.embedder)
        made.add([one.snippet_id for one in snippets], self._rows(snippets))
        made.save()
        self._open[org_id] = made
        return made

    def is_stale(self, org_id: str) -> bool:
        """Say whether an org's index has to be rebuilt before it answers."""
        try:
            self.index(org_id)
        except StaleIndex:
            return True
        return False

    def _rows(self, snippets: Sequence[Snippet]) -> Vectors:
        return self.embedder.embed([one.text for one in snippets])


def _likeness(
    opened: Index, candidates: Sequence[Candidate]
) -> dict[tuple[str, str], float]:
    names = [c.evidence_id for c in candidates if c.evidence_id in opened.ids]
    rows = opened.rows(names)
    table = rows @ rows.T
    return {
        (one, other): float(table[i, j])
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i < j
    }
