"""Give the dates that evidence names without a year the years they may mean. Pure.

"On 4 January", read in November, is in the year to come; "left in August" was in this
one. The nearest such day counts, and the next one where the sentence looks ahead.
"""

import calendar
import re
from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta

from intel import figures, periods, sentences, text

_AHEAD = re.compile(
    r"\b(?:will|would|won't|due|plans?|planned|expect\w*|schedul\w+|until|till|aim\w*|"
    r"intend\w*|target\w*|set to|set for|next|coming|upcoming|renew\w*|expir\w+|"
    r"(?:ends?|starts?|begins?|opens?|closes?|leaves?|retires?|runs?|lapses?|"
    r"steps? down|moves?|goes|takes over|hands over|finishes|completes|arrives|"
    r"returns) "
    r"(?:on|in|at|until|from)|deadline|before|please|must|should|wird|werden|soll\w*|plant|planen|bis|kommende\w*|läuft)\b"
)
_END_OF = re.compile(
    r"\b(?:end of|ende des) (?:the |this )?(year|month|jahres|monats)\b"
)
_NTH = re.compile(r"\bon the ([12]?\d|3[01])(?:st|nd|rd|th)\b(?! [a-z]{3,} of)")
_TOMORROW = re.compile(r"\b(?:tomorrow|morgen)\b")
_MOST = 335  # days that a day meant without its year may lie ahead
_MIDDLE = {"quarter": (2, 5, 8, 11), "half": (4, 10), "season": (4, 7, 10, 1)}


def years(words: str, published: date) -> tuple[figures.Day, ...]:
    """List the days, months and years that a text means, read on that day."""
    return tuple(
        day
        for sentence in sentences.split(words)
        for day in _of_sentence(sentence.text, published)
    )


def looks_ahead(words: str, known: date) -> bool:
    """Say whether a text names a day, month or year after one that is known."""
    told = [day for day in figures.dates(words) if day.year]
    return any(_is_after(day, known) for day in (*told, *years(words, known)))


def _is_after(day: figures.Day, known: date) -> bool:
    exact = 1 + bool(day.month) + bool(day.month and day.day)
    now = (known.year, known.month, known.day)
    return (day.year, day.month, day.day)[:exact] > now[:exact]


def _of_sentence(sentence: str, published: date) -> Iterator[figures.Day]:
    folded = text.fold(sentence)
    ahead = bool(_AHEAD.search(folded))
    yield from _ends(folded, published)
    if _TOMORROW.search(folded):
        yield as_day(published + timedelta(days=1))
    told = figures.dates(sentence)
    for month, day in _yearless(folded, told):
        for year in _meant(month, day, published, ahead=ahead):
            yield figures.Day("", year, month, day)
    whole = {day.month for day in told if day.year}
    for period in periods.periods(sentence):
        yield from _of_period(period, folded, published, whole, ahead=ahead)


def _yearless(folded: str, told: Sequence[figures.Day]) -> Iterator[tuple[int, int]]:
    """List months and days without their year; "on the 11th" is of the same month."""
    months = {day.month for day in told if day.month}
    yield from ((d.month, d.day) for d in told if d.month and not d.year)
    yield from ((m, int(found[1])) for found in _NTH.finditer(folded) for m in months)


def _of_period(
    period: periods.Period,
    folded: str,
    published: date,
    whole: Container[int],
    *,
    ahead: bool,
) -> Iterator[figures.Day]:
    """Read a weekday to come, a month, or what has one in its middle."""
    soon = re.search(rf"\b(?:by|before|until|till|next) {period.written}", folded)
    if period.sort == "weekday" and (ahead or soon):
        gap = (period.number - published.weekday()) % 7 or 7
        yield as_day(published + timedelta(days=gap))
    month = _month(period)
    if not month or (period.sort == "month" and month in whole):
        return
    for year in _meant(month, 0, published, ahead=ahead):
        yield figures.Day("", year, month if period.sort == "month" else 0)


def _ends(folded: str, published: date) -> Iterator[figures.Day]:
    """Give the end of the year or month that a sentence speaks of."""
    for found in _END_OF.finditer(folded):
        if found[1] in ("year", "jahres"):
            yield figures.Day("", published.year)
            yield figures.Day("", published.year, 12, 31)
        else:
            last = calendar.monthrange(published.year, published.month)[1]
            yield as_day(published.replace(day=last))


def as_day(day: date) -> figures.Day:
    """Give a calendar day as a text would name it whole."""
    return figures.Day("", day.year, day.month, day.day)


def _month(period: periods.Period) -> int:
    """Give a month, or the one in the middle of a quarter, half or season."""
    if period.sort == "month":
        return period.number
    middles = _MIDDLE.get(period.sort, ())
    return middles[period.number - 1] if middles else 0


def _meant(month: int, day: int, published: date, *, ahead: bool) -> set[int]:
    """Give the years that a month, or a day of it, may be of."""
    if not day and month == published.month:
        return {published.year}
    around = range(published.year - 1, published.year + 2)
    away = {
        year: (date(year, month, min(day or 15, 28)) - published).days
        for year in around
    }
    found = {min(away, key=lambda year: abs(away[year]))}
    if ahead:
        found |= {year for year in around if 0 <= away[year] <= _MOST}
    return found
