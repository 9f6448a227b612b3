"""Resolve the dates that prose gives: "on Tuesday", "in March", "am 3. März". Pure.

Everything is read against the day of publication, looking back from it.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner", "february feb februar", "march mar märz mrz",
            "april apr", "may mai", "june jun juni", "july jul juli", "august aug",
            "september sept sep", "october oct oktober okt", "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
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
_SEASONS = {
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 1,
    "frühjahr": 3, "frühling": 3, "sommer": 6, "herbst": 9,
}  # fmt: skip
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "eighteen": 18, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "several": 3, "some": 3, "few": 3, "mehreren": 3, "einigen": 3, "wenigen": 3,
}  # fmt: skip
_UNITS = {
    "day": 1, "days": 1, "tag": 1, "tagen": 1, "week": 7, "weeks": 7, "woche": 7,
    "wochen": 7, "month": 30, "months": 30, "monat": 30, "monaten": 30, "year": 365,
    "years": 365, "jahr": 365, "jahren": 365,
}  # fmt: skip

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(_WEEKDAYS)
_SEASON = "|".join(_SEASONS)
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as `text[start:end]` gives it; `day` is the first day it may mean.

    `precision` is "day", "month", "year" or "about" (a season, "two years ago").
    """

    day: date
    last: date
    precision: str
    start: int
    end: int


_Reader = Callable[[re.Match[str], date], Stated | None]


def find_dates(text: str, published: date) -> tuple[Stated, ...]:
    """Find the dates that a text states, the most exact reading of each place."""
    found: list[Stated] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            stated = read(match, published)
            if stated and not any(_overlap(stated, other) for other in found):
                found.append(stated)
    return tuple(sorted(found, key=lambda s: s.start))


def _overlap(one: Stated, other: Stated) -> bool:
    return one.start < other.end and other.start < one.end


def _at(match: re.Match[str], first: date, last: date, precision: str) -> Stated:
    return Stated(first, last, precision, match.start(), match.end())


def _full(match: re.Match[str], published: date) -> Stated | None:
    """Read a day and month, of the stated year or of the latest that fits."""
    month = match["month"].lower().rstrip(".")
    number = _MONTHS[month] if month in _MONTHS else int(month)
    year = int(match["year"]) if match["year"] else None
    try:
        day = date(year or published.year, number, int(match["day"]))
    except ValueError:
        return None
    if year is None and day > published + timedelta(days=7):
        day = _years_back(day)
    return _at(match, day, day, "day")


