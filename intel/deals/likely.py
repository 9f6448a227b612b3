"""Guess from the words around a list of names whether it names backers.

A logistic model over words; its weights were fitted on the development cases by
`python -m tests.eval.fit_backers`. Touches: its own weights beside this file.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from intel.deals.vocabulary import FUND, HEAD

WEIGHTS = Path(__file__).with_name("likely.json")
_TOKEN = re.compile("[\ue000-\ue5ff]|\\w+|[^\\w\\s]")
_AROUND, _NEAR = 8, 3  # words looked at on either side, and those next to the list


def likelihood(text: str, at: int, names: Sequence[str], *, title: bool) -> float:
    """Give the odds, 0 to 1, that the names behind the sign `text[at]` are backers."""
    weights = _weights()
    found = features(text, at, names, title=title)
    score = sum(weights.get(feature, 0.0) for feature in found)
    return 1 / (1 + math.exp(-score))


def features(
    text: str, at: int, names: Sequence[str], *, title: bool
) -> frozenset[str]:
    """List what the model sees of a list: words near it, in its clause, its look."""
    left = [_kind(token) for token in reversed(_TOKEN.findall(text[:at]))]
    right = [_kind(token) for token in _TOKEN.findall(text[at + 1 :])]
    clause = {f"clause {word}" for word in (*left, *right)}
    return frozenset(
        {"any", *_side("left", left), *_side("right", right), *clause, *_look(names)}
        | ({"title"} if title else set())
    )


def _side(side: str, words: list[str]) -> set[str]:
    around = {f"{side} {word}" for word in words[:_AROUND]}
    near = {f"{side} near {word}" for word in words[:_NEAR]}
    return around | near | {f"{side} next {words[0] if words else ''}"}


def _look(names: Sequence[str]) -> set[str]:
    seen = {f"names {min(len(names), 4)}"}
    if any(FUND.search(name) for name in names):
        seen.add("a fund")
    if any(HEAD.search(name) for name in names):
        seen.add("a house")
    if all(len(name.split()) == 1 for name in names):
        seen.add("single words")
    return seen


def _kind(token: str) -> str:
    """Name what a sign stands for; other words as they are, in small letters."""
    if token.isdigit():
        return "#"
    kinds = {0xE0: "COMPANY", 0xE1: "SUM", 0xE2: "ROUND", 0xE4: "NAME", 0xE5: "NAME"}
    return kinds.get(ord(token[0]) >> 8, token.lower())


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    return weights
