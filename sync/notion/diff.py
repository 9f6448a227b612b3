"""Finds what stays, what changes and what is new between two lists. Pure."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_WORD = re.compile(r"\w+")
Pairs = list[tuple[int, int]]
_EXACT = 1_000_000  # cells of a table up to which the best answer is sought


def common(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Pair the equal items of the longest common subsequence, in order."""
    head = _shared(old, new)
    rest_old, rest_new = old[head:], new[head:]
    tail = _shared(rest_old[::-1], rest_new[::-1])
    middle_old = rest_old[: len(rest_old) - tail]
    middle_new = rest_new[: len(rest_new) - tail]
    middle = _longest(middle_old, middle_new)
    ends = zip(
        range(len(old) - tail, len(old)), range(len(new) - tail, len(new)), strict=True
    )
    return [
        *((at, at) for at in range(head)),
        *((head + a, head + b) for a, b in middle),
        *ends,
    ]


def gaps(pairs: Pairs, old: int, new: int) -> list[tuple[range, range]]:
    """List the stretches between the pairs, as ranges of both lists."""
    borders = [(-1, -1), *pairs, (old, new)]
    return [(range(a + 1, c), range(b + 1, d)) for (a, b), (c, d) in pairwise(borders)]


def best_pairs(
    old: Sequence[int], new: Sequence[int], score: Callable[[int, int], float | None]
) -> Pairs:
    """Pair as many items as may be, in order, the most alike ones first.

    `score` says how alike two items are, from 0 to 1, or None where they cannot pair.
    """
    if not old or not new:
        return []
    if len(old) * len(new) > _EXACT:
        return _in_turn(old, new, score)
    table: list[list[float]] = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    values = [[score(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            table[i][j] = max(
                _paired(values, table, i, j), table[i + 1][j], table[i][j + 1]
            )
    return [(old[i], new[j]) for i, j in _walk(values, table)]


def alike(old: str, new: str) -> float:
    """Say how much of two texts' words is shared, from 0 to 1."""
    one, two = set(_WORD.findall(old.casefold())), set(_WORD.findall(new.casefold()))
    return len(one & two) / len(one | two) if one | two else 1.0


def _paired(
    values: list[list[float | None]], table: list[list[float]], i: int, j: int
) -> float:
    value = values[i][j]
    if value is None:
        return -1.0
    # One more pair always outweighs any likeness: creating blocks costs for ever.
    return table[i + 1][j + 1] + 1000.0 + value


def _walk(values: list[list[float | None]], table: list[list[float]]) -> Pairs:
    pairs: Pairs = []
    i = j = 0
    while i < len(values) and j < len(values[0]):
        if table[i][j] == _paired(values, table, i, j):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for a, b in zip(old, new, strict=False):
        if a != b:
            break
        count += 1
    return count


def _longest(old: Sequence[str], new: Sequence[str]) -> Pairs:
    if len(old) * len(new) > _EXACT:
        return _roughly(old, new)
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            same = old[i] == new[j]
            table[i][j] = (
                table[i + 1][j + 1] + 1
                if same
                else max(table[i + 1][j], table[i][j + 1])
            )
    return _trace(old, new, table)


def _trace(old: Sequence[str], new: Sequence[str], table: list[list[int]]) -> Pairs:
    pairs: Pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _in_turn(
    old: Sequence[int], new: Sequence[int], score: Callable[[int, int], float | None]
) -> Pairs:
    """Pair each item with the next that fits: quick, for very long lists."""
    pairs: Pairs = []
    rest = iter(old)
    for b in new:
        a = next((a for a in rest if score(a, b) is not None), None)
        if a is None:
            break
        pairs.append((a, b))
    return pairs


def _roughly(old: Sequence[str], new: Sequence[str]) -> Pairs:
    found = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(a + k, b + k) for a, b, size in found for k in range(size)]
