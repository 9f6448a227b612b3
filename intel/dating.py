"""Hold the dates of a claim against those of its evidence. Pure."""

from collections.abc import Sequence
from datetime import date

from intel import aligning, dates, figures, periods
from intel import evidence as evidence_
from intel.case import Case


def check_dates(case: Case) -> str | None:
    """Each date must stand in the evidence, or be the day (month) of publication."""
    given = [*figures.dates(case.carried), *_stated_days(case)]
    own = [] if figures.dates(case.nearest) else _own_days(case)
    for one in figures.dates(case.claim.text):
        known = (*given, *own) if one.month else given
        if not any(figures.same_day(one, other) for other in known):
            return f"the date {one.written!r} is not in the evidence"
        if not own and aligning.misplaced_day(one, case.bare, case.told):
            return f"the date {one.written!r} is said of something else"
    return _wrong_period(case, [*given, *_own_days(case)])


def _own_days(case: Case) -> list[figures.Day]:
    days = [evidence_.day(piece) for piece in case.cited]
    return [_as_day(d) for d in days if d]


def _stated_days(case: Case) -> list[figures.Day]:
    """List the days that the evidence states in words: "on Tuesday", "yesterday"."""
    return [
        _as_day(found.day)
        for piece in case.cited
        if (published := evidence_.day(piece))
        for found in dates.find_dates(evidence_.words_of(piece), published)
        if found.precision == "day"
    ]


def _as_day(day: date) -> figures.Day:
    return figures.Day("", day.year, day.month, day.day)


def _wrong_period(case: Case, days: Sequence[figures.Day]) -> str | None:
    """Find a weekday, month, quarter or season that the evidence does not give."""
    given = periods.periods(case.carried)
    told = {one.sort for one in periods.periods(case.nearest)}
    for one in periods.periods(case.fact):
        if any(o.sort == one.sort and o.number == one.number for o in given):
            if not aligning.misplaced_period(one, case.bare, case.told):
                continue
        elif one.sort not in told and any(_is_in(day, one) for day in days):
            continue
        return f"{one.written!r} is not in the evidence"
    return None


def _is_in(day: figures.Day, period: periods.Period) -> bool:
    match period.sort:
        case "month":
            return day.month == period.number
        case "quarter":
            return day.day > 0 and (day.month + 2) // 3 == period.number
        case "weekday" if day.year and day.month and day.day:
            return date(day.year, day.month, day.day).weekday() == period.number
        case _:
            return False
