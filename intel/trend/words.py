"""Say in words what was judged, and why. Pure."""

from datetime import date

from intel.trend.records import Judgement
from intel.usage import number

NOTHING = "There is no reading."
_PERIODS = {0: "a reading", 1: "a day", 7: "a week", 28: "in four weeks"}


def stopped(last: date, age: int) -> str:
    """Say that readings are overdue."""
    return f"There is no reading after {last.isoformat()}, {age} days ago."


def gaps(missing: int, of_days: int) -> str:
    """Say that recent days are missing."""
    return f"{missing} of the last {of_days} days have no reading."


def too_little(count: int) -> str:
    """Say that there is not enough to judge by."""
    readings = "reading is" if count == 1 else "readings are"
    return f"{count} {readings} too little to judge a trend by."


def few_comparable(count: int, of_days: int) -> str:
    """Say that most recent days are no ordinary ones."""
    return (
        f"Only {count} of the last {of_days} days can be compared; the others are "
        "holidays, days off, or days on which many companies dipped."
    )


def compared(judged: Judgement, baseline_count: int) -> str:
    """Say how the recent readings stand against the baseline."""
    assert judged.baseline is not None, "compared"
    assert judged.recent is not None, "compared"
    period = _PERIODS.get(judged.step, "a period")
    if 28 < judged.step <= 31:
        period = "a month"
    first = judged.since or judged.days[0]
    readings = f"{baseline_count} readings before {first.isoformat()}"
    return (
        f"{number(judged.recent)} {period} lately (to {judged.days[-1].isoformat()}), "
        f"{_moved(judged)} of {number(judged.baseline)} ({readings})."
        f"{_aside(judged)}{_missing(judged)}"
    )


def _moved(judged: Judgement) -> str:
    if judged.change is None:
        return "on a baseline"
    share = round(judged.change * 100)
    sign = "−" if share < 0 else "+" if share else "±"
    return f"{sign}{abs(share)} % on the baseline"


def _aside(judged: Judgement) -> str:
    if judged.set_aside is None:
        return ""
    return f" {judged.set_aside.isoformat()} is not whole yet and was set aside."


def _missing(judged: Judgement) -> str:
    count = len(judged.missing_days)
    days = "day has" if count == 1 else "days have"
    return f" {count} recent {days} no reading." if count else ""
