"""Keep one vector index per org, in files that replace one another whole.

Touches: files under the index directory. The index is a cache: what cannot be read
raises StaleIndex, and the caller rebuilds it from the store.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from intel.embedder import Embedder, Vectors
from intel.errors import StaleIndex

# Below this many vectors a plain product is as fast, and never misses.
EXACT_BELOW = 1000
_VERSION = 1
_NEIGHBOURS = 16
_BUILD_EFFORT = 200
_SEARCH_EFFORT = 256
_SEED = 7
_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A snippet that a search found; `score` is the cosine, -1 to 1."""

    snippet_id: str
    score: float


class Index:
    """The vectors of one org's snippets."""

    def __init__(
        self, directory: Path, org_id: str, embedder: Embedder, *,
        exact_below: int = EXACT_BELOW,
    ) -> None:  # fmt: skip
        self._directory = directory
        self._org_id = org_id
        self._embedder = (embedder.name, embedder.dim)
        self._exact_below = exact_below
        self._labels: dict[str, int] = {}
        self._names: dict[int, str] = {}  # the same the other way round
        self._removed = 0
        self._next = 0
        self._graph = _empty(embedder.dim)
        self._matrix: tuple[tuple[str, ...], Vectors] | None = None

    def __len__(self) -> int:
        return len(self._labels)

    @property
    def ids(self) -> frozenset[str]:
        """The snippets in the index."""
        return frozenset(self._labels)

    def add(self, snippet_ids: Sequence[str], rows: Vectors) -> None:
        """Add snippets with their rows; those already there stay as they are."""
        fresh = [
            n for n, one in enumerate(snippet_ids)
            if one not in self._labels and one not in snippet_ids[:n]
        ]  # fmt: skip
        if not fresh:
            return
        self._make_room(len(fresh))
        labels = range(self._next, self._next + len(fresh))
        self._graph.add_items(rows[fresh], list(labels), num_threads=1)
        chosen = (snippet_ids[n] for n in fresh)
        self._know(zip(chosen, labels, strict=True))
        self._next += len(fresh)
        self._matrix = None

    def remove(self, snippet_ids: Iterable[str]) -> None:
        """Take snippets out; unknown ones are ignored."""
        for one in snippet_ids:
            if (label := self._labels.pop(one, None)) is not None:
                self._graph.mark_deleted(label)
                del self._names[label]
                self._removed += 1
                self._matrix = None

    def search(self, row: Vectors, k: int) -> tuple[Hit, ...]:
        """Find the `k` nearest, best first; exact while the index is small."""
        if not self._labels or k < 1:
            return ()
        if len(self) < self._exact_below:
            return self._search_exactly(row, k)
        self._graph.set_ef(max(_SEARCH_EFFORT, 2 * k))
        labels, distances = self._graph.knn_query(
            row.reshape(1, -1), k=min(k, len(self)), num_threads=1
        )
        pairs = zip(labels[0], distances[0], strict=True)
        return tuple(Hit(self._names[int(n)], 1 - float(d)) for n, d in pairs)

    def rows(self, snippet_ids: Sequence[str]) -> Vectors:
        """Give the rows of snippets in the index, in order."""
        labels = [self._labels[one] for one in snippet_ids]
        if not labels:
            return np.zeros((0, self._embedder[1]), np.float32)
        return np.asarray(self._graph.get_items(labels), np.float32)

    def save(self) -> None:
        """Write the index so that a reader sees the old one or the new, whole.

        What was removed is not in the file: a vector tells of its words.
        """
        if self._removed:
            self._rebuild()
        self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        scratch = self._directory / f".{self._org_id}.{os.getpid()}.new"
        scratch.touch(mode=0o600)
        self._graph.save_index(str(scratch))
        seal = _seal(scratch)
        graph = self._directory / f"{self._org_id}.{seal[:12]}.hnsw"
        scratch.replace(graph)
        name, dim = self._embedder
        meta = {
            "version": _VERSION, "embedder": name, "dim": dim, "seal": seal,
            "graph": graph.name, "next": self._next, "removed": self._removed,
            "labels": self._labels,
        }  # fmt: skip
        scratch.touch(mode=0o600)
        scratch.write_text(json.dumps(meta), "utf-8")
        scratch.replace(_meta_path(self._directory, self._org_id))
        for old in self._directory.glob(f"{self._org_id}.*.hnsw"):
            if old != graph:
                old.unlink(missing_ok=True)

    def _search_exactly(self, row: Vectors, k: int) -> tuple[Hit, ...]:
        if self._matrix is None:
            names = tuple(self._labels)
            self._matrix = names, self.rows(names)
        names, rows = self._matrix
        scores = rows @ row.reshape(-1)
        best = np.argsort(-scores, kind="stable")[:k]
        return tuple(Hit(names[n], float(scores[n])) for n in best)

    def _know(self, pairs: Iterable[tuple[str, int]]) -> None:
        for name, label in pairs:
            self._labels[name] = label
            self._names[label] = name

    def _make_room(self, count: int) -> None:
        needed = self._next + count
        if needed > self._graph.get_max_elements():
            self._graph.resize_index(int(needed * _GROWTH))

    def _rebuild(self) -> None:
        names = tuple(self._labels)
        rows = self.rows(names)
        self._graph = _empty(self._embedder[1])
        self._labels, self._names, self._next, self._removed = {}, {}, 0, 0
        self.add(names, rows)

    def _restore(self, meta: dict[str, Any], graph: Path) -> None:
        self._graph = _bare(self._embedder[1])
        self._graph.load_index(str(graph))
        self._know((str(k), int(v)) for k, v in meta["labels"].items())
        self._next, self._removed = int(meta["next"]), int(meta["removed"])


def load(
    directory: Path, org_id: str, embedder: Embedder, *, exact_below: int = EXACT_BELOW
) -> Index:
    """Open an org's index, empty where there is none.

    Raises StaleIndex where another embedder made it or the files are damaged.
    """
    index = Index(directory, org_id, embedder, exact_below=exact_below)
    path = _meta_path(directory, org_id)
    if not path.exists():
        return index
    try:
        meta = json.loads(path.read_text("utf-8"))
        _check(meta, org_id, embedder)
        graph = directory / meta["graph"]
        # hnswlib trusts what it reads, so the file is checked before it does.
        if _seal(graph) != meta["seal"]:
            raise StaleIndex(org_id, f"{graph.name} is damaged")
        index._restore(meta, graph)  # noqa: SLF001 - same module
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise StaleIndex(org_id, f"{path.name} cannot be read ({error})") from error
    return index


def forget(directory: Path, org_id: str) -> None:
    """Remove an org's index, whole."""
    for path in (_meta_path(directory, org_id), *directory.glob(f"{org_id}.*.hnsw")):
        path.unlink(missing_ok=True)


def _check(meta: dict[str, Any], org_id: str, embedder: Embedder) -> None:
    made = (meta["version"], meta["embedder"], meta["dim"])
    if made != (_VERSION, embedder.name, embedder.dim):
        reason = f"it was made by {made[1]}, and {embedder.name} is in use"
        raise StaleIndex(org_id, reason)


def _meta_path(directory: Path, org_id: str) -> Path:
    return directory / f"{org_id}.json"


def _seal(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _bare(dim: int) -> Any:
    import hnswlib  # noqa: PLC0415 - only needed where vectors are

    return hnswlib.Index(space="ip", dim=dim)


def _empty(dim: int) -> Any:
    graph = _bare(dim)
    graph.init_index(
        max_elements=64, ef_construction=_BUILD_EFFORT, M=_NEIGHBOURS, random_seed=_SEED
    )
    return graph