def _years_back(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def _weekday(match: re.Match[str], published: date) -> Stated:
    back = (published.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7
    day = published - timedelta(days=back)
    return _at(match, day, day, "day")


def _named(match: re.Match[str], published: date) -> Stated:
    """Read "today", "yesterday", "heute", "vorgestern"."""
    word = match["named"].lower()
    back = (
        2
        if word == "vorgestern"
        else int(word in ("yesterday", "last night", "gestern"))
    )
    day = published - timedelta(days=back)
    return _at(match, day, day, "day")


def _month(match: re.Match[str], published: date) -> Stated:
    number = _MONTHS[match["month"].lower().rstrip(".")]
    if match["year"]:
        year = int(match["year"])
    else:
        gone = match[0].lower().startswith("last") and number == published.month
        year = published.year - (gone or number > published.month)
    last = calendar.monthrange(year, number)[1]
    return _at(match, date(year, number, 1), date(year, number, last), "month")


def _season(match: re.Match[str], published: date) -> Stated:
    number = _SEASONS[match["season"].lower()]
    year = published.year - (number >= published.month)
    first = date(int(match["year"] or year), number, 1)
    return _at(match, first, first + timedelta(days=91), "about")


def _year(match: re.Match[str], published: date) -> Stated | None:
    year = int(match["year"])
    if year > published.year:
        return None
    return _at(match, date(year, 1, 1), date(year, 12, 31), "year")


def _ago(match: re.Match[str], published: date) -> Stated:
    count, unit = match["count"].lower(), match["unit"].lower()
    number = int(count) if count.isdigit() else _COUNTS[count]
    day = published - timedelta(days=min(number, 400) * _UNITS[unit])
    return _at(match, day, day, "about")


def _last_unit(match: re.Match[str], published: date) -> Stated:
    """Read "last year", "last month", "im Vorjahr"."""
    word = match[0].lower()
    if "week" in word or "woche" in word:
        monday = published - timedelta(days=published.weekday() + 7)
        return _at(match, monday, monday + timedelta(days=6), "about")
    if "month" in word or "monat" in word:
        end = published.replace(day=1) - timedelta(days=1)
        return _at(match, end.replace(day=1), end, "about")
    year = published.year - 1
    return _at(match, date(year, 1, 1), date(year, 12, 31), "year")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"), _full),
    (_compile(rf"\b(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>{_YEAR})"), _full),
    (
        _compile(
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?(?P<month>{_MONTH})\b\.?"
            rf"(?:,?\s(?P<year>{_YEAR}))?"
        ),
        _full,
    ),
    (
        _compile(
            rf"\b(?P<month>{_MONTH})\b\.?\s(?P<day>\d{{1,2}})(?!\d|[.,]\d|\s?%)"
            rf"(?:st|nd|rd|th)?(?:,?\s(?P<year>{_YEAR}))?"
        ),
        _full,
    ),
    (_compile(rf"\b(?P<count>\d{{1,3}}|{_COUNT})\s(?:and\sa\shalf\s)?"
              rf"(?P<unit>{_UNIT})\s(?:and\sa\shalf\s)?(?:ago|earlier|before)\b"),
     _ago),
    (_compile(r"\b(?P<count>a)\s(?P<unit>year)\sand\sa\shalf\sago\b"), _ago),
    (_compile(rf"\bvor\s(?:rund\s|etwa\s|gut\s|knapp\s)?(?P<count>\d{{1,3}}|{_COUNT})\s"
              rf"(?P<unit>{_UNIT})\b"), _ago),
    (_compile(rf"\b(?P<count>\d{{1,3}}|{_COUNT})\s(?P<unit>{_UNIT})\s"
              r"(?:after|nach|since|on\sfrom)\b"), _ago),
    (_compile(rf"\b(?:(?:last|in|this|next|late|early|mid|of|im|since|seit|(?:Anfang|"
              rf"Mitte|Ende))[\s-]+)(?:late\s|early\s|mid-?)?"
              rf"(?P<month>{_MONTH})\b\.?(?:,?\s(?P<year>{_YEAR}))?"), _month),
    (_compile(rf"\b(?P<month>{_MONTH})\b\.?\s(?P<year>{_YEAR})"), _month),
    (_compile(rf"\b(?:last|in the|this|im|vergangenen|letzten)\s(?:late\s|early\s)?"
              rf"(?P<season>{_SEASON})\b(?:\s(?:of\s)?(?P<year>{_YEAR}))?"), _season),
    (_compile(rf"\b(?P<weekday>{_WEEKDAY})\b(?!\s(?-i:[A-Z]\w+\s)?(?-i:Capital|Angels?|Club|"
              r"Ventures?|Partners|Group|Fund)\b)"), _weekday),
    (_compile(r"\b(?P<named>today|tonight|this morning|this afternoon|yesterday|"
              r"last night|heute|gestern|"
              r"vorgestern)\b"), _named),
    (_compile(r"\b(?:last (?:year|month|week)|(?:the )?previous year|a year earlier|"
              r"im vorjahr|im vergangenen jahr|(?:im )?(?:letzten|letztes|vergangenes) "
              r"jahr|(?:im )?(?:letzten|vergangenen) monat|(?:in der )?(?:letzten|"
              r"vergangenen) woche|vergangene woche)\b"), _last_unit),
    (_compile(rf"(?<![\d.,/-])(?P<year>{_YEAR})(?![\d%]|[.,]\d)"), _year),
)  # fmt: skip
