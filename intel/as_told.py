"""Write the figures and dates of a claim as its evidence writes them. Pure.

The learned reader meets words, not values: "75%" is strange to it where the evidence
has "three quarters". Rules that know values have judged these before it is asked.
"""

import re
from collections.abc import Iterator, Sequence

from intel import dates, figures, inference, text
from intel import evidence as evidence_
from intel.case import Case

Change = tuple[int, int, str]
_YEAR = re.compile(r",? (?:19|20)\d\d$")
_RANGE = re.compile(r"\b(\d{1,2}) ?- ?(\d{1,2})\b(?= [a-z])")
_NEAR = 0.005  # by how much a share in words may differ from a percentage


def as_told(case: Case) -> str:
    """Give a claim in which what is told otherwise there stands as it does there."""
    folded = text.fold(case.fact)
    if len(folded) != len(case.fact):
        return case.fact
    carried = text.fold(case.carried)
    changes = [
        *_ranges(folded, carried),
        *_shares(folded, carried, case.parts),
        *_figures(case.fact, carried, case.parts),
        *_days(folded, carried, case),
    ]
    told, end = case.fact, len(case.fact)
    for start, stop, words in sorted(changes, reverse=True):
        if stop <= end:
            told, end = told[:start] + words + told[stop:], start
    return told


def is_worked_out(case: Case, told: str) -> bool:
    """Say whether what a claim tells holds a figure that its evidence only implies."""
    carried = text.fold(case.carried)
    return any(one.written not in carried for one in figures.figures(told))


def _ranges(folded: str, carried: str) -> Iterator[Change]:
    """Put "2 to 8 November" for "2-8 November"."""
    for found in _RANGE.finditer(folded):
        if found[0] not in carried and f"{found[1]} to {found[2]}" in carried:
            yield found.start(), found.end(), f"{found[1]} to {found[2]}"


def _shares(folded: str, carried: str, parts: Sequence[str]) -> Iterator[Change]:
    """Put "three quarters" for "75%", and back."""
    worded = [(carried[a:b], w) for a, b, w in inference.shares(carried)]
    percents = [
        (g.written, max(g.values) / 100)
        for part in parts
        for g in figures.figures(part)
        if g.unit == "%"
    ]
    for start, end, wanted in inference.shares(folded):
        if folded[start:end] not in carried:
            yield from _like(start, end, wanted, [*percents, *worded])
    for one in figures.figures(folded):
        if one.unit == "%" and one.written not in carried:
            end, value = one.start + len(one.written), max(one.values) / 100
            yield from _like(one.start, end, value, worded)


def _like(
    start: int, end: int, wanted: float, told: Sequence[tuple[str, float]]
) -> Iterator[Change]:
    for words, value in told:
        if abs(value - wanted) <= _NEAR:
            yield start, end, words
            return


def _figures(fact: str, carried: str, parts: Sequence[str]) -> Iterator[Change]:
    given = [(part, g) for part in parts for g in figures.figures(part)]
    for one in figures.figures(fact):
        like = [
            _cased(part, g)
            for part, g in given
            if figures.agree(one, g) and g.unit == one.unit
        ]
        if like and one.written not in carried:
            yield one.start, one.start + len(one.written), like[0]


def _cased(part: str, one: figures.Figure) -> str:
    """Give a figure as it is written, in capitals where it is."""
    as_is = part[one.start : one.start + len(one.written)]
    return as_is if text.fold(as_is) == one.written else one.written


def _days(folded: str, carried: str, case: Case) -> Iterator[Change]:
    stated = list(_stated(case))
    for one in figures.dates(case.fact):
        start = folded.find(one.written)
        if start < 0 or one.written in carried:
            continue
        end = start + len(one.written)
        bare = _YEAR.sub("", case.fact[start:end])
        if len(bare) < end - start and text.fold(bare) in carried:
            yield start, end, bare
            continue
        for words, day in stated:
            if (one.year, one.month, one.day) == (day.year, day.month, day.day):
                yield start, end, words
                break


def _stated(case: Case) -> Iterator[tuple[str, figures.Day]]:
    """Yield the days and years that the evidence tells in words, as it tells them."""
    for piece in case.cited:
        published, words = evidence_.day(piece), evidence_.words_of(piece)
        if published is None:
            continue
        for found in dates.find_dates(words, published):
            written, day = words[found.start : found.end], found.day
            if found.precision == "day":
                yield written, figures.Day("", day.year, day.month, day.day)
            elif found.precision == "year" and not written[-1].isdigit():
                yield written, figures.Day("", day.year)
