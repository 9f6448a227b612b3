"""Hold the dates of a claim against those of its evidence. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from intel import aligning, dates, figures, periods, text, years
from intel import evidence as evidence_
from intel import words as lists
from intel.case import Case
from store.records import Evidence

_RELATIVE = re.compile(
    r"\b(next|last|this|coming|previous|nächste[nmsr]?|letzte[nmsr]?|diese[nmsr]?|"
    r"kommende[nmsr]?|vorige[nmsr]?) (month|year|monats?|jahr(?:es)?)\b"
)
# "In the week of 5 October": the Monday of it.
_WEEK_OF = re.compile(
    r"\b(?:week (?:of|to|ended|ending|from|starting|beginning)|woche vom)\b"
)
_WEEK = 6  # days from its Monday to its Sunday
_CLOCK = re.compile(
    r"(?<![\d:])([01]?\d|2[0-4])([:.])([0-5]\d)(?!\d|[:.]\d|%| ?[ap]\.?m\b)"
)
_HALF_DAY = re.compile(r"\b(\d{1,2})(?:[:.]([0-5]\d))? ?([ap])\.?m\b")
_SEASONS = {1: (3, 4, 5), 2: (6, 7, 8), 3: (9, 10, 11), 4: (12, 1, 2)}
_REPORTED = re.compile(
    r"\b(?:report|wr[io]t|sa(?:id|ys)|t[eo]l[dl]s?|inform|announc|complain|confirm|ask|"
    r"stat|warn|disclos|publish|post|noted|flagg|fil|logg|rais|describ|mention)"
    r"(?:e|es|ed|s|ing|ten)?(?: (?:us|it|this|that))? on $|\bas (?:of|at) $"
)
_STEPS = {
    **dict.fromkeys(("next", "comi", "näch", "komm"), 1),
    **dict.fromkeys(("last", "prev", "letz", "vori"), -1),
    **dict.fromkeys(("this", "dies"), 0),
}


def check_dates(case: Case) -> str | None:
    """Each date must stand in the evidence, or be the day (month) of publication."""
    if late := _clocks(case.fact, ":") - _clocks(case.carried, ":."):
        return f"the time {min(late)} is not in the evidence"
    relative = _relative(case)
    given = [*figures.dates(case.carried), *_stated_days(case), *relative]
    own = [] if figures.dates(case.nearest) else _own_days(case)
    meant = _meant(case)
    for one in figures.dates(case.claim.text):
        known = (*given, *own) if one.month else given
        placed = one
        if _is_of_report(one, case):
            continue
        if not any(figures.same_day(one, other) for other in known):
            if not any(figures.same_day(one, other) for other in meant):
                return f"the date {one.written!r} is not in the evidence"
            placed = replace(one, year=0)
        near = own or _is_of_nearest(one, case)
        if not near and aligning.misplaced_day(placed, case.bare, case.told):
            return f"the date {one.written!r} is said of something else"
    months = [day for day in relative if day.month]
    return _wrong_period(case, [*given, *(months or _own_days(case))])


def _clocks(words: str, marks: str) -> frozenset[str]:
    """List the times of day in a text, as 24 hours; `marks` may part the minutes."""
    folded = text.fold(words)
    found = [f"{int(h):02}:{m}" for h, by, m in _CLOCK.findall(folded) if by in marks]
    found += [
        f"{int(h) % 12 + 12 * (half == 'p'):02}:{m or '00'}"
        for h, m, half in _HALF_DAY.findall(folded)
    ]
    return frozenset(found)


def _own_days(case: Case) -> list[figures.Day]:
    days = [evidence_.day(piece) for piece in case.cited]
    return [years.as_day(d) for d in days if d]


def _stated_days(case: Case) -> list[figures.Day]:
    """List the days that the evidence states in words: "on Tuesday", "yesterday"."""
    weekly = bool(_WEEK_OF.search(text.fold(case.fact)))
    return [
        years.as_day(day)
        for piece in case.cited
        if (published := evidence_.day(piece))
        for found in dates.find_dates(evidence_.words_of(piece), published)
        if (found.precision == "day" and not _is_yearless(piece, found))
        or (weekly and (found.last - found.day).days == _WEEK)
        for day in (found.day, found.last)
    ]


def _is_yearless(piece: Evidence, found: dates.Stated) -> bool:
    """Say whether a day bears a month and no year: `years` reads which is meant."""
    written = text.fold(evidence_.words_of(piece)[found.start : found.end])
    named = any(word in lists.MONTHS for word in text.words(written))
    return named and not re.search(r"\d{4}", written)


def _meant(case: Case) -> list[figures.Day]:
    """List the days, months and years that the evidence leaves to its own day."""
    return [
        day
        for piece in case.cited
        if (published := evidence_.day(piece))
        for day in years.years(evidence_.words_of(piece), published)
    ]


def _is_of_nearest(one: figures.Day, case: Case) -> bool:
    """Say whether the nearest sentence gives a day in words: "on Tuesday"."""
    return any(
        figures.same_day(one, years.as_day(found.day))
        for piece in case.cited
        if (published := evidence_.day(piece))
        for found in dates.find_dates(case.nearest, published)
        if found.precision == "day" and not _is_yearless(piece, found)
    )


def _is_of_report(one: figures.Day, case: Case) -> bool:
    """Say whether a day is that on which somebody reported: that of the evidence."""
    before = text.fold(case.fact).partition(one.written)[0]
    known = any(figures.same_day(one, day) for day in _own_days(case))
    return known and bool(one.day and _REPORTED.search(before))


def _relative(case: Case) -> list[figures.Day]:
    """List the months and years that the evidence names by its own day of issue."""
    found: list[figures.Day] = []
    for piece in case.cited:
        if published := evidence_.day(piece):
            for which, unit in _RELATIVE.findall(text.fold(evidence_.words_of(piece))):
                step = _STEPS[which[:4]]
                found.append(_shifted(published, step, unit[0]))
    return found


def _shifted(day: date, step: int, unit: str) -> figures.Day:
    if unit in "yj":
        return figures.Day("", day.year + step)
    months = day.year * 12 + day.month - 1 + step
    return figures.Day("", months // 12, months % 12 + 1)


def _wrong_period(case: Case, days: Sequence[figures.Day]) -> str | None:
    """Find a weekday, month, quarter or season that the evidence does not give."""
    given = (
        *periods.periods(case.carried),
        *periods.months_before(case.carried),
        *periods.quarters_beside(case.carried),
        *periods.spanned(case.carried, case.fact),
    )
    told = {one.sort for one in periods.periods(case.nearest)}
    stated = [
        *figures.dates(case.carried),
        *(figures.Day("", 0, o.number) for o in given if o.sort == "month"),
    ]
    dated = {day.month for day in figures.dates(case.fact) if day.day or day.year}
    for one in periods.periods(case.fact):
        if one.sort == "month" and one.number in dated:
            continue  # it was looked at with its day
        if periods.of_another_year(one, case.fact, case.carried):
            return f"{one.written!r} is of another year in the evidence"
        if any(o.sort == one.sort and o.number == one.number for o in given):
            if not aligning.misplaced_period(one, case.bare, case.told):
                continue
        elif one.sort not in told and any(
            _is_in(day, one) for day in (stated if one.sort == "season" else days)
        ):
            continue
        return f"{one.written!r} is not in the evidence"
    return None


def _is_in(day: figures.Day, period: periods.Period) -> bool:
    match period.sort:
        case "month":
            return day.month == period.number
        case "quarter":
            return day.day > 0 and (day.month + 2) // 3 == period.number
        case "season":
            return day.month in _SEASONS[period.number]
        case "weekday" if day.year and day.month and day.day:
            return date(day.year, day.month, day.day).weekday() == period.number
        case _:
            return False
