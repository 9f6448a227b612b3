"""Read a text again under other names, and take the mean of what is read. Pure.

Whether somebody is a backer shows in what is said of a name. The learned reader goes by
the name as well; put another in its place, and what it says of the two has in common
what the text says.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from intel.deals import pools
from intel.tagger import Tagged
from intel.tuned import Floats, own_names

_SHORTEST = 3  # letters of a name that is worth another


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a text from `start` to `end`, and where it is under other names."""

    start: int
    end: int
    there: int
    until: int
    swapped: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """Headline and text under other names, and what became of their parts."""

    texts: tuple[str, str]
    stretches: tuple[tuple[_Stretch, ...], ...]


def renamed(
    texts: tuple[str, str], names: Iterable[str], own: Sequence[str], turns: int
) -> list[Renamed]:
    """Put invented names in place of others, in so many ways, each time the same ones.

    The company's `own` names stay.
    """
    ours = own_names(own)
    swapped = [
        name
        for name in dict.fromkeys(names)
        if len(name) >= _SHORTEST and name[0].isupper() and not ours.search(name)
    ]
    if not swapped:
        return []
    longest = sorted(swapped, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    chance = Random("\n".join(texts))  # noqa: S311 - no secret, for a text always alike
    return [_under(texts, pattern, swapped, chance) for _ in range(turns)]


def _under(
    texts: tuple[str, str], pattern: re.Pattern[str], names: list[str], chance: Random
) -> Renamed:
    put = {name: pools.like(chance, name) for name in names}
    (title, first), (text, second) = (_replaced(one, pattern, put) for one in texts)
    return Renamed((title, text), (first, second))


def mean(tagged: Tagged, others: Iterable[tuple[Renamed, Tagged]]) -> Tagged:
    """Take the mean of the odds that the tagger gives under several names."""
    every = [tagged.odds, *(_carried(tagged, *one) for one in others)]
    odds: Floats = np.mean(every, axis=0)
    return Tagged(tagged.texts, tagged.places, odds, tagged.tells)


def _replaced(
    text: str, pattern: re.Pattern[str], put: Mapping[str, str]
) -> tuple[str, tuple[_Stretch, ...]]:
    made: list[str] = []
    stretches: list[_Stretch] = []
    done, there = 0, 0
    for found in (*pattern.finditer(text), None):
        start, end = found.span() if found else (len(text), len(text))
        new = put[found[0]] if found else ""
        swapped = there + start - done
        stretches += (
            _Stretch(done, start, there, swapped, swapped=False),
            _Stretch(start, end, swapped, swapped + len(new), swapped=True),
        )
        made += (text[done:start], new)
        done, there = end, swapped + len(new)
    return "".join(made), tuple(stretches)


def _carried(tagged: Tagged, under: Renamed, other: Tagged) -> Floats:
    """Give the odds of the other reading for each token of the first.

    The first token of a swapped word has those of the first, the rest the mean of the
    rest; what is read only under one of the names keeps its own.
    """
    rows = np.array(tagged.odds)
    there: dict[tuple[int, int], int] = {
        (part, start): number
        for number, (part, start, _) in enumerate(other.places)
        if part >= 0
    }
    for number, (part, start, _) in enumerate(tagged.places):
        if part < 0:
            continue
        one = next(s for s in under.stretches[part] if s.start <= start < s.end)
        if one.swapped and start > one.start:
            where = range(one.there, one.until)
            alike = [there[part, at] for at in where if (part, at) in there]
            alike = alike[1:] or alike
        else:
            at = one.there + start - one.start
            alike = [there[part, at]] if (part, at) in there else []
        if alike:
            rows[number] = other.odds[alike].mean(axis=0)
    return rows
