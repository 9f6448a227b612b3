"""Work out what a figure is for another span, or was before it doubled. Pure."""

import re
from collections.abc import Sequence

from intel import rates, text
from intel.figures import Figure, figures

_EXACT = 1e-6
# How many of a span go into a longer one; a month has no fixed number of weeks.
_IN = {
    ("month", "quarter"): 3, ("month", "year"): 12, ("quarter", "year"): 4,
    ("day", "week"): 7, ("hour", "day"): 24, ("minute", "hour"): 60,
    ("second", "minute"): 60,
}  # fmt: skip
_PERIODS = {
    "quarter": re.compile(r"\bq[1-4]\b|\bquarter\b|\bthree months\b|\bquartal\b"),
    "year": re.compile(
        r"\bper annum\b|\b(?:a|each|per|full|whole) year\b|\bannual(?:ly)?\b|"
        r"\b(?:in|for) (?:19|20)\d\d\b|\btwelve months\b|\bim jahr\b"
    ),
}
_TIMES = (
    (
        re.compile(r"\b(?:doubl(?:e[sd]?|ing)|twice (?:the|as|that)|verdoppel\w+)\b"),
        2.0,
    ),
    (
        re.compile(r"\b(?:tripl(?:e[sd]?|ing)|trebl(?:e[sd]?|ing)|verdreifach\w+)\b"),
        3.0,
    ),
    (re.compile(r"\b(?:quadrupl(?:e[sd]?|ing)|vervierfach\w+)\b"), 4.0),
    (re.compile(r"\b(?:halv(?:e[sd]?|ing)|by half|halbier\w+)\b"), 0.5),
)


def follows(one: Figure, fact: str, parts: Sequence[str]) -> bool:
    """Say whether a figure is a rate for another span, or what was doubled."""
    return _is_rate(one, fact, parts) or any(_is_base(one, part) for part in parts)


def _is_rate(one: Figure, fact: str, parts: Sequence[str]) -> bool:
    folded = text.fold(fact)
    spans = {span for figure, span in rates.spans(fact) if figure == one} - {""}
    spans |= {name for name, told in _PERIODS.items() if told.search(folded)}
    return any(
        (short, long) in _IN
        and long in spans
        and figure.unit == one.unit
        and _same(max(figure.values) * _IN[short, long], max(one.values))
        for part in parts
        for short in _IN_SHORT
        for long in spans
        for figure, span in rates.spans(part)
        if span == short
    )


def _is_base(one: Figure, part: str) -> bool:
    """Say whether a sentence doubles a figure to another, or another to it."""
    folded = text.fold(part)
    times = [factor for told, factor in _TIMES if told.search(folded)]
    return any(
        figure.unit == one.unit
        and figure.measure == one.measure
        and _same(max(figure.values), factor * max(one.values))
        for factor in times
        for figure in figures(part)
    )


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _EXACT * max(1.0, abs(one))


_IN_SHORT = tuple(dict.fromkeys(short for short, _ in _IN))
