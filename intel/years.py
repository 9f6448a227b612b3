"""Give the dates that evidence names without a year the years they may mean. Pure.

"On 4 January", read in November, is in the year to come; "left in August" was in this
one. The nearest such day counts, and the next one where the sentence looks ahead.
"""

import calendar
import re
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta

from intel import figures, periods, sentences, text
from intel import words as lists

_AHEAD = re.compile(
    r"\b(?:will|would|won't|due|plans?|planned|expect\w*|schedul\w+|until|till|aim\w*|"
    r"intend\w*|target\w*|set to|set for|next|coming|upcoming|renew\w*|expir\w+|"
    r"(?:ends?|starts?|begins?|opens?|closes?|leaves?|retires?|runs?|lapses?|"
    r"steps? down|moves?|goes|takes over|hands over|finishes|completes|arrives|"
    r"returns) "
    r"(?:on|in|at|until|from)|deadline|before|please|must|should|wird|werden|soll\w*|plant|planen|bis|kommende\w*|läuft)\b"
)
_MONTHS = "|".join(sorted(lists.MONTHS, key=len, reverse=True))
_END_OF = re.compile(
    r"\b(?:end of|ende des|ende) (?:the |this )?"
    rf"(?P<of>year|month|jahres|monats|(?P<month>{_MONTHS})\b(?: (?P<year>20\d\d))?)\b"
)
_OF_YEAR = re.compile(
    r"\b(?:months|weeks|half|quarter|part|rest|remainder|start|beginning|middle|so "
    r"far) "
    r"(?:of )?(?:the|this) year\b|\bthis (?:spring|summer|autumn|winter)\b|"
    r"\b(?:in|for|over|during) the first (?:two|three|four|five|six|eight|nine|ten) "
    r"months\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:a|one) year (?:earlier|before|ago)\b|\b(?:the year (?:before|earlier)|"
    r"(?:the )?(?:previous|prior|last) year|last year|im vorjahr)\b"
)
_YEAR_AFTER = re.compile(
    r"\b(?:the )?(?:following year|year after|next year)\b|\ba year later\b|"
    r"\bim (?:folgejahr|jahr darauf)\b"
)
_COUNTS = "one two three four five six seven eight nine ten".split()  # noqa: SIM905 - reads better
_DAYS_ON = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)}|an?|\d{{1,2}}) (?P<unit>day|week)s? "
    r"(?P<way>later|after|before|earlier)\b"
)
_AGO = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)}|an?|\d{{1,2}}) (?P<unit>day|week)s? "
    rf"(?P<way>ago)\b"
)
_LAST_WEEKDAY = re.compile(rf"\blast ({'|'.join(periods.DAYS)})\b")
_LAST_MONTH = re.compile(rf"\blast ({_MONTHS})\b")
_WEEKEND = re.compile(r"\b(?:over|at|on|last|this|past|during) (?:the )?weekend\b")
_NEXT_DAY = re.compile(
    r"\bthe (?:next|following) (?:day|morning|evening|afternoon|night)\b|"
    r"\bthe (?:day|morning|evening|night) after\b"
)
_DAY_BEFORE = re.compile(
    r"\bthe (?:previous|prior) (?:day|morning|evening|afternoon|night)\b|"
    r"\bthe (?:day|morning|evening|afternoon|night) (?:before|earlier)\b"
)
# "On Saturday Acme opens …": told in the present, it lies ahead.
_OPENS = re.compile(
    r"\b(?:opens|starts|begins|launches|closes|ends|meets|visits|takes|leaves|goes|"
    r"hosts|votes|reports|decides|expires|follows|moves|joins|returns|resumes|ships)\b"
)
_NTH = re.compile(r"\bon the ([12]?\d|3[01])(?:st|nd|rd|th)\b(?! [a-z]{3,} of)")
_TOMORROW = re.compile(r"\b(?:tomorrow|morgen)\b")
_MOST = 335  # days that a day meant without its year may lie ahead
_MIDDLE = {"quarter": (2, 5, 8, 11), "half": (4, 10), "season": (4, 7, 10, 1)}


def years(words: str, published: date) -> tuple[figures.Day, ...]:
    """List the days, months and years that a text means, read on that day."""
    found: list[figures.Day] = []
    before: Sequence[figures.Day] = ()
    for sentence in sentences.split(words):
        found += _of_sentence(sentence.text, published)
        told = figures.dates(sentence.text)
        found += _beside(text.fold(sentence.text), told or before, published)
        before = told or before
    return tuple(found)


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
    told = figures.dates(sentence)
    yield from _ends(folded, published)
    yield from _other_years(folded, told, published)
    yield from _days_ago(folded, published)
    if _TOMORROW.search(folded):
        yield as_day(published + timedelta(days=1))
    for month, day in _yearless(folded, told):
        for year in _meant(month, day, published, ahead=ahead):
            yield figures.Day("", year, month, day)
    whole = {day.month for day in told if day.year}
    for period in periods.periods(sentence):
        yield from _of_period(period, folded, published, whole, ahead=ahead)


