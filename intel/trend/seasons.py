"""The week in a daily series: what each weekday usually has. Pure."""

from dataclasses import dataclass

import numpy as np

from intel.trend.series import Floats, Ints, Series, weekday

# A weekday with less than this share of the best one says nothing about use.
_OFF = 0.15
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Week:
    """A factor per weekday around 1; 0 for a weekday off."""

    factors: Floats

    def on(self, days: Ints) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Say which days are no weekday off."""
        return self.factors[weekday(days)] > 0

    def without(self, series: Series) -> Series:
        """Take the week out of a series; weekdays off are left out."""
        kept = series.part(self.on(series.days))
        factors = self.factors[weekday(kept.days)]
        return Series(kept.days, kept.values / factors, kept.step)


def week_of(baseline: Series) -> Week:
    """Learn the week from medians per weekday.

    A weekday seen less than twice counts as off, for there is nothing to hold it
    against.
    """
    days = weekday(baseline.days)
    medians = np.array([_median(baseline.values[days == n]) for n in range(7)])
    best = float(np.max(np.nan_to_num(medians)))
    if best <= 0:
        return Week(np.ones(7))
    on = np.nan_to_num(medians) > _OFF * best
    return Week(np.where(on, medians / float(np.mean(medians[on])), 0.0))


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) >= _LEAST else float("nan")
