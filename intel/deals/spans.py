"""Read names, sums and rounds off the tags of a text. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intel.tagger import LABELS, Tagged, bounded

_LEAD = slice(1, 3)
_NAMES = slice(1, 5)
_SUM, _ROUND = LABELS.index("sum"), LABELS.index("round")
_OUT, _FIRST, _IN = range(3)
_NEVER = -1e9
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """A name the tags make a backer's: the odds that it is one, and that it leads.

    `place` is 0 for the headline or 1 for the text, its start and its end.
    """

    name: str
    odds: float
    leads: float
    place: Place


def backers(tagged: Tagged) -> Iterator[Span]:
    """Yield the likeliest cut of the text into names of backers and the rest."""
    path = _path(tagged)
    for first in np.flatnonzero(path == _FIRST):
        last = int(first)
        while last + 1 < len(path) and path[last + 1] == _IN:
            last += 1
        part, start, _ = tagged.places[first]
        other, _, end = tagged.places[last]
        if part >= 0 and part == other:
            place = (part, *_whole(tagged.texts[part], start, end))
            yield _span(tagged, place, slice(int(first), last + 1))


def told(tagged: Tagged, name: str) -> Span | None:
    """Give the likeliest mention of a name as a backer, if it stands in the text."""
    pattern = re.compile(bounded(name))
    found = []
    for part, text in enumerate(tagged.texts):
        for match in pattern.finditer(text):
            place = (part, match.start(), match.end())
            tokens = _tokens(tagged, place)
            if tokens.stop > tokens.start:
                found.append(_span(tagged, place, tokens))
    return max(found, key=lambda span: span.odds, default=None)


def at(tagged: Tagged, place: Place) -> Span:
    """Say what the tags make of a name that stands there."""
    return _span(tagged, place, _tokens(tagged, place))


def figure(tagged: Tagged, place: Place, what: str) -> float:
    """Give the odds that what stands there is the round's "sum", or its "round"."""
    tokens = _tokens(tagged, place)
    odds = tagged.odds[tokens, _SUM if what == "sum" else _ROUND]
    return float(odds.max(initial=0.0))


def _span(tagged: Tagged, place: Place, tokens: slice) -> Span:
    part, start, end = place
    odds = tagged.odds[tokens]
    backs = float(odds[:, _NAMES].sum() / max(len(odds), 1))
    leads = float(odds[:, _LEAD].sum() / max(odds[:, _NAMES].sum(), 1e-9))
    return Span(tagged.texts[part][start:end], backs, leads, place)


def _tokens(tagged: Tagged, place: Place) -> slice:
    """Say which tokens stand within a place."""
    part, start, end = place
    within = [
        number
        for number, (one, first, last) in enumerate(tagged.places)
        if one == part and first < end and last > start
    ]
    return slice(within[0], within[-1] + 1) if within else slice(0, 0)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a place to whole words."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _path(tagged: Tagged) -> NDArray[np.int64]:
    """Find the likeliest way through out, first of a name and in a name (Viterbi)."""
    odds = tagged.odds
    name = odds[:, [1, 2]] + odds[:, [3, 4]]
    scores = np.log(np.column_stack([1 - name.sum(axis=1), name]).clip(1e-9))
    allowed = np.zeros((3, 3))
    allowed[_OUT, _IN] = _NEVER
    best = scores[0] + np.array([0, _NEVER, _NEVER])
    back = np.zeros((len(scores), 3), np.int64)
    for at in range(1, len(scores)):
        ways = best[:, None] + allowed
        back[at] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[at]
    path = np.zeros(len(scores), np.int64)
    path[-1] = best.argmax()
    for at in range(len(scores) - 1, 0, -1):
        path[at - 1] = back[at, path[at]]
    return path
