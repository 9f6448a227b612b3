"""Put usage readings into whole weeks, Monday to Sunday, so that days of rest do not
look like falls. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import fmean

from intel.charts import rounded
from store.records import UsageReading

WEEK = timedelta(days=7)


def ends(today: date, count: int) -> tuple[date, ...]:
    """List the Sundays of the last whole weeks before a day, oldest first."""
    last = today - timedelta(days=today.isoweekday())
    return tuple(last - WEEK * back for back in range(count - 1, -1, -1))


def ticks(sundays: Iterable[date]) -> tuple[str, ...]:
    """Write the weeks as a chart has them."""
    return tuple(day.isoformat() for day in sundays)


def means(
    readings: Iterable[UsageReading], sundays: Sequence[date]
) -> tuple[float | None, ...]:
    """Give the mean reading of each week, None where a week has none."""
    found: dict[date, list[float]] = defaultdict(list)
    for reading in readings:
        found[sunday_of(reading.ts.date())].append(reading.value)
    return tuple(
        rounded(fmean(found[end])) if end in found else None for end in sundays
    )


def sunday_of(day: date) -> date:
    """Give the last day of a day's week."""
    return day + timedelta(days=7 - day.isoweekday())


def by_metric(readings: Iterable[UsageReading]) -> dict[str, list[UsageReading]]:
    """Sort readings by what they measure."""
    found: dict[str, list[UsageReading]] = defaultdict(list)
    for reading in readings:
        found[reading.metric].append(reading)
    return dict(found)
