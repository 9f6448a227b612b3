"""Read names, sums and rounds off the tags of a text. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intel.deals.edges import belongs, is_fringe
from intel.deals.vocabulary import FUNCTION
from intel.tagger import LABELS, Tagged
from intel.tuned import bounded

_LEAD = slice(1, 3)
_NAMES = slice(1, 5)
_SUM, _ROUND = LABELS.index("sum"), LABELS.index("round")
_INNER = [LABELS.index("in lead"), LABELS.index("in backer")]
_SAID, _UNSAID = 0.6, 0.15  # odds of a word that belongs to a name, and that does not
_OWNER, _CAPITAL = 0.5, 0.03  # what owners need, and words that are written like names
_WORD = re.compile(r"[^\s,;:“”]+")
_NEXT = re.compile(
    r"(?:[^\S\n]|-|–)(?!(?:from|in|at|and)\s)([^\s,;:.“”()]+(?:\.(?=\w)[^\s,;:.“”()]+)*)"
)
_LAST = re.compile(r"([^\s,;:“”()]+)(?:[^\S\n]|-|–)$")
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


def recut(tagged: Tagged, place: Place) -> Place:
    """Widen and narrow a name to the words that the tags make one name with it.

    "Acme's Foo" narrows to "Foo", "Foo" widens to "Foo de Bar" where they say so.
    """
    part, start, end = place
    text = tagged.texts[part]
    while (more := _NEXT.match(text, end)) and _goes_on(tagged, part, more):
        end = more.end(1)
    while (
        (more := _LAST.search(text, 0, start))
        and _goes_on(tagged, part, _WORD.match(text, start))
        and _inside(tagged, part, more) > _SAID
        and not is_fringe(text, *more.span(1))
    ):
        start = more.start(1)
    return _narrowed(tagged, (part, start, end))


def _narrowed(tagged: Tagged, place: Place) -> Place:
    """Leave words at either end out that the tags keep out of the name."""
    part, start, end = place
    words = list(_WORD.finditer(tagged.texts[part], start, end))
    while len(words) > 1 and _opens_late(tagged, part, words):
        words.pop(0)
    while len(words) > 1 and (
        words[-1][0][-1] == "%"
        or tagged.texts[part][words[-1].end() :].startswith("%")
        or (words[-1][0].islower() and not _is_brand(tagged, part, words[-1]))
        or _inside(tagged, part, words[-1]) < _UNSAID
    ):
        words.pop()
    if not words or at(tagged, (part, words[0].start(), words[-1].end())).odds < _SAID:
        return place
    return (part, words[0].start(), words[-1].end())


def _opens_late(tagged: Tagged, part: int, words: list[re.Match[str]]) -> bool:
    """Say whether the first word only stands beside the name, as an owner does."""
    rest = tagged.texts[part][words[1].start() : words[-1].end()]
    owner = words[0][0].removesuffix("s")
    if re.match(r"[A-Z][a-z]+s['’]\s", rest) and belongs(*rest.split(" ", 1)):
        return False  # "Ontario Carpenters' Pension Plan"
    if rest.startswith(("& ", "+ ")) or (owner[-1] in "'’" and belongs(owner, rest)):
        return False
    needed = _UNSAID
    if owner[-1] in "'’":
        needed = _OWNER
    elif re.fullmatch(r"[A-ZÀ-Þ][^\W_]*", owner):
        fringe = is_fringe(tagged.texts[part], *words[0].span())
        needed = _UNSAID if fringe else _CAPITAL
    return _inside(tagged, part, words[0]) < needed


def _is_brand(tagged: Tagged, part: int, word: re.Match[str]) -> bool:
    """Say whether a small word goes on with a name: "growX ventures"."""
    long = re.fullmatch(r"(?!(?:funds?|arm|unit|office|group|team)$)\w{4,}", word[0])
    return (
        bool(long) and word[0] not in FUNCTION and _inside(tagged, part, word) > _SAID
    )


def _inside(tagged: Tagged, part: int, word: re.Match[str]) -> float:
    return at(tagged, (part, *word.span())).odds


def _goes_on(tagged: Tagged, part: int, word: re.Match[str] | None) -> bool:
    """Say whether a word goes on with the name before it, by the tags."""
    if word is None:
        return False
    tokens = _tokens(tagged, (part, *word.span()))
    odds = tagged.odds[tokens]
    return len(odds) > 0 and float(odds[0, _INNER].sum()) > _SAID


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
