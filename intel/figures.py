"""Read numbers, amounts, percentages and dates in English and German text. Pure.

A written number can mean two things (1.204 is 1204 in German), so a figure carries
every value that it may have, and two figures agree where they share one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from intel import text
from intel import words as lists
from intel.lexicon.currencies import CURRENCIES, SHARED
from intel.lexicon.measures import MEASURES, POWER

_SCALES = {
    **dict.fromkeys(("k", "thousand", "tausend", "tsd"), 1e3),
    **dict.fromkeys(
        ("m", "mn", "mln", "mm", "mio", "million", "millions", "millionen"), 1e6
    ),
    **dict.fromkeys(
        ("bn", "b", "billion", "billions", "mrd", "milliarde", "milliarden"), 1e9
    ),
    **dict.fromkeys(("lakh", "lakhs"), 1e5),
    **dict.fromkeys(("crore", "crores"), 1e7),
    **dict.fromkeys(("tn", "trn", "trillion", "trillions", "billionen"), 1e12),
}
_UNITS = {
    **dict.fromkeys(("%", "percent", "per cent", "prozent", "pct"), "%"),
    **dict.fromkeys(
        ("percentage points", "percentage point", "prozentpunkte", "prozentpunkten",
         "points of a percent"), "pp",
    ),
}  # fmt: skip
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty"
)
_KLEIN = (
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
    "vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_ZEHNER = "dreissig vierzig fünfzig sechzig siebzig achtzig neunzig"
_NUMBER_WORDS = {
    **{w: n for n, w in enumerate(_SMALL.split()) if w not in {"zero", "one"}},
    **{w: n for n, w in enumerate(_KLEIN.split()) if w not in {"null", "eins"}},
    **{w: 10 * n for n, w in enumerate(_TENS.split(), start=3)},
    **{w: 10 * n for n, w in enumerate(_ZEHNER.split(), start=3)},
    **{
        f"{ten}-{one}": 10 * tens + ones
        for tens, ten in enumerate(("twenty", *_TENS.split()), start=2)
        for ones, one in enumerate(_SMALL.split()[:10])
        if ones
    },
    **{
        f"{'ein' if ones == 1 else one}und{ten}": 10 * tens + ones
        for tens, ten in enumerate(
            ("zwanzig", *_ZEHNER.split()), start=2
        )
        for ones, one in enumerate(_KLEIN.split()[:10])
        if ones
    },
    "dozen": 12, "dutzend": 12, "hundred": 100, "hundert": 100,
}  # fmt: skip
# Bare words are a figure only before a scale: "one million", "eine Million".
_ONE_WORDS = {"one": 1, "a": 1, "eine": 1, "einer": 1, "half a": 0.5}
# Words that belong to figures and dates, which have rules of their own.
VOCABULARY = frozenset(
    {*_SCALES, *CURRENCIES, *_UNITS, *_NUMBER_WORDS, *lists.MONTHS, *lists.WEEKDAYS}
    | {
        "percentage",
        "point",
        "points",
        "swiss",
        "sterling",
        *POWER,
    }
)
_MONTH = "|".join(sorted(lists.MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)? (?:of )?(?P<n>{_MONTH})\b\.?"
               r"(?:,? (?P<y>(?:19|20)\d\d)\b)?"),
    re.compile(rf"\b(?P<n>{_MONTH})\b\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]?\d)"
               r"(?:,? (?P<y>(?:19|20)\d\d)\b)?"),
    re.compile(rf"\b(?P<n>{_MONTH})\b\.?,? (?:of )?(?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"(?:(?<![\w.,$€£-])|(?<=\bmid-)|(?<=\bend-)|(?<=\blate-)|(?<=\bearly-))(?P<y>(?:19|20)\d\d)(?![\w%]|[.,]\d|-\d)"),
    # "27 to 28 October": the first of the two.
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?=(?: to | and | bis | ?- ?)\d{{1,2}}(?:\.|st|nd|rd|th)? "
        rf"(?P<n>{_MONTH})\b)"
    ),
)  # fmt: skip
_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_SIGN = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MEASURE = "|".join(sorted(MEASURES, key=len, reverse=True))
_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
# "The two companies" counts nobody anew.
_THE_TWO = re.compile(
    r"\bthe (?:two|three)(?=\s*(?:$|[.,;]|companies|firms|sides|groups|parties|"
    r"partners))|\bfifty-fifty\b|\b50[-/]50\b"
)
# "In October 12 users …": no twelfth of October.
_IN_MONTH = re.compile(rf"in (?:{_MONTH}) \d{{1,2}} (?!\d)[a-z]")
_YEAR_TO_YEAR = re.compile(r"(?<=\b(?:19|20)\d\d)-(?=(?:19|20)\d\d\b)")
_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])")
_WHOLE = 1000  # what is as large needs no scale of another figure
_RANGE = re.compile(
    r" ?- ?| (?:to|bis|auf|and|und|or|oder|rather than|instead of|not|versus) "
)
_ONE = "|".join(sorted(_ONE_WORDS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?:(?<![^\W\d_])(?P<before>{_SIGN}) ?)?"
    rf"(?:(?P<digits>(?<![\w])\d+(?:[.,' ]\d{{3}})*(?:[.,]\d+)?|(?<=[$€£])\d+)"
    rf"|\b(?P<word>{_WORD}|(?:{_ONE})(?=[ -](?:{_SCALE})\b))\b)"
    rf"(?:[ -]?(?P<scale>{_SCALE})\b\.?)?"
    rf"(?:[ -]?(?P<after>(?:{_SIGN})(?![^\W\d_])|(?:{_UNIT})(?![^\W\d_])))?"
    rf"(?(after)|(?:[ -]?(?P<measure>{_MEASURE})\b)?)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, with the values it may mean and its unit.

    `unit` is an ISO 4217 code, "%", "pp" or ""; `measure` what a measure of time,
    length or the like measures, `least` how many of its least unit one is. The figure
    stands at `start` of the folded text, and its values are in its own `scale`
    already; `lent` says that its unit stands at the other end of a range.
    """

    written: str
    values: frozenset[float]
    unit: str = ""
    measure: str = ""
    least: float = field(default=1.0, compare=False)
    start: int = field(default=0, compare=False)
    scale: float = field(default=1.0, compare=False)
    lent: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is given; 0 stands for what is not."""

    written: str
    year: int = 0
    month: int = 0
    day: int = 0


@lru_cache(maxsize=2048)
def figures(source: str) -> tuple[Figure, ...]:
    """List the numbers, amounts and percentages in a text, dates left out."""
    plain = _CLOCK.sub(_blank, _without_dates(text.fold(source)))
    masked = _THE_TWO.sub(_blank, plain)
    found = [figure for hit in _FIGURE.finditer(masked) if (figure := _read(hit))]
    read: list[Figure] = []
    for one in reversed(found):
        read.insert(0, _as_range(one, read[0] if read else None, masked))
    return tuple(read)


def _blank(found: re.Match[str]) -> str:
    return "_" * len(found[0])


def _as_range(one: Figure, after: Figure | None, masked: str) -> Figure:
    """Give the first end of a range the scale and unit that stand behind the second."""
    if after is None:
        return one
    between = masked[one.start + len(one.written) : after.start]
    if not _RANGE.fullmatch(between) or (
        after.unit and one.unit not in {"", after.unit}
    ):
        return one
    scale = after.scale
    whole = max(one.values) >= _WHOLE  # "from 900,000 to 1.35 million"
    if scale > 1 and one.scale == 1 and not whole:
        values = frozenset(value * scale for value in one.values)
    else:
        values, scale = one.values, 1.0
    unit, measure = one.unit or after.unit, one.measure or after.measure
    return replace(
        one,
        values=values,
        unit=unit,
        measure=measure,
        least=one.least if one.measure else after.least,
        scale=max(scale, one.scale),
        lent=not one.unit,
    )


@lru_cache(maxsize=2048)
def dates(source: str) -> tuple[Day, ...]:
    """List the dates in a text; where day and month can be swapped, both readings."""
    return tuple(day for _, _, day in _dates(text.fold(source)))


def agree(claimed: Figure, given: Figure) -> bool:
    """Say whether a claimed figure is the given one; a unit may be left out."""
    if claimed.measure and given.measure:
        return claimed.measure == given.measure and any(
            _close(a * claimed.least, b * given.least)
            for a in claimed.values
            for b in given.values
        )
    if not any(_close(a, b) for a in claimed.values for b in given.values):
        return False
    if claimed.unit == given.unit or (claimed.lent and not given.unit):
        return True
    if claimed.unit in SHARED.get(given.unit, ()) or given.unit in SHARED.get(
        claimed.unit, ()
    ):
        return True
    return not claimed.unit and (given.lent or given.unit not in {"%", "pp"})


def same_day(claimed: Day, given: Day) -> bool:
    """Say whether a claimed date is the given one, as far as the claim goes."""
    pairs = ((claimed.year, given.year), (claimed.month, given.month),
             (claimed.day, given.day))  # fmt: skip
    return all(not asked or asked == told for asked, told in pairs)


def is_change(percent: Figure, before: Figure, after: Figure) -> bool:
    """Say whether a percentage is the change from one figure to another, rounded."""
    if before.unit and after.unit and before.unit != after.unit:
        return False
    return any(
        abs(abs(new - old) / abs(old) * 100 - wanted) <= _slack(percent.written)
        for old, new in readings(before, after)
        if old
        for wanted in percent.values
    )


def readings(one: Figure, other: Figure) -> tuple[tuple[float, float], ...]:
    """Pair the values of two figures, both written in the same way.

    In "1.204 to 1.350" both points are decimal or neither is.
    """
    found = [(max(one.values), max(other.values))]
    if len(one.values) == len(other.values) > 1:
        found.append((min(one.values), min(other.values)))
    return tuple(found)


def _slack(written: str) -> float:
    decimals = re.search(r"[.,](\d+)", written)
    return 0.5 * 10.0 ** -(len(decimals.group(1)) if decimals else 0) + 1e-9


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def _read(found: re.Match[str]) -> Figure | None:
    scale = _SCALES.get(found["scale"] or "", 1.0)
    values: frozenset[float]
    if found["digits"]:
        values = frozenset(value * scale for value in _values(found["digits"]))
    else:
        word = found["word"]
        if word in _ONE_WORDS and not found["scale"]:
            return None
        number = _NUMBER_WORDS.get(word, _ONE_WORDS.get(word, 0))
        values = frozenset({float(number) * scale})
    after, before = found["after"] or "", found["before"] or ""
    unit = _UNITS.get(after) or CURRENCIES.get(after) or CURRENCIES.get(before) or ""
    measure, least = MEASURES.get(found["measure"] or "", ("", 1.0))
    written = found.group().strip()
    return Figure(written, values, unit, measure, least, found.start(), scale)


def _values(digits: str) -> set[float]:
    """Give the values that digits with points and commas may mean."""
    plain = digits.replace(" ", "").replace("'", "")
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return {float(plain)}
    if len(set(marks)) == 2:  # 1,204.50 or 1.204,50: the last mark is the decimal
        whole, _, rest = plain.rpartition(marks[-1])
        return {float(f"{re.sub('[.,]', '', whole)}.{rest}")}
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain)
    as_whole = float(re.sub("[.,]", "", plain))
    if len(marks) > 1:
        return {as_whole}
    as_decimal = float(plain.replace(",", "."))
    if grouped and not plain.endswith("000"):
        return {as_whole, as_decimal}
    return {as_whole} if grouped else {as_decimal}


def _without_dates(folded: str) -> str:
    masked = list(folded)
    for start, end, _ in _dates(folded):
        masked[start:end] = "_" * (end - start)
    return "".join(masked)


def _dates(folded: str) -> Iterator[tuple[int, int, Day]]:
    taken: set[int] = set()
    folded = _YEAR_TO_YEAR.sub(" ", folded)
    for number, pattern in enumerate(_DATES):
        for found in pattern.finditer(folded):
            span = range(found.start(), found.end())
            if taken.intersection(span):
                continue
            if _IN_MONTH.match(folded, max(found.start() - 3, 0)):
                continue
            days = [d for d in _days(found, swap=number == 5) if _is_possible(d)]
            if days:
                taken.update(span)
            yield from ((found.start(), found.end(), day) for day in days)


def _days(found: re.Match[str], *, swap: bool) -> Iterator[Day]:
    parts = found.groupdict()
    month = lists.MONTHS[parts["n"]] if parts.get("n") else int(parts.get("m") or 0)
    year, day = int(parts.get("y") or 0), int(parts.get("d") or 0)
    yield Day(found.group(), year, month, day)
    if swap and day != month:
        yield Day(found.group(), year, day, month)


def _is_possible(day: Day) -> bool:
    return day.month <= 12 and day.day <= 31
