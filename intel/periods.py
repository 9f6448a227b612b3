"""Read weekdays, months without a day, quarters, halves and seasons. Pure.

What stands here has no year of its own; full dates are read in `figures`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from intel import text
from intel import words as lists

_MONTH = "|".join(sorted(lists.MONTHS, key=len, reverse=True))
DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday montag", "tuesday dienstag", "wednesday mittwoch",
            "thursday donnerstag", "friday freitag", "saturday samstag sonnabend",
            "sunday sonntag",
        )
    )
    for name in names.split()
}  # fmt: skip
_ORDER = {
    **dict.fromkeys(("first", "1st", "1", "erste", "ersten", "erstes"), 1),
    **dict.fromkeys(("second", "2nd", "2", "zweite", "zweiten", "zweites"), 2),
    **dict.fromkeys(("third", "3rd", "3", "dritte", "dritten", "drittes"), 3),
    **dict.fromkeys(("fourth", "final", "4th", "4", "vierte", "vierten", "viertes"), 4),
}
_SEASONS = {
    **dict.fromkeys(("spring", "frühjahr", "frühling"), 1),
    **dict.fromkeys(("summer", "sommer"), 2),
    **dict.fromkeys(("autumn", "herbst"), 3),
    **dict.fromkeys(("winter",), 4),
}
_NTH = "|".join(sorted(_ORDER, key=len, reverse=True))
_MARKS = (
    r"in|since|by|until|till|from|to|through|of|early|late|mid|next|last|this|end of|"
    r"during|before|after|for|between|and|im|seit|bis|ab|anfang|ende|mitte|vom|zum|am"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})s?\b")
_BARE = re.compile(rf"\b(?:{_MARKS})[ -](?:the )?({_MONTH})\b")
# Names of months that are no other words, in any place of a sentence.
_SURE = re.compile(
    r"\b(january|february|april|june|july|august|september|october|november|december|"
    r"januar|februar|märz|juni|juli|oktober|dezember)\b"
)
_QUARTER = re.compile(
    rf"\b(?:({_NTH})[. -]*(?:fiscal )?(?:quarter|quartal)|q([1-4]))\b"
)
# "Up from 1,610 in the second", where another quarter is told.
_THE_NTH = re.compile(
    r"\b(?:in|on|from|than|over|against|to|during) the (first|second|third|fourth)"
    r"(?=\s*(?:[.,;:)]|$|and\b|but\b|with\b|while\b|as\b|to\b))"
)
_QUARTER_TO = re.compile(
    rf"\b(?:three months|quarter|drei monate\w*) (?:to|ended|ending|bis|through)"
    rf"(?: (?:end of|ende|\d+))? ({_MONTH})\b"
)
_TO_MONTH = re.compile(rf"\b({_MONTH}) (?:to|through|bis|until|-|–) ({_MONTH})\b")
_LENGTHS = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "drei": 3, "neun": 9}
_MONTHS_TO = re.compile(
    rf"\b({'|'.join(_LENGTHS)}) (?:months|monate\w*) (?:to|ended|ending|through|bis|"
    rf"until)"
    rf"(?: the)?(?: end of| ende)?(?: \d{{1,2}})? ({_MONTH})\b"
)
_QUARTER_LESS_ONE = 2  # from its first month to its last
_HALF = re.compile(
    r"\b(?:(first|second|1st|2nd|erste[nrs]?|zweite[nrs]?) (?:half|halbjahr)|h([12]))\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:the|a) month (?:before|earlier)|the (?:previous|prior|preceding) month|"
    r"im vormonat|im monat davor)\b"
)
_MAY_DO = re.compile(r"(?:and|between|before|after|for) may (?!\d|and\b|to\b)[a-z]")
_SEASON = re.compile(
    r"\b(?:in|by|this|next|last|im|zum|until|the|of|late|early|from|since|before|after|"
    rf"during|seit|ab|bis|vom|dem|for) ({'|'.join(_SEASONS)})\b"
)


@dataclass(frozen=True, slots=True)
class Period:
    """One mention: `sort` is weekday, month, quarter, half or season."""

    sort: str
    number: int
    written: str


@lru_cache(maxsize=2048)
def periods(source: str) -> tuple[Period, ...]:
    """List what a text says of weekdays, months, quarters, halves and seasons."""
    folded = text.fold(source)
    found = [Period("weekday", DAYS[m[1]], m[1]) for m in _WEEKDAY.finditer(folded)]
    for pattern in (_BARE, _SURE):
        found += [
            Period("month", lists.MONTHS[m[1]], m[1])
            for m in pattern.finditer(folded)
            if not _MAY_DO.match(folded, m.start())
        ]
    for m in _QUARTER.finditer(folded):
        found.append(Period("quarter", _ORDER[m[1] or m[2]], m[0]))
    for m in _QUARTER_TO.finditer(folded):
        found.append(Period("quarter", (lists.MONTHS[m[1]] + 2) // 3, m[0]))
    for m in _HALF.finditer(folded):
        first = (m[1] or m[2])[0] in "fe1"
        found.append(Period("half", 1 if first else 2, m[0]))
    found += [Period("season", _SEASONS[m[1]], m[1]) for m in _SEASON.finditer(folded)]
    return tuple(dict.fromkeys(found))


def months_before(source: str) -> tuple[Period, ...]:
    """List the months that "in October, from 2,650 the month before" means."""
    if not _BEFORE.search(text.fold(source)):
        return ()
    named = [one.number for one in periods(source) if one.sort == "month"]
    return tuple(
        Period("month", (number - 2) % 12 + 1, "month before") for number in named
    )


def quarters_beside(source: str) -> tuple[Period, ...]:
    """List the quarters that "in the third quarter, up from 12 in the second" means."""
    if not any(one.sort == "quarter" for one in periods(source)):
        return ()
    return tuple(
        Period("quarter", _ORDER[m[1]], m[0])
        for m in _THE_NTH.finditer(text.fold(source))
    )


def spanned(source: str, said: str) -> tuple[Period, ...]:
    """List the months and the quarter of a span: "July to September" is the third.

    "The three months to September" names the same; so does a quarter where what is
    `said` of it tells a span of months.
    """
    folded = text.fold(source)
    spans = [
        (lists.MONTHS[m[1]], lists.MONTHS[m[2]]) for m in _TO_MONTH.finditer(folded)
    ]
    for m in _MONTHS_TO.finditer(folded):
        last = lists.MONTHS[m[2]]
        spans.append(((last - _LENGTHS[m[1]]) % 12 + 1, last))
    told = periods(source) if _TO_MONTH.search(text.fold(said)) else ()
    spans += [(3 * p.number - 2, 3 * p.number) for p in told if p.sort == "quarter"]
    found: list[Period] = []
    for first, last in spans:
        found += [Period("month", first, "span"), Period("month", last, "span")]
        if (last - first) % 12 == _QUARTER_LESS_ONE and last % 3 == 0:
            found.append(Period("quarter", last // 3, "span"))
    return tuple(found)


def of_another_year(period: Period, said: str, told: str) -> bool:
    """Say whether two texts give a quarter, half or season years, and not the same."""
    if period.sort not in {"quarter", "half", "season"}:
        return False
    mine, theirs = _years(period, said), _years(period, told)
    return bool(mine and theirs) and not mine & theirs


def _years(period: Period, words: str) -> set[str]:
    """List the years that stand behind a period, however it is written."""
    folded = text.fold(words)
    written = {
        re.escape(one.written)
        for one in periods(words)
        if (one.sort, one.number) == (period.sort, period.number)
    }
    told = "|".join(sorted(written, key=len, reverse=True))
    behind = rf"\b(?:{told})(?:,? (?:of |in )?)((?:19|20)\d\d)(?!\d)"
    return set(re.findall(behind, folded)) if written else set()