def _yearless(folded: str, told: Sequence[figures.Day]) -> Iterator[tuple[int, int]]:
    """List months and days without their year; "on the 11th" is of the same month."""
    months = {day.month for day in told if day.month}
    months |= {p.number for p in periods.periods(folded) if p.sort == "month"}
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
    soon = re.search(
        rf"\b(?:by|before|until|till|next|from|starting|as of) {period.written}", folded
    ) or _OPENS.search(folded)
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
        if found["of"] in ("year", "jahres"):
            yield figures.Day("", published.year)
            yield figures.Day("", published.year, 12, 31)
        elif found["month"]:
            yield from _end_of_month(found, published)
        else:
            yield as_day(_last_of(published.year, published.month))


def _end_of_month(found: re.Match[str], published: date) -> Iterator[figures.Day]:
    month = lists.MONTHS[found["month"]]
    told = {int(found["year"])} if found["year"] else set[int]()
    for year in told or _meant(month, 0, published, ahead=True):
        yield as_day(_last_of(year, month))


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _beside(
    folded: str, told: Sequence[figures.Day], published: date
) -> Iterator[figures.Day]:
    """Give the days that lie so many days before or after one that is told.

    The sentence itself tells it, or the one before.
    """
    steps = [_step(found) for found in _DAYS_ON.finditer(folded)]
    steps += [1] * bool(_NEXT_DAY.search(folded)) + [-1] * bool(
        _DAY_BEFORE.search(folded)
    )
    for one in told if steps else ():
        if not one.month or not one.day:
            continue
        for year in {one.year} if one.year else _meant(one.month, one.day, published):
            with suppress(ValueError):  # the 31st of a shorter month
                base = date(year, one.month, one.day)
                yield from (as_day(base + timedelta(days=step)) for step in steps)


def _days_ago(folded: str, published: date) -> Iterator[figures.Day]:
    """Give the day of "three days ago", the month of weeks, "last Monday" a week on."""
    for found in _AGO.finditer(folded):
        day = published + timedelta(days=_step(found))
        exact = found["unit"] == "day"
        yield as_day(day) if exact else figures.Day("", day.year, day.month)
    if _WEEKEND.search(folded):
        sunday = published - timedelta(days=(published.weekday() + 1) % 7)
        yield from (as_day(sunday), as_day(sunday - timedelta(days=1)))
    for found in _LAST_MONTH.finditer(folded):
        month = lists.MONTHS[found[1]]
        gone = published.year - (month >= published.month)
        yield figures.Day("", gone, month)
    for found in _LAST_WEEKDAY.finditer(folded):
        back = (published.weekday() - periods.DAYS[found[1]]) % 7
        yield as_day(published - timedelta(days=back + 7))


def _step(found: re.Match[str]) -> int:
    count = found["count"]
    number = (
        int(count)
        if count.isdigit()
        else (_COUNTS.index(count) + 1 if count in _COUNTS else 1)
    )
    back = found["way"] in ("before", "earlier", "ago")
    return number * (7 if found["unit"] == "week" else 1) * (-1 if back else 1)


def _other_years(
    folded: str, told: Sequence[figures.Day], published: date
) -> Iterator[figures.Day]:
    """Give the years that a sentence names by another: "a year earlier"."""
    if _OF_YEAR.search(folded):
        yield figures.Day("", published.year)
    years = {day.year for day in told if day.year}
    months = {p.number for p in periods.periods(folded) if p.sort == "month"}
    if _YEAR_AFTER.search(folded):
        yield from (figures.Day("", year + 1) for year in years)
    if _YEAR_BEFORE.search(folded):
        for year in years:
            yield figures.Day("", year - 1)
        for month in months:
            for year in years or _meant(month, 0, published):
                yield figures.Day("", year - 1, month)


def as_day(day: date) -> figures.Day:
    """Give a calendar day as a text would name it whole."""
    return figures.Day("", day.year, day.month, day.day)


def _month(period: periods.Period) -> int:
    """Give a month, or the one in the middle of a quarter, half or season."""
    if period.sort == "month":
        return period.number
    middles = _MIDDLE.get(period.sort, ())
    return middles[period.number - 1] if middles else 0


def _meant(month: int, day: int, published: date, *, ahead: bool = False) -> set[int]:
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
