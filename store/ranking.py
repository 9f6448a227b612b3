"""Rank texts by the words of a query. Pure.

Okapi BM25 (Robertson and Zaragoza 2009) with the constants of SQLite's FTS5. How much
a word tells is counted over the given texts alone; it always tells something.
"""

import math
from collections import Counter
from collections.abc import Sequence

_K1, _B = 1.2, 0.75  # sqlite.org/fts5.html#the_bm25_function


def best(
    query: Sequence[str], texts: Sequence[tuple[str, Sequence[str]]], k: int
) -> list[str]:
    """Name the best `k` of (id, words) with any word of the query, best first."""
    wanted = set(query)
    found = [
        (i, Counter(w for w in said if w in wanted), len(said)) for i, said in texts
    ]
    mean = sum(length for _, _, length in found) / len(found) if found else 1.0
    having = Counter(word for _, counts, _ in found for word in counts)
    weights = {
        word: math.log(1 + (len(found) - n + 0.5) / (n + 0.5))
        for word, n in having.items()
    }
    ranked = []
    for name, counts, length in found:
        norm = _K1 * (1 - _B + _B * length / mean)
        told = sum(weights[w] * n * (_K1 + 1) / (n + norm) for w, n in counts.items())
        if counts:
            ranked.append((-told, name))
    return [name for _, name in sorted(ranked)[:k]]
