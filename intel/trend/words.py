"""Say in words what was judged, and why. Pure.

No word hangs on the day on which it is said: what did not change reads the same.
"""

from datetime import date

from intel.trend.records import Judgement, Verdict
from intel.usage import named, number

NOTHING = "There is no reading."
_SUMS = {7: " a week", 28: " in four weeks"}
_LEVEL = 5  # per cent, from which a change that is none has to be explained


def sentence(judged: Judgement) -> str:
    """Say what was judged of which metric."""
    name = named(judged.metric)
    colon = "" if judged.baseline is not None else ":"
    return f"{name}{colon} {judged.reason}"


def stopped(last: date) -> str:
    """Say that readings are overdue."""
    return f"There is no reading after {last.isoformat()}."


def gaps(missing: int, of_days: int, last: date) -> str:
    """Say that recent days are missing."""
    return f"{missing} of the {of_days} days to {last.isoformat()} have no reading."


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


def compared(judged: Judgement, days: int) -> str:
    """Say how recent readings stand against a baseline of so many days."""
    assert judged.baseline is not None, "compared"
    assert judged.recent is not None, "compared"
    unit = _SUMS.get(judged.step, "") if judged.summed else ""
    return (
        f"{number(judged.baseline)} → {number(judged.recent)}{unit}, "
        f"{_moved(judged)} {_baseline(judged.step, days)}{_usual(judged)}"
        f"{_low(judged)}.{_aside(judged)}{_missing(judged)}"
    )


def moved(change: float) -> str:
    """Write a change as a share in per cent, with its sign."""
    share = round(change * 100)
    sign = "−" if share < 0 else "+" if share else "±"
    return f"{sign}{abs(share):,} %"


def _moved(judged: Judgement) -> str:
    return "from nothing" if judged.change is None else moved(judged.change)


def _baseline(step: int, days: int) -> str:
    if 28 <= step <= 31:
        return f"on the {max(1, round(days / 30.4))}-month baseline"
    return f"on the {max(1, round(days / 7))}-week baseline"


def _usual(judged: Judgement) -> str:
    level = judged.kind is Verdict.LEVEL and judged.change is not None
    large = level and abs(judged.change or 0.0) * 100 >= _LEVEL
    return ", within its usual range" if large else ""


def _low(judged: Judgement) -> str:
    return f", low since {judged.since.isoformat()}" if judged.since else ""


def _aside(judged: Judgement) -> str:
    if judged.set_aside is None:
        return ""
    return f" {judged.set_aside.isoformat()} is not whole yet and was set aside."


def _missing(judged: Judgement) -> str:
    count = len(judged.missing_days)
    days = "day has" if count == 1 else "days have"
    return f" {count} recent {days} no reading." if count else ""
