"""Readings as a clean series: one value a day, and how often one comes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from store.records import UsageReading

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# As many gaps must fit the usual one for a series to count as regular.
_REGULAR = 0.6


@dataclass(frozen=True, slots=True)
class Series:
    """Days (as ordinals, rising) with one value each; `step` is the usual distance."""

    days: Ints
    values: Floats
    step: int = 1

    def part(self, chosen: NDArray[np.bool_]) -> "Series":
        """Keep the chosen readings."""
        return replace(self, days=self.days[chosen], values=self.values[chosen])

    def between(self, after: int, until: int) -> "Series":
        """Keep the readings after one day and up to another."""
        return self.part((self.days > after) & (self.days <= until))

    def then(self, later: "Series") -> "Series":
        """Put later readings behind these."""
        days = np.concatenate([self.days, later.days])
        values = np.concatenate([self.values, later.values])
        return replace(self, days=days, values=values)

    @property
    def dates(self) -> tuple[date, ...]:
        """The days as dates."""
        return tuple(date.fromordinal(int(day)) for day in self.days)

    @property
    def last(self) -> int:
        """The ordinal of the last day."""
        return int(self.days[-1])


def clean(readings: Sequence[UsageReading], now: datetime) -> Series:
    """Make a series: no future, no NaN, several values of one day averaged."""
    usable = [r for r in readings if r.ts <= now and np.isfinite(r.value)]
    by_day: dict[int, dict[datetime, float]] = {}
    for reading in usable:
        by_day.setdefault(reading.ts.date().toordinal(), {})[reading.ts] = reading.value
    days = np.array(sorted(by_day), dtype=np.int64)
    values = np.array([float(np.mean([*by_day[int(d)].values()])) for d in days])
    return Series(days, values, _step(days))


def _step(days: Ints) -> int:
    """The usual distance in days; 0 where there is none."""
    if len(days) < 3:
        return 1
    gaps = np.diff(days)
    usual = int(np.median(gaps))
    slack = max(0.0 if usual == 1 else 1.0, 0.15 * usual)
    fitting = np.abs(gaps - usual) <= slack
    return usual if np.mean(fitting) >= _REGULAR else 0


def weekdays_expected(series: Series) -> frozenset[int]:
    """Say on which weekdays a daily series has readings at all (Monday is 0)."""
    weeks = max(1.0, (series.last - int(series.days[0]) + 1) / 7)
    counts = np.bincount(weekday(series.days), minlength=7)
    return frozenset(int(day) for day in np.flatnonzero(counts >= 0.4 * weeks))


def weekday(days: Ints) -> Ints:
    """Give the weekday of each ordinal, Monday being 0."""
    return (days - 1) % 7


def longest_usual_gap(series: Series) -> float:
    """Give the distance in days that nine in ten gaps do not exceed."""
    gaps = np.diff(series.days)
    return float(np.quantile(gaps, 0.9)) if len(gaps) else 1.0


def summed(series: Series, size: int) -> Series:
    """Add up blocks of `size` days counted back from the last one.

    A block with missing days is scaled up; one with less than half its days is left
    out, and so is the first one unless it is whole.
    """
    block = (series.last - series.days) // size
    rows = []
    for number in np.unique(block)[::-1]:
        values = series.values[block == number]
        end = series.last - int(number) * size
        if end - size + 1 >= int(series.days[0]) and 2 * len(values) >= size:
            rows.append((end, float(values.sum()) * size / len(values)))
    days = np.array([day for day, _ in rows], dtype=np.int64)
    return Series(days, np.array([value for _, value in rows]), size)


def day_after(ordinal: int) -> date:
    """Give the date that follows."""
    return date.fromordinal(ordinal) + timedelta(days=1)
