"""Embedding and indexing per snippet; retrieval beside exact search and faiss."""

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from intel import index
from intel.embedder import Embedder, open_embedder
from tests.bench.figure import Figure, at_least, at_most, percentile

MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
K = 6
_QUERIES = 200
_WORDS = tuple(
    re.findall(
        r"\w+",
        "warehouse export seats renewal invoice outage latency dashboard "
        "forecast budget pilot contract rollout integration webhook migration "
        "backlog priority satisfaction adoption onboarding churn expansion "
        "security audit compliance quarter revenue partner reseller logistics "
        "freight clinic grid battery turbine sensor robot ",
    )
)
SIZES = (200, 2_000, 20_000)


def embedding(counts: Sequence[int]) -> Iterator[Figure]:
    """Embed and index texts, and see that nothing is embedded twice."""
    embedder, _ = open_embedder("auto", MODEL)
    texts = [_text(n) for n in range(min(counts[-1], 256))]
    bare = _timed(lambda: embedder.embed(texts))
    with TemporaryDirectory() as folder:
        made = index.Index(Path(folder), "acme", embedder)
        whole = _timed(lambda: _add(made, embedder, texts))
        size = f"{len(texts)} snippets"
        yield Figure("embedding", size, 1000 * bare / len(texts), "ms a snippet")
        yield Figure(
            "embedding and indexing, saved", size, 1000 * whole / len(texts),
            "ms a snippet",
        )  # fmt: skip
        yield Figure(
            "indexing beside embedding alone", size, whole / bare, "×", at_most(1.25)
        )


def retrieval(counts: Sequence[int]) -> Iterator[Figure]:
    """Search one company's index beside an exact search and faiss of its own kind."""
    for count in [size for size in SIZES if size <= max(20 * counts[-1], 200)]:
        rows = _clustered(count)
        asked = _clustered(_QUERIES, seed=1)
        truth = [set(np.argsort(-(rows @ row))[:K]) for row in asked]
        ours = _ours(rows)
        size = f"{count:,} snippets"
        mine = _measure(lambda row, found=ours: found(row), asked)
        exact = _measure(lambda row, rows=rows: np.argsort(-(rows @ row))[:K], asked)
        rival = _faiss(rows)
        theirs = _measure(rival, asked)
        yield Figure("retrieval p95", size, 1000 * mine[0], "ms")
        yield Figure("retrieval p95 beside exact search", size, mine[0] / exact[0], "×")
        yield Figure("retrieval p95 beside faiss HNSW", size, mine[0] / theirs[0], "×")
        share = _recall(mine[1], truth)
        yield Figure(f"recall@{K} against exact", size, share, "", at_least(0.99))
        yield Figure(f"recall@{K} of faiss HNSW", size, _recall(theirs[1], truth), "")


def _add(made: index.Index, embedder: Embedder, texts: Sequence[str]) -> None:
    made.add([str(n) for n in range(len(texts))], embedder.embed(texts))
    made.save()


def _text(number: int) -> str:
    chance = random.Random(number)
    return " ".join(chance.choices(_WORDS, k=40)) + f" {number}"


def _clustered(count: int, seed: int = 0) -> Any:
    """Make unit vectors that lie in heaps, as sentences about few subjects do."""
    chance = np.random.default_rng(7)
    heaps = chance.normal(size=(60, 384))
    own = np.random.default_rng(seed)
    rows = heaps[own.integers(0, 60, count)] + own.normal(scale=0.8, size=(count, 384))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32)


class _Sized:
    """Stands for an embedder where only its name and size are asked for."""

    name, dim = "bench", 384

    def embed(self, texts: Sequence[str]) -> Any:
        raise AssertionError("nothing is to be embedded here")


def _ours(rows: Any) -> Callable[[Any], list[int]]:
    with TemporaryDirectory() as folder:
        made = index.Index(Path(folder), "acme", _Sized())
        made.add([str(n) for n in range(len(rows))], rows)
    return lambda row: [int(hit.snippet_id) for hit in made.search(row, K)]


def _faiss(rows: Any) -> Callable[[Any], list[int]]:
    import faiss  # noqa: PLC0415 - only benchmarks need it

    faiss.omp_set_num_threads(1)
    made = faiss.IndexHNSWFlat(rows.shape[1], 16, faiss.METRIC_INNER_PRODUCT)
    made.hnsw.efConstruction, made.hnsw.efSearch = 200, 256
    made.add(rows)
    return lambda row: [int(n) for n in made.search(row.reshape(1, -1), K)[1][0]]


def _measure(
    find: Callable[[Any], Sequence[int]], asked: Any
) -> tuple[float, list[Sequence[int]]]:
    find(asked[0])
    spent, found = [], []
    for row in asked:
        start = time.perf_counter()
        found.append(find(row))
        spent.append(time.perf_counter() - start)
    return percentile(spent, 0.95), found


def _recall(found: Sequence[Sequence[int]], truth: Sequence[set[int]]) -> float:
    hits = sum(len(set(one) & real) for one, real in zip(found, truth, strict=True))
    return hits / (K * len(truth))


def _timed(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start
